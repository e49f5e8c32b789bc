// JSON Lines: one fact a line, each complete in itself (names, types, qualifiers, evidence), for
// streams, search engines and data frames. The facts of a node stand together, edges before text
// values. Streamed, O(bytes written). Reference: jsonlines.org.
#include "exporters/formats.h"
#include "exporters/json_members.h"
#include "graph/fuse.h"

namespace weft::exporters {

namespace {

class FactLines {
 public:
  FactLines(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
            core::OutputFile& file)
      : graph_(g), ontology_(ontology), json_(g, ontology, options, file) {}

  Summary write() {
    // Edges are sorted by source.
    graph::EdgeIndex e = 0;
    for (graph::NodeIndex n = 0; n < graph_.nodes.size(); ++n) {
      for (; e < graph_.edges.size() && graph_.edges[e].source == n; ++e) edge(graph_.edges[e]);
      for (const graph::Attribute& a : graph_.nodes[n].attributes) attribute(graph_.nodes[n], a);
    }
    return json_.finish();
  }

 private:
  void entity(std::string_view begin, const graph::Node& n) {
    json_.out().raw(begin);
    json_.member("{\"id\": ", n.id);
    json_.member(", \"label\": ", n.label);
    json_.member(", \"type\": ", ontology_[n.type].name);
    json_.optional_member(", \"kind\": ", n.kind);
    json_.out().raw("}");
  }

  void edge(const graph::Edge& e) {
    json_.member("{\"id\": ", e.id);
    entity(", \"subject\": ", graph_.nodes[e.source]);
    json_.member(", \"relation\": ", ontology_[e.relation].name);
    entity(", \"object\": ", graph_.nodes[e.target]);
    json_.out().raw(", \"value\": null");
    rest(e, e.weight);
  }

  void attribute(const graph::Node& n, const graph::Attribute& a) {
    json_.out().raw("{\"id\": null");
    entity(", \"subject\": ", n);
    json_.member(", \"relation\": ", ontology_[a.relation].name);
    json_.out().raw(", \"object\": null");
    json_.member(", \"value\": ", a.value);
    rest(a, a.evidence.size());
  }

  template <class Fact>
  void rest(const Fact& fact, uint64_t weight) {
    json_.qualifiers(fact.summary);
    json_.out()
        .raw(", \"confidence\": ")
        .decimal(graph::rounded_confidence(fact.summary.confidence));
    json_.out().raw(", \"weight\": ").integer(weight);
    json_.evidence(fact.evidence);
    json_.out().raw("}\n");
  }

  const graph::Graph& graph_;
  const schema::Ontology& ontology_;
  JsonMembers json_;
};

}  // namespace

Summary write_jsonl(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
                    core::OutputFile& file) {
  return FactLines(g, ontology, options, file).write();
}

}  // namespace weft::exporters
