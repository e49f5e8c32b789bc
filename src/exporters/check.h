// What is lost or changed on the way into a format and its main reader, told before anything is
// written.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "exporters/table.h"

namespace weft::exporters {

struct Finding {
  std::string_view change;  // "merges", "drops", "renames", "retypes", "replaces", "shortens"
  std::string_view what;    // "characters that XML 1.0 can't hold"
  uint64_t count = 0;       // of them in this graph, above 0
  std::string_view how;     // what becomes of them, and what to do; full sentences
};

/// In fixed order. O(bytes of the graph).
std::vector<Finding> check(const Format& format, const graph::Graph& graph,
                           const schema::Ontology& ontology, const Options& options);

}  // namespace weft::exporters
