// Edges as steps of a walk: what neighbors() and path() share.
#pragma once

#include <string>
#include <vector>

#include "query/columns.h"
#include "query/functions.h"
#include "query/vocabulary.h"

namespace weft::query {

inline graph::NodeIndex other_end(const graph::Edge& e, graph::NodeIndex node) {
  return e.source == node ? e.target : e.source;
}

/// An arrow as seen when coming from `from`.
std::string direction(View view, const graph::Edge& e, graph::NodeIndex from);
/// The relation as read when coming from `from`: its name or its inverse.
const std::string& reading(View view, const graph::Edge& e, graph::NodeIndex from);
std::vector<schema::RelationId> relations_of(View view, const std::vector<std::string>& words);

/// The fact columns, then text, document and edge.
void add_edge_columns(Table& table, Show text);
void add_edge_cells(std::vector<Cell>& row, View view, const graph::Edge& e);

}  // namespace weft::query
