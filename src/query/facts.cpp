// Facts by subject, relation, object, time and modality: one pass over all edges and attributes,
// O(facts). A fact's time overlaps the wanted span if its own time or that of any of its evidence
// does.
#include <algorithm>

#include "query/columns.h"
#include "query/dates.h"
#include "query/functions.h"
#include "query/vocabulary.h"
#include "text/fold.h"

namespace weft::query {

namespace {

/// A FactFilter with its words looked up.
struct Wanted {
  std::optional<graph::NodeIndex> subject, object;
  std::string object_key;
  std::vector<schema::RelationId> relations;
  std::vector<doc::Modality> modalities;
  std::optional<text::DayRange> time;
};

Wanted look_up(View view, const FactFilter& filter) {
  Wanted wanted{filter.subject, filter.object, text::fold(filter.object_text), {}, {}, {}};
  for (const std::string& r : filter.relations)
    wanted.relations.push_back(relation_of(view.ontology, r));
  for (const std::string& m : filter.modalities) wanted.modalities.push_back(modality_of(m));
  wanted.time = days_of({filter.since, filter.until});
  return wanted;
}

template <class T>
bool among(const std::vector<T>& wanted, T value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool fits(const Wanted& wanted, schema::RelationId relation, const graph::Qualifiers& summary,
          const std::vector<graph::EvidenceItem>& evidence) {
  if (!among(wanted.relations, relation) || !among(wanted.modalities, summary.modality))
    return false;
  if (!wanted.time) return true;
  const auto overlaps = [&](const std::string& iso) {
    const auto range = text::day_range(iso);
    return range && range->overlaps(*wanted.time);
  };
  return overlaps(summary.time) ||
         std::any_of(evidence.begin(), evidence.end(),
                     [&](const graph::EvidenceItem& e) { return overlaps(e.time); });
}

/// A symmetric relation has no direction, so its ends may stand in either place.
bool ends_fit(const Wanted& wanted, View view, const graph::Edge& e) {
  const auto fit = [&](graph::NodeIndex subject, graph::NodeIndex object) {
    return (!wanted.subject || *wanted.subject == subject) &&
           (!wanted.object || *wanted.object == object);
  };
  return fit(e.source, e.target) ||
         (view.ontology[e.relation].symmetric && fit(e.target, e.source));
}

struct Row {
  const graph::Node* subject;
  schema::RelationId relation;
  const std::string* object;
  const std::string* object_id;  // nullptr for a text value
  const graph::Qualifiers* summary;
  const std::vector<graph::EvidenceItem>* evidence;
  size_t weight;
  const std::string* id;
};

void add_row(Table& table, View view, const Row& r) {
  std::vector<Cell> row{r.subject->label, view.ontology[r.relation].name, *r.object};
  add_fact_cells(row, view, *r.summary, r.weight);
  row.emplace_back(r.subject->id);
  row.push_back(r.object_id ? Cell(*r.object_id) : Cell());
  row.emplace_back(documents_of(*r.evidence));
  row.push_back(first_words(*r.evidence));
  row.push_back(r.id ? Cell(*r.id) : Cell());
  table.rows.push_back(std::move(row));
}

}  // namespace

Table facts(View view, const FactFilter& filter) {
  Table table;
  table.columns = {{"subject"}, {"relation"}, {"object"}};
  add_fact_columns(table);
  for (const char* name : {"subject_id", "object_id", "documents", "text", "id"})
    table.columns.push_back({name, Show::on_request});

  const Wanted wanted = look_up(view, filter);
  const graph::Graph& g = view.graph;
  // Edges are sorted by source, so both kinds of fact come out subject by subject.
  size_t edge = 0;
  for (graph::NodeIndex n = 0; n < g.nodes.size(); ++n) {
    for (; edge < g.edges.size() && g.edges[edge].source == n; ++edge) {
      const graph::Edge& e = g.edges[edge];
      if (!wanted.object_key.empty() || !ends_fit(wanted, view, e)) continue;
      if (!fits(wanted, e.relation, e.summary, e.evidence)) continue;
      const graph::Node& target = g.nodes[e.target];
      add_row(table, view,
              {&g.nodes[n], e.relation, &target.label, &target.id, &e.summary, &e.evidence,
               e.weight, &e.id});
    }
    if (wanted.object || (wanted.subject && *wanted.subject != n)) continue;
    for (const graph::Attribute& a : g.nodes[n].attributes) {
      if (!fits(wanted, a.relation, a.summary, a.evidence)) continue;
      if (!wanted.object_key.empty() &&
          text::fold(a.value).find(wanted.object_key) == std::string::npos)
        continue;
      add_row(table, view,
              {&g.nodes[n], a.relation, &a.value, nullptr, &a.summary, &a.evidence,
               a.evidence.size(), nullptr});
    }
  }
  return table;
}

}  // namespace weft::query
