// A project file of Gephi Lite (type "gephi-lite"): topology as a graphology graph, attributes as
// plain values with a model that says which are categories, numbers or keywords, places, and an
// appearance in which colours come from the type and labels are on. Everything is plain text or
// numbers, because Gephi Lite's parser gives lists a meaning (see JsonStyle). Streamed; nodes and
// edges are gone through three times, O(bytes written). Reference: GraphDataset and AppearanceState
// in Gephi Lite's packages/sdk.
#include <cmath>

#include "exporters/escape.h"
#include "exporters/flat_rows.h"
#include "exporters/formats.h"
#include "exporters/graph_writer.h"

namespace weft::exporters {

namespace {

/// How Gephi Lite shall take a column.
std::string_view field_type(const Column& c) {
  if (c.type != ColumnType::text) return "\"number\"";
  for (const std::string_view name :
       {"entity_type", "kind", "relation", "modality", "polarity", "speaker", "date_precision"})
    if (c.name == name) return "\"category\"";
  for (const std::string_view name : {"aliases", "attributes", "evidence", "sources"})
    if (c.name == name) return "\"keywords\", \"separator\": \"|\"";
  for (const std::string_view name : {"start", "end"})
    if (c.name == name) return "\"date\", \"format\": \"yyyy-MM-dd\"";
  return "\"text\"";
}

/// Columns whose place is elsewhere in the project.
bool is_drawn(std::string_view column) {
  for (const std::string_view name : {"x", "y", "r", "g", "b", "color"})
    if (column == name) return true;
  return false;
}

class GephiLiteWriter : GraphWriter {
 public:
  GephiLiteWriter(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
                  core::OutputFile& file)
      : GraphWriter(g, ontology, options, file), rows_(g, ontology, options.looks) {}

  Summary write() {
    out_.raw(
        "{\"type\": \"gephi-lite\", \"version\": \"1.0.0\",\n"
        "\"graphDataset\": {\"metadata\": {\"title\": \"weft\"},\n\"nodeData\": {");
    each(graph_.nodes, [&](size_t i) {
      object(graph_.nodes[i].id, rows_.node_columns(), rows_.node(static_cast<uint32_t>(i)));
    });
    out_.raw("},\n\"edgeData\": {");
    each(graph_.edges, [&](size_t i) {
      object(graph_.edges[i].id, rows_.edge_columns(), rows_.edge(static_cast<uint32_t>(i)));
    });
    out_.raw("},\n\"layout\": {");
    each(graph_.nodes, [&](size_t i) { place(i); });
    out_.raw("},\n\"nodeFields\": ");
    fields(rows_.node_columns(), "nodes");
    out_.raw(",\n\"edgeFields\": ");
    fields(rows_.edge_columns(), "edges");
    topology();
    out_.raw("},\n\"filters\": {\"filters\": []},\n\"appearance\": ");
    appearance();
    out_.raw("}\n");
    return finish();
  }

 private:
  template <class Items, class Write>
  void each(const Items& items, Write&& write) {
    for (size_t i = 0; i < items.size(); ++i) {
      out_.raw(i == 0 ? "\n" : ",\n");
      write(i);
    }
  }

  std::string text(std::string_view s) { return json_text(s, summary_.replaced_characters); }

  void object(std::string_view id, std::span<const Column> columns, const std::vector<Value>& row) {
    out_.raw(text(id)).raw(": {");
    bool first = true;
    for (size_t i = 0; i < row.size(); ++i) {
      if (is_drawn(columns[i].name) || std::holds_alternative<std::monostate>(row[i])) continue;
      out_.raw(first ? "\"" : ", \"").raw(columns[i].name).raw("\": ");
      first = false;
      const auto* s = std::get_if<std::string>(&row[i]);
      out_.raw(s ? text(*s) : number_text(row[i]));
    }
    out_.raw("}");
  }

  /// Gephi Lite needs a place for every node: without looks, on a grid.
  void place(size_t index) {
    constexpr double kStep = 20;
    const auto side = static_cast<size_t>(std::ceil(std::sqrt(graph_.nodes.size())));
    const double x = looks_ ? looks_->nodes[index].x : kStep * static_cast<double>(index % side);
    const double y = looks_ ? looks_->nodes[index].y : -kStep * static_cast<double>(index / side);
    out_.raw(text(graph_.nodes[index].id)).raw(": {\"x\": ").raw(decimal_text(x, 2));
    out_.raw(", \"y\": ").raw(decimal_text(y, 2)).raw("}");
  }

