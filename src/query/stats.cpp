// How large a graph is and what it is made of: counts by type, relation and modality, the best
// connected entities. One pass over nodes, edges and evidence.
#include <algorithm>
#include <numeric>

#include "query/functions.h"

namespace weft::query {

namespace {

constexpr size_t kBestConnected = 10;

void add(Table& table, const char* part, std::string name, size_t count) {
  table.rows.push_back({std::string(part), std::move(name), static_cast<int64_t>(count)});
}

/// Rows for the counts above zero, largest first, ties in order of the ontology.
template <class NameOf>
void add_counts(Table& table, const char* part, const std::vector<size_t>& counts, NameOf name_of) {
  std::vector<size_t> order(counts.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return counts[a] > counts[b]; });
  for (const size_t i : order)
    if (counts[i] > 0) add(table, part, std::string(name_of(i)), counts[i]);
}

}  // namespace

Table stats(View view) {
  const graph::Graph& g = view.graph;
  Table table;
  table.columns = {{"part", Show::always, "", true}, {"name"}, {"count"}};

  std::vector<size_t> types(view.ontology.types().size());
  std::vector<size_t> relations(view.ontology.relations().size());
  std::vector<size_t> modalities(4);
  std::vector<size_t> degree(g.nodes.size());
  size_t evidence = 0;
  size_t attributes = 0;
  const auto count_fact = [&](schema::RelationId relation, const graph::Qualifiers& summary,
                              size_t items) {
    ++relations[relation.value];
    ++modalities[static_cast<size_t>(summary.modality)];
    evidence += items;
  };
  for (const graph::Edge& e : g.edges) {
    count_fact(e.relation, e.summary, e.evidence.size());
    ++degree[e.source];
    ++degree[e.target];
  }
  for (const graph::Node& n : g.nodes) {
    ++types[n.type.value];
    attributes += n.attributes.size();
    for (const graph::Attribute& a : n.attributes)
      count_fact(a.relation, a.summary, a.evidence.size());
  }
  add(table, "graph", "documents", g.documents.size());
  add(table, "graph", "entities", g.nodes.size());
  add(table, "graph", "facts between entities", g.edges.size());
  add(table, "graph", "facts with a text value", attributes);
  add(table, "graph", "pieces of evidence", evidence);
  add(table, "graph", "entities without a fact",
      static_cast<size_t>(std::count_if(g.nodes.begin(), g.nodes.end(), [&](const graph::Node& n) {
        return degree[static_cast<size_t>(&n - g.nodes.data())] == 0 && n.attributes.empty();
      })));
  add_counts(table, "entities by type", types,
             [&](size_t i) { return view.ontology.types()[i].name; });
  add_counts(table, "facts by relation", relations,
             [&](size_t i) { return view.ontology.relations()[i].name; });
  add_counts(table, "facts by modality", modalities,
             [](size_t i) { return doc::name(static_cast<doc::Modality>(i)); });

  std::vector<size_t> best(g.nodes.size());
  std::iota(best.begin(), best.end(), size_t{0});
  const size_t shown = std::min(kBestConnected, best.size());
  std::partial_sort(
      best.begin(), best.begin() + static_cast<std::ptrdiff_t>(shown), best.end(),
      [&](size_t a, size_t b) { return degree[a] != degree[b] ? degree[a] > degree[b] : a < b; });
  for (size_t i = 0; i < shown; ++i)
    if (degree[best[i]] > 0) add(table, "best connected", g.nodes[best[i]].label, degree[best[i]]);
  return table;
}

}  // namespace weft::query
