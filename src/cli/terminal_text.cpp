// Names come from documents that anyone may have written, so they are never sent to a terminal as
// they are (CWE-150). Widths follow Unicode's East Asian Width (UAX #11) from ICU, with ambiguous
// characters as narrow, as terminals do outside East Asian locales. O(length).
#include "cli/terminal_text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>
#include <cstdio>

#include "text/utf8.h"

namespace weft::cli {

namespace {

constexpr UChar32 kZeroWidthNonJoiner = 0x200c;
constexpr UChar32 kZeroWidthJoiner = 0x200d;

/// The code point at `pos`, or a negative value for a malformed byte; moves `pos` behind it.
UChar32 next(std::string_view s, size_t& pos) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(s.data());
  auto i = static_cast<int64_t>(pos);
  const auto length = static_cast<int64_t>(s.size());
  UChar32 c;
  U8_NEXT(bytes, i, length, c);
  pos = c < 0 ? pos + 1 : static_cast<size_t>(i);
  return c;
}

bool is_harmful(UChar32 c) {
  switch (u_charType(c)) {
    case U_CONTROL_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_SURROGATE:
    case U_UNASSIGNED:
      return true;
    case U_FORMAT_CHAR:
      return c != kZeroWidthJoiner && c != kZeroWidthNonJoiner;
    default:
      return false;
  }
}

void append_escaped(std::string& out, UChar32 c) {
  char buffer[16];
  const char* form = c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
  std::snprintf(buffer, sizeof buffer, form, static_cast<unsigned>(c));
  out += buffer;
}

unsigned cell_width(UChar32 c) {
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
    default:
      break;
  }
  // Vowels and finals of decomposed Hangul join the initial before them.
  if (c >= 0x1160 && c <= 0x11ff) return 0;
  switch (u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE:
    case U_EA_FULLWIDTH:
      return 2;
    default:
      return 1;
  }
}

/// Appends `word`, longer than a line, cut between characters; the last piece stays in `line`.
void cut_word(std::string_view word, unsigned width, std::vector<std::string>& lines,
              std::string& line, unsigned& used) {
  for (size_t pos = 0; pos < word.size();) {
    const size_t start = pos;
    const UChar32 c = next(word, pos);
    const unsigned cells = c < 0 ? 1 : cell_width(c);
    if (used + cells > width && used > 0) {
      lines.push_back(std::move(line));
      line.clear();
      used = 0;
    }
    line += word.substr(start, pos - start);
    used += cells;
  }
}

}  // namespace

std::string visible(std::string_view s, bool keep_lines) {
  std::string out;
  out.reserve(s.size());
  for (size_t pos = 0; pos < s.size();) {
    const size_t start = pos;
    const UChar32 c = next(s, pos);
    if (c < 0) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\x%02x", static_cast<unsigned char>(s[start]));
      out += buffer;
    } else if (c == '\n' && keep_lines) {
      out += '\n';
    } else if (c == '\r' && pos < s.size() && s[pos] == '\n') {
      continue;
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out += ' ';
    } else if (is_harmful(c)) {
      append_escaped(out, c);
    } else {
      out += s.substr(start, pos - start);
    }
  }
  return out;
}

void append_plain(std::string& out, std::string_view s) {
  for (size_t i = 0; i < s.size();) {
    const size_t begin = i;
    const char32_t c = text::next_char(s, i);
    if (c < 0x20 || text::is_control(c) || c == 0x2028 || c == 0x2029)
      out += ' ';
    else
      out += s.substr(begin, i - begin);
  }
}

unsigned display_width(std::string_view s) {
  unsigned width = 0;
  for (size_t pos = 0; pos < s.size();) {
    const UChar32 c = next(s, pos);
    width += c < 0 ? 1 : cell_width(c);
  }
  return width;
}

std::vector<std::string> wrap(std::string_view s, unsigned width) {
  if (width == 0 || display_width(s) <= width) return {std::string(s)};
  std::vector<std::string> lines;
  std::string line;
  unsigned used = 0;
  for (size_t pos = 0; pos < s.size();) {
    const size_t space = s.find(' ', pos);
    const std::string_view word =
        s.substr(pos, space == std::string_view::npos ? space : space - pos);
    const unsigned cells = display_width(word);
    const unsigned gap = used > 0 ? 1 : 0;
    if (used + gap + cells <= width) {
      if (gap) line += ' ';
      line += word;
      used += gap + cells;
    } else {
      if (used > 0) lines.push_back(std::move(line));
      line.clear();
      used = 0;
      cut_word(word, width, lines, line, used);
    }
    pos = space == std::string_view::npos ? s.size() : space + 1;
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

}  // namespace weft::cli
