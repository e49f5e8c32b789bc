// What the writers of text formats have in common: the graph, the bytes written and what is to be
// told of them.
#pragma once

#include "exporters/byte_writer.h"
#include "exporters/table.h"

namespace weft::exporters {

/// Base of a writer of one file. Refers to its arguments, which must outlive it. Use by one thread.
class GraphWriter {
 public:
  GraphWriter(const graph::Graph& graph, const schema::Ontology& ontology, const Options& options,
              core::OutputFile& file)
      : graph_(graph), ontology_(ontology), options_(options), looks_(options.looks), out_(file) {}

 protected:
  /// Flushes. Of a format of several files, each counts what it holds.
  Summary finish(size_t nodes, size_t edges) {
    out_.flush();
    summary_.nodes = nodes;
    summary_.edges = edges;
    return summary_;
  }
  Summary finish() { return finish(graph_.nodes.size(), graph_.edges.size()); }

  const graph::Graph& graph_;
  const schema::Ontology& ontology_;
  const Options& options_;
  const graph::Looks* looks_;  // nullptr: none
  ByteWriter out_;
  Summary summary_;
};

}  // namespace weft::exporters
