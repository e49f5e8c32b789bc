// One pass over the characters, O(bytes). What XML can hold is production 2 of XML 1.0; JSON is RFC
// 8259, with U+2028 and U+2029 escaped because they end lines in JavaScript.
#include "exporters/escape.h"

#include "exporters/byte_writer.h"

namespace weft::exporters {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_xml_char(char32_t c) {
  return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c <= 0xd7ff) ||
         (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

/// Calls `write(character, its bytes)` for each; a malformed byte is kMalformed.
template <class Write>
void each_char(std::string_view s, Write&& write) {
  for (size_t pos = 0; pos < s.size();) {
    const DecodedChar c = decode(s, pos);
    write(c.code, s.substr(pos, c.size));
    pos += c.size;
  }
}

std::string_view xml_reference(char32_t c) {
  switch (c) {
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '&':
      return "&amp;";
    case '"':
      return "&quot;";
    // A reader turns these into spaces or line feeds unless they are references.
    case '\t':
      return "&#9;";
    case '\n':
      return "&#10;";
    case '\r':
      return "&#13;";
    default:
      return {};
  }
}

}  // namespace

std::string xml_text(std::string_view s, uint64_t& replaced) {
  std::string out;
  out.reserve(s.size());
  each_char(s, [&](char32_t c, std::string_view bytes) {
    if (c == kMalformed || !is_xml_char(c)) {
      out += kReplacement;
      ++replaced;
      return;
    }
    const std::string_view reference = xml_reference(c);
    out += reference.empty() ? bytes : reference;
  });
  return out;
}

std::string json_text(std::string_view s, uint64_t& replaced) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "\"";
  out.reserve(s.size() + 2);
  each_char(s, [&](char32_t c, std::string_view bytes) {
    if (c == kMalformed) {
      out += kReplacement;
      ++replaced;
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += bytes;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
      out += "\\u00";
      out += kHex[c >> 4];
      out += kHex[c & 15];
    } else if (c == 0x2028 || c == 0x2029) {
      out += c == 0x2028 ? "\\u2028" : "\\u2029";
    } else {
      out += bytes;
    }
  });
  return out += '"';
}

std::string plain_text(std::string_view s, uint64_t& replaced) {
  std::string out;
  out.reserve(s.size());
  each_char(s, [&](char32_t c, std::string_view bytes) {
    if (c != kMalformed && c != 0) {
      out += bytes;
      return;
    }
    out += kReplacement;
    ++replaced;
  });
  return out;
}

std::string csv_text(std::string_view s, uint64_t& replaced) {
  const std::string text = plain_text(s, replaced);
  const bool quoted = text.find_first_of(",\"\r\n\t;'") != std::string::npos ||
                      text.starts_with(' ') || text.ends_with(' ');
  if (!quoted) return text;
  std::string out = "\"";
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out += '"';
}

std::string one_line(std::string_view s, uint64_t& replaced) {
  std::string out;
  bool space = false;
  each_char(s, [&](char32_t c, std::string_view bytes) {
    if (c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029) {
      space = true;
      return;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    if (c == kMalformed) ++replaced;
    out += c == kMalformed ? kReplacement : bytes;
  });
  return out;
}

std::string shortened(std::string_view s, size_t limit) {
  if (s.size() <= limit) return std::string(s);
  size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(s[end]) & 0xc0) == 0x80) --end;
  return std::string(s.substr(0, end)) + "\xE2\x80\xA6";
}

}  // namespace weft::exporters
