// Text made safe for a format: escaped, and with characters that the format can't hold replaced by
// U+FFFD and counted. Pure; input may be any bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weft::exporters {

/// For XML 1.0 element content and for attributes in double quotes. Replaces what is no UTF-8 and
/// what XML 1.0 forbids; keeps tabs and line ends through an attribute by writing references.
std::string xml_text(std::string_view s, uint64_t& replaced);

/// With its double quotes, for JSON that may also stand in a JavaScript file. Replaces only what is
/// no UTF-8.
std::string json_text(std::string_view s, uint64_t& replaced);

/// One field of a comma-separated table (RFC 4180): in double quotes where it needs them. Replaces
/// what is no UTF-8, and NUL.
std::string csv_text(std::string_view s, uint64_t& replaced);

/// The same text without anything that is no UTF-8 and without NUL; for formats that have their own
/// escapes for the rest.
std::string plain_text(std::string_view s, uint64_t& replaced);

/// On one line: every run of white space and control characters is one space.
std::string one_line(std::string_view s, uint64_t& replaced);

/// At most `limit` bytes, cut at a character border, with an ellipsis if something was cut.
std::string shortened(std::string_view s, size_t limit);

}  // namespace weft::exporters
