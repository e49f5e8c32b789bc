// Cells from values. A float is printed with as few digits as identify it and read back as a
// double, because the double nearest to 0.9f prints as 0.8999999761581421 (std::to_chars, Ryu; a
// few dozen nanoseconds).
#include "query/table.h"

#include <algorithm>
#include <charconv>

namespace weft::query {

size_t Table::column(std::string_view name) const {
  return static_cast<size_t>(std::find_if(columns.begin(), columns.end(),
                                          [&](const Column& c) { return c.name == name; }) -
                             columns.begin());
}

Cell text_or_nothing(std::string_view text) {
  if (text.empty()) return std::monostate();
  return std::string(text);
}

Cell real(float value) {
  char digits[64];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  double out = 0;
  std::from_chars(digits, end, out);
  return out;
}

}  // namespace weft::query
