// Times told from another one: from the day of publication ("last month", "three years ago",
// "Wednesday morning") or from the date spoken of last ("a year later", "the following day").
// Without that other date they have no value. Constant cost for each word.
#include <algorithm>
#include <cstdlib>

#include "extract/times/arithmetic.h"
#include "extract/times/parser.h"

namespace weft::extract {

using text::Date;

namespace {

constexpr int kSaturday = 5;  // Monday is 0

}  // namespace

/// The weekday behind "to" or "and" at `i`, which ends a stretch that began on weekday `from`: how
/// many days later it is; 0 if there is none. "Tuesday and Friday" are no stretch.
int TimeParser::weekdays_on(size_t i, int from) const {
  const bool joins = word(i) == "and";
  if (!joins && word(i) != "to" && word(i) != "through" && word(i) != "until" && word(i) != "till")
    return 0;
  if (i + 1 >= words_.size() || !words_[i + 1].capital || word(i + 1).size() < 6) return 0;
  const int to = text::weekday_number(word(i + 1));
  const int days = to < 0 ? 0 : (to - from + 7) % 7;
  return joins && days != 1 ? 0 : days;
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
  if (!now_.day) {
    // The day that the text tells by its date and, elsewhere, by its name.
    if (steps == 99 && about_.year && text::weekday(about_) == wanted)
      found.value = text::to_iso(about_);
    return found;
  }
  int ahead = (wanted - text::weekday(now_) + 7) % 7;
  // "Monday last week", "Monday of this week"
  const size_t of = found.end + (word(found.end) == "of");
  if (const int weeks = direction(of, 99); weeks != 99 && word(of + 1) == "week") {
    found.end = of + 2;
    found.value = text::to_iso(add_days(now_, 7 * weeks - text::weekday(now_) + wanted));
    return found;
  }
  if (steps == 99) steps = future_near(start, found.end) ? 0 : -2;
  if (steps == 1 && ahead == 0) ahead = 7;
  if (steps == -1) ahead = ahead == 0 ? -7 : ahead - 7;
  // "was opened this Friday" on a Monday
  if (steps == 0 && start < i && ahead != 0 && told_ahead(start, found.end) == false) ahead -= 7;
  const int more = weekdays_on(found.end, wanted);
  if (more) found.end += 2;
  // What has been done is over: its last day has come too.
  if (steps == -2 && (ahead != 0 || more)) ahead -= 7;
  const Date first = add_days(now_, ahead);
  found.value = more ? iso_interval(first, add_days(first, more)) : text::to_iso(first);
  return found;
}

std::optional<FoundTime> TimeParser::point(size_t i) const {
  if (const std::string* days = lists_.points.value(word(i))) {
    FoundTime found{i + 1, i, ""};
    if (lists_.day_parts.has(word(i + 1))) ++found.end;
    if (now_.day) found.value = text::to_iso(add_days(now_, std::atoi(days->c_str())));
    return found;
  }
  if ((word(i) == "this" || word(i) == "last") && lists_.day_parts.has(word(i + 1)))
    return FoundTime{i + 2, i + 1,
                     now_.day ? text::to_iso(add_days(now_, word(i) == "last" ? -1 : 0)) : ""};
  return std::nullopt;
}

/// "the day after tomorrow", "the year before last", "the day before."
std::optional<FoundTime> TimeParser::beside_point(size_t i) const {
  const bool before = word(i + 1) == "before";
  if (!before && word(i + 1) != "after") return std::nullopt;
  const std::string* unit = lists_.units.value(word(i));
  if (!unit || word(i).back() == 's') return std::nullopt;
  const int step = before ? -1 : 1;
  if (before && word(i + 2) == "last") return FoundTime{i + 3, i, shifted(*unit, -2)};
  if (*unit != "day") return std::nullopt;
  if (const std::string* days = lists_.points.value(word(i + 2)))
    return FoundTime{i + 3, i, shifted(*unit, std::atoi(days->c_str()) + step)};
  if (i == 0 || word(i - 1) != "the" || !ends_at(i + 2)) return std::nullopt;
  return FoundTime{i + 2, i, beside_day_told(step)};
}

/// The unit `steps` away from now.
std::string TimeParser::shifted(std::string_view unit, int steps) const {
  if (!now_.year) return {};
  if (unit == "year") return text::to_iso({now_.year + steps, 0, 0});
  if (unit == "month") return text::to_iso(add_months(now_, steps));
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
  if (!now_.day) return {};
  if (unit == "day") return text::to_iso(add_days(now_, steps));
  if (unit == "fortnight") {
    const Date then = add_days(now_, 14 * steps);
    return steps < 0 ? iso_interval(then, now_)
                     : iso_interval(now_, steps ? then : add_days(now_, 14));
  }
  if (unit == "week" || unit == "weekend") {
    const Date monday = add_days(now_, 7 * steps - text::weekday(now_));
    return iso_interval(add_days(monday, unit == "week" ? 0 : 5), add_days(monday, 6));
  }
  return {};
}

/// The season that begins with the month: the next one by its months, the last and this one by
/// their year.
std::string TimeParser::season(int first, int steps) const {
  if (steps <= 0) return text::to_iso({now_.year - (steps < 0 && now_.month <= 6), 0, 0});
  const Date begin{now_.year + (first <= now_.month), first, 0};
  return iso_interval(begin, add_months(begin, 2));
}

/// "last month", "this year", "next March", "last summer", "that year", "at the weekend".
std::optional<FoundTime> TimeParser::unit(size_t i) const {
  if ((word(i) == "that" || word(i) == "same") && word(i + 1) == "year")
    return FoundTime{i + 2, i + 1, last_.year ? text::to_iso({last_.year, 0, 0}) : ""};
  if ((word(i) == "that" || word(i) == "same") && word(i + 1) == "month")
    return FoundTime{i + 2, i + 1, last_.month ? text::to_iso({last_.year, last_.month, 0}) : ""};
  if ((word(i) == "that" || word(i) == "same") &&
      (word(i + 1) == "day" || lists_.day_parts.has(word(i + 1))))
    return FoundTime{i + 2, i + 1, beside_day_told(0)};
  if (word(i) == "the" && word(i + 1) == "weekend" && i > 0 && word(i + 2) != "of" &&
      lists_.weekend_leads.has(word(i - 1))) {
    const bool ahead = now_.day && (text::weekday(now_) >= kSaturday || future_near(i, i + 2));
    return FoundTime{i + 2, i + 1, shifted("weekend", ahead ? 0 : -1)};
  }
  const int steps = direction(i, 99);
  if (steps == 99) return std::nullopt;
  if (const std::string* unit = lists_.units.value(word(i + 1));
      unit && word(i + 1).back() != 's') {
    // "last day of the meeting" is no yesterday; "this day" no date.
    if (*unit == "day" || (word(i) == "past" && *unit != "decade" && *unit != "year" &&
                           *unit != "month" && *unit != "week"))
      return std::nullopt;
    // "took place this weekend" on a Wednesday: what is told as over was the last one.
    const bool over = *unit == "weekend" && steps == 0 && now_.day &&
                      text::weekday(now_) < kSaturday && told_ahead(i, i + 2) == false;
    return FoundTime{i + 2, i + 1, shifted(*unit, over ? -1 : steps)};
  }
  if (const int m = month(i + 1); m && now_.year) {
    int y = now_.year;
    if (steps < 0 && m >= now_.month) --y;
    if (steps > 0 && m <= now_.month) ++y;
    return FoundTime{i + 2, i + 1, text::to_iso({y, m, 0})};
  }
  if (const std::string* first = lists_.seasons.value(word(i + 1)); first && now_.year)
    return FoundTime{i + 2, i + 1, season(std::atoi(first->c_str()), steps)};
  return std::nullopt;
}

/// "three years ago", "the past five years", "the next two months".
std::optional<FoundTime> TimeParser::counted(size_t i) const {
  if (const int steps = direction(i, 99); steps != 99 && steps != 0) {
    const int n = number(i + 1);
    const std::string* unit = lists_.units.value(word(i + 2));
    if (n <= 0 || n > 1000 || !unit || word(i + 1) == "a") return std::nullopt;
    if (word(i + 3) == "of" && steps < 0)
      return std::nullopt;  // "the last five months of her life"
    FoundTime found{i + 3, i + 2, ""};
    if (!now_.year) return found;
    Date now = now_, then{};
    if (*unit == "year" || *unit == "decade") {
      const int years = *unit == "decade" ? 10 * n : n;
      then = {now_.year + steps * years, now_.month, 0};
      now.day = 0;
    } else if (*unit == "month") {
      then = add_months(now_, steps * n);
      now.day = 0;
    } else if ((*unit == "day" || *unit == "week") && now_.day) {
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
  } else if (*unit == "week" || *unit == "fortnight") {
    found.value = shifted("week", *unit == "week" ? -n : -2 * n);
  } else if (*unit == "day" && now_.day) {
    found.value = text::to_iso(add_days(now_, -n));
  }
  return found;
}

/// "the three months to June", "12 months ended June 30, 2015", "the year to March": the months.
std::optional<FoundTime> TimeParser::months_to(size_t i) {
  const bool year = word(i) == "year" && i > 0 && word(i - 1) == "the";
  const std::string* unit = year ? nullptr : lists_.units.value(word(i + 1));
  const int n = year ? 12 : unit && *unit == "month" ? number(i) : 0;
  const size_t join = i + (year ? 1 : 2);
  if (n <= 0 || n > 60 ||
      (word(join) != "to" && word(join) != "ended" && word(join) != "ending" &&
       word(join) != "through"))
    return std::nullopt;
  const auto last = calendar(join + 1);
  if (!last || !last->date.month) return std::nullopt;
  Date end = complete(*last, i);
  end.day = 0;
  if (!end.year) return FoundTime{last->end, last->head, ""};
  return FoundTime{last->end, last->head, iso_interval(add_months(end, 1 - n), end)};
}

/// The unit `steps` away from the date spoken of last, as precise as unit and date allow; year 0 if
/// that date isn't known so far ("three days after 2019").
Date TimeParser::from_last(std::string_view unit, int steps) const {
  Date d{};
  if (unit == "year" || unit == "decade") {
    if (last_.year) d.year = last_.year + (unit == "decade" ? 10 : 1) * steps;
  } else if (unit == "month") {
    if (last_.month) d = add_months(last_, steps);
  } else if (const Date day = day_told(); day.year) {
    if (unit == "day" || unit == "week") d = add_days(day, steps * (unit == "week" ? 7 : 1));
  }
  return d.year > 0 && d.year < 10000 ? d : Date{};
}

/// "two years later", "three days earlier": from the date spoken of last.
std::optional<FoundTime> TimeParser::counted_from_last(size_t i) {
  const int n = number(i);
  const std::string* unit = lists_.units.value(word(i + 1));
  if (n <= 0 || n > 2000 || !unit) return std::nullopt;
  const std::string* way = lists_.later.value(word(i + 2));
  if (!way || (word(i + 3) == "than")) return std::nullopt;
  const Date d = from_last(*unit, n * std::atoi(way->c_str()));
  if (d.year) tell_day(last_ = d);
  return FoundTime{i + 3, i + 1, d.year ? text::to_iso(d) : ""};
}

/// "the following year", "the next day", "the previous month": beside the date spoken of last.
std::optional<FoundTime> TimeParser::beside_last(size_t i) {
  const std::string* steps = lists_.next_to_last.value(word(i));
  const bool definite = i > 0 && word(i - 1) == "the";
  if (!steps && definite && (word(i) == "next" || word(i) == "previous"))
    steps = lists_.directions.value(word(i));
  const std::string* unit = steps ? lists_.units.value(word(i + 1)) : nullptr;
  if (!unit || word(i + 1).back() == 's') return std::nullopt;
  const Date d = from_last(*unit, std::atoi(steps->c_str()));
  if (d.year) tell_day(last_ = d);
  if (d.year && *unit == "week") {  // from Monday, whatever the day before
    const Date monday = add_days(d, -text::weekday(d));
    return FoundTime{i + 2, i + 1, iso_interval(monday, add_days(monday, 6))};
  }
  return FoundTime{i + 2, i + 1, d.year ? text::to_iso(d) : ""};
}

}  // namespace weft::extract
