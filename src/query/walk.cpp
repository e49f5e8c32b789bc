// Neighbourhoods and shortest paths by breadth-first search over the edges in both directions:
// O(nodes + edges). Among paths of one length the one whose steps come first in the order of edges
// is taken, so that the answer never changes.
#include <algorithm>
#include <limits>
#include <tuple>

#include "query/columns.h"
#include "query/functions.h"
#include "query/vocabulary.h"

namespace weft::query {

namespace {

using graph::Edge;
using graph::EdgeIndex;
using graph::NodeIndex;

constexpr unsigned kFar = std::numeric_limits<unsigned>::max();

/// The edges at each node, in either direction, as one array cut by offsets.
struct Incidence {
  std::vector<uint32_t> offset;
  std::vector<EdgeIndex> edges;
};

Incidence incidence(const graph::Graph& g, const std::vector<schema::RelationId>& relations) {
  const auto wanted = [&](const Edge& e) {
    return relations.empty() ||
           std::find(relations.begin(), relations.end(), e.relation) != relations.end();
  };
  Incidence out;
  out.offset.assign(g.nodes.size() + 1, 0);
  for (const Edge& e : g.edges)
    if (wanted(e)) {
      ++out.offset[e.source + 1];
      ++out.offset[e.target + 1];
    }
  for (size_t n = 0; n < g.nodes.size(); ++n) out.offset[n + 1] += out.offset[n];
  out.edges.resize(out.offset.back());
  std::vector<uint32_t> next(out.offset.begin(), out.offset.end() - 1);
  for (EdgeIndex i = 0; i < g.edges.size(); ++i)
    if (wanted(g.edges[i])) {
      out.edges[next[g.edges[i].source]++] = i;
      out.edges[next[g.edges[i].target]++] = i;
    }
  return out;
}

NodeIndex other_end(const Edge& e, NodeIndex node) {
  return e.source == node ? e.target : e.source;
}

/// Steps from `start` to every node, up to `limit`; kFar for the others. `order`: the reached
/// nodes, nearest first.
std::vector<unsigned> distances(const graph::Graph& g, const Incidence& at, NodeIndex start,
                                unsigned limit, std::vector<NodeIndex>& order) {
  std::vector<unsigned> distance(g.nodes.size(), kFar);
  distance[start] = 0;
  order = {start};
  for (size_t i = 0; i < order.size(); ++i) {
    const NodeIndex node = order[i];
    if (distance[node] == limit) break;
    for (uint32_t k = at.offset[node]; k < at.offset[node + 1]; ++k) {
      const NodeIndex next = other_end(g.edges[at.edges[k]], node);
      if (distance[next] != kFar) continue;
      distance[next] = distance[node] + 1;
      order.push_back(next);
    }
  }
  return distance;
}

std::vector<schema::RelationId> relations_of(View view, const std::vector<std::string>& words) {
  std::vector<schema::RelationId> out;
  for (const std::string& word : words) out.push_back(relation_of(view.ontology, word));
  return out;
}

std::string direction(View view, const Edge& e, NodeIndex from) {
  if (view.ontology[e.relation].symmetric) return "\u2194";
  return e.source == from ? "\u2192" : "\u2190";
}

/// The relation as read when coming from `from`.
const std::string& reading(View view, const Edge& e, NodeIndex from) {
  const schema::RelationType& r = view.ontology[e.relation];
  return e.source == from || r.symmetric ? r.name : r.inverse;
}

void add_edge_cells(std::vector<Cell>& row, View view, const Edge& e) {
  add_fact_cells(row, view, e.summary, e.weight);
  row.push_back(first_words(e.evidence));
  row.push_back(e.evidence.empty() ? Cell() : Cell(e.evidence.front().document));
  row.emplace_back(e.id);
}

}  // namespace

Table neighbors(View view, NodeIndex start, const NeighborOptions& options) {
  const graph::Graph& g = view.graph;
  Table table;
  table.columns = {{"steps", options.depth > 1 ? Show::always : Show::on_request, "", true},
                   {"from", options.depth > 1 ? Show::always : Show::on_request, "", true},
                   {"relation", Show::always, "", true},
                   {"direction", Show::on_request},
                   {"entity"},
                   {"type", Show::on_request},
                   {"id"}};
  add_fact_columns(table);
  for (const char* name : {"text", "document", "edge"})
    table.columns.push_back({name, Show::on_request});

  std::vector<schema::TypeId> types;
  for (const std::string& t : options.types) types.push_back(type_of(view.ontology, t));
  const Incidence at = incidence(g, relations_of(view, options.relations));
  std::vector<NodeIndex> order;
  const std::vector<unsigned> distance = distances(g, at, start, options.depth, order);
  for (const NodeIndex from : order) {
    if (distance[from] == options.depth) break;
    std::vector<EdgeIndex> steps;
    for (uint32_t k = at.offset[from]; k < at.offset[from + 1]; ++k) {
      const NodeIndex next = other_end(g.edges[at.edges[k]], from);
      const bool listed =
          types.empty() || std::find(types.begin(), types.end(), g.nodes[next].type) != types.end();
      if (distance[next] == distance[from] + 1 && listed) steps.push_back(at.edges[k]);
    }
    std::stable_sort(steps.begin(), steps.end(), [&](EdgeIndex a, EdgeIndex b) {
      // One relation in one direction together, in the ontology's order; then the best proven
      // first.
      const Edge& x = g.edges[a];
      const Edge& y = g.edges[b];
      return std::tuple(x.relation, x.source != from, y.weight) <
             std::tuple(y.relation, y.source != from, x.weight);
    });
    for (const EdgeIndex i : steps) {
      const Edge& e = g.edges[i];
      const graph::Node& next = g.nodes[other_end(e, from)];
      std::vector<Cell> row{int64_t{distance[from]} + 1,
                            g.nodes[from].label,
                            reading(view, e, from),
                            direction(view, e, from),
                            next.label,
                            view.ontology[next.type].name,
                            next.id};
      add_edge_cells(row, view, e);
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

Table path(View view, NodeIndex from, NodeIndex to, const std::vector<std::string>& relations) {
  const graph::Graph& g = view.graph;
  Table table;
  table.columns = {{"step", Show::on_request},
                   {"from"},
                   {"direction"},
                   {"relation"},
                   {"to"},
                   {"from_id", Show::on_request},
                   {"to_id", Show::on_request}};
  add_fact_columns(table);
  table.columns.push_back({"text"});
  table.columns.push_back({"document", Show::on_request});
  table.columns.push_back({"edge", Show::on_request});

  const Incidence at = incidence(g, relations_of(view, relations));
  std::vector<NodeIndex> order;
  // Distances to the goal: from the start every step then goes to a node that is one nearer.
  const std::vector<unsigned> left = distances(g, at, to, kFar, order);
  if (from == to || left[from] == kFar) return table;
  for (NodeIndex node = from; node != to;) {
    const Edge* step = nullptr;
    for (uint32_t k = at.offset[node]; k < at.offset[node + 1] && !step; ++k) {
      const Edge& e = g.edges[at.edges[k]];
      if (left[other_end(e, node)] + 1 == left[node]) step = &e;
    }
    const NodeIndex next = other_end(*step, node);
    std::vector<Cell> row{static_cast<int64_t>(table.rows.size() + 1),
                          g.nodes[node].label,
                          direction(view, *step, node),
                          view.ontology[step->relation].name,
                          g.nodes[next].label,
                          g.nodes[node].id,
                          g.nodes[next].id};
    add_edge_cells(row, view, *step);
    table.rows.push_back(std::move(row));
    node = next;
  }
  return table;
}

}  // namespace weft::query
