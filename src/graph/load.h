// The graph's tables in a store: written once after resolving, read by every command that asks.
#pragma once

#include <filesystem>

#include "graph/graph.h"
#include "store/store.h"

namespace weft::graph {

/// Fills the tables of a store that is being written; its documents must be in it. Throws
/// SetupError.
void save(store::Store& store, const Graph& graph, const schema::Ontology& ontology);

/// Throws SetupError (broken_file) if there is no readable store, or it was built with types that
/// this ontology lacks.
Graph load(const std::filesystem::path& store, const schema::Ontology& ontology);
Graph load(const store::Store& store, const schema::Ontology& ontology);

}  // namespace weft::graph
