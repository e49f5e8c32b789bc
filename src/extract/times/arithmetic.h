// Sums of calendar dates and what ISO times tell, for the readers of time expressions and of facts.
// Internal to extract/.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "text/date.h"

namespace weft::extract {

inline bool digits(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

inline std::string iso_interval(const text::Date& a, const text::Date& b) {
  return text::to_iso(a) + "/" + text::to_iso(b);
}

/// True for an ISO day or an interval of days, false for months, years and no time at all.
inline bool tells_days(std::string_view iso) {
  constexpr size_t kDay = std::string_view("2024-03-05").size();
  return iso.size() == kDay || (iso.size() == 2 * kDay + 1 && iso[kDay] == '/');
}

/// True if an ISO time begins behind the day: of both, what is written decides.
inline bool lies_behind(std::string_view time, std::string_view day) {
  const size_t n = std::min({time.find('/'), time.size(), day.size()});
  return n >= 4 && time.substr(0, n) > day.substr(0, n);
}

inline text::Date add_days(const text::Date& d, int days) {
  return text::civil_from_days(text::days_from_civil(d) + days);
}

/// The month `months` after that of `d`, without a day.
inline text::Date add_months(const text::Date& d, int months) {
  const int index = d.year * 12 + d.month - 1 + months;
  return {index / 12, index % 12 + 1, 0};
}

}  // namespace weft::extract
