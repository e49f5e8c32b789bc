// Reads the lines around an article: labels with values ("Source: Gansu Daily   Release time:
// 2025-05-22"), dates, publishers, bylines, share bars and menus. A line is cut into pieces at wide
// gaps, bars and arrows; what a piece is, the lists of schema/lexicons/furniture.json say. Linear
// in the line, which is at most a few hundred bytes.
#include <algorithm>
#include <cctype>

#include "read/layout.h"
#include "read/paragraphs.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/words.h"

namespace weft::read {

namespace {

constexpr size_t kLongestLine = 320;  // bytes; longer paragraphs are prose
constexpr size_t kFurnitureWords = 24;
constexpr size_t kOtherWords = 14;  // of a date line beside the date
constexpr size_t kFewWords = 4;     // so many are a place and a paper, more are a title
constexpr size_t kLabelWords = 5;   // between "posted" and its date, and behind it
constexpr size_t kEndWords = 2;     // of a date line that ends like a sentence, behind the date
constexpr size_t kBracketWords = 30;

bool digit(char c) { return c >= '0' && c <= '9'; }

/// Lower case, digit runs as "#", without punctuation at the ends.
bool has_letter(std::string_view line) {
  for (size_t at = 0; at < line.size();)
    if (text::is_letter(text::next_char(line, at))) return true;
  return false;
}

std::string furniture_key(std::string_view line) {
  const std::string folded = text::fold(line);
  std::string out;
  for (size_t i = 0; i < folded.size(); ++i) {
    if (!digit(folded[i])) {
      out += folded[i];
    } else if (i == 0 || !digit(folded[i - 1])) {
      out += '#';
    }
  }
  const std::string_view edge = " .,:;!?|-*[]()<>\"'/=_~";
  const size_t begin = out.find_first_not_of(edge);
  if (begin == std::string::npos) return {};
  return out.substr(begin, out.find_last_not_of(edge) - begin + 1);
}

using Piece = LinePiece;

/// Length of the separator of pieces at `pos`, or 0.
size_t separator_at(std::string_view s, size_t pos) {
  if (s[pos] == '|' || s[pos] == '\t') return 1;
  if (s[pos] == ' ' && pos + 1 < s.size() && s[pos + 1] == ' ') return 2;
  for (const std::string_view mark : {">>", ">", "\xc2\xbb", "\xc2\xb7", "\xe2\x80\xa2",
                                      "\xe2\x86\x92", "\xe2\x80\xba", "\xe3\x80\x80"})
    if (s.compare(pos, mark.size(), mark) == 0) return mark.size();
  for (const std::string_view mark : {" / ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 "})
    if (s.compare(pos, mark.size(), mark) == 0) return mark.size();
  return 0;
}

std::vector<Piece> pieces_of(std::string_view s) {
  std::vector<Piece> out;
  size_t begin = 0;
  const auto add = [&](size_t end) {
    const std::string_view body = text::trim(s.substr(begin, end - begin));
    if (!body.empty()) {
      const auto at = static_cast<size_t>(body.data() - s.data());
      out.push_back({at, at + body.size()});
    }
  };
  for (size_t i = 0; i < s.size();) {
    if (const size_t n = separator_at(s, i)) {
      add(i);
      i += n;
      begin = i;
    } else {
      ++i;
    }
  }
  add(s.size());
  return out;
}

/// The first date in `s` that begins at a word's beginning.
std::optional<text::Date> find_date(std::string_view s, size_t& begin, size_t& end) {
  for (size_t i = 0; i < s.size(); ++i) {
    const auto before = i ? static_cast<unsigned char>(s[i - 1]) : ' ';
    if (std::isalnum(before) || before >= 0x80 || !std::isalnum(static_cast<unsigned char>(s[i])))
      continue;
    size_t pos = i;
    if (const auto date = text::parse_date(s, pos); date && date->full()) {
      begin = i;
      end = pos;
      return date;
    }
  }
  return std::nullopt;
}

void offer(LineFacts& facts, const text::Date& date, DateRank rank) {
  if (!facts.date || rank < facts.rank) {
    facts.date = date;
    facts.rank = rank;
  }
}

/// A date that a machine wrote ("2024-03-13") tells its order of day and month, and is seldom part
/// of a sentence.
bool machine_written(std::string_view s) {
  return s.size() >= 8 && digit(s[0]) && digit(s[1]) && digit(s[2]) && digit(s[3]);
}

std::string clean(std::string_view s) {
  const std::string_view edge = " \t,;|[]<>";
  const size_t begin = s.find_first_not_of(edge);
  if (begin == std::string_view::npos) return {};
  std::string out(s.substr(begin, s.find_last_not_of(edge) - begin + 1));
  const std::string key = text::fold(out);
  return key == "undefined" || key == "null" || key == "none" || key == "nan" ? std::string() : out;
}

/// "• March 12, 2012: Dam opened" is an item of what else was told; `end`: that of its date.
bool heads_item(std::string_view line, size_t end) {
  constexpr std::string_view kBullets[] = {"* ", "- ", "+ ", "\u2022", "\u00b7"};
  const std::string_view rest = text::trim(line.substr(end));
  const bool bullet = std::any_of(std::begin(kBullets), std::end(kBullets),
                                  [&](std::string_view b) { return line.starts_with(b); });
  return count_words(rest) > 1 && (bullet || rest.front() == ':');
}

}  // namespace

Layout::Layout(const schema::Lexicons& lexicons)
    : lines_(lexicons.list("furniture_lines")),
      starts_(lexicons.list("furniture_starts")),
      bar_words_(lexicons.list("furniture_words")),
      labels_(lexicons.list("metadata_labels")),
      reporters_(lexicons.list("reporter_words")),
      media_(lexicons.list("media_words")),
      prepositions_(lexicons.list("date_prepositions")) {}

bool Layout::is_menu(std::string_view line) const {
  const std::vector<Piece> pieces = pieces_of(line);
  if (pieces.size() < 2) return false;
  size_t short_pieces = 0, known = 0;
  for (const Piece& piece : pieces) {
    const std::string_view body = line.substr(piece.begin, piece.end - piece.begin);
    // Figures between bars are a table, not a menu.
    const bool figures = std::count_if(body.begin(), body.end(), digit) >= 3;
    short_pieces += count_words(body) <= 6 && !ends_sentence(body) && !figures;
    const std::string key = furniture_key(body);
    known += key.empty() || bar_words_.has(key) || lines_.has(key);
  }
  if (known * 2 > pieces.size()) return true;
  // Three short pieces with bars or arrows between them are a menu or a path, unless they hold a
  // date or a label.
  size_t at = 0, end = 0;
  if (find_date(line, at, end)) return false;
  if (short_pieces < pieces.size() || line.find(':') != std::string_view::npos) return false;
  for (const std::string_view arrow :
       {" > ", " >> ", " \xc2\xbb ", " \xe2\x86\x92 ", " \xe2\x80\xba "})
    if (line.find(arrow) != std::string_view::npos) return true;
  return pieces.size() >= 4 && line.find('|') != std::string_view::npos;
}

bool Layout::is_furniture(std::string_view line) const {
  if (!has_letter(line)) return true;  // rules, bars, page numbers
  if (line.size() > kLongestLine) return false;
  const std::string key = furniture_key(line);
  if (key.empty() || lines_.has(key)) return true;
  if (count_words(key) <= kFurnitureWords) {
    const std::string folded = furniture_key(line.substr(0, 120)) + " ";
    // A single word such as "share" counts only before a colon or bar: "Share prices fell" is
    // prose.
    for (const std::string& start : starts_.forms())
      if (folded.compare(0, start.size(), start) == 0) {
        const char next = folded[start.size() < folded.size() ? start.size() : folded.size() - 1];
        const bool marked = start.find_first_of(" :/>") != std::string::npos ||
                            static_cast<unsigned char>(start[0]) >= 0x80;
        const bool border = !std::isalnum(static_cast<unsigned char>(next)) ||
                            !std::isalnum(static_cast<unsigned char>(start.back()));
        if (border && (marked || next == ':' || next == '|')) return true;
      }
  }
  // A bracket such as "[Print this page] [Close window]", "[Share to WeChat]".
  if (line.front() == '[' && line.back() == ']' && count_words(line) <= 12) {
    const std::vector<std::string_view> words = text::words(line);
    for (const std::string_view word : words)
      if (bar_words_.has(furniture_key(word))) return true;
  }
  return is_menu(line);
}

Layout::Label Layout::label_at(std::string_view line, size_t pos) const {
  Label best;
  const std::string_view rest = line.substr(pos);
  const std::string key = text::fold(rest.substr(0, 60));
  const size_t colon = key.find(':');
  if (colon != std::string::npos && colon < 40) {
    std::string name = key.substr(0, colon);
    while (!name.empty() && name.back() == ' ') name.pop_back();
    const size_t raw = rest.find_first_of(":\xef");
    if (const std::string* meaning = labels_.value(name); meaning && raw != std::string_view::npos)
      return {raw + (rest[raw] == ':' ? 1u : 3u), *meaning, true};
  }
  // A label without a colon counts only before a date: "Published 2024-12-31", "posted by Admin on
  // 27/05/2024".
  for (const std::string& form : labels_.forms()) {
    const std::string& meaning = *labels_.value(form);
    if ((meaning != "date" && meaning != "updated") || form.size() <= best.size) continue;
    if (key.compare(0, form.size(), form) != 0 || form.size() >= key.size() ||
        key[form.size()] != ' ')
      continue;
    const std::string_view behind = rest.substr(form.size());
    size_t begin = 0, end = 0;
    if (!find_date(behind, begin, end)) continue;
    const size_t between = count_words(behind.substr(0, begin));
    if (between == 0 || (between <= kLabelWords && count_words(behind.substr(end)) <= kLabelWords))
      best = {form.size() + 1, meaning, false};
  }
  return best;
}

/// Cuts pieces further where a label with a colon follows a value: "Source: Lishui Daily Date:
/// 2025-05-09 Views: 12".
std::vector<LinePiece> Layout::split_at_labels(std::string_view line,
                                               const std::vector<LinePiece>& pieces) const {
  std::vector<LinePiece> out;
  for (LinePiece piece : pieces) {
    const std::string_view all = line.substr(0, piece.end);
    const bool labelled = label_at(all, piece.begin).colon;
    for (size_t i = piece.begin + 1; labelled && i < piece.end; ++i) {
      if (line[i - 1] != ' ' || line[i] == ' ' || all.find(':', i) == std::string_view::npos)
        continue;
      const Label next = label_at(all, i);
      // Labels within a sentence aren't capitalised.
      if (!next.colon || !std::isupper(static_cast<unsigned char>(line[i]))) continue;
      out.push_back({piece.begin, i});
      piece.begin = i;
      i += next.size;
    }
    out.push_back(piece);
  }
  return out;
}

bool Layout::is_publisher(std::string_view words) const {
  const std::vector<std::string_view> all = text::words(words);
  if (all.empty() || all.size() > 6) return false;
  return media_.has(furniture_key(all.back()));
}

/// Dates, bylines and publishers of a piece without a label; `other_words` counts what is none of
/// these.
void Layout::read_unlabelled(std::string_view piece, LineFacts& facts, size_t& other_words) const {
  size_t begin = 0, end = 0;
  std::string_view before = piece, after;
  if (const auto date = find_date(piece, begin, end)) {
    // "The plant opened on 5 March 2024" is a sentence; a date line has no preposition before its
    // date.
    const std::vector<std::string_view> words = text::words(piece.substr(0, begin));
    const bool bracketed = piece.front() == '(' || piece.front() == '[';
    if (!words.empty() && !bracketed && prepositions_.has(text::fold(words.back()))) {
      other_words += count_words(piece);
      return;
    }
    offer(facts, *date, machine_written(piece.substr(begin)) ? DateRank::machine : DateRank::line);
    facts.metadata = true;
    before = piece.substr(0, begin);
    after = piece.substr(end);
  }
  for (std::string_view part : {before, after}) {
    std::string body = clean(part);
    if (body.empty()) continue;
    std::vector<std::string_view> words = text::words(body);
    const std::string first = text::fold(words[0]);
    const bool byline = words.size() >= 2 && words.size() <= 10 && first == "by" &&
                        std::isupper(static_cast<unsigned char>(words[1][0]));
    if (byline) {
      facts.metadata = true;
      if (facts.author.empty()) {
        std::string_view name =
            std::string_view(body).substr(static_cast<size_t>(words[1].data() - body.data()));
        if (const size_t of = name.find(" for "); of != std::string_view::npos) {
          if (facts.source.empty()) facts.source = clean(name.substr(of + 5));
          name = name.substr(0, of);
        }
        facts.author = clean(name.substr(0, name.find(',')));
      }
      continue;
    }
    for (std::string_view word : words)
      if (text::weekday_number(word.substr(0, word.find(','))) < 0 &&
          furniture_key(word).find('#') == std::string::npos)
        ++other_words;
    if (facts.source.empty() && is_publisher(body)) facts.source = body;
  }
}

LineFacts Layout::read_line(std::string_view line, std::string_view label) const {
  LineFacts facts;
  if (line.empty() || line.size() > kLongestLine) return facts;
  size_t other_words = 0, labels = 0, begin = 0, end = 0;
  std::string_view meaning = label;
  const auto take = [&](std::string_view value) {
    const size_t date_begin = value.find_first_not_of(" \t,(");
    size_t at = 0, behind = 0;
    if (meaning == "date" || meaning == "updated") {
      if (const auto date =
              date_begin == std::string_view::npos ? std::nullopt : find_date(value, at, behind);
          date) {
        facts.metadata = true;
        const DateRank labelled =
            machine_written(value.substr(at)) ? DateRank::machine : DateRank::labelled;
        offer(facts, *date, meaning == "updated" ? DateRank::updated : labelled);
        // What follows the date may be a label again ("date 2023-07-14 Title: ...").
        const std::string_view rest = text::trim(value.substr(behind));
        if (!rest.empty()) {
          const Label next = label_at(rest, 0);
          if (next.size && next.colon && next.meaning == "title") {
            const std::string_view title = text::trim(rest.substr(next.size));
            facts.title.begin = static_cast<uint32_t>(title.data() - line.data());
            facts.title.end = facts.title.begin + static_cast<uint32_t>(title.size());
          }
        }
      }
      return;
    }
    // "Interview: Arnar Palsson, Nordic Energy Weekly, 2 June 2025": what stands beside the date
    // says who and where.
    if (meaning != "title")
      if (const auto date = find_date(value, at, behind)) {
        offer(facts, *date, DateRank::line);
        value = value.substr(0, at);
      }
    std::string body = clean(value);
    if (const size_t comma = body.find(", ");
        meaning == "author" && comma != std::string::npos && is_publisher(body.substr(comma + 2))) {
      if (facts.source.empty()) facts.source = body.substr(comma + 2);
      body.resize(comma);
    }
    if (meaning == "source" && facts.source.empty()) facts.source = body;
    if (meaning == "author" && facts.author.empty()) facts.author = body;
    if (meaning == "title" && facts.title.empty() && !body.empty()) {
      const std::string_view title = text::trim(value);
      facts.title.begin = static_cast<uint32_t>(title.data() - line.data());
      facts.title.end = facts.title.begin + static_cast<uint32_t>(title.size());
    }
    facts.metadata = true;
  };
  if (!label.empty()) {
    if (count_words(line) > 14 || (ends_sentence(line) && count_words(line) > 6)) return facts;
    take(line);
    if (facts.metadata) return facts;
  }
  for (const Piece& piece : split_at_labels(line, pieces_of(line))) {
    const std::string_view body = line.substr(piece.begin, piece.end - piece.begin);
    const Label found = label_at(body, 0);
    if (!found.size) {
      read_unlabelled(body, facts, other_words);
      continue;
    }
    ++labels;
    meaning = found.meaning;
    const std::string_view value = text::trim(body.substr(found.size));
    if (value.empty()) {
      facts.wants_value = true;
      facts.pending_label = std::string(meaning);
    } else {
      take(value);
      facts.wants_value = false;
    }
  }
  if (labels) {
    // "By: ..." and the like at the head of prose are no labels.
    facts.metadata =
        count_words(line) <= 30 && (!ends_sentence(line) || count_words(line) <= 14 || labels > 1);
    if (!facts.metadata) facts = {};
    return facts;
  }
  // "1. approved the results of 30 June 2025;" is an item of a list.
  if (facts.metadata && (line.back() == ';' || line.back() == ',')) facts = {};
  if (facts.metadata && find_date(line, begin, end)) {
    const bool bracketed =
        (line.front() == '(' && line.back() == ')') || (line.front() == '[' && line.back() == ']');
    size_t at = 0, behind = 0;
    const bool two_dates = find_date(line.substr(end), at, behind).has_value();
    // "Ann Lee (born 3 March 1935), mayor of Riverton, died on Tuesday."
    const bool sentence = !bracketed && begin > 0 && other_words > kFewWords &&
                          ends_sentence(line) && count_words(line.substr(end)) > kEndWords &&
                          pieces_of(line).size() == 1;
    if (sentence || other_words > (bracketed ? kBracketWords : kOtherWords) ||
        (two_dates && other_words > 2))
      facts = {};
    else if (facts.rank == DateRank::line && (other_words > kFewWords || heads_item(line, end)))
      facts.rank = DateRank::among_words;
  }
  return facts;
}

}  // namespace weft::read
