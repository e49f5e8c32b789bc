// Who is tied to whom, without direction: the simple weighted graph under a Graph, which layout and
// communities work on.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/graph.h"

namespace weft::graph {

/// Compressed sparse rows: each tie stands at both of its ends, sorted by the other one; no
/// self-loops, no doubles.
struct Ties {
  struct Tie {
    uint32_t other = 0;
    float strength = 0;  // above 0
  };
  std::vector<uint32_t> begin{0};  // nodes + 1
  std::vector<Tie> ties;

  uint32_t size() const { return static_cast<uint32_t>(begin.size() - 1); }
  std::span<const Tie> of(uint32_t node) const {
    return {ties.data() + begin[node], ties.data() + begin[node + 1]};
  }
};

/// An unordered pair of nodes and how strongly they are tied. Pairs of one node are left out, the
/// strengths of several pairs between the same two nodes are added.
struct Pair {
  uint32_t a = 0, b = 0;
  float strength = 1;
};
Ties make_ties(uint32_t nodes, std::vector<Pair> pairs);

/// Strength of an edge: 1 + ln(weight), so that what everybody writes does not swallow the rest.
Ties ties_of(const Graph& graph);

/// The connected components: lists of nodes, sorted; the largest first, then by first node.
std::vector<std::vector<uint32_t>> components_of(const Ties& ties);
/// The ties among the nodes of a component, renumbered: `place[node]` is a node's position in its
/// component. O(component).
Ties ties_within(const Ties& ties, std::span<const uint32_t> component,
                 std::span<const uint32_t> place);

}  // namespace weft::graph
