// What is new since a date: facts whose earliest document is of that date or later. One pass over
// all evidence. A fact that also stands in a document without a date may be old, so it is left out
// and counted.
#include <algorithm>

#include "query/columns.h"
#include "query/dates.h"

namespace weft::query {

namespace {

struct Fresh {
  int day = 0;
  std::string date;
  const graph::Node* subject;
  schema::RelationId relation;
  const std::string* object;
  std::string object_id, edge;
  const graph::Qualifiers* summary;
  const std::vector<graph::EvidenceItem>* evidence;
};

}  // namespace

Table news(View view, const std::string& since) {
  const graph::Graph& g = view.graph;
  const DayRange from = required_days(since, "since");
  std::vector<Fresh> fresh;
  size_t undated = 0;
  const auto add = [&](const graph::Node& subject, schema::RelationId relation,
                       const std::string& object, std::string object_id, std::string edge,
                       const graph::Qualifiers& summary,
                       const std::vector<graph::EvidenceItem>& evidence) {
    std::optional<int> first;
    std::string date;
    bool unknown = false;
    for (const graph::EvidenceItem& e : evidence) {
      const doc::Metadata* d = document(g, e.document);
      const auto days = d ? day_range(std::string_view(d->date).substr(0, 10)) : std::nullopt;
      if (!days) {
        unknown = true;
      } else if (!first || days->first < *first) {
        first = days->first;
        date = d->date;
      }
    }
    if (first && *first < from.first) return;
    if (unknown || !first) {
      ++undated;
      return;
    }
    fresh.push_back({*first, date, &subject, relation, &object, std::move(object_id),
                     std::move(edge), &summary, &evidence});
  };
  for (const graph::Node& n : g.nodes)
    for (const graph::Attribute& a : n.attributes)
      add(n, a.relation, a.value, "", "", a.summary, a.evidence);
  for (const graph::Edge& e : g.edges)
    add(g.nodes[e.source], e.relation, g.nodes[e.target].label, g.nodes[e.target].id, e.id,
        e.summary, e.evidence);
  std::stable_sort(fresh.begin(), fresh.end(),
                   [](const Fresh& a, const Fresh& b) { return a.day < b.day; });

  Table table;
  table.columns = {{"date", Show::always, "", true}, {"subject"}, {"relation"}, {"object"}};
  add_fact_columns(table);
  for (const char* name : {"text", "documents", "subject_id", "object_id", "edge"})
    table.columns.push_back({name, Show::on_request});
  for (const Fresh& f : fresh) {
    std::vector<Cell> row{f.date, f.subject->label, view.ontology[f.relation].name, *f.object};
    add_fact_cells(row, view, *f.summary, f.evidence->size());
    row.push_back(first_words(*f.evidence));
    row.emplace_back(documents_of(*f.evidence));
    row.emplace_back(f.subject->id);
    row.push_back(text_or_nothing(f.object_id));
    row.push_back(text_or_nothing(f.edge));
    table.rows.push_back(std::move(row));
  }
  if (undated > 0)
    table.notes.push_back(std::to_string(undated) +
                          (undated == 1 ? " fact stands" : " facts stand") +
                          " in a document without a date and may be older; not listed.");
  return table;
}

}  // namespace weft::query
