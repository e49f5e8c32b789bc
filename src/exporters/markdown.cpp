// A report for people: of one entity (Options::focus) with all that is said of it, or of the whole
// graph, entity by entity. Facts stand under their relation, each with the sentences that prove it
// and a number that leads to the list of documents at the end. Names and quotes can't become
// markup: punctuation is escaped and line ends are spaces. Streamed; O(bytes), and for one entity
// O(edges). Reference: CommonMark 0.30.
#include <algorithm>
#include <tuple>

#include "exporters/doubts.h"
#include "exporters/escape.h"
#include "exporters/flat_rows.h"
#include "exporters/formats.h"
#include "exporters/graph_writer.h"
#include "graph/fuse.h"

namespace weft::exporters {

namespace {

class MarkdownWriter : GraphWriter {
 public:
  MarkdownWriter(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
                 core::OutputFile& file)
      : GraphWriter(g, ontology, options, file), doubts_(g) {}

  Summary write() {
    if (options_.focus != graph::kNoNode)
      one_entity(options_.focus);
    else
      whole_graph();
    sources();
    return finish();
  }

 private:
  std::string text(std::string_view s) {
    std::string out;
    for (char c : one_line(s, summary_.replaced_characters)) {
      if (c == '<')
        out += "&lt;";
      else if (c == '&')
        out += "&amp;";
      else if (std::string_view("\\`*_{}[]()#+!|>~$@:").find(c) != std::string_view::npos)
        out += {'\\', c};
      else
        out += c;
    }
    return out;
  }

  static std::string spaced(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
  }

  void whole_graph() {
    out_.raw("# Knowledge graph\n\n").integer(graph_.nodes.size()).raw(" entities and ");
    out_.integer(graph_.edges.size()).raw(" facts between them from ");
    out_.integer(graph_.documents.size())
        .raw(" documents.\n\n| type | entities |\n| --- | ---: |\n");
    std::vector<uint64_t> count(ontology_.types().size());
    for (const graph::Node& n : graph_.nodes) ++count[n.type.value];
    for (size_t t = 0; t < count.size(); ++t)
      if (count[t] > 0)
        out_.raw("| ")
            .raw(text(ontology_.types()[t].name))
            .raw(" | ")
            .integer(count[t])
            .raw(" |\n");
    graph::EdgeIndex e = 0;
    for (graph::NodeIndex n = 0; n < graph_.nodes.size(); ++n) {
      std::vector<graph::EdgeIndex> said;
      for (; e < graph_.edges.size() && graph_.edges[e].source == n; ++e) said.push_back(e);
      out_.raw("\n## ").raw(text(graph_.nodes[n].label)).raw("\n\n");
      about(n);
      facts(n, said, "###");
    }
  }

  void one_entity(graph::NodeIndex focus) {
    out_.raw("# ").raw(text(graph_.nodes[focus].label)).raw("\n\n");
    about(focus);
    std::vector<graph::EdgeIndex> said, around;
    for (graph::EdgeIndex e = 0; e < graph_.edges.size(); ++e) {
      const graph::Edge& edge = graph_.edges[e];
      (edge.source == focus || edge.target == focus ? said : around).push_back(e);
    }
    // By relation, its own facts before those that point to it.
    std::stable_sort(said.begin(), said.end(), [&](graph::EdgeIndex a, graph::EdgeIndex b) {
      const auto key = [&](graph::EdgeIndex i) {
        const graph::Edge& edge = graph_.edges[i];
        return std::tuple(edge.source != focus, std::string_view(ontology_[edge.relation].name));
      };
      return key(a) < key(b);
    });
    facts(focus, said, "##");
    if (around.empty()) return;
    out_.raw("\n## Among its neighbours\n\n");
    for (const graph::EdgeIndex i : around) {
      const graph::Edge& e = graph_.edges[i];
      fact("**" + text(graph_.nodes[e.source].label) + "** " +
               text(spaced(ontology_[e.relation].name)) + " **" +
               text(graph_.nodes[e.target].label) + "**",
           e.summary, e.evidence);
    }
  }

