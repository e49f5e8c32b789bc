// UTF-8 by the byte: validation, decoding, character classes (Unicode properties from ICU). All
// functions are pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace weft::text {

inline constexpr size_t kValid = static_cast<size_t>(-1);

/// Byte offset of the first malformed sequence (RFC 3629: no overlongs, no surrogates), or kValid.
size_t first_invalid_utf8(std::string_view s);

/// The code point at byte `pos` of valid UTF-8, and moves `pos` behind it. `pos` must be below
/// s.size().
char32_t next_char(std::string_view s, size_t& pos);
/// The code point that ends before byte `pos`, and moves `pos` to its first byte. `pos` must be
/// above 0.
char32_t previous_char(std::string_view s, size_t& pos);
void append_utf8(std::string& out, char32_t c);
/// True at 0, at s.size() and wherever a character begins.
bool is_char_border(std::string_view s, size_t pos);

bool is_letter(char32_t c);
bool is_upper(char32_t c);  // upper or title case
bool is_lower(char32_t c);
bool is_digit(char32_t c);    // decimal digit
bool is_space(char32_t c);    // White_Space, also U+00A0, U+200B and U+FEFF
bool is_control(char32_t c);  // C0 but tab, LF, CR; DEL; C1

/// `s` without white space at its ends.
std::string_view trim(std::string_view s);

}  // namespace weft::text
