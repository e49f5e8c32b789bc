// What of a graph goes into the explorer's page, and where it stands there.
#pragma once

#include <vector>

#include "exporters/table.h"
#include "graph/looks.h"

namespace weft::exporters {

/// Indices, in the graph's order.
struct PageChoice {
  std::vector<graph::NodeIndex> nodes;
  std::vector<graph::EdgeIndex> edges;
};

/// At most Options::max_nodes and max_edges: the nodes with most edges (then mentions), and of the
/// edges between them those with most evidence (then confidence). Deterministic. O(n log n).
PageChoice choose_for_page(const graph::Graph& g, const Options& options);

/// compute_looks() of that part alone, as looks of the whole graph; nodes that are left out have
/// none. A page of a large store costs no more than a large page.
graph::Looks page_looks(const graph::Graph& g, const schema::Ontology& ontology,
                        const Options& options);

}  // namespace weft::exporters
