// Reported speech: every piece of evidence that has a speaker, in the order of speakers as the
// facts come. One pass over all evidence, O(evidence log k).
#include <algorithm>
#include <tuple>

#include "query/dates.h"
#include "query/steps.h"

namespace weft::query {

namespace {

struct Claim {
  std::string speaker, date;
  const graph::Node* subject;
  schema::RelationId relation;
  const std::string* object;
  const std::string* edge;
  const graph::EvidenceItem* item;
};

}  // namespace

Table claims(View view, const ClaimFilter& filter) {
  const graph::Graph& g = view.graph;
  const std::vector<schema::RelationId> relations = relations_of(view, filter.relations);
  std::vector<doc::Modality> modalities;
  for (const std::string& m : filter.modalities) modalities.push_back(modality_of(m));
  const auto span = days_of(filter.span);
  std::vector<Claim> claims;
  static const std::string kNoEdge;
  const auto add = [&](const graph::Node& subject, schema::RelationId relation,
                       const std::string& object, const std::string& edge,
                       const std::vector<graph::EvidenceItem>& evidence) {
    if (!relations.empty() &&
        std::find(relations.begin(), relations.end(), relation) == relations.end())
      return;
    for (const graph::EvidenceItem& e : evidence) {
      if (e.speaker.empty() || (filter.speaker && g.nodes[*filter.speaker].id != e.speaker))
        continue;
      if (!modalities.empty() &&
          std::find(modalities.begin(), modalities.end(), e.modality) == modalities.end())
        continue;
      const doc::Metadata* from = document(g, e.document);
      const std::string date = from ? from->date : "";
      if (span) {
        const auto days = day_range(std::string_view(date).substr(0, 10));
        if (!days || !days->overlaps(*span)) continue;
      }
      claims.push_back({label_of(g, e.speaker), date, &subject, relation, &object, &edge, &e});
    }
  };
  for (graph::NodeIndex n = 0; n < g.nodes.size(); ++n) {
    if (filter.about && *filter.about != n) continue;
    for (const graph::Attribute& a : g.nodes[n].attributes)
      add(g.nodes[n], a.relation, a.value, kNoEdge, a.evidence);
  }
  for (const graph::Edge& e : g.edges)
    if (!filter.about || *filter.about == e.source || *filter.about == e.target)
      add(g.nodes[e.source], e.relation, g.nodes[e.target].label, e.id, e.evidence);
  std::stable_sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    return std::tie(a.speaker, a.date, a.item->document, a.item->span.begin) <
           std::tie(b.speaker, b.date, b.item->document, b.item->span.begin);
  });

  Table table;
  table.columns = {{"speaker", Show::always, "", true},
                   {"date", Show::if_unusual, "", true},
                   {"subject"},
                   {"relation"},
                   {"object"},
                   {"modality", Show::if_unusual, "asserted"},
                   {"polarity", Show::if_unusual, "positive"},
                   {"time", Show::if_unusual, ""},
                   {"text"},
                   {"document", Show::on_request},
                   {"begin", Show::on_request},
                   {"end", Show::on_request},
                   {"speaker_id", Show::on_request},
                   {"edge", Show::on_request}};
  for (const Claim& c : claims)
    table.rows.push_back(
        {c.speaker, text_or_nothing(c.date), c.subject->label, view.ontology[c.relation].name,
         *c.object, std::string(doc::name(c.item->modality)),
         std::string(doc::name(c.item->polarity)), text_or_nothing(c.item->time),
         text_or_nothing(c.item->text), c.item->document, int64_t{c.item->span.begin},
         int64_t{c.item->span.end}, c.item->speaker, text_or_nothing(*c.edge)});
  return table;
}

}  // namespace weft::query
