// Nodes and edges as rows of plain values, for formats that know no lists and no objects: GraphML,
// GEXF, CSV, Gephi Lite. Names and types of the columns are the same in all of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "exporters/doubts.h"
#include "graph/graph.h"
#include "graph/looks.h"
#include "schema/ontology.h"

namespace weft::exporters {

enum class ColumnType : uint8_t { text, integer, decimal };

struct Column {
  std::string_view name;
  ColumnType type = ColumnType::text;
};

/// A number that may be negative, with the decimals it is written with.
struct Decimal {
  double value = 0;
  int digits = 4;
};
/// The first alternative: there is no value, which readers don't tell from an empty text.
using Value = std::variant<std::monostate, std::string, uint64_t, Decimal>;

/// The row of the node or edge that was asked for last. Refers to graph, ontology and looks, which
/// must outlive it. `looks` may be null: then there are no places and measures, and sizes come from
/// the number of edges. Use by one thread.
///
/// Node columns: label, entity_type, kind, aliases, mentions, documents, degree, attributes,
/// maybe_same, geonames, iso, [x, y, community, pagerank, betweenness,] size, r, g, b, color. Edge
/// columns: edgelabel, weight, relation, modality, polarity, time, start, end, date_precision,
/// speaker, confidence, evidence, sources. Lists are joined by '|'. start and end are whole dates,
/// an open end has none.
class FlatRows {
 public:
  FlatRows(const graph::Graph& graph, const schema::Ontology& ontology, const graph::Looks* looks);

  std::span<const Column> node_columns() const { return node_columns_; }
  std::span<const Column> edge_columns() const;

  const std::vector<Value>& node(graph::NodeIndex index);
  const std::vector<Value>& edge(graph::EdgeIndex index);

  /// Of the row asked for last, by name of the column; nullptr if there is no such column.
  static const Value* find(std::span<const Column> columns, const std::vector<Value>& row,
                           std::string_view name);

 private:
  const graph::Graph& graph_;
  const schema::Ontology& ontology_;
  const graph::Looks* looks_;
  std::vector<uint32_t> degree_;
  Doubts doubts_;
  std::vector<Column> node_columns_;
  std::vector<Value> row_;
};

/// "5", "-3.5"; not for a text or for no value.
std::string number_text(const Value& value);

/// How an edge is labelled: "not visited (planned)".
std::string shown_relation(const graph::Edge& edge, const schema::Ontology& ontology);

struct Color {
  unsigned red = 0xbb, green = 0xbb, blue = 0xbb;
};
/// From "#rrggbb"; grey for anything else.
Color color_from(std::string_view hex);

/// The radius of a node's dot: as laid out, or from its number of edges.
double radius_of(const graph::Looks* looks, graph::NodeIndex node, uint32_t degree);
std::vector<uint32_t> degrees(const graph::Graph& graph);

/// Evidence that a flat format shows of an edge; JSON and others have all of it.
inline constexpr size_t kEvidenceTexts = 3;
inline constexpr size_t kEvidenceBytes = 500;  // of each

}  // namespace weft::exporters
