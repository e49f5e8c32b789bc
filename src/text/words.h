// The words of a text, as white space parts them.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace weft::text {

/// What stands between spaces, tabs and line breaks; no word is empty. Views into `s`. O(bytes).
inline std::vector<std::string_view> words(std::string_view s) {
  constexpr std::string_view kSpaces = " \t\r\n";
  std::vector<std::string_view> out;
  for (size_t i = s.find_first_not_of(kSpaces); i < s.size(); i = s.find_first_not_of(kSpaces, i)) {
    const size_t end = std::min(s.find_first_of(kSpaces, i), s.size());
    out.push_back(s.substr(i, end - i));
    i = end;
  }
  return out;
}

/// True if `word` is one of the words of `list`. O(bytes of the list).
inline bool has_word(std::string_view list, std::string_view word) {
  const auto all = words(list);
  return std::find(all.begin(), all.end(), word) != all.end();
}

/// True for a hyphen-minus, an en dash or an em dash.
inline bool is_dash(std::string_view word) {
  return word == "-" || word == "\u2013" || word == "\u2014";
}

}  // namespace weft::text
