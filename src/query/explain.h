// Why the graph says what it says: what joined the mentions of a node, and what gave an edge.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "graph/resolve.h"
#include "query/functions.h"

namespace weft::query {

/// The text of a document by its id.
using TextOf = std::function<std::string(const std::string& id)>;

/// One row for each form and rule by which a document speaks of the node, with the first sentence
/// that does so, pronouns included; before them a row that says how the document's entity came to
/// the node. `joints` are the node's.
Table explain_node(std::span<const graph::Joint> joints, const TextOf& text_of);

/// One row for each piece of evidence: the rule, what it looks for (from the pattern in
/// `schema_dir`/relations), the words for both ends with what joined them to the nodes, and where
/// its confidence comes from; then one row for the fact as a whole. `joints` has all nodes that the
/// facts join.
Table explain_facts(View view, const std::vector<FactRef>& facts, const TextOf& text_of,
                    const std::filesystem::path& schema_dir, const schema::Lexicons& lexicons,
                    const graph::Joints& joints);

}  // namespace weft::query
