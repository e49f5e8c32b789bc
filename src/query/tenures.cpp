// Tenures from the edges of one relation: O(evidence).
#include "query/tenures.h"

#include <algorithm>

#include "query/dates.h"
#include "query/vocabulary.h"

namespace weft::query {

std::vector<Tenure> tenures(View view) {
  const schema::RelationId holds = relation_of(view.ontology, "holds_position");
  std::vector<Tenure> out;
  for (graph::EdgeIndex i = 0; i < view.graph.edges.size(); ++i) {
    const graph::Edge& e = view.graph.edges[i];
    if (e.relation != holds) continue;
    Tenure tenure{e.target, e.source, i, std::nullopt};
    bool stated = false;
    for (const graph::EvidenceItem& item : e.evidence) {
      if (item.polarity == doc::Polarity::negative || item.modality != doc::Modality::asserted)
        continue;
      stated = true;
      const auto days = days_of(view.graph, item);
      if (!days) continue;
      if (!tenure.days) tenure.days = days;
      tenure.days->first = std::min(tenure.days->first, days->first);
      tenure.days->last = std::max(tenure.days->last, days->last);
    }
    if (stated) out.push_back(tenure);
  }
  return out;
}

std::vector<std::vector<graph::NodeIndex>> bodies_of_offices(View view) {
  std::vector<std::vector<graph::NodeIndex>> out(view.graph.nodes.size());
  const schema::RelationId of = view.ontology.relation("position_in");
  if (of)
    for (const graph::Edge& e : view.graph.edges)
      if (e.relation == of) out[e.source].push_back(e.target);
  return out;
}

}  // namespace weft::query
