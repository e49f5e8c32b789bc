// The shared columns of answers about facts. A column of which every cell is the usual case
// (asserted, positive, no speaker) says nothing to a reader and is left out of tables for people.
#include "query/columns.h"

#include <algorithm>

namespace weft::query {

void add_fact_columns(Table& table) {
  table.columns.push_back({"time", Show::if_unusual, ""});
  table.columns.push_back({"modality", Show::if_unusual, "asserted"});
  table.columns.push_back({"polarity", Show::if_unusual, "positive"});
  table.columns.push_back({"speaker", Show::if_unusual, ""});
  table.columns.push_back({"evidence"});
  table.columns.push_back({"confidence", Show::on_request});
}

void add_fact_cells(std::vector<Cell>& row, View view, const graph::Qualifiers& summary,
                    size_t evidence) {
  row.push_back(text_or_nothing(summary.time));
  row.emplace_back(std::string(doc::name(summary.modality)));
  row.emplace_back(std::string(doc::name(summary.polarity)));
  row.push_back(text_or_nothing(label_of(view.graph, summary.speaker)));
  row.emplace_back(static_cast<int64_t>(evidence));
  row.push_back(real(summary.confidence));
}

std::string label_of(const graph::Graph& graph, std::string_view id) {
  const graph::NodeIndex node = id.empty() ? graph::kNoNode : graph.find(id);
  return node == graph::kNoNode ? std::string(id) : graph.nodes[node].label;
}

std::vector<std::string> documents_of(const std::vector<graph::EvidenceItem>& evidence) {
  std::vector<std::string> out;
  for (const graph::EvidenceItem& e : evidence) out.push_back(e.document);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Cell first_words(const std::vector<graph::EvidenceItem>& evidence) {
  return evidence.empty() ? Cell() : text_or_nothing(evidence.front().text);
}

}  // namespace weft::query
