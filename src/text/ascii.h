// ASCII letters in lower case, for words that are compared with lists, and ASCII digits. No locale.
#pragma once

#include <string>
#include <string_view>

namespace weft::text {

constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

/// ASCII letters in lower case; every other byte as it is.
inline std::string lower_ascii(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace weft::text
