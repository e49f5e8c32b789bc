// Datelines: "NANNING, Dec. 15 (Xinhua) -- ", "LONDON, 6 June 2025: ", "CUSCO (27 September 2023).
// ", "CHONGQING (Xinhua/Internews): ", "(Reporter Ye Qin) ". Reads place, date and agency from the
// left by hand: the place must look like a name, and something must mark it as a dateline: a
// bracket, a date, or capitals. Constant cost: nothing beyond the first 160 bytes is looked at.
#include <algorithm>
#include <cctype>

#include "read/layout.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/words.h"

namespace weft::read {

namespace {

constexpr size_t kWindow = 160;

/// Length of a dash with its spaces at `pos`, or of a colon behind a bracket; 0 if there is none.
size_t dash_at(std::string_view s, size_t pos) {
  size_t i = pos;
  while (i < s.size() && s[i] == ' ') ++i;
  const bool spaced = i > pos;
  size_t n = 0;
  for (const std::string_view dash : {"--", "\xe2\x80\x94", "\xe2\x80\x93", "-"})
    if (s.compare(i, dash.size(), dash) == 0) {
      n = dash.size();
      break;
    }
  if (!n) return 0;
  i += n;
  const size_t dash_end = i;
  while (i < s.size() && s[i] == ' ') ++i;
  // A hyphen inside a word is no dash.
  if (!spaced && (n == 1 || i == dash_end)) return 0;
  return i - pos;
}

/// True if every word begins with a capital or is a small word of names.
bool is_place(std::string_view s, bool& capitals) {
  capitals = false;
  const std::vector<std::string_view> words = text::words(s);
  if (words.empty() || words.size() > 7) return false;
  for (size_t i = 0; i < words.size(); ++i) {
    std::string_view word = words[i];
    while (!word.empty() && (word.back() == ',' || word.back() == '.')) word.remove_suffix(1);
    if (word == "/" || word == "and") continue;
    if (word == "-" || word == "--") return false;
    size_t pos = 0;
    bool upper_first = false, any_lower = false;
    size_t letters = 0;
    while (pos < word.size()) {
      const bool first = pos == 0;
      const char32_t c = text::next_char(word, pos);
      if (text::is_digit(c)) return false;
      if (!text::is_letter(c) && c != '\'' && c != '-' && c != '.' && c != '/' && c != 0x2019)
        return false;
      letters += text::is_letter(c);
      if (first) upper_first = text::is_upper(c);
      any_lower = any_lower || text::is_lower(c);
    }
    if (i == 0) {
      if (!upper_first) return false;
      capitals = !any_lower && letters >= 3;
    } else if (!upper_first && word.size() > 3) {
      return false;
    }
  }
  return true;
}

/// A date at the end of `head`, behind a comma: cut off `head`. True if there was one, with or
/// without a year.
bool take_date(std::string_view& head, std::optional<text::Date>& date) {
  for (size_t comma = head.find(','); comma != std::string_view::npos;
       comma = head.find(',', comma + 1)) {
    size_t begin = comma + 1;
    for (int skip_weekday = 0; skip_weekday < 2; ++skip_weekday) {
      begin = head.find_first_not_of(' ', begin);
      if (begin == std::string_view::npos) break;
      size_t pos = begin;
      const auto full = text::parse_date(head, pos);
      if (!full) pos = begin;
      if (full || text::parse_month_day(head, pos)) {
        const std::string_view rest = text::trim(head.substr(pos));
        if (rest.empty() || rest == "," || rest == ".") {
          if (full && full->full()) date = full;
          head = head.substr(0, comma);
          return true;
        }
      }
      const size_t word_end = std::min(head.find_first_of(" ,", begin), head.size());
      if (text::weekday_number(head.substr(begin, word_end - begin)) < 0) break;
      begin = head.find_first_not_of(" ,", word_end);
      if (begin == std::string_view::npos) break;
    }
  }
  return false;
}

/// "Thursday, August 25, 2015 The dam failed": a day with its name, and then a sentence.
Dateline day_before_text(std::string_view paragraph) {
  Dateline out;
  size_t at = paragraph.find_first_of(" ,");
  if (at == std::string_view::npos || text::weekday_number(paragraph.substr(0, at)) < 0) return out;
  at = paragraph.find_first_not_of(" ,", at);
  if (at == std::string_view::npos) return out;
  const auto date = text::parse_date(paragraph, at);
  if (!date || !date->full()) return out;
  const size_t behind = paragraph.find_first_not_of(' ', at);
  if (behind == std::string_view::npos || behind == at) return out;
  size_t end = behind;
  if (!text::is_upper(text::next_char(paragraph, end))) return out;
  out.date = date;
  out.size = behind;
  return out;
}

}  // namespace

Dateline Layout::read_dateline(std::string_view paragraph) const {
  Dateline out;
  const std::string_view s = paragraph.substr(0, kWindow);
  if (s.size() < 8) return out;
  if (Dateline day = day_before_text(paragraph); day.size) return day;
  const size_t open = s.find('(');
  const size_t close = open == std::string_view::npos ? open : s.find(')', open);
  const bool bracketed = close != std::string_view::npos;
  const std::string_view inside =
      bracketed ? text::trim(s.substr(open + 1, close - open - 1)) : std::string_view();

  if (open == 0) {
    if (!bracketed) return out;
    const std::vector<std::string_view> words = text::words(inside);
    if (words.empty()) return out;
    const std::string first = text::fold(words[0]);
    const size_t dash = dash_at(s, close + 1);
    if (words.size() >= 2 && words.size() <= 16 &&
        reporters_.has(first.substr(0, first.find(':')))) {
      out.author = std::string(text::trim(inside.substr(words[0].size())));
    } else if (dash && words.size() <= 4) {
      out.source = std::string(inside);
    } else {
      return out;
    }
    out.size = close + 1 + dash;
    while (out.size < s.size() && s[out.size] == ' ') ++out.size;
    return out.size < paragraph.size() ? out : Dateline{};
  }

  // With a bracket: PLACE[, DATE] (AGENCY) and a dash, a colon or, behind capitals, nothing.
  if (bracketed && text::words(inside).size() <= 5 && !inside.empty()) {
    std::string_view head = text::trim(s.substr(0, open));
    std::optional<text::Date> date;
    take_date(head, date);
    size_t date_end = 0;
    const auto in_bracket = text::parse_date(inside, date_end);
    const bool bracketed_date = in_bracket && in_bracket->full() && date_end == inside.size();
    if (bracketed_date) date = in_bracket;
    bool capitals = false;
    if (is_place(head, capitals)) {
      size_t mark = dash_at(s, close + 1);
      if (!mark && close + 1 < s.size() && s[close + 1] == ':') mark = 1;
      if (!mark && bracketed_date && s.compare(close + 1, 2, ". ") == 0) mark = 2;
      if (!mark && close + 1 < s.size() && s[close + 1] == ',') {
        // "BEIJING (Reuters), March 5 -"
        std::string_view rest = s.substr(close + 1);
        for (size_t i = 1; i < rest.size() && !mark; ++i)
          if (const size_t dash = dash_at(rest, i)) {
            std::string_view dated_part = rest.substr(0, i);
            if (take_date(dated_part, date) && text::trim(dated_part).empty()) mark = i + dash;
            break;
          }
      }
      // Without a mark all of the place must be in capitals: "RIYADH the Index (TASI) fell" is
      // prose.
      const bool shouted =
          std::none_of(head.begin(), head.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      if (mark || (capitals && shouted)) {
        if (inside.find_first_of("0123456789") == std::string_view::npos)
          out.source = std::string(inside);
        out.date = date;
        out.size = close + 1 + mark;
        while (out.size < s.size() && s[out.size] == ' ') ++out.size;
        return out.size < paragraph.size() ? out : Dateline{};
      }
    }
  }

  // Without: PLACE, DATE and a dash, colon or full stop, or a place in capitals and a dash.
  for (size_t i = 3; i < s.size() && i < 90; ++i) {
    const bool stop = (s[i] == '.' || s[i] == ':') && i + 1 < s.size() && s[i + 1] == ' ';
    const size_t dash = stop ? 2 : dash_at(s, i);
    if (!dash) continue;
    std::string_view head = text::trim(s.substr(0, i));
    std::optional<text::Date> date;
    const bool dated = take_date(head, date);
    bool capitals = false;
    if (is_place(head, capitals) && (dated || (capitals && !stop)) && i + dash < paragraph.size()) {
      out.date = date;
      out.size = i + dash;
      return out;
    }
    // The full stop may be an abbreviation's ("St. Louis", "Dec. 15").
    if (!stop) return out;
  }
  return out;
}

}  // namespace weft::read
