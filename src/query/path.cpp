// How two entities are connected: graph::shortest_paths(), a row for each step with the words that
// prove it.
#include "graph/paths.h"
#include "query/steps.h"

namespace weft::query {

Table path(View view, graph::NodeIndex from, graph::NodeIndex to, const PathOptions& options) {
  const graph::Graph& g = view.graph;
  Table table;
  table.columns = {{"path", options.count > 1 ? Show::always : Show::on_request, "", true},
                   {"step", Show::on_request},
                   {"from"},
                   {"direction"},
                   {"relation"},
                   {"to"},
                   {"from_id", Show::on_request},
                   {"to_id", Show::on_request}};
  add_edge_columns(table, Show::always);

  graph::Filter filter;
  filter.relations = relations_of(view, options.relations);
  const graph::Topology topology(g);
  const auto paths =
      graph::shortest_paths(g, topology, from, to, options.count, options.max_length, filter);
  for (size_t p = 0; p < paths.size(); ++p) {
    graph::NodeIndex node = from;
    for (size_t i = 0; i < paths[p].size(); ++i) {
      const graph::Edge& e = g.edges[paths[p][i]];
      const graph::NodeIndex next = other_end(e, node);
      std::vector<Cell> row{static_cast<int64_t>(p + 1),
                            static_cast<int64_t>(i + 1),
                            g.nodes[node].label,
                            direction(view, e, node),
                            view.ontology[e.relation].name,
                            g.nodes[next].label,
                            g.nodes[node].id,
                            g.nodes[next].id};
      add_edge_cells(row, view, e);
      table.rows.push_back(std::move(row));
      node = next;
    }
  }
  return table;
}

}  // namespace weft::query
