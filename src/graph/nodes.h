// From clusters to nodes: label, kind, aliases, counts and the id.
#pragma once

#include <vector>

#include "graph/cluster.h"
#include "graph/graph.h"

namespace weft::graph {

/// One node a cluster, in the order of the clusters, with unique ids and without attributes.
std::vector<Node> make_nodes(SortedRecords records, const Clusters& clusters,
                             const schema::Ontology& ontology, const schema::Gazetteer* gazetteer);

}  // namespace weft::graph
