// Cytoscape.js and Cytoscape (.cyjs): elements with `data`, a `position` for the layout "preset",
// and the type as a class for style sheets (".person"). y grows downwards, as on a screen.
// Streamed, O(bytes written). Reference: js.cytoscape.org/#notation/elements-json.
#include <cctype>

#include "exporters/flat_rows.h"
#include "exporters/formats.h"
#include "exporters/json_members.h"

namespace weft::exporters {

namespace {

std::string class_of(const schema::EntityType& type) {
  std::string name = type.name;
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

}  // namespace

Summary write_cytoscape(const graph::Graph& g, const schema::Ontology& ontology,
                        const Options& options, core::OutputFile& file) {
  JsonStyle style;
  style.looks_always = true;
  style.y_down = true;
  JsonMembers json(g, ontology, options, file, style);
  json.out().raw("{\"data\": {\"name\": \"weft\"}, \"elements\": {\"nodes\": ");
  json.lines(g.nodes, [&](const graph::Node& n) {
    json.member("{\"data\": {\"id\": ", n.id);
    json.member(", \"name\": ", n.label);
    json.node_members(", ", n);
    json.out().raw("}");
    if (json.place(", \"position\": {", n)) json.out().raw("}");
    json.member(", \"classes\": ", class_of(ontology[n.type]));
    json.out().raw("}");
  });
  json.out().raw(",\n\"edges\": ");
  json.lines(g.edges, [&](const graph::Edge& e) {
    json.member("{\"data\": {\"id\": ", e.id);
    json.member(", \"source\": ", g.nodes[e.source].id);
    json.member(", \"target\": ", g.nodes[e.target].id);
    json.member(", \"label\": ", shown_relation(e, ontology));
    json.edge_members(", ", e);
    json.out().raw("}");
    json.member(", \"classes\": ", doc::name(e.summary.modality));
    json.out().raw("}");
  });
  json.out().raw("}}\n");
  return json.finish();
}

}  // namespace weft::exporters
