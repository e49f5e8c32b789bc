// The default JSON export: NetworkX's node-link shape (edges="edges"), one node or edge a line,
// keys in fixed order (schema/meta/graph.schema.json). Streamed, O(bytes written). Reference:
// networkx.readwrite.json_graph.node_link_graph.
#include "exporters/formats.h"
#include "exporters/json_members.h"

namespace weft::exporters {

namespace {

constexpr int kFormat = 1;

}  // namespace

Summary write_json(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
                   core::OutputFile& file) {
  JsonStyle style;
  style.doubts_at_nodes = false;  // they are members of the graph
  JsonMembers json(g, ontology, options, file, style);
  json.out().raw("{\"directed\": true, \"multigraph\": true,\n\"graph\": {\"generator\": ");
  json.text("weft " WEFT_VERSION);
  json.out().raw(", \"format\": ").integer(kFormat).raw(", \"documents\": ");
  json.lines(g.documents, [&](const doc::Metadata& d) { json.document(d); });
  json.out().raw(", \"maybe_same\": ");
  json.lines(g.maybe_same, [&](const graph::MaybeSame& m) {
    json.member("{\"a\": ", g.nodes[m.a].id);
    json.member(", \"b\": ", g.nodes[m.b].id);
    json.member(", \"reason\": ", m.reason);
    json.out().raw("}");
  });
  json.out().raw("},\n\"nodes\": ");
  json.lines(g.nodes, [&](const graph::Node& n) {
    json.member("{\"id\": ", n.id);
    json.node_members(", ", n);
    json.out().raw("}");
  });
  json.out().raw(",\n\"edges\": ");
  json.lines(g.edges, [&](const graph::Edge& e) {
    json.member("{\"id\": ", e.id);
    json.member(", \"source\": ", g.nodes[e.source].id);
    json.member(", \"target\": ", g.nodes[e.target].id);
    // NetworkX tells parallel edges apart by "key"; the relation is unique between two nodes.
    json.member(", \"key\": ", ontology[e.relation].name);
    json.edge_members(", ", e);
    json.out().raw("}");
  });
  json.out().raw("}\n");
  return json.finish();
}

}  // namespace weft::exporters
