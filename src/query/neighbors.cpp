// The surroundings of an entity: graph::Topology says who is how far, and every edge that leads one
// step further away is a row. O(nodes + edges).
#include <algorithm>
#include <tuple>

#include "graph/topology.h"
#include "query/steps.h"

namespace weft::query {

using graph::Edge;
using graph::EdgeIndex;
using graph::NodeIndex;

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
  add_edge_columns(table, Show::on_request);

  std::vector<schema::TypeId> types;
  for (const std::string& t : options.types) types.push_back(type_of(view.ontology, t));
  graph::Filter filter;
  filter.relations = relations_of(view, options.relations);
  const graph::Topology topology(g);
  std::vector<graph::Reached> reached{{start, 0, 0}};
  for (const graph::Reached& r : topology.neighborhood(start, options.depth, filter))
    reached.push_back(r);
  constexpr uint32_t kFar = 0xffffffffu;
  std::vector<uint32_t> distance(g.nodes.size(), kFar);
  for (const graph::Reached& r : reached) distance[r.node] = r.distance;
  for (const graph::Reached& r : reached) {
    const NodeIndex from = r.node;
    if (r.distance == options.depth) break;
    std::vector<EdgeIndex> steps;
    for (const EdgeIndex i : topology.edges_of(from, filter)) {
      const NodeIndex next = other_end(g.edges[i], from);
      const bool listed =
          types.empty() || std::find(types.begin(), types.end(), g.nodes[next].type) != types.end();
      if (distance[next] == r.distance + 1 && listed) steps.push_back(i);
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
      std::vector<Cell> row{int64_t{r.distance} + 1,
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

}  // namespace weft::query
