// GraphML as its readers take it (what each does is in tests/interop): keys whose id is their name,
// one edge for each (source, relation, target), no default values, no <desc>, no weight 0, nothing
// named "id" or "type"; places, sizes and colours under the names that Gephi knows. The dialect
// "gephi" adds the edge's kind as the XML attribute `label`, which Gephi and Neo4j read and the
// GraphML schema does not know; "strict" leaves it out and obeys that schema: ids there are
// NMTOKENs, so '/' in an id is ':', and the id itself is the value `entity_id`. NetworkX 3 looks
// edge keys up among all keys by id, so a name that nodes and edges share must have one type.
// Streamed, O(bytes). Reference: graphml.graphdrawing.org/specification.html.
#include <algorithm>
#include <array>

#include "exporters/escape.h"
#include "exporters/flat_rows.h"
#include "exporters/formats.h"
#include "exporters/graph_writer.h"

namespace weft::exporters {

namespace {

constexpr Column kEntityId{"entity_id"};

std::string_view type_name(ColumnType type) {
  return type == ColumnType::integer ? "int" : type == ColumnType::decimal ? "double" : "string";
}

class GraphmlWriter : GraphWriter {
 public:
  GraphmlWriter(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
                core::OutputFile& file)
      : GraphWriter(g, ontology, options, file),
        gephi_(options.dialect != "strict"),
        rows_(g, ontology, options.looks) {}

  Summary write() {
    out_.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\""
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"
        " http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd\">\n");
    if (!gephi_) keys(std::array{kEntityId}, "node");
    keys(rows_.node_columns(), "node");
    keys(rows_.edge_columns(), "edge");
    out_.raw("<graph id=\"weft\" edgedefault=\"directed\">\n");
    for (graph::NodeIndex n = 0; n < graph_.nodes.size(); ++n) node(n);
    for (graph::EdgeIndex e = 0; e < graph_.edges.size(); ++e) edge(e);
    out_.raw("</graph>\n</graphml>\n");
    return finish();
  }

 private:
  void keys(std::span<const Column> columns, const char* of) {
    for (const Column& c : columns) {
      out_.raw("<key id=\"").raw(c.name).raw("\" for=\"").raw(of);
      out_.raw("\" attr.name=\"").raw(c.name);
      out_.raw("\" attr.type=\"").raw(type_name(c.type)).raw("\"/>\n");
    }
  }

  std::string id(std::string_view s) {
    std::string out = text(s);
    if (!gephi_) std::replace(out.begin(), out.end(), '/', ':');
    return out;
  }

  std::string text(std::string_view s) { return xml_text(s, summary_.replaced_characters); }

  void data(std::string_view key, const Value& value) {
    if (std::holds_alternative<std::monostate>(value)) return;
    out_.raw("<data key=\"").raw(key).raw("\">");
    if (const auto* s = std::get_if<std::string>(&value)) {
      out_.raw(text(*s));
      // Gephi loses a value that reads "null"; a space behind it saves the text.
      if (gephi_ && *s == "null") out_.raw(" ");
    } else {
      out_.raw(number_text(value));
    }
    out_.raw("</data>");
  }

  void node(graph::NodeIndex index) {
    out_.raw("<node id=\"").raw(id(graph_.nodes[index].id)).raw("\">");
    if (!gephi_) data(kEntityId.name, graph_.nodes[index].id);
    const std::vector<Value>& row = rows_.node(index);
    for (size_t i = 0; i < row.size(); ++i) data(rows_.node_columns()[i].name, row[i]);
    out_.raw("</node>\n");
  }

  void edge(graph::EdgeIndex index) {
    const graph::Edge& e = graph_.edges[index];
    out_.raw("<edge id=\"").raw(text(e.id));
    out_.raw("\" source=\"").raw(id(graph_.nodes[e.source].id));
    out_.raw("\" target=\"").raw(id(graph_.nodes[e.target].id));
    // Symmetric relations stay directed here: NetworkX refuses a file that mixes directed and
    // undirected edges.
    if (gephi_) out_.raw("\" label=\"").raw(text(ontology_[e.relation].name));
    out_.raw("\">");
    const std::vector<Value>& row = rows_.edge(index);
    for (size_t i = 0; i < row.size(); ++i) data(rows_.edge_columns()[i].name, row[i]);
    out_.raw("</edge>\n");
  }

  const bool gephi_;
  FlatRows rows_;
};

}  // namespace

Summary write_graphml(const graph::Graph& g, const schema::Ontology& ontology,
                      const Options& options, core::OutputFile& file) {
  return GraphmlWriter(g, ontology, options, file).write();
}

}  // namespace weft::exporters
