// Times become ranges of days (text/day_range.h), are sorted and merged: Gephi throws on spells
// that overlap. O(n log n) in the pieces of evidence of one edge.
#include "exporters/spells.h"

#include <algorithm>

#include "text/date.h"

namespace weft::exporters {

std::vector<text::DayRange> spells(const graph::Edge& edge) {
  std::vector<text::DayRange> all;
  const auto add = [&](std::string_view iso) {
    const auto range = iso.empty() ? std::nullopt : text::day_range(iso);
    // Open at both ends says nothing.
    if (range &&
        (range->first != text::DayRange::kOpenBegin || range->last != text::DayRange::kOpenEnd))
      all.push_back(*range);
  };
  add(edge.summary.time);
  for (const graph::EvidenceItem& e : edge.evidence) add(e.time);
  std::sort(all.begin(), all.end(), [](text::DayRange a, text::DayRange b) {
    return a.first != b.first ? a.first < b.first : a.last < b.last;
  });
  std::vector<text::DayRange> merged;
  for (const text::DayRange range : all) {
    const bool touches = !merged.empty() && (merged.back().last == text::DayRange::kOpenEnd ||
                                             range.first <= merged.back().last + 1);
    if (touches)
      merged.back().last = std::max(merged.back().last, range.last);
    else
      merged.push_back(range);
  }
  return merged;
}

std::string first_day(text::DayRange range) {
  return range.first == text::DayRange::kOpenBegin
             ? std::string()
             : text::to_iso(text::civil_from_days(range.first));
}

std::string last_day(text::DayRange range) {
  return range.last == text::DayRange::kOpenEnd ? std::string()
                                                : text::to_iso(text::civil_from_days(range.last));
}

Span span_of(const graph::Edge& edge) {
  const std::string_view time = edge.summary.time;
  const auto range = time.empty() ? std::nullopt : text::day_range(time);
  if (!range) return {};
  const size_t digits =
      static_cast<size_t>(std::count_if(time.begin(), time.end(), [](char c) { return c != '-'; }));
  const std::string_view precision = time.find('/') != std::string_view::npos ? "interval"
                                     : digits > 6                             ? "day"
                                     : digits > 4                             ? "month"
                                                                              : "year";
  return {first_day(*range), last_day(*range), precision};
}

}  // namespace weft::exporters
