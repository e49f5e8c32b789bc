// Language by CLD2 (Compact Language Detector 2, Dick Sites, 2013): naive Bayes over letter
// quadgrams, built for web pages. A short text, or one that CLD2 is unsure of, is taken as English:
// leaving it out would lose it, keeping it costs little. Most pages of a web crawl are plainly of
// one other language: eight pieces of a longer text tell that, so that a passage in English of a
// seventh of it is seen; all else is read whole. Linear; 280 instructions a byte that CLD2 looks
// at.
#include "read/language.h"

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <cctype>

#include "text/utf8.h"

namespace weft::read {

namespace {

constexpr size_t kWindow = 100000;  // bytes that are looked at
constexpr int kSureBytes = 60;      // of letters, below which CLD2 guesses
constexpr size_t kPieces = 8, kPieceBytes = 192;
constexpr int kPure = 95, kMuchEnglish = 40;  // percent

struct Found {
  CLD2::Language best = CLD2::UNKNOWN_LANGUAGE;
  CLD2::Language languages[3] = {};
  int percents[3] = {};
  int text_bytes = 0;
  bool reliable = false;

  bool sure() const {
    return reliable && text_bytes >= kSureBytes && best != CLD2::UNKNOWN_LANGUAGE;
  }
  bool has_english(int percent) const {
    for (size_t i = 0; i < 3; ++i)
      if (languages[i] == CLD2::ENGLISH && percents[i] >= percent) return true;
    return best == CLD2::ENGLISH;
  }
};

Found ask(std::string_view text) {
  Found out;
  double scores[3];
  const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  out.best = CLD2::ExtDetectLanguageSummary(text.data(), static_cast<int>(text.size()), true,
                                            &hints, 0, out.languages, out.percents, scores, nullptr,
                                            &out.text_bytes, &out.reliable);
  return out;
}

size_t border_before(std::string_view text, size_t at) {
  while (at > 0 && !text::is_char_border(text, at)) --at;
  return at;
}

/// Pieces from the beginning to the end, evenly.
std::string sample_of(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < kPieces; ++i) {
    const size_t at = (text.size() - kPieceBytes) * i / (kPieces - 1);
    const size_t begin = border_before(text, at), end = border_before(text, at + kPieceBytes);
    out += text.substr(begin, end - begin);
    out += '\n';
  }
  return out;
}

Language foreign(CLD2::Language found) {
  Language out;
  out.code = CLD2::LanguageCode(found);
  out.name = CLD2::LanguageName(found);
  for (size_t i = 1; i < out.name.size(); ++i)
    out.name[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(out.name[i])));
  out.english = false;
  return out;
}

}  // namespace

Language detect_language(std::string_view text) {
  text = text.substr(0, border_before(text, std::min(text.size(), kWindow)));
  if (text.size() > 2 * kPieces * kPieceBytes) {
    const Found sample = ask(sample_of(text));
    if (sample.sure() && sample.percents[0] >= kPure && !sample.has_english(0))
      return foreign(sample.best);
  }
  const Found found = ask(text);
  Language out;
  if (found.has_english(kMuchEnglish)) {
    out.code = "en";
    out.name = "English";
  } else if (found.sure()) {
    out = foreign(found.best);
  }
  return out;
}

}  // namespace weft::read
