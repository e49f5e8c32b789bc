// The facts of all documents, one edge or attribute after the other with all its evidence, in
// memory that does not grow with their number.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/spool.h"
#include "core/string_pool.h"
#include "doc/record.h"
#include "graph/graph.h"
#include "graph/sink.h"

namespace weft::graph {

/// Use by one thread. Throws SetupError if the disk is too full for temporary files.
class FactFiler {
 public:
  explicit FactFiler(const schema::Ontology& ontology);

  /// Keeps a record's facts. `first`: the number of its first entity among all. `text`: that of the
  /// document, to which spans must fit and from which evidence takes its words; null: spans are
  /// believed and there are no words.
  void add(const doc::Record& record, uint32_t number, uint32_t first, const std::string* text);

  /// What a fact needs to know of the rest of the graph.
  struct Names {
    std::span<const NodeIndex> node_of;                         // of each entity
    std::span<const std::string> ids;                           // of each node, in order
    std::function<std::string_view(uint32_t record)> document;  // its id
    std::function<std::string_view(uint32_t record)> source;    // near copies have the same one
  };
  struct Counts {
    uint64_t self_loops = 0, broken_evidence = 0;
  };
  /// Gives edges, then attributes. Call once, after the last add().
  Counts write(const Names& names, GraphSink& sink);

 private:
  class Sorted;

  const schema::Ontology& ontology_;
  std::vector<schema::RelationId> by_name_;  // relations in order of name
  std::vector<uint16_t> rank_;               // of each relation in that order
  core::StringPool rules_;
  core::Spool spool_;
};

}  // namespace weft::graph
