// The graph's tables in a store: written once after resolving, read by every command that asks.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "graph/graph.h"
#include "graph/resolve.h"
#include "graph/select.h"
#include "store/store.h"

namespace weft::graph {

/// Writes the tables anew in a store opened for writing, within the open transaction; its documents
/// must be settled. Store::finish() commits. Throws SetupError.
void save(store::Store& store, const Graph& graph, const schema::Ontology& ontology);
/// The same, a part at a time, for what is resolved but not written yet. Returns the seconds that
/// the writing took.
double save(store::Store& store, Resolution& resolution, const schema::Ontology& ontology);

/// The key of Store::meta() under which save() notes the checksum of what it wrote, and that
/// checksum as the tables have it now.
inline constexpr const char* kGraphDigest = "graph_digest";
std::string graph_digest(const store::Store& store);

/// Throws SetupError (broken_file) if there is no readable store, or it was built with types that
/// this ontology lacks.
Graph load(const std::filesystem::path& store, const schema::Ontology& ontology);
Graph load(const store::Store& store, const schema::Ontology& ontology);

/// Only some nodes and edges, as select(load(), part) gives them, in time that follows from their
/// number. Both ends of each edge must be among the nodes.
Graph load_part(const store::Store& store, const schema::Ontology& ontology, const Subgraph& part);
/// A node (numbered as in load()), the facts at it, and the nodes that they name, speakers
/// included, and those that may be the same thing.
Graph load_around(const store::Store& store, const schema::Ontology& ontology, NodeIndex node);

/// The ids in the column places.within, the nearest first.
std::vector<std::string> listed_places(std::string_view within);

/// Throws SetupError if all documents of the store still wait for their graph.
void refuse_without_graph(const store::Store& store);
/// What to throw for a store whose rows can't be what was written, or use a type or relation
/// (`what`) that the ontology lacks.
core::SetupError damage(const store::Store& store, const std::string& what);
core::SetupError unknown_name(const store::Store& store, const char* what, std::string_view name);

}  // namespace weft::graph
