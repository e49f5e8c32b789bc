// Dates as a calendar writes them, "March 5, 2023", "5-6 September", "2023-24", and what is left
// out of them: a date without a year is the nearest one in the tense of its surroundings, since
// news looks back unless it says "will". Constant cost for each word.
#include <algorithm>
#include <cstdlib>

#include "extract/times/arithmetic.h"
#include "extract/times/parser.h"

namespace weft::extract {

using text::Date;

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

/// "(Porte, 2012)", "Chasing Liberty (2004)", "Lee 2014; Li 2015": a year that names a source or
/// work.
bool TimeParser::cited(size_t i) const {
  const auto closes = [](const std::string& w) { return w == ")" || w == ";" || w == "]"; };
  const bool opened = i > 0 && (word(i - 1) == "(" || word(i - 1) == ",");
  if (opened && closes(word(i + 1))) return true;
  return closes(word(i + 1)) && i > 0 && doc_.upos[words_[i - 1].token] == doc::Upos::PROPN;
}

std::optional<TimeParser::Calendar> TimeParser::bare_year(size_t i, bool sure) const {
  const int y = year(i);
  if (!y) return std::nullopt;
  if (!sure) {
    // "in 2024", and "the 2024 campaign" unless it counts: "the 2024 people".
    const bool named = i > 0 && doc_.upos[words_[i - 1].token] == doc::Upos::DET && y >= 1900 &&
                       y <= 2100 && !word(i + 1).empty() &&
                       (word(i + 1).back() != 's' || lists_.dated_events.has(word(i + 1)));
    const bool led = named || (i > 0 && lists_.year_leads.has(word(i - 1)));
    const bool dated = i > 0 && (year(i - 1) || (i > 1 && year(i - 2)) || cited(i));
    const bool counts = is_noun(i + 1) || word(i + 1) == "%" || word(i + 1) == "percent";
    if (!led && (counts || y < 1800 || y > 2100) && !dated) return std::nullopt;
    if (lists_.units.has(word(i + 1))) return std::nullopt;
    if (led && is_noun(i + 1) && (y < 1800 || y > 2100)) return std::nullopt;
    if (i > 0 && (word(i - 1) == "$" || word(i - 1) == "no." || word(i - 1) == "#"))
      return std::nullopt;
  }
  return Calendar{{y, 0, 0}, i + 1, i};
}

/// "94" of "1892-94", "24" of "2023/24": the year of the same century, if it comes later.
std::optional<TimeParser::Calendar> TimeParser::short_year(size_t i, const Date& first) const {
  const std::string& w = word(i);
  if (w.size() != 2 || !digits(w) || first.month) return std::nullopt;
  const int y = first.year / 100 * 100 + std::atoi(w.c_str());
  if (y <= first.year) return std::nullopt;
  return Calendar{{y, 0, 0}, i + 1, i};
}

/// "5-6 September 2019", "16 and 17 February".
std::optional<TimeParser::Calendar> TimeParser::days_before_month(size_t i) const {
  const int from = day(i), to = day(i + 2);
  if (!from || to <= from ||
      (word(i + 1) != "-" && word(i + 1) != "--" && word(i + 1) != "to" && word(i + 1) != "and"))
    return std::nullopt;
  auto second = calendar(i + 2);
  if (!second || second->date.day != to || !second->date.month || second->head == i + 2)
    return std::nullopt;
  second->last_day = to;
  second->date.day = from;
  return second;
}

/// "Christmas Eve", "New Year's Day": the day, without a year. "Christmas Island", "a Christmas
/// market" and "Johnnie Christmas" are none.
std::optional<TimeParser::Calendar> TimeParser::holiday(size_t i) const {
  if (i >= words_.size() || !words_[i].capital || is_named(i)) return std::nullopt;
  constexpr size_t kLongest = 4;
  for (size_t n = std::min(kLongest, words_.size() - i); n > 0; --n) {
    const std::string* day = lists_.holidays.value(phrase(i, n));
    if (!day) continue;
    if (i + n < words_.size() && (words_[i + n].capital || is_noun(i + n)) && !year(i + n))
      return std::nullopt;
    const size_t dash = day->find('-');
    return Calendar{
        {0, std::atoi(day->c_str()), std::atoi(day->c_str() + dash + 1)}, i + n, i + n - 1};
  }
  return std::nullopt;
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
  if (const auto feast = holiday(i)) {
    c = *feast;
    if (const int y = year(c.end)) {
      c.date.year = y;
      ++c.end;
    }
  } else if ((c.date.month = month(i))) {
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
  // "In 1998 he moved; in June he married": the story is in another year.
  if (!now_.day && last_.year && last_.year != now_.year) return d;
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
  if (const auto days = days_before_month(i)) {
    const Date a = complete(*days, i);
    if (!a.year) return FoundTime{days->end, days->head, ""};
    tell_day(last_ = {a.year, a.month, days->last_day});
    return FoundTime{days->end, days->head, iso_interval(a, last_)};
  }
  auto first = calendar(i);
  // "the 16th of December"
  if (!first && word(i) == "the" && day(i + 1, true)) first = calendar(i + 1);
  if (!first) first = bare_year(i, false);
  if (!first) {
    // "the 20th" of the month spoken of, or of this one unless it is still to come.
    // "the 15th Five-Year Plan" is no day.
    if (word(i) != "the" || !day(i + 1, true) || is_noun(i + 2) || doc_.token_count() == 0 ||
        (i + 2 < words_.size() && words_[i + 2].capital))
      return std::nullopt;
    Date d = last_.month ? last_ : now_;
    d.day = day(i + 1, true);
    const bool known = d.year && d.month && text::is_valid(d) && (last_.month || d.day <= now_.day);
    return FoundTime{i + 2, i + 1, known ? text::to_iso(d) : ""};
  }
  size_t j = first->end;
  const bool between = i > 0 && word(i - 1) == "between";
  const bool joins = word(j) == "to" || word(j) == "-" || word(j) == "--" || word(j) == "until" ||
                     word(j) == "till" || word(j) == "through" || (between && word(j) == "and") ||
                     (word(j) == "/" && !first->date.month);
  if (joins) {
    std::optional<Calendar> second = calendar(j + 1);
    if (!second && first->date.month == 0) second = bare_year(j + 1, true);
    if (!second && word(j) != "to" && word(j) != "and") second = short_year(j + 1, first->date);
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
        tell_day(last_ = b);
        return FoundTime{second->end, first->head, iso_interval(a, b)};
      }
      if (!b.year) return FoundTime{second->end, first->head, ""};
    }
  }
  const Date d = complete(*first, i);
  if (d.year) tell_day(last_ = d);
  return FoundTime{first->end, first->head, d.year ? text::to_iso(d) : ""};
}

}  // namespace weft::extract
