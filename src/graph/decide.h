// What people decided to be the same.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "graph/cluster.h"
#include "graph/graph.h"

namespace weft::graph {

/// Makes one cluster of the clusters whose nodes a decision calls the same, unless another one
/// calls some of them different. `ids` are those of the nodes of `clusters`. Returns an id for each
/// cluster that is left: that of its node, for joined ones the id that the first decision about
/// them names first. Empty if nothing was joined; then `clusters` are as they were.
std::vector<std::string> join_decided(Clusters& clusters, const std::vector<std::string>& ids,
                                      std::span<const store::Decision> decisions);

}  // namespace weft::graph
