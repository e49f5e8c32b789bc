// Which documents are nearly copies of each other: a text that five papers print proves no more
// than one.
#pragma once

#include <cstdint>
#include <vector>

#include "graph/cluster.h"

namespace weft::graph {

/// For each record the index of the first record of its group: its own if it stands alone. Texts
/// belong together if four fifths of their runs of five words are estimated to be the same, or if
/// they do so with a common third. Depends on the set of records alone. O(n log n).
std::vector<uint32_t> near_copies(SortedRecords records);

}  // namespace weft::graph
