// Queries out of lines, and completions. Where a query ends and what kind of word the cursor stands
// in is told by the query language's own lexer, or for the open quote and bracket by one pass over
// the bytes; a completion is a search through a list (of names, through all entities).
#include "cli/shell_text.h"

#include <algorithm>

#include "cli/terminal_text.h"
#include "query/language/lexer.h"
#include "text/utf8.h"

namespace weft::cli {

namespace {

namespace language = query::language;

bool is_blank(std::string_view s) { return s.find_first_not_of(" \t\r\n") == s.npos; }

bool is_word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

/// What is open at the end of a text.
struct Place {
  size_t quote = std::string_view::npos;  // where the open text's quote stands
  bool comment = false;
  char bracket = 0;  // the innermost open one
};

Place place_at_end(std::string_view s) {
  Place out;
  std::string brackets;
  for (size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    if (c == '"' || c == '\'' || c == '`') {
      size_t end = i + 1;
      while (end < s.size() && s[end] != c) end += s[end] == '\\' && c != '`' ? 2 : 1;
      if (end >= s.size()) {
        out.quote = i;
        break;
      }
      i = end;
    } else if (c == '/' && i + 1 < s.size() && (s[i + 1] == '/' || s[i + 1] == '*')) {
      const std::string_view close = s[i + 1] == '/' ? "\n" : "*/";
      const size_t end = s.find(close, i + 2);
      if (end == s.npos) {
        out.comment = true;
        break;
      }
      i = end + close.size() - 1;
    } else if (c == '(' || c == '[' || c == '{') {
      brackets += c;
    } else if ((c == ')' || c == ']' || c == '}') && !brackets.empty()) {
      brackets.pop_back();
    }
  }
  out.bracket = brackets.empty() ? 0 : brackets.back();
  return out;
}

/// A name as it stands within quotes.
std::string escaped(const std::string& name, char quote) {
  std::string out;
  for (const char c : name) {
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

class Search {
 public:
  explicit Search(std::string_view typed) : typed_(language::lower(typed)) {
    found_.typed = typed.size();
  }

  void offer(std::string word) {
    if (word.size() >= typed_.size() &&
        language::lower(std::string_view(word).substr(0, typed_.size())) == typed_)
      found_.words.push_back(std::move(word));
  }
  void offer_all(const std::vector<std::string>& words) {
    for (const std::string& w : words) offer(w);
  }

  Completions take() && {
    std::vector<std::string>& words = found_.words;
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    if (words.empty()) return std::move(found_);
    // Of a sorted list, the first and the last differ earliest.
    const std::string &first = words.front(), &last = words.back();
    size_t same = 0;
    while (same < first.size() && same < last.size() && first[same] == last[same]) ++same;
    while (same > 0 && same < first.size() && (first[same] & 0xc0) == 0x80) --same;
    found_.common = first.substr(0, same);
    return std::move(found_);
  }

 private:
  std::string typed_;
  Completions found_;
};

}  // namespace

void QueryLines::emit(std::string_view text) {
  if (text::first_invalid_utf8(text) != text::kValid || language::tokenize(text).size() > 1)
    ready_.push_back({std::string(text), false});
}

void QueryLines::add(std::string_view line) {
  if (is_blank(gathered_)) {
    gathered_.clear();
    if (line.starts_with(':')) {
      ready_.push_back({std::string(line), true});
      return;
    }
  }
  if (is_blank(line)) return end();
  gathered_.append(line);
  gathered_ += '\n';
  if (line.find(';') == line.npos) return;
  if (text::first_invalid_utf8(gathered_) != text::kValid) return end();
  size_t begin = 0;
  for (const language::Token& t : language::tokenize(gathered_)) {
    if (t.kind != language::TokenKind::sign || t.text != ";") continue;
    emit(std::string_view(gathered_).substr(begin, t.begin - begin));
    begin = t.end;
  }
  gathered_.erase(0, begin);
  if (is_blank(gathered_)) gathered_.clear();
}

void QueryLines::end() {
  emit(gathered_);
  gathered_.clear();
}

std::optional<QueryLines::Input> QueryLines::next() {
  if (ready_.empty()) return std::nullopt;
  Input out = std::move(ready_.front());
  ready_.erase(ready_.begin());
  return out;
}

void QueryLines::clear() {
  gathered_.clear();
  ready_.clear();
}

Completions complete(std::string_view before, const Vocabulary& vocabulary) {
  if (before.starts_with(':')) {
    const size_t space = before.rfind(' ');
    if (space == before.npos) {
      Search search(before);
      search.offer_all(vocabulary.commands);
      return std::move(search).take();
    }
    Search search(before.substr(space + 1));
    search.offer_all(vocabulary.arguments);
    return std::move(search).take();
  }
  const Place place = place_at_end(before);
  if (place.comment) return {};
  if (place.quote != before.npos) {
    const char quote = before[place.quote];
    Search search(before.substr(place.quote + 1));
    if (quote != '`')
      vocabulary.entities([&](const std::string& name) {
        if (visible(name) == name) search.offer(escaped(name, quote));
      });
    return std::move(search).take();
  }
  size_t begin = before.size();
  while (begin > 0 && is_word_byte(before[begin - 1])) --begin;
  Search search(before.substr(begin));
  size_t sign = begin;
  while (sign > 0 && before[sign - 1] == ' ') --sign;
  const char previous = sign > 0 ? before[sign - 1] : 0;
  if (previous == ':' && place.bracket != '{') {
    if (place.bracket != '[') search.offer_all(vocabulary.labels);
    if (place.bracket != '(') search.offer_all(vocabulary.relations);
  } else if (previous == '|' && place.bracket == '[') {
    search.offer_all(vocabulary.relations);
  } else if (previous == '.' || (place.bracket == '{' && (previous == '{' || previous == ','))) {
    search.offer_all(vocabulary.properties);
  } else {
    search.offer_all(vocabulary.keywords);
  }
  return std::move(search).take();
}

}  // namespace weft::cli
