// Columns that several answers share, so that they look and are called the same everywhere.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "query/functions.h"
#include "query/table.h"

namespace weft::query {

/// time, modality, polarity, speaker, evidence, confidence: what is said of a fact as a whole.
void add_fact_columns(Table& table);
void add_fact_cells(std::vector<Cell>& row, View view, const graph::Qualifiers& summary,
                    size_t evidence);

/// The label of a node by its id; the id itself if there is no such node.
std::string label_of(const graph::Graph& graph, std::string_view id);
/// The documents of the evidence, each once, in order of id.
std::vector<std::string> documents_of(const std::vector<graph::EvidenceItem>& evidence);
/// The words of the first piece of evidence.
Cell first_words(const std::vector<graph::EvidenceItem>& evidence);

}  // namespace weft::query
