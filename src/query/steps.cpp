// Cells of an edge that is walked along, from either end. O(1) each.
#include "query/steps.h"

namespace weft::query {

std::string direction(View view, const graph::Edge& e, graph::NodeIndex from) {
  if (view.ontology[e.relation].symmetric) return "\u2194";
  return e.source == from ? "\u2192" : "\u2190";
}

const std::string& reading(View view, const graph::Edge& e, graph::NodeIndex from) {
  const schema::RelationType& r = view.ontology[e.relation];
  return e.source == from || r.symmetric ? r.name : r.inverse;
}

std::vector<schema::RelationId> relations_of(View view, const std::vector<std::string>& words) {
  std::vector<schema::RelationId> out;
  for (const std::string& word : words) out.push_back(relation_of(view.ontology, word));
  return out;
}

void add_edge_columns(Table& table, Show text) {
  add_fact_columns(table);
  table.columns.push_back({"text", text});
  table.columns.push_back({"document", Show::on_request});
  table.columns.push_back({"edge", Show::on_request});
}

void add_edge_cells(std::vector<Cell>& row, View view, const graph::Edge& e) {
  add_fact_cells(row, view, e.summary, e.weight);
  row.push_back(first_words(e.evidence));
  row.push_back(e.evidence.empty() ? Cell() : Cell(e.evidence.front().document));
  row.emplace_back(e.id);
}

}  // namespace weft::query
