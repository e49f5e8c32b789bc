// How central each node is: degree, PageRank, betweenness. All in the order of Graph::nodes,
// finite, and the same with any number of threads.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/graph.h"
#include "graph/ties.h"

namespace weft::graph {

/// Edges in and out; parallel ones and self-loops (twice) count.
std::vector<uint32_t> degrees(const Graph& graph);

/// Sums to 1 (damping 0.85). Edges count once whatever their weight, parallel ones each; symmetric
/// relations are walked either way; a node without outgoing edges hands its rank on to all. Up to
/// 200 rounds of O(n + m), until no more than 1e-9 moves.
std::vector<double> pagerank(const Graph& graph, const schema::Ontology& ontology);

/// Work up to which betweenness() is exact: nodes times ties, without the trees that hang on them.
inline constexpr uint64_t kExactBetweenness = 40'000'000;

struct Betweenness {
  std::vector<double> of;  // each node
  bool exact = true;       // else estimated
};

/// Share of the shortest paths between other nodes that lead through each node, without regard to
/// direction or weight: 0..1, divided by (n-1)(n-2)/2 as in NetworkX. Exact up to kExactBetweenness
/// (5,000 nodes with 8,000 ties, more where many have one tie); above, an estimate from as many
/// sources as that work allows, at least 64, drawn with `seed` (Brandes and Pich 2007).
Betweenness betweenness(const Ties& ties, unsigned threads = 0, uint32_t seed = 1);

}  // namespace weft::graph
