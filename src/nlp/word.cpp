// Lower-casing, affixes and shapes of words. ASCII takes a fast path; other characters go through
// ICU's simple case mapping, which keeps one character for one. Cost: one pass over the bytes of
// the word. Words over 64 bytes are described by their ends, so that a hostile "word" of a megabyte
// costs no more than reading it once.
#include "nlp/word.h"

#include <unicode/uchar.h>

#include "nlp/feature.h"
#include "text/utf8.h"

namespace weft::nlp {

void lower_case(std::string_view s, std::string& out) {
  out.clear();
  for (size_t i = 0; i < s.size();) {
    const auto byte = static_cast<unsigned char>(s[i]);
    if (byte < 0x80) {
      out.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : s[i]);
      ++i;
    } else {
      text::append_utf8(
          out, static_cast<char32_t>(u_tolower(static_cast<UChar32>(text::next_char(s, i)))));
    }
  }
}

namespace {

constexpr size_t kLongest = 64;

char shape_of(char32_t c, uint16_t& flags) {
  if (c < 0x80 ? (c >= 'a' && c <= 'z') : text::is_lower(c)) {
    flags |= kHasLower | kHasLetter;
    return 'x';
  }
  if (c < 0x80 ? (c >= 'A' && c <= 'Z') : text::is_upper(c)) {
    flags |= kHasLetter;
    return 'X';
  }
  if (c < 0x80 ? (c >= '0' && c <= '9') : text::is_digit(c)) {
    flags |= kHasDigit;
    return '9';
  }
  if (c == '-') flags |= kHasHyphen;
  if (c == '.') flags |= kHasDot;
  if (c >= 0x80 && text::is_letter(c)) {
    flags |= kHasLetter;
    return 'o';
  }
  return c < 0x80 ? static_cast<char>(c) : '?';
}

size_t next_border(std::string_view s, size_t at) {
  if (at < s.size()) ++at;
  while (at < s.size() && (static_cast<unsigned char>(s[at]) & 0xc0) == 0x80) ++at;
  return at;
}

size_t previous_border(std::string_view s, size_t at) {
  if (at > 0) --at;
  while (at > 0 && (static_cast<unsigned char>(s[at]) & 0xc0) == 0x80) --at;
  return at;
}

}  // namespace

Word describe(std::string_view norm, std::string& buffer) {
  Word word;
  lower_case(norm, buffer);
  word.form = hash_bytes(norm);
  word.lower = hash_bytes(buffer);

  size_t end = 0, begin = buffer.size();
  for (int length = 1, place = 0; length <= 5; ++length) {
    end = next_border(buffer, end);
    begin = previous_border(buffer, begin);
    if (length != 4)
      word.prefix[place++] = hash_bytes(std::string_view(buffer).substr(0, end)) + length;
    word.suffix[length - 1] = hash_bytes(std::string_view(buffer).substr(begin)) + 16 + length;
  }

  char shape[kLongest * 2];
  size_t used = 0;
  bool all_digits = !norm.empty(), first = true;
  for (size_t i = 0; i < norm.size() && used + 2 < sizeof shape;) {
    const char c = shape_of(text::next_char(norm, i), word.flags);
    if (first && c == 'X') word.flags |= kInitialUpper;
    first = false;
    all_digits = all_digits && c == '9';
    // At most two of a kind in a row: "Xxx…" and "Xx" differ, longer words don't.
    if (used >= 2 && shape[used - 1] == c && shape[used - 2] == c) continue;
    shape[used++] = c;
  }
  if (all_digits) word.flags |= kAllDigits;
  if ((word.flags & kHasLetter) && !(word.flags & kHasLower)) word.flags |= kAllUpper;
  word.shape = hash_bytes({shape, used});
  return word;
}

}  // namespace weft::nlp
