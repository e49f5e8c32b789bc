// Looks at backslashes only: an escape is two bytes, or six if it is a unit of UTF-16. One pass.
#include "core/json_text.h"

#include <charconv>

namespace weft::core {

namespace {

constexpr size_t kEscape = 6;  // bytes of an escape: backslash, u and four digits

/// The number that the escape at `pos` writes; 0 if there is none.
unsigned escaped_unit(std::string_view json, size_t pos) {
  const std::string_view escape = json.substr(pos, kEscape);
  unsigned unit = 0;
  if (escape.size() < kEscape || escape[0] != '\\' || escape[1] != 'u') return 0;
  const char* end = escape.data() + kEscape;
  return std::from_chars(escape.data() + 2, end, unit, 16).ptr == end ? unit : 0;
}

bool is_high(unsigned unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low(unsigned unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

}  // namespace

size_t first_lone_surrogate(std::string_view json, size_t from) {
  for (size_t pos = json.find('\\', from); pos < json.size(); pos = json.find('\\', pos)) {
    const unsigned unit = escaped_unit(json, pos);
    if (is_high(unit) && is_low(escaped_unit(json, pos + kEscape))) {
      pos += 2 * kEscape;
    } else if (is_high(unit) || is_low(unit)) {
      return pos;
    } else {
      pos += 2;
    }
  }
  return kNoSurrogate;
}

size_t replace_lone_surrogates(std::string& json) {
  size_t count = 0;
  for (size_t pos = 0; (pos = first_lone_surrogate(json, pos)) != kNoSurrogate; pos += kEscape) {
    json.replace(pos, kEscape, "\\ufffd");
    ++count;
  }
  return count;
}

}  // namespace weft::core
