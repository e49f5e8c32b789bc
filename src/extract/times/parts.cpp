// Parts of a period ("the first half of the year", "early 2022", "Q2 2024", "mid-October"), decades
// and centuries. A part that no calendar bounds leaves the value of its period as it is. Constant
// cost for each word.
#include <algorithm>
#include <cstdlib>

#include "extract/times/arithmetic.h"
#include "extract/times/parser.h"

namespace weft::extract {

using text::Date;

/// The months of the part of a year at `i`, "1-6" for "first half", and its words; "" if there is
/// none.
std::string TimeParser::months_of_year(size_t i, size_t& n) const {
  n = 3;
  if (word(i + 1) == "-")  // "first-quarter"
    if (const std::string* months = lists_.year_parts.value(word(i) + " " + word(i + 2)))
      return *months;
  for (n = 3; n >= 1; --n)
    if (const std::string* months = lists_.year_parts.value(phrase(i, n))) return *months;
  const std::string* unit = word(i) == "first" ? lists_.units.value(word(i + 2)) : nullptr;
  const int months = unit && *unit == "month" ? number(i + 1) : 0;
  n = 3;
  return months > 1 && months < 12 ? "1-" + std::to_string(months) : std::string();
}

/// "in the third quarter", "first nine months", "second-quarter sales": not of a match or a life.
bool TimeParser::bounds_figures(size_t i, size_t n) const {
  if (word(i + 1) == "-" || words_[i].token == words_[i + n - 1].token) {
    constexpr size_t kReach = 3;
    for (size_t k = i + n; k < i + n + kReach; ++k)
      if (lists_.quarter_figures.has(word(k))) return true;
    return false;
  }
  const std::string& last = word(i + n - 1);
  return word(i + n) != "of" && !is_noun(i + n) && i > 0 && word(i - 1) == "the" &&
         (last.starts_with("quarter") || last == "months");
}

/// "the first half of the year", "Q2 2024", "early 2022", "the end of last year", "the summer of
/// 2010", "mid-2027".
std::optional<FoundTime> TimeParser::part(size_t i) {
  size_t n = 0;
  if (const std::string months = months_of_year(i, n); !months.empty()) {
    size_t end = i + n;
    int y = relative_year(i + n, end);
    const size_t dash = months.find('-');
    const int from = std::atoi(months.c_str()), to = std::atoi(months.c_str() + dash + 1);
    if (!y && n > 1) {  // the latest one, or the next if it is still to come
      if (!bounds_figures(i, n)) return std::nullopt;
      end = i + n;
      if (!now_.year) return FoundTime{end, end - 1, ""};
      const bool begun = from == 1 && to > 3 ? to <= now_.month : from <= now_.month;
      y = future_near(i, end) ? now_.year + (to < now_.month) : now_.year - !begun;
    }
    if (y) return FoundTime{end, i + n - 1, iso_interval({y, from, 0}, {y, to, 0})};
    // "Q1" alone is a label
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
    if (word(inner + 1) == "day" && !of && lists_.later.has(word(i)))  // "later in the day"
      return FoundTime{inner + 2, inner + 1, beside_day_told(0)};
    if (const std::string* unit = lists_.units.value(word(inner + 1));
        unit && (*unit == "year" || *unit == "month" || *unit == "week"))
      return FoundTime{inner + 2, inner + 1, part_of_this(*unit, word(i))};
    return std::nullopt;
  }
  if (auto found = unit(inner)) {
    const std::string* what = lists_.units.value(word(found->head));
    if (what && found->value == shifted(*what, 0)) found->value = part_of_this(*what, word(i));
    return found;
  }
  if (const int y = relative_year(inner, end); y && inner != i)
    return FoundTime{end, end - 1, text::to_iso({y, 0, 0})};
  if (month(inner)) return range_or_date(inner);
  if (!of && inner == i + 1)
    if (const auto found = weekday(inner)) return found;  // "late Tuesday"
  if (const auto found = century(inner)) return found;    // "the early 1990s"
  return std::nullopt;
}

/// "earlier this week" ends today, "later this week" begins today; of longer units the whole.
std::string TimeParser::part_of_this(std::string_view unit, const std::string& part) const {
  const std::string* way = lists_.later.value(part);
  if (unit != "week" || !way || !now_.day) return shifted(unit, 0);
  const Date monday = add_days(now_, -text::weekday(now_));
  return *way == "-1" ? iso_interval(monday, now_) : iso_interval(now_, add_days(monday, 6));
}

/// "394 AD", "AD 394", "508 BC": years before the era have no value.
std::optional<FoundTime> TimeParser::year_of_era(size_t i) const {
  const auto capital = [&](size_t k) { return k < words_.size() && words_[k].capital; };
  const auto written = [&](size_t k) { return digits(word(k)) && word(k).size() <= 4; };
  const bool leads = word(i) == "ad" && capital(i) && written(i + 1);
  const std::string* era = leads                          ? lists_.eras.value(word(i))
                           : written(i) && capital(i + 1) ? lists_.eras.value(word(i + 1))
                                                          : nullptr;
  if (!era) return std::nullopt;
  const int y = std::atoi(word(leads ? i + 1 : i).c_str());
  return FoundTime{i + 2, leads ? i + 1 : i, *era == "since" && y ? text::to_iso({y, 0, 0}) : ""};
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
    if (const std::string* era = lists_.eras.value(word(c + 1)))
      return FoundTime{
          c + 2, c,
          *era == "since" ? iso_interval({(n - 1) * 100, 0, 0}, {n * 100 - 1, 0, 0}) : ""};
    return FoundTime{c + 1, c, iso_interval({(n - 1) * 100, 0, 0}, {n * 100 - 1, 0, 0})};
  }
  return std::nullopt;
}

}  // namespace weft::extract