  void about(graph::NodeIndex index) {
    const graph::Node& n = graph_.nodes[index];
    out_.raw(text(ontology_[n.type].name));
    if (!n.kind.empty()) out_.raw(", ").raw(text(n.kind));
    out_.raw(". Mentions: ").integer(n.mentions).raw("; documents: ").integer(n.documents);
    if (looks_) {
      const graph::NodeLook& look = looks_->nodes[index];
      out_.raw("; edges: ").integer(look.degree);
      out_.raw("; PageRank: ").decimal(look.pagerank, 6);
      out_.raw("; community: ").integer(look.community);
    }
    out_.raw(". Id: `").raw(n.id).raw("`.\n");
    std::string others;
    for (const doc::Alias& a : n.aliases)
      if (a.form != n.label) others += (others.empty() ? "" : "; ") + text(a.form);
    if (!others.empty()) out_.raw("\nAlso written: ").raw(others).raw("\n");
    for (const Doubts::Other& d : doubts_.of(index)) {
      const graph::Node& other = graph_.nodes[d.other];
      out_.raw("\nMaybe the same as ").raw(text(other.label)).raw(" (`").raw(other.id);
      out_.raw("`): ").raw(text(d.reason)).raw("\n");
    }
  }

  /// Edges that stand in order of direction and relation, then the text values.
  void facts(graph::NodeIndex of, const std::vector<graph::EdgeIndex>& edges,
             std::string_view heading) {
    std::string last;
    const auto begin = [&](const std::string& title) {
      if (title != last) out_.raw("\n").raw(heading).raw(" ").raw(text(title)).raw("\n\n");
      last = title;
    };
    for (const graph::EdgeIndex i : edges) {
      const graph::Edge& e = graph_.edges[i];
      const schema::RelationType& relation = ontology_[e.relation];
      begin(e.source == of ? spaced(relation.name) : relation.inverse);
      fact("**" + text(graph_.nodes[e.source == of ? e.target : e.source].label) + "**", e.summary,
           e.evidence);
    }
    for (const graph::Attribute& a : graph_.nodes[of].attributes) {
      begin(spaced(ontology_[a.relation].name));
      fact("**" + text(a.value) + "**", a.summary, a.evidence);
    }
  }

  void fact(const std::string& what, const graph::Qualifiers& q,
            const std::vector<graph::EvidenceItem>& evidence) {
    out_.raw("- ").raw(what).raw(" (");
    if (q.polarity == doc::Polarity::negative) out_.raw("denied, ");
    out_.raw(doc::name(q.modality));
    if (!q.time.empty()) out_.raw("; ").raw(text(q.time));
    if (!q.speaker.empty()) out_.raw("; says ").raw(label_of(q.speaker));
    out_.raw("; confidence ").decimal(graph::rounded_confidence(q.confidence), 2).raw(")\n");
    for (const graph::EvidenceItem& e : evidence)
      out_.raw("  > ").raw(text(e.text)).raw(" ").raw(source_of(e.document)).raw("\n  >\n");
  }

  std::string label_of(std::string_view id) {
    const graph::NodeIndex n = graph_.find(id);
    return text(n == graph::kNoNode ? id : std::string_view(graph_.nodes[n].label));
  }

  /// "(3)", its number in the list at the end.
  std::string source_of(std::string_view id) {
    const auto it = std::lower_bound(
        graph_.documents.begin(), graph_.documents.end(), id,
        [](const doc::Metadata& d, std::string_view wanted) { return d.id < wanted; });
    if (it == graph_.documents.end() || it->id != id) return "\\(" + text(id) + "\\)";
    return "\\(" + std::to_string(it - graph_.documents.begin() + 1) + "\\)";
  }

  void sources() {
    if (graph_.documents.empty()) return;
    out_.raw("\n## Documents\n\n");
    size_t number = 0;
    for (const doc::Metadata& d : graph_.documents) {
      out_.integer(++number).raw(". ").raw(text(d.title.empty() ? d.id : d.title));
      if (!d.source.empty()) out_.raw(", ").raw(text(d.source));
      if (!d.date.empty()) out_.raw(", ").raw(text(d.date));
      out_.raw(" (").raw(text(d.url.empty() ? d.id : d.url)).raw(")\n");
    }
  }

  const Doubts doubts_;
};

}  // namespace

Summary write_markdown(const graph::Graph& g, const schema::Ontology& ontology,
                       const Options& options, core::OutputFile& file) {
  return MarkdownWriter(g, ontology, options, file).write();
}

}  // namespace weft::exporters
