// Which language a text is in.
#pragma once

#include <string>
#include <string_view>

namespace weft::read {

struct Language {
  std::string code;     // ISO 639-1, "en"; empty if unsure
  std::string name;     // "French"
  bool english = true;  // false only if the text is reliably in another language
};

/// Looks at the first hundred kilobytes. Thread-safe; linear.
Language detect_language(std::string_view text);

}  // namespace weft::read
