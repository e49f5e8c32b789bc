// From clusters to nodes: label, kind, aliases, counts and the id.
#pragma once

#include <vector>

#include "graph/cluster.h"
#include "graph/graph.h"

namespace weft::graph {

/// One node a cluster, in the order of the clusters, with unique ids and without attributes. Where
/// `ids` is given it has an id for each cluster, to be taken as it is.
std::vector<Node> make_nodes(SortedRecords records, const Clusters& clusters,
                             const schema::Ontology& ontology, const schema::Gazetteer* gazetteer,
                             const std::vector<std::string>* ids = nullptr);

}  // namespace weft::graph
