// How a graph looks when it is drawn: a place, a size and a community for each node, and the
// measures that they come from. A pure function of the Graph: the same graph, the same looks, with
// any number of threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace weft::graph {

struct NodeLook {
  float x = 0, y = 0;      // y grows upwards, as in Gephi
  float size = 1;          // radius, in the units of x and y
  uint32_t community = 0;  // numbered by falling number of members
  uint32_t degree = 0;     // edges in and out
  double pagerank = 0;
  double betweenness = 0;
};

struct Looks {
  std::vector<NodeLook> nodes;  // in the order of Graph::nodes
};

struct LookOptions {
  unsigned threads = 0;     // 0: as many as the machine has; changes no byte of the result
  uint32_t seed = 1;        // of the layout's ties and of the sample for betweenness
  unsigned iterations = 0;  // of the layout; 0: by the number of nodes
  bool linlog = false;      // attraction grows with the logarithm of length: tighter communities
  double gravity = 1;       // pull towards the middle of each component, 0 or more
  double spread = 1.6;      // width over height that the packed components aim at
};

/// Layout: ForceAtlas2 (Jacomy et al. 2014) with Barnes-Hut on each connected component, components
/// packed side by side around the largest, then dots and the labels of the largest nodes pushed
/// apart. The picture's middle is (0, 0). Dots don't overlap, nor do the labels of the
/// labelled_nodes() largest, except where pushing would have torn a dense middle apart: who draws
/// leaves such a label out. Measures: see graph/measures.h; communities: graph/communities.h.
/// All values are finite. Cost: O(iterations * (n log n + m)) time, O(n + m) memory; 20,000 nodes
/// with 50,000 edges take a few seconds.
Looks compute_looks(const Graph& graph, const schema::Ontology& ontology,
                    const LookOptions& options = {});

/// How large a node's label is written, centred on the node: the height of its letters, and the
/// width of the box that the layout keeps free for it, in the units of x and y. The box is
/// kLabelBox letters high.
float label_height(const NodeLook& look);
float label_width(const NodeLook& look, std::string_view label);
inline constexpr float kLabelBox = 1.8f;
/// Width of a line of text in units of its letters' height: an estimate on the wide side that needs
/// no font (East Asian characters count as squares, marks not at all). Malformed bytes count as
/// letters.
float text_width(std::string_view utf8);
/// The label as it is drawn: at most `most` characters, cut at a word with an ellipsis.
std::string short_label(std::string_view label, size_t most = 34);
/// Number of nodes, by falling size, whose labels the layout makes room for.
size_t labelled_nodes(size_t nodes);
/// Indices of nodes by falling size, then by index.
std::vector<NodeIndex> by_size(const Looks& looks);

}  // namespace weft::graph
