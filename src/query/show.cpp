// All that the graph knows of one entity, as rows of (part, relation, value): what it is, its text
// values, the facts it is the subject of, and those it is the object of, read backwards by the
// inverse name of their relation. O(edges) to find the edges; a graph is read whole for one
// question anyway.
#include <algorithm>
#include <tuple>

#include "query/columns.h"
#include "query/functions.h"

namespace weft::query {

namespace {

using graph::Edge;
using graph::NodeIndex;

void add_property(Table& table, const char* property, Cell value) {
  if (std::holds_alternative<std::monostate>(value)) return;
  std::vector<Cell> row(table.columns.size());
  row[0] = std::string("entity");
  row[1] = std::string(property);
  row[2] = std::move(value);
  table.rows.push_back(std::move(row));
}

void add_fact(Table& table, View view, const char* part, const std::string& relation,
              const std::string& value, const std::string& id, const graph::Qualifiers& summary,
              size_t evidence, const std::string& edge) {
  std::vector<Cell> row{std::string(part), relation, value, text_or_nothing(id)};
  add_fact_cells(row, view, summary, evidence);
  row.push_back(text_or_nothing(edge));
  table.rows.push_back(std::move(row));
}

/// Edges at one end of `node`, in the ontology's order of relations, then the best proven.
std::vector<const Edge*> edges_at(View view, NodeIndex node, NodeIndex Edge::*end) {
  std::vector<const Edge*> out;
  for (const Edge& e : view.graph.edges)
    if (e.*end == node) out.push_back(&e);
  std::stable_sort(out.begin(), out.end(), [](const Edge* a, const Edge* b) {
    return std::tuple(a->relation, b->weight) < std::tuple(b->relation, a->weight);
  });
  return out;
}

std::vector<std::string> documents_about(const graph::Node& node,
                                         const std::vector<const Edge*>& out,
                                         const std::vector<const Edge*>& in) {
  std::vector<std::string> all;
  const auto add = [&](const std::vector<graph::EvidenceItem>& evidence) {
    for (std::string& d : documents_of(evidence)) all.push_back(std::move(d));
  };
  for (const graph::Attribute& a : node.attributes) add(a.evidence);
  for (const Edge* e : out) add(e->evidence);
  for (const Edge* e : in) add(e->evidence);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace

Table show(View view, NodeIndex index) {
  Table table;
  table.columns = {
      {"part", Show::always, "", true}, {"relation", Show::always, "", true}, {"value"}, {"id"}};
  add_fact_columns(table);
  table.columns.push_back({"edge", Show::on_request});

  const graph::Node& node = view.graph.nodes[index];
  const auto out = edges_at(view, index, &Edge::source);
  const auto in = edges_at(view, index, &Edge::target);
  add_property(table, "label", node.label);
  add_property(table, "type", view.ontology[node.type].name);
  add_property(table, "kind", text_or_nothing(node.kind));
  add_property(table, "id", node.id);
  std::vector<std::string> aliases;
  for (const doc::Alias& alias : node.aliases)
    if (alias.form != node.label) aliases.push_back(alias.form);
  if (!aliases.empty()) add_property(table, "aliases", std::move(aliases));
  add_property(table, "mentions", int64_t{node.mentions});
  add_property(table, "documents", int64_t{node.documents});
  add_property(table, "geonames", text_or_nothing(node.place.geonames));
  add_property(table, "iso 3166", text_or_nothing(node.place.iso));
  if (!node.place.within.empty()) add_property(table, "within", node.place.within);
  std::vector<std::string> documents = documents_about(node, out, in);
  if (!documents.empty()) add_property(table, "facts from", std::move(documents));

  for (const graph::Attribute& a : node.attributes)
    add_fact(table, view, "value", view.ontology[a.relation].name, a.value, "", a.summary,
             a.evidence.size(), "");
  for (const Edge* e : out) {
    const graph::Node& other = view.graph.nodes[e->target];
    add_fact(table, view, "fact", view.ontology[e->relation].name, other.label, other.id,
             e->summary, e->weight, e->id);
  }
  for (const Edge* e : in) {
    const graph::Node& other = view.graph.nodes[e->source];
    add_fact(table, view, "fact about it", view.ontology[e->relation].inverse, other.label,
             other.id, e->summary, e->weight, e->id);
  }
  for (const graph::MaybeSame& m : view.graph.maybe_same) {
    if (m.a != index && m.b != index) continue;
    const graph::Node& other = view.graph.nodes[m.a == index ? m.b : m.a];
    std::vector<Cell> row(table.columns.size());
    row[0] = std::string("maybe the same");
    row[2] = other.label + ": " + m.reason;
    row[3] = other.id;
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace weft::query
