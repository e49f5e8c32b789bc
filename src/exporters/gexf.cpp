// GEXF 1.3 with places, sizes and colours (viz) and a timeline (spells), as Gephi, Gephi Lite and
// NetworkX take it. An attribute's id is its title, since Gephi Lite shows the id; one <attributes>
// block a class, since it honours only the last; viz:size has `value` first, since Gephi looks at
// no other attribute. Spells are whole days that don't overlap. A symmetric relation is undirected
// and no default type is declared, because with one Gephi drops the other kind; the dialect
// "directed" is for readers that can't mix both (NetworkX). Streamed, O(bytes).
// Reference: gexf.net/schema.html.
#include <algorithm>

#include "exporters/escape.h"
#include "exporters/flat_rows.h"
#include "exporters/formats.h"
#include "exporters/graph_writer.h"
#include "exporters/spells.h"

namespace weft::exporters {

namespace {

/// Columns that GEXF has its own place for.
bool is_built_in(std::string_view column) {
  for (const std::string_view name :
       {"label", "x", "y", "size", "r", "g", "b", "color", "edgelabel", "weight"})
    if (column == name) return true;
  return false;
}

std::string_view type_name(ColumnType type) {
  return type == ColumnType::integer   ? "integer"
         : type == ColumnType::decimal ? "double"
                                       : "string";
}

class GexfWriter : GraphWriter {
 public:
  GexfWriter(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
             core::OutputFile& file)
      : GraphWriter(g, ontology, options, file),
        all_directed_(options.dialect == "directed"),
        rows_(g, ontology, options.looks) {}

  Summary write() {
    const bool dynamic = std::any_of(graph_.edges.begin(), graph_.edges.end(),
                                     [](const graph::Edge& e) { return !spells(e).empty(); });
    out_.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\""
        " version=\"1.3\">\n<meta><creator>weft " WEFT_VERSION "</creator></meta>\n<graph");
    if (all_directed_) out_.raw(" defaultedgetype=\"directed\"");
    out_.raw(dynamic ? " mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">\n"
                     : " mode=\"static\">\n");
    attributes(rows_.node_columns(), "node");
    attributes(rows_.edge_columns(), "edge");
    out_.raw("<nodes>\n");
    for (graph::NodeIndex n = 0; n < graph_.nodes.size(); ++n) node(n);
    out_.raw("</nodes>\n<edges>\n");
    for (graph::EdgeIndex e = 0; e < graph_.edges.size(); ++e) edge(e);
    out_.raw("</edges>\n</graph>\n</gexf>\n");
    return finish();
  }

 private:
  void attributes(std::span<const Column> columns, const char* of) {
    out_.raw("<attributes class=\"").raw(of).raw("\">\n");
    for (const Column& c : columns) {
      if (is_built_in(c.name)) continue;
      out_.raw("<attribute id=\"").raw(c.name).raw("\" title=\"").raw(c.name);
      out_.raw("\" type=\"").raw(type_name(c.type)).raw("\"/>\n");
    }
    out_.raw("</attributes>\n");
  }

  std::string text(std::string_view s) { return xml_text(s, summary_.replaced_characters); }

  void values(std::span<const Column> columns, const std::vector<Value>& row) {
    out_.raw("<attvalues>");
    for (size_t i = 0; i < row.size(); ++i) {
      if (is_built_in(columns[i].name) || std::holds_alternative<std::monostate>(row[i])) continue;
      const auto* s = std::get_if<std::string>(&row[i]);
      out_.raw("<attvalue for=\"").raw(columns[i].name).raw("\" value=\"");
      out_.raw(s ? text(*s) : number_text(row[i])).raw("\"/>");
    }
    out_.raw("</attvalues>");
  }

  void node(graph::NodeIndex index) {
    const graph::Node& n = graph_.nodes[index];
    out_.raw("<node id=\"").raw(text(n.id)).raw("\" label=\"").raw(text(n.label)).raw("\">");
    const std::vector<Value>& row = rows_.node(index);
    values(rows_.node_columns(), row);
    const Color color = color_from(ontology_[n.type].color);
    out_.raw("<viz:color r=\"").integer(color.red).raw("\" g=\"").integer(color.green);
    out_.raw("\" b=\"").integer(color.blue).raw("\"/>");
    if (looks_) {
      const graph::NodeLook& look = looks_->nodes[index];
      out_.raw("<viz:position x=\"").raw(decimal_text(look.x, 2));
      out_.raw("\" y=\"").raw(decimal_text(look.y, 2)).raw("\"/>");
    }
    out_.raw("<viz:size value=\"");
    out_.raw(number_text(*FlatRows::find(rows_.node_columns(), row, "size")));
    out_.raw("\"/></node>\n");
  }

  void edge(graph::EdgeIndex index) {
    const graph::Edge& e = graph_.edges[index];
    const schema::RelationType& relation = ontology_[e.relation];
    const bool directed = all_directed_ || !relation.symmetric;
    out_.raw("<edge id=\"").raw(text(e.id));
    out_.raw("\" source=\"").raw(text(graph_.nodes[e.source].id));
    out_.raw("\" target=\"").raw(text(graph_.nodes[e.target].id));
    out_.raw(directed ? "\" type=\"directed" : "\" type=\"undirected");
    out_.raw("\" kind=\"").raw(text(relation.name));
    out_.raw("\" label=\"").raw(text(shown_relation(e, ontology_)));
    out_.raw("\" weight=\"").integer(std::max(e.weight, 1u)).raw("\">");
    values(rows_.edge_columns(), rows_.edge(index));
    if (const auto times = spells(e); !times.empty()) {
      out_.raw("<spells>");
      for (const text::DayRange range : times) spell(range);
      out_.raw("</spells>");
    }
    out_.raw("</edge>\n");
  }

  void spell(text::DayRange range) {
    out_.raw("<spell");
    if (const std::string day = first_day(range); !day.empty())
      out_.raw(" start=\"").raw(day).raw("\"");
    if (const std::string day = last_day(range); !day.empty())
      out_.raw(" end=\"").raw(day).raw("\"");
    out_.raw("/>");
  }

  const bool all_directed_;
  FlatRows rows_;
};

}  // namespace

Summary write_gexf(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
                   core::OutputFile& file) {
  return GexfWriter(g, ontology, options, file).write();
}

}  // namespace weft::exporters
