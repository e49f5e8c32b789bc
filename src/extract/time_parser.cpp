// Time expressions by recursive descent over words, after the classes of TIMEX3 (Pustejovsky et al.
// 2003): calendar dates with or without a year, weekdays, units with a direction ("last month"),
// counted units ("three years ago"), parts of a period. What words mean is in
// schema/lexicons/time.json. A date without a year is the nearest one in the tense of its
// surroundings: news looks back unless it says "will". Constant cost for each word.
#include "extract/time_parser.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "text/utf8.h"

namespace weft::extract {

namespace {

using text::Date;

bool digits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string iso_interval(const Date& a, const Date& b) {
  return text::to_iso(a) + "/" + text::to_iso(b);
}

Date add_days(const Date& d, int days) {
  return text::civil_from_days(text::days_from_civil(d) + days);
}

Date add_months(const Date& d, int months) {
  const int index = d.year * 12 + d.month - 1 + months;
  return {index / 12, index % 12 + 1, 0};
}

}  // namespace

TimeLists::TimeLists(const schema::Lexicons& lexicons)
    : units(lexicons.list("time_units")),
      directions(lexicons.list("time_directions")),
      points(lexicons.list("time_points")),
      day_parts(lexicons.list("time_day_parts")),
      seasons(lexicons.list("time_seasons")),
      numbers(lexicons.list("time_numbers")),
      year_parts(lexicons.list("time_year_parts")),
      vague_parts(lexicons.list("time_vague_parts")),
      future_cues(lexicons.list("time_future_cues")),
      deadlines(lexicons.list("time_deadlines")),
      year_leads(lexicons.list("time_year_leads")) {}

TimeParser::TimeParser(const TimeLists& lists, const doc::Document& document)
    : lists_(lists), doc_(document) {
  if (const auto date = text::from_iso(document.meta.date); date && date->full()) now_ = *date;
}

void TimeParser::start_sentence(core::TokenSpan sentence) {
  words_.clear();
  for (doc::TokenIndex t = sentence.begin; t < sentence.end; ++t) {
    const std::string_view form = doc_.norm_of(t);
    std::string lower(form);
    for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    const bool capital = !form.empty() && form[0] >= 'A' && form[0] <= 'Z';
    // "2021-2025", "12-15", "mid-2025": the parts are words of their own.
    const size_t dash = lower.find('-');
    if (dash != std::string::npos && lower.find('-', dash + 1) == std::string::npos &&
        digits(std::string_view(lower).substr(dash + 1)) &&
        (digits(std::string_view(lower).substr(0, dash)) ||
         lists_.vague_parts.has(lower.substr(0, dash)))) {
      words_.push_back({lower.substr(0, dash), t, capital});
      if (digits(words_.back().text)) words_.push_back({"-", t, false});
      words_.push_back({lower.substr(dash + 1), t, false});
    } else {
      words_.push_back({std::move(lower), t, capital});
    }
  }
}

const std::string& TimeParser::word(size_t i) const {
  return i < words_.size() ? words_[i].text : none_;
}

bool TimeParser::is_noun(size_t i) const {
  if (i >= words_.size()) return false;
  const doc::Upos tag = doc_.upos[words_[i].token];
  return tag == doc::Upos::NOUN || tag == doc::Upos::PROPN || tag == doc::Upos::ADJ;
}

int TimeParser::number(size_t i) const {
  const std::string& w = word(i);
  if (digits(w) && w.size() <= 4) return std::atoi(w.c_str());
  const std::string* value = lists_.numbers.value(w);
  return value ? std::atoi(value->c_str()) : 0;
}

int TimeParser::day(size_t i, bool ordinal_only) const {
  std::string w = word(i);
  bool ordinal = false;
  if (w.size() > 2)
    for (const char* end : {"st", "nd", "rd", "th"})
      if (w.compare(w.size() - 2, 2, end) == 0) {
        w.resize(w.size() - 2);
        ordinal = true;
        break;
      }
  if (!digits(w) || w.size() > 2 || (ordinal_only && !ordinal)) return 0;
  const int d = std::atoi(w.c_str());
  return d >= 1 && d <= 31 ? d : 0;
}

int TimeParser::year(size_t i) const {
  const std::string& w = word(i);
  if (w.size() != 4 || !digits(w)) return 0;
  const int y = std::atoi(w.c_str());
  return y >= 1000 && y <= 2199 ? y : 0;
}

int TimeParser::month(size_t i) const {
  if (i >= words_.size() || !words_[i].capital) return 0;
  const int m = text::month_number(word(i));
  // "May" and "March" begin sentences as other words too.
  return m && doc_.upos[words_[i].token] != doc::Upos::AUX &&
                 doc_.upos[words_[i].token] != doc::Upos::VERB
             ? m
             : 0;
}

int TimeParser::direction(size_t i, int none) const {
  const std::string* value = lists_.directions.value(word(i));
  return value ? std::atoi(value->c_str()) : none;
}

/// True if what stands nearest to the words speaks of the future.
bool TimeParser::future_near(size_t begin, size_t end) const {
  constexpr size_t kReach = 12;
  if (begin > 0 && lists_.deadlines.has(word(begin - 1))) return true;
  for (size_t distance = 1; distance <= kReach; ++distance) {
    for (const bool before : {true, false}) {
      if (before ? begin < distance : end + distance > words_.size()) continue;
      const size_t i = before ? begin - distance : end + distance - 1;
      if (lists_.future_cues.has(word(i)) || lists_.future_cues.has(word(i) + " " + word(i + 1)))
        return true;
      const doc::Xpos tag = doc_.xpos[words_[i].token];
      if (tag == doc::Xpos::VBD || tag == doc::Xpos::VBN) {
        // A participle after "will be" is future: look at what is before it.
        bool future = false;
        for (size_t k = 1; k <= 3 && k <= i; ++k)
          future = future || lists_.future_cues.has(word(i - k));
        return future;
      }
    }
  }
  return false;
}

/// "last year", "this year", "next year", "of the same year", "of 2023" at `i`: the year, or 0.
int TimeParser::relative_year(size_t i, size_t& end) const {
  if (word(i) == "of" || word(i) == "in") ++i;
  if (word(i) == "the" || word(i) == "that") {
    const bool that = word(i) == "that";
    ++i;
    const bool same = word(i) == "same";
    if (same) ++i;
    if (word(i) != "year") return 0;
    end = i + 1;
    return (that || same) && last_.year ? last_.year : now_.year;
  }
  if (const int y = year(i)) {
    end = i + 1;
    return y;
  }
  const int steps = direction(i, 99);
  if (steps == 99 || word(i + 1) != "year" || !now_.year) return 0;
  end = i + 2;
  return now_.year + steps;
}

std::optional<TimeParser::Calendar> TimeParser::bare_year(size_t i, bool sure) const {
  const int y = year(i);
  if (!y) return std::nullopt;
  if (!sure) {
    // "in 2024", and "the 2024 campaign" unless it counts: "the 2024 people".
    const bool named = i > 0 && doc_.upos[words_[i - 1].token] == doc::Upos::DET && y >= 1900 &&
                       y <= 2100 && !word(i + 1).empty() && word(i + 1).back() != 's';
    const bool led = named || (i > 0 && lists_.year_leads.has(word(i - 1)));
    const bool dated = i > 0 && (year(i - 1) || (i > 1 && year(i - 2)));
    const bool counts = is_noun(i + 1) || word(i + 1) == "%" || word(i + 1) == "percent";
    if (!led && (counts || y < 1800 || y > 2100) && !dated) return std::nullopt;
    if (lists_.units.has(word(i + 1))) return std::nullopt;
    if (led && is_noun(i + 1) && (y < 1800 || y > 2100)) return std::nullopt;
    if (i > 0 && (word(i - 1) == "$" || word(i - 1) == "no." || word(i - 1) == "#"))
      return std::nullopt;
  }
  return Calendar{{y, 0, 0}, i + 1, i};
}

std::optional<TimeParser::Calendar> TimeParser::calendar(size_t i) const {
  size_t pos = 0;
  if (const auto date = text::parse_date(word(i), pos);
      date && date->full() && pos == word(i).size())
    return Calendar{*date, i + 1, i};
  if (text::weekday_number(word(i)) >= 0 && words_[i].capital) {
    const size_t next = word(i + 1) == "," ? i + 2 : i + 1;
    if (const auto date = calendar(next);
        date && date->date.day && text::weekday_number(word(next)) < 0)
      return date;
    return std::nullopt;
  }
  Calendar c;
  if ((c.date.month = month(i))) {
    c.head = i++;
    if (word(i) == "." && (day(i + 1) || year(i + 1))) ++i;
    if ((c.date.day = day(i))) ++i;
    const size_t behind = word(i) == "," ? i + 1 : i;
    c.end = i;
    if (year(behind)) {
      c.date.year = year(behind);
      c.end = behind + 1;
    }
  } else if ((c.date.day = day(i))) {
    size_t m = i + 1;
    if (word(m) == "of") ++m;
    if (!(c.date.month = month(m))) return std::nullopt;
    c.head = m;
    c.end = m + 1;
    if (word(c.end) == "." && year(c.end + 1)) ++c.end;
    const size_t behind = word(c.end) == "," ? c.end + 1 : c.end;
    if (year(behind)) {
      c.date.year = year(behind);
      c.end = behind + 1;
    }
  } else {
    return std::nullopt;
  }
  if (!c.date.year) {
    size_t end = c.end;
    if (const int y = relative_year(c.end, end)) {
      c.date.year = y;
      c.end = end;
    }
  }
  if (c.date.day > text::last_day_of_month(c.date.year ? c.date.year : 2000, c.date.month))
    return std::nullopt;
  return c;
}

/// Gives a year to a date without one: the nearest in the direction its surroundings speak of.
Date TimeParser::complete(const Calendar& c, size_t begin) const {
  Date d = c.date;
  if (d.year || !now_.year) return d;
  const bool future = future_near(begin, c.end);
  const auto key = [](const Date& x) { return x.month * 32 + x.day; };
  const Date now{now_.year, now_.month, d.day ? now_.day : 0};
  d.year = now_.year;
  if (future && key(d) < key(now)) {
    // A cue is no proof: a date that has only just gone by was meant.
    const int months = now.month - d.month;
    if (months > 3) ++d.year;
  } else if (!future && key(d) > key(now)) {
    const int months = d.month - now.month;
    if (months > 3 || (d.day && now.day && months >= 0 && key(d) > key(now) + 40)) --d.year;
  }
  return text::is_valid(d) ? d : Date{};
}

std::optional<FoundTime> TimeParser::range_or_date(size_t i) {
  auto first = calendar(i);
  // "the 16th of December"
  if (!first && word(i) == "the" && day(i + 1, true)) first = calendar(i + 1);
  if (!first) first = bare_year(i, false);
  if (!first) {
    // "the 20th" of the month spoken of, or of this one unless it is still to come.
    if (word(i) != "the" || !day(i + 1, true) || is_noun(i + 2) || doc_.token_count() == 0)
      return std::nullopt;
    Date d = last_.month ? last_ : now_;
    d.day = day(i + 1, true);
    const bool known = d.year && d.month && text::is_valid(d) && (last_.month || d.day <= now_.day);
    return FoundTime{i + 2, i + 1, known ? text::to_iso(d) : ""};
  }
  size_t j = first->end;
  const bool between = i > 0 && word(i - 1) == "between";
  const bool joins = word(j) == "to" || word(j) == "-" || word(j) == "--" || word(j) == "until" ||
                     word(j) == "till" || word(j) == "through" || (between && word(j) == "and");
  if (joins) {
    std::optional<Calendar> second = calendar(j + 1);
    if (!second && first->date.month == 0) second = bare_year(j + 1, true);
    if (!second && first->date.day && day(j + 1) && !month(j + 2)) {
      second = Calendar{{first->date.year, first->date.month, day(j + 1)}, j + 2, first->head};
      const size_t behind = word(j + 2) == "," ? j + 3 : j + 2;
      size_t end = 0;
      if (year(behind)) {
        second->date.year = year(behind);
        second->end = behind + 1;
      } else if (const int y = relative_year(j + 2, end)) {
        second->date.year = y;
        second->end = end;
      }
    }
    if (second) {
      if (!first->date.year) first->date.year = second->date.year;
      Date b = complete(*second, i);
      if (!first->date.year) first->date.year = b.year - (b.year && first->date.month > b.month);
      const Date a = first->date;
      if (a.year && b.year && a <= b) {
        last_ = b;
        return FoundTime{second->end, first->head, iso_interval(a, b)};
      }
      if (!b.year) return FoundTime{second->end, first->head, ""};
    }
  }
  // "19-21 May 2025": the first of the two days stands before the month.
  const Date d = complete(*first, i);
  if (d.year) last_ = d;
  return FoundTime{first->end, first->head, d.year ? text::to_iso(d) : ""};
}

std::optional<FoundTime> TimeParser::weekday(size_t i) const {
  const size_t start = i;
  int steps = direction(i, 99);
  if (steps != 99) ++i;
  if (i >= words_.size() || !words_[i].capital || word(i).size() < 6) return std::nullopt;
  const int wanted = text::weekday_number(word(i));
  if (wanted < 0) return std::nullopt;
  FoundTime found{i + 1, i, ""};
  if (lists_.day_parts.has(word(i + 1))) ++found.end;
  if (!now_.year) return found;
  int ahead = (wanted - text::weekday(now_) + 7) % 7;
  if (word(found.end) == "last" && word(found.end + 1) == "week") {
    found.end += 2;
    const Date monday = add_days(now_, -text::weekday(now_) - 7);
    found.value = text::to_iso(add_days(monday, wanted));
    return found;
  }
  if (word(found.end) == "next" && word(found.end + 1) == "week") {
    found.end += 2;
    found.value = text::to_iso(add_days(now_, 7 - text::weekday(now_) + wanted));
    return found;
  }
  if (steps == 99) steps = future_near(start, found.end) ? 0 : -2;
  if (steps == 1 && ahead == 0) ahead = 7;
  if (steps == -1) ahead = ahead == 0 ? -7 : ahead - 7;
  if (steps == -2 && ahead != 0) ahead -= 7;
  found.value = text::to_iso(add_days(now_, ahead));
  return found;
}

std::optional<FoundTime> TimeParser::point(size_t i) const {
  if (const std::string* days = lists_.points.value(word(i))) {
    FoundTime found{i + 1, i, ""};
    if (lists_.day_parts.has(word(i + 1))) ++found.end;
    if (now_.year) found.value = text::to_iso(add_days(now_, std::atoi(days->c_str())));
    return found;
  }
  if ((word(i) == "this" || word(i) == "last") && lists_.day_parts.has(word(i + 1)))
    return FoundTime{i + 2, i + 1,
                     now_.year ? text::to_iso(add_days(now_, word(i) == "last" ? -1 : 0)) : ""};
  return std::nullopt;
}

/// The unit `steps` away from now.
std::string TimeParser::shifted(std::string_view unit, int steps) const {
  if (!now_.year) return {};
  if (unit == "day") return text::to_iso(add_days(now_, steps));
  if (unit == "year") return text::to_iso({now_.year + steps, 0, 0});
  if (unit == "month") return text::to_iso(add_months(now_, steps));
  if (unit == "week" || unit == "weekend") {
    const Date monday = add_days(now_, 7 * steps - text::weekday(now_));
    return iso_interval(add_days(monday, unit == "week" ? 0 : 5), add_days(monday, 6));
  }
  if (unit == "decade") {
    if (steps == 0)
      return iso_interval({now_.year / 10 * 10, 0, 0}, {now_.year / 10 * 10 + 9, 0, 0});
    const Date then{now_.year + 10 * steps, 0, 0}, now{now_.year, 0, 0};
    return steps < 0 ? iso_interval(then, now) : iso_interval(now, then);
  }
  if (unit == "quarter") {
    const Date begin = add_months({now_.year, (now_.month - 1) / 3 * 3 + 1, 0}, 3 * steps);
    return iso_interval(begin, add_months(begin, 2));
  }
  return {};
}

/// "last month", "this year", "next March", "last summer", "that year".
std::optional<FoundTime> TimeParser::unit(size_t i) const {
  if ((word(i) == "that" || word(i) == "same") && word(i + 1) == "year")
    return FoundTime{i + 2, i + 1, last_.year ? text::to_iso({last_.year, 0, 0}) : ""};
  if ((word(i) == "that" || word(i) == "same") &&
      (word(i + 1) == "day" || word(i + 1) == "month")) {
    Date d = last_;
    if (word(i + 1) == "month") d.day = 0;
    const bool known = word(i + 1) == "day" ? d.day != 0 : d.month != 0;
    return FoundTime{i + 2, i + 1, known ? text::to_iso(d) : ""};
  }
  const int steps = direction(i, 99);
  if (steps == 99) return std::nullopt;
  if (const std::string* unit = lists_.units.value(word(i + 1));
      unit && word(i + 1).back() != 's') {
    // "last day of the meeting" is no yesterday; "this day" no date.
    if (*unit == "day" ||
        (word(i) == "past" && *unit != "year" && *unit != "month" && *unit != "week"))
      return std::nullopt;
    return FoundTime{i + 2, i + 1, shifted(*unit, steps)};
  }
  if (const int m = month(i + 1); m && now_.year) {
    int y = now_.year;
    if (steps < 0 && m >= now_.month) --y;
    if (steps > 0 && m <= now_.month) ++y;
    return FoundTime{i + 2, i + 1, text::to_iso({y, m, 0})};
  }
  if (lists_.seasons.has(word(i + 1)) && now_.year) {
    const int y = steps < 0 && now_.month <= 6   ? now_.year - 1
                  : steps > 0 && now_.month >= 6 ? now_.year + 1
                                                 : now_.year;
    return FoundTime{i + 2, i + 1, text::to_iso({y, 0, 0})};
  }
  return std::nullopt;
}

/// "three years ago", "the past five years", "the next two months".
std::optional<FoundTime> TimeParser::counted(size_t i) const {
  if (const int steps = direction(i, 99); steps != 99 && steps != 0) {
    const int n = number(i + 1);
    const std::string* unit = lists_.units.value(word(i + 2));
    if (n <= 0 || n > 1000 || !unit || word(i + 1) == "a") return std::nullopt;
    FoundTime found{i + 3, i + 2, ""};
    if (!now_.year) return found;
    Date now = now_, then;
    if (*unit == "year" || *unit == "decade") {
      const int years = *unit == "decade" ? 10 * n : n;
      then = {now_.year + steps * years, now_.month, 0};
      now.day = 0;
    } else if (*unit == "month") {
      then = add_months(now_, steps * n);
      now.day = 0;
    } else if (*unit == "day" || *unit == "week") {
      then = add_days(now_, steps * n * (*unit == "week" ? 7 : 1));
    } else {
      return found;
    }
    if (then.year > 0 && then.year < 10000)
      found.value = steps < 0 ? iso_interval(then, now) : iso_interval(now, then);
    return found;
  }
  const int n = number(i);
  const std::string* unit = lists_.units.value(word(i + 1));
  if (n <= 0 || n > 2000 || !unit || word(i + 2) != "ago") return std::nullopt;
  FoundTime found{i + 3, i + 1, ""};
  if (!now_.year) return found;
  const int years = *unit == "decade" ? 10 * n : n;
  if (*unit == "year" || *unit == "decade") {
    if (years < now_.year) found.value = text::to_iso({now_.year - years, 0, 0});
  } else if (*unit == "month" && n < now_.year * 12) {
    found.value = text::to_iso(add_months(now_, -n));
  } else if (*unit == "week") {
    const Date monday = add_days(now_, -7 * n - text::weekday(now_));
    found.value = iso_interval(monday, add_days(monday, 6));
  } else if (*unit == "day") {
    found.value = text::to_iso(add_days(now_, -n));
  }
  return found;
}

/// "the first half of the year", "early 2022", "the end of last year", "the summer of 2010",
/// "mid-2027".
std::optional<FoundTime> TimeParser::part(size_t i) {
  for (size_t n = 3; n >= 2; --n) {
    std::string phrase = word(i);
    for (size_t k = 1; k < n; ++k) phrase += " " + word(i + k);
    const std::string* months = lists_.year_parts.value(phrase);
    if (!months) continue;
    size_t end = i + n;
    const int y = relative_year(i + n, end);
    if (!y) {
      if (!now_.year) return FoundTime{i + n, i + n - 1, ""};
      return std::nullopt;
    }
    const size_t dash = months->find('-');
    const Date a{y, std::atoi(months->c_str()), 0}, b{y, std::atoi(months->c_str() + dash + 1), 0};
    return FoundTime{end, i + n - 1, iso_interval(a, b)};
  }
  const bool season = lists_.seasons.has(word(i));
  if (season) {
    size_t end = 0;
    const int y = relative_year(i + 1, end);
    if (y) return FoundTime{end, i, text::to_iso({y, 0, 0})};
    return std::nullopt;
  }
  if (!lists_.vague_parts.has(word(i))) return std::nullopt;
  size_t inner = i + 1;
  if (word(inner) == "-") ++inner;
  const bool of = word(inner) == "of";
  if (of) ++inner;
  // "early in 2022", "later in the month".
  if (!of && word(inner) == "in") ++inner;
  size_t end = 0;
  if (of && word(inner) == "last" && word(inner + 1) == "year" && word(i) == "end" && now_.year)
    return FoundTime{inner + 2, inner + 1, text::to_iso({now_.year - 1, 12, 0})};
  if (word(inner) == "the") {
    if (const std::string* unit = lists_.units.value(word(inner + 1));
        unit && (*unit == "year" || *unit == "month" || *unit == "week"))
      return FoundTime{inner + 2, inner + 1, shifted(*unit, 0)};
    return std::nullopt;
  }
  if (const auto found = unit(inner)) return found;
  if (const int y = relative_year(inner, end); y && inner != i)
    return FoundTime{end, end - 1, text::to_iso({y, 0, 0})};
  if (month(inner)) return range_or_date(inner);
  return std::nullopt;
}

/// "the 1990s", "the 19th century".
std::optional<FoundTime> TimeParser::century(size_t i) const {
  const std::string& w = word(i);
  if (w.size() == 5 && w.back() == 's' && digits(w.substr(0, 4)) && w[3] == '0') {
    const int y = std::atoi(w.c_str());
    return FoundTime{i + 1, i, iso_interval({y, 0, 0}, {y + (y % 100 ? 9 : 99), 0, 0})};
  }
  if (const int n = day(i, true);
      n && (word(i + 1) == "century" || word(i + 1) == "-" || word(i + 1) == "centuries")) {
    const size_t c = word(i + 1) == "-" ? i + 2 : i + 1;
    if (word(c) != "century" && word(c) != "centuries") return std::nullopt;
    if (n < 2) return std::nullopt;
    return FoundTime{c + 1, c, iso_interval({(n - 1) * 100, 0, 0}, {n * 100 - 1, 0, 0})};
  }
  return std::nullopt;
}

std::optional<FoundTime> TimeParser::parse(size_t i) {
  if (auto found = part(i)) return found;
  if (auto found = century(i)) return found;
  if (auto found = range_or_date(i)) return found;
  if (auto found = weekday(i)) return found;
  if (auto found = point(i)) return found;
  if (auto found = counted(i)) return found;
  return unit(i);
}

}  // namespace weft::extract
