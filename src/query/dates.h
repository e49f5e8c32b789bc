// The days of facts, documents and options, for questions about time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "query/functions.h"
#include "text/day_range.h"

namespace weft::query {

using text::day_range;
using text::DayRange;

/// Throws SetupError (usage) if `text` is no day, month or year, naming the option.
DayRange required_days(const std::string& text, std::string_view option);
/// Of a --since and an --until; nothing if both are empty. Throws SetupError (usage).
std::optional<DayRange> days_of(const TimeSpan& span);
/// "2024-03-05"; empty for an open end.
std::string iso_day(int day);

/// The document of that id, or nullptr. O(log n).
const doc::Metadata* document(const graph::Graph& graph, std::string_view id);
/// When a piece of evidence says it was: its own time, else its document's date; nothing if neither
/// is known.
std::optional<DayRange> days_of(const graph::Graph& graph, const graph::EvidenceItem& item);

/// "not ", then the modality unless it is asserted, then the time: "planned 2024-03", "stated".
std::string summary_words(const graph::Qualifiers& summary);

}  // namespace weft::query
