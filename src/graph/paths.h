// Several short paths between two nodes.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/topology.h"

namespace weft::graph {

/// A chain of edges; each leads on from where the one before ended, in either direction.
using Path = std::vector<EdgeIndex>;

/// The `count` shortest paths of at most `max_length` edges, shortest first. No path visits a node
/// twice, and no two visit the same nodes in the same order: where several edges join two nodes,
/// the best proven one stands for them (by weight, then by index). Of paths of one length the
/// better proven come first. Empty if there is none or both ends are one node. At most count *
/// max_length searches of O(nodes + edges).
std::vector<Path> shortest_paths(const Graph& graph, const Topology& topology, NodeIndex from,
                                 NodeIndex to, uint32_t count, uint32_t max_length,
                                 const Filter& filter = {});

}  // namespace weft::graph
