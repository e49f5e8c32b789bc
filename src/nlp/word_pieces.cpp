// BERT's "basic tokenization" of one token (lower case, canonical decomposition without marks,
// punctuation and ideographs apart, control characters left out), then greedy longest match in the
// vocabulary. The hashes of all beginnings of a word come from one pass (FNV-1a), so the longest
// match costs one look-up a length and no copies. As in BERT, a word of more than 100 characters,
// or with a stretch that no piece covers, is [UNK].
#include "nlp/word_pieces.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <bit>
#include <span>
#include <stdexcept>

#include "nlp/feature.h"
#include "text/utf8.h"

namespace weft::nlp {

namespace {

constexpr uint64_t kStart = 0xcbf29ce484222325ull, kInside = 0x8a5cd789635d2dffull;
constexpr size_t kLongestWord = 100;  // characters
constexpr size_t kLongestToken = 1600;

constexpr uint64_t step(uint64_t h, char c) {
  return (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
}

bool is_punctuation(char32_t c) {
  if (c < 0x80) return c > ' ' && u_isalnum(static_cast<UChar32>(c)) == 0 && c != 0x7f;
  return u_ispunct(static_cast<UChar32>(c)) != 0;
}

/// BERT puts ideographs apart, but not kana or hangul.
bool is_ideograph(char32_t c) {
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) ||
         (c >= 0x20000 && c <= 0x2ceaf) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0x2f800 && c <= 0x2fa1f);
}

bool is_plain(std::string_view token) {
  for (const char c : token)
    if ((c & 0x80) != 0) return false;
  return true;
}

/// Lower case, decomposed, without marks and control characters.
std::string clean(std::string_view token) {
  std::string out;
  if (is_plain(token)) {
    for (const char c : token)
      if (c > ' ' && c != 0x7f) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfd = icu::Normalizer2::getNFDInstance(error);
  icu::UnicodeString text =
      icu::UnicodeString::fromUTF8({token.data(), static_cast<int32_t>(token.size())});
  text.toLower(icu::Locale::getRoot());
  if (U_SUCCESS(error)) text = nfd->normalize(text, error);
  for (int32_t i = 0; i < text.length();) {
    const UChar32 c = text.char32At(i);
    i += U16_LENGTH(c);
    const int8_t category = u_charType(c);
    if (category == U_NON_SPACING_MARK || category == U_CONTROL_CHAR || category == U_FORMAT_CHAR ||
        category == U_PRIVATE_USE_CHAR || u_isUWhiteSpace(c) || c == 0xfffd)
      continue;
    text::append_utf8(out, static_cast<char32_t>(c));
  }
  return out;
}

}  // namespace

WordPieces::WordPieces(const std::vector<std::string>& vocabulary)
    : slots_(std::bit_ceil(vocabulary.size() * 2 + 2)) {
  if (vocabulary.size() > 65536)
    throw std::invalid_argument("The vocabulary of word pieces has more than 65,536 pieces.");
  int special = 0;
  for (size_t number = 0; number < vocabulary.size(); ++number) {
    const std::string& line = vocabulary[number];
    const auto id = static_cast<uint16_t>(number);
    if (line == "[UNK]") unknown_ = id, ++special;
    if (line == "[CLS]") begin_ = id, ++special;
    if (line == "[SEP]") end_ = id, ++special;
    const bool inside = line.size() > 2 && line.starts_with("##");
    const std::string_view bytes = std::string_view(line).substr(inside ? 2 : 0);
    longest_ = std::max(longest_, bytes.size());
    uint64_t hash = inside ? kInside : kStart;
    for (const char c : bytes) hash = step(hash, c);
    hash = scramble(hash);
    size_t place = hash & (slots_.size() - 1);
    while (slots_[place].piece != kEmpty && slots_[place].hash != hash)
      place = (place + 1) & (slots_.size() - 1);
    if (slots_[place].piece == kEmpty) slots_[place] = {hash, static_cast<uint32_t>(number)};
  }
  if (special != 3)
    throw std::invalid_argument("The vocabulary of word pieces lacks [UNK], [CLS] or [SEP].");
}

uint32_t WordPieces::find(uint64_t hash) const {
  for (size_t place = hash & (slots_.size() - 1);; place = (place + 1) & (slots_.size() - 1)) {
    if (slots_[place].piece == kEmpty || slots_[place].hash == hash) return slots_[place].piece;
  }
}

/// False, and nothing appended, if some stretch has no piece. At most `most` pieces are appended.
bool WordPieces::split_word(std::string_view word, size_t most, std::vector<uint16_t>& out) const {
  const size_t before = out.size();
  size_t begin = 0;
  while (begin < word.size()) {
    uint64_t hash = begin == 0 ? kStart : kInside;
    uint32_t best = kEmpty;
    size_t best_end = begin;
    for (size_t end = begin; end < word.size() && end - begin < longest_;) {
      do hash = step(hash, word[end++]);
      while (!text::is_char_border(word, end));
      if (const uint32_t piece = find(scramble(hash)); piece != kEmpty)
        best = piece, best_end = end;
    }
    if (best == kEmpty) {
      out.resize(before);
      return false;
    }
    if (out.size() - before < most) out.push_back(static_cast<uint16_t>(best));
    begin = best_end;
  }
  return true;
}

void WordPieces::split(std::string_view token, std::vector<uint16_t>& out) const {
  const size_t before = out.size();
  size_t cut = std::min(token.size(), kLongestToken);
  while (!text::is_char_border(token, cut)) --cut;
  const std::string text = clean(token.substr(0, cut));
  const auto left = [&] { return kMostPieces - (out.size() - before); };
  for (size_t begin = 0; begin < text.size() && left() > 0;) {
    size_t end = begin, characters = 0;
    while (end < text.size()) {
      size_t next = end;
      const char32_t c = text::next_char(text, next);
      const bool apart = is_punctuation(c) || is_ideograph(c);
      if (apart && end > begin) break;
      end = next;
      ++characters;
      if (apart) break;
    }
    const std::string_view word = std::string_view(text).substr(begin, end - begin);
    if (characters > kLongestWord || !split_word(word, left(), out)) out.push_back(unknown_);
    begin = end;
  }
  if (out.size() == before) out.push_back(unknown_);
}

}  // namespace weft::nlp
