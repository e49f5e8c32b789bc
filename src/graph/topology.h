// Who is connected to whom: degrees, neighbourhoods, shortest paths and components of a Graph.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "graph/graph.h"

namespace weft::graph {

enum class Direction : uint8_t { any, outgoing, incoming };

/// Which edges are followed. Empty lists allow everything.
struct Filter {
  Direction direction = Direction::any;
  std::vector<schema::RelationId> relations;
  std::vector<schema::TypeId> types;  // of the node an edge leads to
  std::vector<doc::Modality> modalities;
};

struct Reached {
  NodeIndex node = kNoNode;
  uint32_t distance = 0;  // in edges from the start
  EdgeIndex via = 0;      // the edge by which it was first reached
};

/// An index over a Graph, which must outlive it and not change. Immutable: share it between
/// threads. Making it costs O(nodes + edges) time and memory.
class Topology {
 public:
  explicit Topology(const Graph& graph);
  ~Topology();
  Topology(Topology&&) noexcept;

  /// Number of edges at the node.
  uint32_t degree(NodeIndex node, Direction direction = Direction::any) const;
  /// Edges at the node that the filter lets through, sorted by index.
  std::vector<EdgeIndex> edges_of(NodeIndex node, const Filter& filter = {}) const;
  /// Nodes within `depth` edges of the start (itself left out), by distance, then in order of
  /// edges.
  std::vector<Reached> neighborhood(NodeIndex start, uint32_t depth,
                                    const Filter& filter = {}) const;
  /// The edges of a shortest path of at most `max_length` edges (an empty list if both ends are one
  /// node), or nothing if there is none. Of several, the one whose edges come first.
  std::optional<std::vector<EdgeIndex>> shortest_path(NodeIndex from, NodeIndex to,
                                                      uint32_t max_length,
                                                      const Filter& filter = {}) const;
  /// For each node the number of its connected component (direction ignored), from 0, numbered by
  /// first node.
  std::vector<uint32_t> components() const;

 private:
  struct Index;
  const Graph& graph_;
  std::unique_ptr<Index> index_;
};

}  // namespace weft::graph
