// How a graph looks when it is drawn: a place, a size and a community for each node, and the
// measures that they come from. A pure function of the Graph: the same graph, the same looks, with
// any number of threads.
#pragma once

#include <cstdint>
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

}  // namespace weft::graph
