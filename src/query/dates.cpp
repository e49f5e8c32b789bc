// Dates of options must be days, months or years; those of documents may be anything and are left
// out of account if they are no dates. O(1), but for the look-up of a document.
#include "query/dates.h"

#include <algorithm>

#include "core/error.h"
#include "text/date.h"

namespace weft::query {

DayRange required_days(const std::string& text, std::string_view option) {
  const auto range = text.find('/') == std::string::npos ? text::day_range(text) : std::nullopt;
  if (!range)
    throw core::SetupError("\"" + text + "\" is not a date for --" + std::string(option) +
                           ". Write a day, a month or a year: 2024-03-05, 2024-03 or 2024.");
  return *range;
}

std::optional<DayRange> days_of(const TimeSpan& span) {
  if (span.since.empty() && span.until.empty()) return std::nullopt;
  DayRange range{DayRange::kOpenBegin, DayRange::kOpenEnd};
  if (!span.since.empty()) range.first = required_days(span.since, "since").first;
  if (!span.until.empty()) range.last = required_days(span.until, "until").last;
  if (range.first > range.last)
    throw core::SetupError("--since " + span.since + " lies after --until " + span.until +
                           ": nothing can match. Swap them.");
  return range;
}

std::string iso_day(int day) {
  if (day == DayRange::kOpenBegin || day == DayRange::kOpenEnd) return {};
  return text::to_iso(text::civil_from_days(day));
}

const doc::Metadata* document(const graph::Graph& graph, std::string_view id) {
  const auto found =
      std::lower_bound(graph.documents.begin(), graph.documents.end(), id,
                       [](const doc::Metadata& d, std::string_view key) { return d.id < key; });
  return found != graph.documents.end() && found->id == id ? &*found : nullptr;
}

std::optional<DayRange> days_of(const graph::Graph& graph, const graph::EvidenceItem& item) {
  if (!item.time.empty())
    if (const auto own = text::day_range(item.time)) return own;
  const doc::Metadata* from = document(graph, item.document);
  // A document's date may carry a time of day.
  return from ? text::day_range(std::string_view(from->date).substr(0, 10)) : std::nullopt;
}

std::string summary_words(const graph::Qualifiers& summary) {
  std::string out = summary.polarity == doc::Polarity::negative ? "denied" : "";
  if (summary.modality != doc::Modality::asserted || out.empty()) {
    if (!out.empty()) out += ", ";
    out += summary.modality == doc::Modality::asserted ? "stated" : doc::name(summary.modality);
  }
  return summary.time.empty() ? out : out + ", " + summary.time;
}

}  // namespace weft::query
