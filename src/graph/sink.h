// Where a graph goes, a part at a time: into memory, or into a store.
#pragma once

#include "graph/graph.h"

namespace weft::graph {

/// Called in this order: nodes by id, doubts by (a, b), edges by (source id, relation name, target
/// id), attributes by node and relation name. Attributes of a Node given to node() are empty.
class GraphSink {
 public:
  virtual ~GraphSink() = default;
  virtual void node(Node&& node) = 0;
  virtual void maybe_same(MaybeSame&& pair) = 0;
  virtual void edge(Edge&& edge) = 0;
  virtual void attribute(NodeIndex node, Attribute&& attribute) = 0;
};

}  // namespace weft::graph
