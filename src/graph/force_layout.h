// Places for the nodes of one connected component: ForceAtlas2.
#pragma once

#include <vector>

#include "graph/barnes_hut.h"
#include "graph/ties.h"

namespace weft::graph {

struct ForceOptions {
  unsigned threads = 0;     // 0: as many as the machine has
  uint32_t seed = 1;        // of the first places, where the ties leave them open
  unsigned iterations = 0;  // 0: by the number of nodes
  bool linlog = false;
  double gravity = 1;
  double mass = 1;  // of each node, beside its degree; more makes room around those of few ties
};

/// One place a node, around (0, 0), finite, in arbitrary units. `ties` should be connected (other
/// graphs are laid out too, but their parts drift apart until gravity holds them). The same for any
/// number of threads.
std::vector<Point> force_layout(const Ties& ties, const ForceOptions& options);

/// Where force_layout() starts: PivotMDS. Any graph; unreached nodes lie around the middle.
std::vector<Point> pivot_layout(const Ties& ties, uint32_t seed);

}  // namespace weft::graph
