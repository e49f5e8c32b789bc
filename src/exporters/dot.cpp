// Graphviz: a digraph with labels, colours by type and, if there are looks, places that `neato -n`
// and `neato` keep. Planned, demanded and possible facts are dashed, denied ones red, symmetric
// ones without arrow. Every text is a quoted string on one line in which Graphviz finds neither
// escapes nor entities. Streamed, O(bytes). Reference: graphviz.org/doc/info/lang.html.
#include <algorithm>

#include "exporters/doubts.h"
#include "exporters/escape.h"
#include "exporters/flat_rows.h"
#include "exporters/formats.h"
#include "exporters/graph_writer.h"
#include "graph/fuse.h"

namespace weft::exporters {

namespace {

constexpr double kPointsPerInch = 72;
constexpr size_t kTooltipBytes = 300;
// Graphviz computes with sums of weights in an int, and crashes when they overflow.
constexpr uint32_t kMostWeight = 1000;

class DotWriter : GraphWriter {
 public:
  DotWriter(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
            core::OutputFile& file)
      : GraphWriter(g, ontology, options, file), doubts_(g) {}

  Summary write() {
    const std::vector<uint32_t> degree = degrees(graph_);
    out_.raw(
        "digraph weft {\n  graph [outputorder=edgesfirst, overlap=false];\n"
        "  node [shape=circle, style=filled, fixedsize=shape, penwidth=0, "
        "fontname=\"sans-serif\"];\n"
        "  edge [color=\"#00000055\", fontname=\"sans-serif\", fontsize=8, arrowsize=0.5];\n");
    for (graph::NodeIndex n = 0; n < graph_.nodes.size(); ++n) node(n, degree[n]);
    for (const graph::Edge& e : graph_.edges) edge(e);
    out_.raw("}\n");
    return finish();
  }

 private:
  /// Quoted; for labels and the like, in which a backslash and '&' have a meaning.
  std::string text(std::string_view s) {
    std::string out = "\"";
    for (char c : one_line(s, summary_.replaced_characters)) {
      if (c == '&') {
        out += "&amp;";
        continue;
      }
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    return out += '"';
  }

  void node(graph::NodeIndex index, uint32_t degree) {
    const graph::Node& n = graph_.nodes[index];
    const schema::EntityType& type = ontology_[n.type];
    const double radius = radius_of(looks_, index, degree);
    out_.raw("  ").raw(text(n.id)).raw(" [label=").raw(text(n.label));
    out_.raw(", entity_type=").raw(text(type.name));
    if (!n.kind.empty()) out_.raw(", kind=").raw(text(n.kind));
    out_.raw(", mentions=").integer(n.mentions);
    std::string maybe_same;
    for (const Doubts::Other& d : doubts_.of(index))
      maybe_same += (maybe_same.empty() ? "" : " | ") + doubts_.text(d);
    if (!maybe_same.empty()) out_.raw(", maybe_same=").raw(text(maybe_same));
    out_.raw(", fillcolor=").raw(text(type.color));
    out_.raw(", width=").decimal(2 * radius / kPointsPerInch, 3);
    if (looks_) {
      const graph::NodeLook& look = looks_->nodes[index];
      out_.raw(", community=").integer(look.community);
      out_.raw(", pagerank=").decimal(look.pagerank, 8);
      out_.raw(", betweenness=").decimal(look.betweenness, 8);
      out_.raw(", pos=\"").raw(decimal_text(look.x, 2)).raw(",");
      out_.raw(decimal_text(look.y, 2)).raw("!\"");
    }
    out_.raw("];\n");
  }

  void edge(const graph::Edge& e) {
    const schema::RelationType& relation = ontology_[e.relation];
    out_.raw("  ").raw(text(graph_.nodes[e.source].id)).raw(" -> ");
    out_.raw(text(graph_.nodes[e.target].id)).raw(" [id=").raw(text(e.id));
    out_.raw(", label=").raw(text(shown_relation(e, ontology_)));
    out_.raw(", relation=").raw(text(relation.name));
    out_.raw(", modality=").raw(doc::name(e.summary.modality));
    out_.raw(", polarity=").raw(doc::name(e.summary.polarity));
    if (!e.summary.time.empty()) out_.raw(", time=").raw(text(e.summary.time));
    if (!e.summary.speaker.empty()) out_.raw(", speaker=").raw(text(e.summary.speaker));
    out_.raw(", confidence=").decimal(graph::rounded_confidence(e.summary.confidence));
    out_.raw(", weight=").integer(std::clamp(e.weight, 1u, kMostWeight));
    if (e.summary.modality != doc::Modality::asserted) out_.raw(", style=dashed");
    if (e.summary.polarity == doc::Polarity::negative) out_.raw(", color=\"#CC3311\"");
    if (relation.symmetric) out_.raw(", dir=none");
    if (!e.evidence.empty())
      out_.raw(", tooltip=").raw(text(shortened(e.evidence[0].text, kTooltipBytes)));
    out_.raw("];\n");
  }

  const Doubts doubts_;
};

}  // namespace

Summary write_dot(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
                  core::OutputFile& file) {
  return DotWriter(g, ontology, options, file).write();
}

}  // namespace weft::exporters
