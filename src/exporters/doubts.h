// Which nodes may be one thing and were kept apart (Graph::maybe_same), looked up by node, for
// formats that say so at the nodes. It is never an edge: no document says it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace weft::exporters {

/// Each pair stands at both its nodes. Refers to the graph, which must outlive it. Any thread.
class Doubts {
 public:
  struct Other {
    graph::NodeIndex node = graph::kNoNode;  // at which it stands
    graph::NodeIndex other = graph::kNoNode;
    std::string_view reason;  // a sentence
  };

  explicit Doubts(const graph::Graph& graph);

  /// Sorted by the other node; O(log pairs).
  std::span<const Other> of(graph::NodeIndex node) const;
  /// "Gao Wenbo (person/gao-wenbo-2): They hold offices in different countries."
  std::string text(const Other& doubt) const;

 private:
  const graph::Graph& graph_;
  std::vector<Other> all_;
};

}  // namespace weft::exporters
