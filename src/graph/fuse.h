// From all that is said of one fact to one fact: evidence without doubles, and the summary of its
// qualifiers.
#pragma once

#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace weft::graph {

/// One piece of evidence and what tells whether it is independent of another: the text's content
/// and the sentence.
struct Piece {
  EvidenceItem item;
  std::string_view content;  // names the source: a copy or near copy of a text has the same one
                             // and proves nothing more
  uint32_t sentence = 0;
};

struct Fused {
  Qualifiers summary;
  uint32_t weight = 0;
  std::vector<EvidenceItem> evidence;  // sorted by (document, span), one for each reading of a span
};

/// Order of `pieces` does not matter; at least one. O(n log n).
Fused fuse(std::vector<Piece> pieces);

/// To four decimals within 0..1, as files write it; not-a-number gives 0.
float rounded_confidence(double confidence);

}  // namespace weft::graph
