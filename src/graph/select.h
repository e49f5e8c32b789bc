// A part of a graph: what an export or a picture shows of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "graph/graph.h"
#include "text/day_range.h"

namespace weft::graph {

/// Some nodes and edges of a graph: sorted, each once.
struct Subgraph {
  std::vector<NodeIndex> nodes;
  std::vector<EdgeIndex> edges;
};

/// What is wanted. Conditions of different kinds must all hold; of one kind, one must. The defaults
/// let everything through.
struct Selection {
  std::optional<Subgraph> only;       // of the graph given to select(); nothing else
  std::vector<schema::TypeId> types;  // of nodes; an edge needs both its ends

  // Of facts, that is of edges and of nodes' attributes. If one of these is given, a node that
  // keeps no fact goes too.
  std::vector<schema::RelationId> relations;
  std::vector<doc::Modality> modalities;
  std::optional<text::DayRange> time;  // the fact's time or that of any of its evidence overlaps
  float min_confidence = 0;

  NodeIndex ego = kNoNode;  // index into the graph given to select()
  uint32_t depth = 1;       // steps from `ego`, along what the conditions above leave

  size_t top = 0;  // only the nodes with the most edges left, then mentions, then by id; 0: all

  bool everything() const;
};

/// The selected part, in the same order: nodes with at least the conditions' facts, edges whose
/// both ends stay, documents that the remaining evidence cites (all of them if everything is
/// selected). Ids, weights and counts of mentions stay those of the whole graph; a speaker may be
/// the id of a node that is not in the selection. `ego` itself always stays. O(nodes + edges), and
/// O(n log n) for `top`.
Graph select(Graph graph, const Selection& selection);

}  // namespace weft::graph
