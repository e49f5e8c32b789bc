// Each row is made when it is asked for, so memory does not grow with the graph; O(bytes of the
// row). Lists are joined by '|', and a '|' inside an item becomes '/'.
#include "exporters/flat_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "exporters/byte_writer.h"
#include "exporters/escape.h"
#include "exporters/spells.h"
#include "graph/fuse.h"

namespace weft::exporters {

namespace {

using enum ColumnType;

constexpr std::array kEdgeColumns = {
    Column{"edgelabel", text}, Column{"weight", decimal},     Column{"relation", text},
    Column{"modality", text},  Column{"polarity", text},      Column{"time", text},
    Column{"start", text},     Column{"end", text},           Column{"date_precision", text},
    Column{"speaker", text},   Column{"confidence", decimal}, Column{"evidence", text},
    Column{"sources", text},
};

void join(std::string& list, std::string_view item) {
  if (!list.empty()) list += '|';
  for (char c : item) list += c == '|' ? '/' : c;
}

Value optional(std::string s) { return s.empty() ? Value() : Value(std::move(s)); }
Value optional(std::string_view s) { return optional(std::string(s)); }

std::string attributes_of(const graph::Node& n, const schema::Ontology& ontology) {
  std::string out;
  for (const graph::Attribute& a : n.attributes) {
    std::string item = ontology[a.relation].name + ": " + a.value;
    if (a.summary.polarity == doc::Polarity::negative) item += " (not)";
    if (a.summary.modality != doc::Modality::asserted)
      item += " (" + std::string(doc::name(a.summary.modality)) + ")";
    join(out, item);
  }
  return out;
}

}  // namespace

FlatRows::FlatRows(const graph::Graph& graph, const schema::Ontology& ontology,
                   const graph::Looks* looks)
    : graph_(graph), ontology_(ontology), looks_(looks), degree_(degrees(graph)), doubts_(graph) {
  node_columns_ = {{"label", text},     {"entity_type", text}, {"kind", text},
                   {"aliases", text},   {"mentions", integer}, {"documents", integer},
                   {"degree", integer}, {"attributes", text},  {"maybe_same", text},
                   {"geonames", text},  {"iso", text}};
  if (looks_)
    for (const Column& c :
         {Column{"x", decimal}, Column{"y", decimal}, Column{"community", integer},
          Column{"pagerank", decimal}, Column{"betweenness", decimal}})
      node_columns_.push_back(c);
  for (const Column& c : {Column{"size", decimal}, Column{"r", integer}, Column{"g", integer},
                          Column{"b", integer}, Column{"color", text}})
    node_columns_.push_back(c);
}

std::span<const Column> FlatRows::edge_columns() const { return kEdgeColumns; }

const std::vector<Value>& FlatRows::node(graph::NodeIndex index) {
  const graph::Node& n = graph_.nodes[index];
  const schema::EntityType& type = ontology_[n.type];
  std::string aliases;
  for (const doc::Alias& a : n.aliases) join(aliases, a.form);
  std::string maybe_same;
  for (const Doubts::Other& d : doubts_.of(index)) join(maybe_same, doubts_.text(d));
  row_.assign({optional(n.label), type.name, optional(n.kind), optional(std::move(aliases)),
               uint64_t{n.mentions}, uint64_t{n.documents}, uint64_t{degree_[index]},
               optional(attributes_of(n, ontology_)), optional(std::move(maybe_same)),
               optional(n.place.geonames), optional(n.place.iso)});
  if (looks_) {
    const graph::NodeLook& look = looks_->nodes[index];
    row_.insert(row_.end(), {Decimal{look.x, 2}, Decimal{look.y, 2}, uint64_t{look.community},
                             Decimal{look.pagerank, 8}, Decimal{look.betweenness, 8}});
  }
  const Color color = color_from(type.color);
  row_.insert(row_.end(),
              {Decimal{radius_of(looks_, index, degree_[index]), 2}, uint64_t{color.red},
               uint64_t{color.green}, uint64_t{color.blue}, type.color});
  return row_;
}

const std::vector<Value>& FlatRows::edge(graph::EdgeIndex index) {
  const graph::Edge& e = graph_.edges[index];
  const graph::Qualifiers& q = e.summary;
  std::string texts, sources;
  for (size_t i = 0; i < std::min(kEvidenceTexts, e.evidence.size()); ++i)
    join(texts, shortened(e.evidence[i].text, kEvidenceBytes));
  std::set<std::string_view> seen;
  for (const graph::EvidenceItem& item : e.evidence)
    if (seen.insert(item.document).second) join(sources, item.document);
  const Span span = span_of(e);
  row_.assign({shown_relation(e, ontology_), Decimal{static_cast<double>(std::max(e.weight, 1u))},
               ontology_[e.relation].name, std::string(doc::name(q.modality)),
               std::string(doc::name(q.polarity)), optional(q.time), optional(span.start),
               optional(span.end), optional(span.precision), optional(q.speaker),
               Decimal{graph::rounded_confidence(q.confidence), 4}, optional(std::move(texts)),
               optional(std::move(sources))});
  return row_;
}

const Value* FlatRows::find(std::span<const Column> columns, const std::vector<Value>& row,
                            std::string_view name) {
  for (size_t i = 0; i < columns.size(); ++i)
    if (columns[i].name == name) return &row[i];
  return nullptr;
}

std::string number_text(const Value& value) {
  if (const auto* n = std::get_if<uint64_t>(&value)) return std::to_string(*n);
  const Decimal d = std::get<Decimal>(value);
  return decimal_text(d.value, d.digits);
}

std::string shown_relation(const graph::Edge& edge, const schema::Ontology& ontology) {
  std::string shown = ontology[edge.relation].name;
  std::replace(shown.begin(), shown.end(), '_', ' ');
  if (edge.summary.polarity == doc::Polarity::negative) shown = "not " + shown;
  if (edge.summary.modality != doc::Modality::asserted)
    shown += " (" + std::string(doc::name(edge.summary.modality)) + ")";
  return shown;
}

Color color_from(std::string_view hex) {
  if (hex.size() != 7 || hex[0] != '#') return {};
  unsigned value = 0;
  for (char c : hex.substr(1)) {
    const int digit = c >= '0' && c <= '9'                 ? c - '0'
                      : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                           : -1;
    if (digit < 0) return {};
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return {value >> 16, value >> 8 & 255, value & 255};
}

double radius_of(const graph::Looks* looks, graph::NodeIndex node, uint32_t degree) {
  if (looks) return looks->nodes[node].size;
  // The area of a dot grows with the degree.
  return std::round(40 + 40 * std::sqrt(static_cast<double>(degree))) / 10;
}

std::vector<uint32_t> degrees(const graph::Graph& graph) {
  std::vector<uint32_t> degree(graph.nodes.size());
  for (const graph::Edge& e : graph.edges) {
    ++degree[e.source];
    ++degree[e.target];
  }
  return degree;
}

}  // namespace weft::exporters
