// A graph as a drawing, before it is written in any format: where dots, names, lines and arrow
// heads are. Pure: the same graph and looks, the same drawing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "graph/looks.h"
#include "schema/ontology.h"

namespace weft::exporters {

/// In the picture's units; y grows downwards.
struct Spot {
  double x = 0, y = 0;
};

struct DrawnNode {
  graph::NodeIndex node = 0;
  Spot at;
  double half_width = 0, half_height = 0;  // of the dot (equal), or of the box around its name
  bool boxed = false;                      // the name stands in a box of the type's colour
  std::string name;                        // as written; empty: none, for want of room
  Spot name_at;                            // its middle
  double letters = 0;                      // their height
};

/// All facts from one node to another as one line, a quadratic curve.
struct DrawnLine {
  size_t from = 0, to = 0;  // indices into Picture::nodes
  Spot begin, bend, end;    // at the rims of the two
  double width = 1;
  bool arrow = true;                                 // no arrow for symmetric relations
  doc::Modality modality = doc::Modality::asserted;  // of the best proven fact
  bool denied = false;
  std::string words;  // "visited +2"; empty: no room
  Spot words_at;      // their middle
  double letters = 0;
};

struct LegendEntry {
  schema::TypeId type;
  uint64_t count = 0;  // nodes of the whole graph
};

struct Picture {
  double left = 0, top = 0, width = 0, height = 0;  // what is drawn, with a margin, without legend
  std::vector<DrawnNode> nodes;                     // smallest first: later ones lie on top
  std::vector<DrawnLine> lines;
  std::vector<LegendEntry> legend;        // in the ontology's order
  uint64_t all_nodes = 0, all_facts = 0;  // of the graph
  uint64_t facts_drawn = 0;               // that stand in `lines`
};

/// The largest kMostDots nodes and the strongest kMostLines lines between them. Of more than
/// kMostBoxed nodes those without facts are left out. Up to kMostBoxed nodes are boxes with their
/// names in them, and facts have their relations written beside them where there is room; more are
/// dots, and the names of the largest are written where they cover no other.
Picture draw(const graph::Graph& graph, const schema::Ontology& ontology,
             const graph::Looks& looks);
inline constexpr size_t kMostDots = 100'000;
inline constexpr size_t kMostLines = 60'000;
inline constexpr size_t kMostBoxed = 120;

}  // namespace weft::exporters
