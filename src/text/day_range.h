// Time spans of facts as ranges of days, so that a day, a month, a year and an interval can be
// compared.
#pragma once

#include <limits>
#include <optional>
#include <string_view>

namespace weft::text {

/// Days since 1970-01-01, both ends included; an open end is the smallest or largest int.
struct DayRange {
  static constexpr int kOpenBegin = std::numeric_limits<int>::min();
  static constexpr int kOpenEnd = std::numeric_limits<int>::max();

  int first = 0;
  int last = 0;

  bool overlaps(DayRange other) const { return first <= other.last && other.first <= last; }
};

/// "2024-03-05", "2024-03", "2024", "2024-03-05/2024-04" and half-open "2024-03/.." or "../2024";
/// nothing for other text.
std::optional<DayRange> day_range(std::string_view iso);

}  // namespace weft::text
