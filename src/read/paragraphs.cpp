// Crawled text has a paragraph a line; typed and mailed text is wrapped at some column. Wrapping
// shows in the line ends: a line was broken because the next word didn't fit. So a line continues
// if it and the next line's first word together exceed the text's width, or if a sentence plainly
// goes on in lower case. One pass over the lines; linear.
#include "read/paragraphs.h"

#include <algorithm>
#include <cctype>

#include "text/utf8.h"

namespace weft::read {

namespace {

constexpr size_t kWidestWrap = 130;  // characters; wider lines are paragraphs
constexpr size_t kNarrowestWrap = 40;

struct Line {
  core::ByteSpan span;  // trimmed
  uint32_t chars = 0;
  uint32_t first_word = 0;  // characters
  bool blank_before = false;
};

std::vector<Line> split_lines(std::string_view text) {
  std::vector<Line> lines;
  bool blank = true;
  for (size_t begin = 0; begin < text.size();) {
    size_t end = begin;
    while (end < text.size() && text[end] != '\n' && text[end] != '\r' && text[end] != '\f') ++end;
    const std::string_view body = text::trim(text.substr(begin, end - begin));
    if (body.empty()) {
      blank = true;
    } else {
      Line line;
      line.span.begin = static_cast<uint32_t>(body.data() - text.data());
      line.span.end = line.span.begin + static_cast<uint32_t>(body.size());
      bool in_word = true;
      for (const char c : body) {
        if ((c & 0xc0) == 0x80) continue;
        ++line.chars;
        in_word = in_word && c != ' ' && c != '\t';
        line.first_word += in_word;
      }
      line.blank_before = blank;
      lines.push_back(line);
      blank = false;
    }
    begin = end + 1;
    // "\r\n" is one line end.
    if (end < text.size() && text[end] == '\r' && begin < text.size() && text[begin] == '\n')
      ++begin;
  }
  return lines;
}

bool starts_item(std::string_view line) {
  for (const std::string_view bullet :
       {"- ", "* ", "+ ", "\xe2\x80\xa2", "\xe2\x80\x93 ", "\xe2\x80\x94 ", "# ", "> ", "("})
    if (line.substr(0, bullet.size()) == bullet) return true;
  // A byline under a heading: "by Hamish Tuckwell".
  if (line.substr(0, 3) == "by " && line.size() > 3 &&
      std::isupper(static_cast<unsigned char>(line[3])))
    return true;
  size_t i = 0;
  while (i < line.size() && i < 3 && std::isdigit(static_cast<unsigned char>(line[i]))) ++i;
  return i > 0 && i + 1 < line.size() && (line[i] == '.' || line[i] == ')') && line[i + 1] == ' ';
}

bool starts_lower(std::string_view line) {
  size_t pos = 0;
  return !line.empty() && text::is_lower(text::next_char(line, pos));
}

/// True if the text as a whole is wrapped at about `width` characters.
bool is_wrapped(const std::vector<Line>& lines, std::string_view text, size_t& width) {
  std::vector<uint32_t> lengths;
  for (const Line& line : lines) lengths.push_back(line.chars);
  std::sort(lengths.begin(), lengths.end());
  width = lengths.empty() ? 0 : lengths.back();
  if (width < kNarrowestWrap || width > kWidestWrap) return false;
  size_t inner = 0, full = 0, open = 0;
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i + 1].blank_before) continue;
    ++inner;
    full += lines[i].chars + 1 + lines[i + 1].first_word > width;
    open += !ends_sentence(text.substr(lines[i].span.begin, lines[i].span.size()));
  }
  return inner >= 2 && full * 10 >= inner * 6 && open * 10 >= inner * 5;
}

}  // namespace

bool ends_sentence(std::string_view s) {
  while (!s.empty()) {
    size_t pos = s.size();
    const char32_t c = text::previous_char(s, pos);
    if (c == '.' || c == '!' || c == '?' || c == 0x2026 || c == ':' || c == ';') return true;
    if (c != '"' && c != '\'' && c != ')' && c != ']' && c != 0x201d && c != 0x2019) return false;
    s = s.substr(0, pos);
  }
  return false;
}

size_t count_words(std::string_view s) {
  size_t n = 0;
  bool in_word = false;
  for (const char c : s) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    n += !space && !in_word;
    in_word = !space;
  }
  return n;
}

std::vector<core::ByteSpan> split_paragraphs(std::string_view text, bool lines_are_whole) {
  const std::vector<Line> lines = split_lines(text);
  size_t width = 0;
  const bool wrapped = !lines_are_whole && is_wrapped(lines, text, width);
  std::vector<core::ByteSpan> out;
  for (size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const std::string_view body = text.substr(line.span.begin, line.span.size());
    bool joins = false;
    if (i > 0 && !line.blank_before && !lines_are_whole && !starts_item(body)) {
      const Line& before = lines[i - 1];
      const bool sentence_ended = ends_sentence(text.substr(before.span.begin, before.span.size()));
      const bool didnt_fit = before.chars + 1 + line.first_word > width;
      if (wrapped && didnt_fit) joins = true;
      if (!sentence_ended && starts_lower(body) && before.chars >= kNarrowestWrap &&
          before.chars <= kWidestWrap)
        joins = true;
    }
    if (joins)
      out.back().end = line.span.end;
    else
      out.push_back(line.span);
  }
  return out;
}

}  // namespace weft::read
