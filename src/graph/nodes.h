// From clusters to nodes: label, kind, aliases, counts and the id.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/cluster.h"
#include "graph/graph.h"

namespace weft::graph {

/// The node of a cluster, without attributes and without its id. O(n log n) in its members.
Node make_node(const LocalEntities& entities, const Clusters& clusters, uint32_t cluster,
               const schema::Ontology& ontology);

/// The id of a document by the number of its record.
using DocumentId = std::function<std::string_view(uint32_t record)>;

/// An id for each cluster, each once.
std::vector<std::string> make_ids(const LocalEntities& entities, const Clusters& clusters,
                                  const schema::Ontology& ontology, const DocumentId& document);

}  // namespace weft::graph
