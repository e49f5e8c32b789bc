// A sorted list of both directions of all pairs; memory is that of the pairs, not of the nodes.
#include "exporters/doubts.h"

#include <algorithm>

namespace weft::exporters {

Doubts::Doubts(const graph::Graph& graph) : graph_(graph) {
  all_.reserve(2 * graph.maybe_same.size());
  for (const graph::MaybeSame& m : graph.maybe_same) {
    all_.push_back({m.a, m.b, m.reason});
    all_.push_back({m.b, m.a, m.reason});
  }
  std::sort(all_.begin(), all_.end(), [](const Other& x, const Other& y) {
    return std::pair(x.node, x.other) < std::pair(y.node, y.other);
  });
}

std::span<const Doubts::Other> Doubts::of(graph::NodeIndex node) const {
  const auto [begin, end] = std::ranges::equal_range(all_, node, std::ranges::less(), &Other::node);
  return {begin, end};
}

std::string Doubts::text(const Other& doubt) const {
  const graph::Node& n = graph_.nodes[doubt.other];
  return n.label + " (" + n.id + "): " + std::string(doubt.reason);
}

}  // namespace weft::exporters
