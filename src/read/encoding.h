// From bytes in whatever encoding to UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace weft::read {

struct Decoded {
  std::string text;  // valid UTF-8
  std::string
      encoding;  // what the bytes were read as, an ICU name such as "UTF-8" or "windows-1252"
  std::string
      warning;  // a full sentence if the bytes were not what was declared, or not all could be read
};

/// Bytes that are valid UTF-8 are returned as they are, a byte order mark included. Otherwise, in
/// this order: another byte order mark, the `declared` encoding (may be empty) if all bytes are
/// well-formed in it, nearly valid UTF-8, ICU's guess. Takes the bytes by value so that UTF-8, the
/// usual case, is moved and not copied. Pure; linear.
Decoded to_utf8(std::string bytes, std::string_view declared);

/// True if ICU has an encoding of this name or alias.
bool knows_encoding(std::string_view name);

/// True if the bytes are no text in any encoding: NUL bytes that UTF-16 or UTF-32 don't explain, or
/// mostly control characters.
bool looks_binary(std::string_view bytes);

/// Encoding named in the first kilobytes of HTML (<meta charset=...>, <meta ... content="...;
/// charset=...">, <?xml encoding=...>).
std::string html_charset(std::string_view html);

}  // namespace weft::read
