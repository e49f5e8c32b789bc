// Numbers are printed from integers, not by printf: no locale, no last-digit differences between C
// libraries. UTF-8 is decoded strictly (RFC 3629: no overlong forms, no surrogates), one character
// at a time, O(1).
#include "exporters/byte_writer.h"

#include <algorithm>
#include <cmath>

namespace weft::exporters {

std::string decimal_text(double value, int digits) {
  if (!(value >= -1e12)) value = std::isnan(value) ? 0 : -1e12;
  if (value > 1e12) value = 1e12;
  // 1e12 with more than six decimals would not fit into 64 bits.
  if (std::fabs(value) > 1e6) digits = std::min(digits, 4);
  uint64_t scale = 1;
  for (int i = 0; i < digits; ++i) scale *= 10;
  const auto scaled =
      static_cast<uint64_t>(std::llround(std::fabs(value) * static_cast<double>(scale)));
  std::string text = std::to_string(scaled / scale);
  if (uint64_t rest = scaled % scale; rest > 0) {
    std::string fraction = std::to_string(rest);
    fraction.insert(0, static_cast<size_t>(digits) - fraction.size(), '0');
    fraction.erase(fraction.find_last_not_of('0') + 1);
    text += '.' + fraction;
  }
  return value < 0 && scaled > 0 ? '-' + text : text;
}

DecodedChar decode(std::string_view s, size_t pos) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char first = byte(pos);
  if (first < 0x80) return {first, 1};
  const size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || pos + size > s.size()) return {kMalformed, 1};
  char32_t code = first & (0x7f >> size);
  for (size_t i = 1; i < size; ++i) {
    if ((byte(pos + i) & 0xc0) != 0x80) return {kMalformed, 1};
    code = code << 6 | (byte(pos + i) & 0x3f);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kSmallest[size] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    return {kMalformed, 1};
  return {code, size};
}

}  // namespace weft::exporters
