// UTF-8 decoding by ICU's macros, which never read outside the given bytes: malformed input yields
// U+FFFD, so that callers that forgot to validate lose a character, not memory. Validation is our
// own loop over RFC 3629's table of well-formed sequences (Unicode 15, table 3-7), with a fast path
// for eight ASCII bytes at a time. All O(bytes).
#include "text/utf8.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstring>

namespace weft::text {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

UChar32 code(char32_t c) { return static_cast<UChar32>(c); }

/// Length of the well-formed sequence at `pos`, or 0.
size_t sequence_length(const unsigned char* s, size_t pos, size_t size) {
  const unsigned char b = s[pos];
  if (b < 0x80) return 1;
  const size_t length = b >= 0xC2 && b <= 0xDF   ? 2
                        : (b & 0xF0) == 0xE0     ? 3
                        : b >= 0xF0 && b <= 0xF4 ? 4
                                                 : 0;
  if (length == 0 || size - pos < length) return 0;
  unsigned char low = 0x80, high = 0xBF;  // of the second byte
  if (b == 0xE0) low = 0xA0;              // overlong
  if (b == 0xED) high = 0x9F;             // surrogates
  if (b == 0xF0) low = 0x90;              // overlong
  if (b == 0xF4) high = 0x8F;             // above U+10FFFF
  if (s[pos + 1] < low || s[pos + 1] > high) return 0;
  for (size_t i = 2; i < length; ++i)
    if ((s[pos + i] & 0xC0) != 0x80) return 0;
  return length;
}

}  // namespace

size_t first_invalid_utf8(std::string_view s) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(s.data());
  for (size_t pos = 0; pos < s.size();) {
    if (s.size() - pos >= 8) {
      uint64_t eight;
      std::memcpy(&eight, bytes + pos, 8);
      if ((eight & 0x8080808080808080u) == 0) {
        pos += 8;
        continue;
      }
    }
    const size_t length = sequence_length(bytes, pos, s.size());
    if (length == 0) return pos;
    pos += length;
  }
  return kValid;
}

char32_t next_char(std::string_view s, size_t& pos) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(s.data());
  if (bytes[pos] < 0x80) return bytes[pos++];
  UChar32 c;
  U8_NEXT(bytes, pos, s.size(), c);
  return c < 0 ? kReplacement : static_cast<char32_t>(c);
}

char32_t previous_char(std::string_view s, size_t& pos) {
  // ICU's macro counts in int32_t: give it the last four bytes only.
  const size_t start = pos > 4 ? pos - 4 : 0;
  const auto* bytes = reinterpret_cast<const uint8_t*>(s.data()) + start;
  auto at = static_cast<int32_t>(pos - start);
  UChar32 c;
  U8_PREV(bytes, 0, at, c);
  pos = start + static_cast<size_t>(at);
  return c < 0 ? kReplacement : static_cast<char32_t>(c);
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  char bytes[4];
  size_t n = 0;
  U8_APPEND_UNSAFE(bytes, n, code(c));
  out.append(bytes, n);
}

bool is_char_border(std::string_view s, size_t pos) {
  return pos == 0 || pos == s.size() ||
         (pos < s.size() && (static_cast<unsigned char>(s[pos]) & 0xC0) != 0x80);
}

bool is_letter(char32_t c) { return u_isalpha(code(c)); }
bool is_upper(char32_t c) { return u_isupper(code(c)) || u_istitle(code(c)); }
bool is_lower(char32_t c) { return u_islower(code(c)); }
bool is_digit(char32_t c) { return u_isdigit(code(c)); }
bool is_space(char32_t c) { return u_isUWhiteSpace(code(c)) || c == 0x200B || c == 0xFEFF; }

bool is_control(char32_t c) {
  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || (c >= 0x7F && c <= 0x9F);
}

std::string_view trim(std::string_view s) {
  size_t begin = 0;
  while (begin < s.size()) {
    size_t next = begin;
    if (!is_space(next_char(s, next))) break;
    begin = next;
  }
  size_t end = s.size();
  while (end > begin) {
    size_t previous = end;
    if (!is_space(previous_char(s, previous))) break;
    end = previous;
  }
  return s.substr(begin, end - begin);
}

}  // namespace weft::text
