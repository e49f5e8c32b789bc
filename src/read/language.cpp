// Language by CLD2 (Compact Language Detector 2, Dick Sites, 2013): naive Bayes over letter
// quadgrams, built for web pages. A short text, or one that CLD2 is unsure of, is taken as English:
// leaving it out would lose it, keeping it costs little.
#include "read/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <cctype>

#include "text/utf8.h"

namespace weft::read {

Language detect_language(std::string_view text) {
  constexpr size_t kWindow = 100000;
  constexpr int kSureBytes = 60;  // of letters, below which CLD2 guesses
  size_t end = std::min(text.size(), kWindow);
  while (end > 0 && !text::is_char_border(text, end)) --end;
  CLD2::Language languages[3];
  int percents[3], text_bytes = 0;
  double scores[3];
  bool reliable = false;
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  const CLD2::Language best =
      CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(end), true, &hints, 0, languages,
                                     percents, scores, nullptr, &text_bytes, &reliable);
  Language out;
  const bool has_english = (languages[0] == CLD2::ENGLISH && percents[0] >= 40) ||
                           (languages[1] == CLD2::ENGLISH && percents[1] >= 40);
  if (best == CLD2::ENGLISH || has_english) {
    out.code = "en";
    out.name = "English";
  } else if (reliable && text_bytes >= kSureBytes && best != CLD2::UNKNOWN_LANGUAGE) {
    out.code = CLD2::LanguageCode(best);
    out.name = CLD2::LanguageName(best);
    for (size_t i = 1; i < out.name.size(); ++i)
      out.name[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(out.name[i])));
    out.english = false;
  }
  return out;
}

}  // namespace weft::read
