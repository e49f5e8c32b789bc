// The graph's tables in a store: written once after resolving, read by every command that asks.
#pragma once

#include <filesystem>

#include "graph/graph.h"
#include "store/store.h"

namespace weft::graph {

/// Writes the tables anew in a store opened for writing, within the open transaction; its documents
/// must be settled. Store::finish() commits. Throws SetupError.
void save(store::Store& store, const Graph& graph, const schema::Ontology& ontology);

/// The key of Store::meta() under which save() notes the checksum of what it wrote, and that
/// checksum as the tables have it now.
inline constexpr const char* kGraphDigest = "graph_digest";
std::string graph_digest(const store::Store& store);

/// Throws SetupError (broken_file) if there is no readable store, or it was built with types that
/// this ontology lacks.
Graph load(const std::filesystem::path& store, const schema::Ontology& ontology);
Graph load(const store::Store& store, const schema::Ontology& ontology);

}  // namespace weft::graph
