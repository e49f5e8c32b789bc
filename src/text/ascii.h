// Case of ASCII letters, for words that are compared with lists in lower case. No locale.
#pragma once

#include <string>
#include <string_view>

namespace weft::text {

/// ASCII letters in lower case; every other byte as it is.
inline std::string lower_ascii(std::string_view s) {
  std::string out(s);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

}  // namespace weft::text
