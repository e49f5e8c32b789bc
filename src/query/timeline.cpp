// An entity's facts in the order of their times: one pass over its edges and values. A fact of
// several times (three visits to one place) is taken apart into its times, each with the evidence
// for it; rows are sorted by first day, then last day, so that a year comes before its days.
// O(edges + k log k).
#include <algorithm>
#include <map>
#include <tuple>

#include "query/dates.h"
#include "query/steps.h"

namespace weft::query {

namespace {

struct Happening {
  DayRange days;
  std::string time, relation, value, value_id, edge;
  std::vector<const graph::EvidenceItem*> evidence;
};

/// The evidence by time; the summary's own time counts for evidence without one.
std::map<std::string, std::vector<const graph::EvidenceItem*>> by_time(
    const std::vector<graph::EvidenceItem>& evidence, const graph::Qualifiers& summary) {
  std::map<std::string, std::vector<const graph::EvidenceItem*>> out;
  for (const graph::EvidenceItem& e : evidence)
    if (!e.time.empty()) out[e.time].push_back(&e);
  if (out.empty() && !summary.time.empty())
    for (const graph::EvidenceItem& e : evidence) out[summary.time].push_back(&e);
  return out;
}

class Timeline {
 public:
  Timeline(View view, std::optional<DayRange> span) : view_(view), span_(span) {}

  void add(const std::string& relation, const std::string& value, const std::string& value_id,
           const std::string& edge, const graph::Qualifiers& summary,
           const std::vector<graph::EvidenceItem>& evidence) {
    bool dated = false;
    for (const auto& [time, items] : by_time(evidence, summary)) {
      const auto days = day_range(time);
      if (!days) continue;
      dated = true;
      if (!span_ || days->overlaps(*span_))
        happenings_.push_back({*days, time, relation, value, value_id, edge, items});
    }
    undated_ += !dated;
  }

  Table table() {
    std::stable_sort(
        happenings_.begin(), happenings_.end(), [](const Happening& a, const Happening& b) {
          return std::tie(a.days.first, a.days.last) < std::tie(b.days.first, b.days.last);
        });
    Table table;
    table.columns = {{"time", Show::always, "", true},
                     {"relation"},
                     {"value"},
                     {"modality", Show::if_unusual, "asserted"},
                     {"polarity", Show::if_unusual, "positive"},
                     {"speaker", Show::if_unusual, ""},
                     {"evidence"},
                     {"text"},
                     {"document", Show::on_request},
                     {"id", Show::on_request},
                     {"edge", Show::on_request},
                     {"begin", Show::on_request},
                     {"end", Show::on_request}};
    for (const Happening& h : happenings_) {
      // The best evidence speaks for the rest.
      const graph::EvidenceItem& best = **std::max_element(
          h.evidence.begin(), h.evidence.end(),
          [](const auto* a, const auto* b) { return a->confidence < b->confidence; });
      table.rows.push_back({h.time, h.relation, h.value, std::string(doc::name(best.modality)),
                            std::string(doc::name(best.polarity)),
                            text_or_nothing(label_of(view_.graph, best.speaker)),
                            static_cast<int64_t>(h.evidence.size()), text_or_nothing(best.text),
                            best.document, text_or_nothing(h.value_id), text_or_nothing(h.edge),
                            text_or_nothing(iso_day(h.days.first)),
                            text_or_nothing(iso_day(h.days.last))});
    }
    if (undated_ > 0)
      table.notes.push_back(std::to_string(undated_) + (undated_ == 1 ? " fact" : " facts") +
                            " without a time " + (undated_ == 1 ? "is" : "are") +
                            " not listed; `weft show` has all.");
    return table;
  }

 private:
  View view_;
  std::optional<DayRange> span_;
  std::vector<Happening> happenings_;
  size_t undated_ = 0;
};

}  // namespace

Table timeline(View view, graph::NodeIndex node, const TimeSpan& span) {
  Timeline out(view, days_of(span));
  const graph::Graph& g = view.graph;
  for (const graph::Attribute& a : g.nodes[node].attributes)
    out.add(view.ontology[a.relation].name, a.value, "", "", a.summary, a.evidence);
  for (const graph::Edge& e : g.edges) {
    if (e.source != node && e.target != node) continue;
    const graph::Node& other = g.nodes[other_end(e, node)];
    out.add(reading(view, e, node), other.label, other.id, e.id, e.summary, e.evidence);
  }
  return out.table();
}

}  // namespace weft::query
