// What happened when, as a drawing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "doc/fact.h"

namespace weft::exporters {

/// A bar or a dot with words beside it.
struct TimelineItem {
  int first = 0, last = 0;  // days since 1970-01-01; the smallest or largest int: open
  std::string words;
  std::string color;  // "#rrggbb"
  doc::Modality modality = doc::Modality::asserted;
  bool denied = false;
  /// The text names a month or a year: it was then, but not known to be all that time.
  bool vague = false;
};

/// SVG; items in order of time. At most kMostItems are drawn, and the picture says so.
std::string timeline_svg(std::string_view title, std::span<const TimelineItem> items);
inline constexpr size_t kMostItems = 1000;

}  // namespace weft::exporters
