// graphology's serialised graph, which sigma and Gephi Lite open: Graph.from(JSON.parse(file))
// gives a mixed multigraph in which symmetric relations are undirected. No attribute is called
// "type", since sigma takes that for the program that draws the node. Streamed, O(bytes written).
// Reference: graphology.github.io/serialization.html.
#include "exporters/flat_rows.h"
#include "exporters/formats.h"
#include "exporters/json_members.h"

namespace weft::exporters {

Summary write_graphology(const graph::Graph& g, const schema::Ontology& ontology,
                         const Options& options, core::OutputFile& file) {
  JsonStyle style;
  style.type_member = "entity_type";
  style.joined_aliases = true;
  style.looks_always = true;
  JsonMembers json(g, ontology, options, file, style);
  json.out().raw("{\"attributes\": {\"generator\": ");
  json.text("weft " WEFT_VERSION);
  json.out().raw(", \"documents\": ");
  json.lines(g.documents, [&](const doc::Metadata& d) { json.document(d); });
  json.out().raw(
      "},\n\"options\": {\"type\": \"mixed\", \"multi\": true, \"allowSelfLoops\": true},\n"
      "\"nodes\": ");
  json.lines(g.nodes, [&](const graph::Node& n) {
    json.member("{\"key\": ", n.id);
    json.node_members(", \"attributes\": {", n);
    json.out().raw("}}");
  });
  json.out().raw(",\n\"edges\": ");
  json.lines(g.edges, [&](const graph::Edge& e) {
    json.member("{\"key\": ", e.id);
    json.member(", \"source\": ", g.nodes[e.source].id);
    json.member(", \"target\": ", g.nodes[e.target].id);
    if (ontology[e.relation].symmetric) json.out().raw(", \"undirected\": true");
    json.member(", \"attributes\": {\"label\": ", shown_relation(e, ontology));
    json.edge_members(", ", e);
    json.out().raw("}}");
  });
  json.out().raw("}\n");
  return json.finish();
}

}  // namespace weft::exporters