  void fields(std::span<const Column> columns, std::string_view item_type) {
    out_.raw("[");
    bool first = true;
    for (const Column& c : columns) {
      if (is_drawn(c.name)) continue;
      out_.raw(first ? "" : ", ");
      first = false;
      field(c.name, item_type, field_type(c));
    }
    out_.raw("]");
  }

  void field(std::string_view name, std::string_view item_type, std::string_view type) {
    out_.raw("{\"id\": \"").raw(name).raw("\", \"itemType\": \"").raw(item_type);
    out_.raw("\", \"type\": ").raw(type).raw("}");
  }

  void topology() {
    out_.raw(
        ",\n\"fullGraph\": {\"attributes\": {}, \"options\": {\"type\": \"mixed\", \"multi\": true,"
        " \"allowSelfLoops\": true},\n\"nodes\": [");
    each(graph_.nodes, [&](size_t i) { out_.raw("{\"key\": " + text(graph_.nodes[i].id) + "}"); });
    out_.raw("],\n\"edges\": [");
    each(graph_.edges, [&](size_t i) {
      const graph::Edge& e = graph_.edges[i];
      out_.raw("{\"key\": ").raw(text(e.id));
      out_.raw(", \"source\": ").raw(text(graph_.nodes[e.source].id));
      out_.raw(", \"target\": ").raw(text(graph_.nodes[e.target].id));
      out_.raw(ontology_[e.relation].symmetric ? ", \"undirected\": true}" : "}");
    });
    out_.raw("]}");
  }

  /// Every member is there, because Gephi Lite takes the state as it is.
  void appearance() {
    out_.raw(
        "{\"showEdges\": {\"value\": true}, \"backgroundColor\": \"#FFFFFF00\","
        " \"layoutGridColor\": \"#666666\",\n\"nodesColor\": {\"type\": \"partition\","
        " \"missingColor\": \"#bbbbbb\", \"field\": ");
    field("entity_type", "nodes", "\"category\"");
    out_.raw(", \"colorPalette\": {");
    bool first = true;
    for (const schema::EntityType& type : ontology_.types()) {
      out_.raw(first ? "" : ", ").raw(text(type.name)).raw(": ").raw(text(type.color));
      first = false;
    }
    out_.raw("}},\n\"nodesSize\": {\"type\": \"ranking\", \"missingSize\": 4, \"field\": ");
    field("size", "nodes", "\"number\"");
    out_.raw(
        "},\n\"edgesSize\": {\"type\": \"ranking\", \"minSize\": 1, \"maxSize\": 6,"
        " \"missingSize\": 1, \"field\": ");
    field("weight", "edges", "\"number\"");
    out_.raw("},\n\"edgesColor\": {\"type\": \"source\"},\n\"nodesLabel\": {\"type\": \"field\",");
    out_.raw(" \"missingValue\": null, \"field\": ");
    field("label", "nodes", "\"text\"");
    out_.raw(
        "},\n\"edgesLabel\": {\"type\": \"none\"},\n"
        "\"nodesLabelSize\": {\"type\": \"fixed\", \"value\": 14, \"zoomCorrelation\": 0,"
        " \"density\": 1, \"labelsCount\": 30},\n"
        "\"edgesLabelSize\": {\"type\": \"fixed\", \"value\": 14, \"zoomCorrelation\": 0,"
        " \"density\": 1},\n"
        "\"nodesLabelEllipsis\": {\"type\": \"ellipsis\", \"enabled\": true, \"maxLength\": 40},\n"
        "\"edgesLabelEllipsis\": {\"type\": \"ellipsis\", \"enabled\": false, \"maxLength\": 25},\n"
        "\"nodesImage\": {\"type\": \"none\"}, \"edgesZIndex\": {\"type\": \"none\"}}");
  }

  FlatRows rows_;
};

}  // namespace

Summary write_gephi_lite(const graph::Graph& g, const schema::Ontology& ontology,
                         const Options& options, core::OutputFile& file) {
  return GephiLiteWriter(g, ontology, options, file).write();
}

}  // namespace weft::exporters
