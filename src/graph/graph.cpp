// Look-up of a node by its id: nodes are sorted, so a binary search costs O(log n) string
// comparisons.
#include "graph/graph.h"

#include <algorithm>

namespace weft::graph {

NodeIndex Graph::find(std::string_view id) const {
  const auto it =
      std::lower_bound(nodes.begin(), nodes.end(), id,
                       [](const Node& node, std::string_view key) { return node.id < key; });
  return it == nodes.end() || it->id != id ? kNoNode : static_cast<NodeIndex>(it - nodes.begin());
}

}  // namespace weft::graph
