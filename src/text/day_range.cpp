// ISO 8601 dates of any precision as ranges of days: a month is its first to its last day, an
// interval runs from the first day of its left half to the last day of its right half. O(1).
#include "text/day_range.h"

#include "text/date.h"

namespace weft::text {

namespace {

std::optional<DayRange> one_date(std::string_view iso) {
  const std::optional<Date> date = from_iso(iso);
  if (!date) return std::nullopt;
  Date first = *date;
  Date last = *date;
  if (first.month == 0) {
    first.month = 1;
    last.month = 12;
  }
  if (first.day == 0) {
    first.day = 1;
    last.day = last_day_of_month(last.year, last.month);
  }
  return DayRange{days_from_civil(first), days_from_civil(last)};
}

}  // namespace

std::optional<DayRange> day_range(std::string_view iso) {
  const size_t slash = iso.find('/');
  if (slash == std::string_view::npos) return one_date(iso);
  const std::string_view left = iso.substr(0, slash);
  const std::string_view right = iso.substr(slash + 1);
  DayRange range{DayRange::kOpenBegin, DayRange::kOpenEnd};
  if (left != ".." && !left.empty()) {
    const auto begin = one_date(left);
    if (!begin) return std::nullopt;
    range.first = begin->first;
  }
  if (right != ".." && !right.empty()) {
    const auto end = one_date(right);
    if (!end) return std::nullopt;
    range.last = end->last;
  }
  if (range.first > range.last) return std::nullopt;
  return range;
}

}  // namespace weft::text
