// When a fact held, as whole days: what timelines need of times that are a day, a month, a year or
// an interval.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "text/day_range.h"

namespace weft::exporters {

/// The times of an edge and of its evidence, sorted, without overlaps: ranges that overlap or touch
/// are one. Empty if no time is known.
std::vector<text::DayRange> spells(const graph::Edge& edge);

/// "1843-01-01"; empty for an open end.
std::string first_day(text::DayRange range);
std::string last_day(text::DayRange range);

/// From the first day to the last of the edge's own time.
struct Span {
  std::string start, end;      // whole dates; empty if unknown or open
  std::string_view precision;  // of what the document says: "day", "month", "year", "interval"
};
Span span_of(const graph::Edge& edge);

}  // namespace weft::exporters
