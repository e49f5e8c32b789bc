// The shape that D3's force layout, force-graph and NetworkX's link="links" read: {nodes: [{id}],
// links: [{source, target}]}, with `group` and `value` as in D3's examples, so that those run as
// they are. y grows downwards, as on a screen. Streamed, O(bytes written). Reference:
// d3js.org/d3-force/link.
#include "exporters/formats.h"
#include "exporters/json_members.h"

namespace weft::exporters {

Summary write_d3(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
                 core::OutputFile& file) {
  JsonStyle style;
  style.looks_always = true;
  style.y_down = true;
  JsonMembers json(g, ontology, options, file, style);
  json.out().raw("{\"nodes\": ");
  json.lines(g.nodes, [&](const graph::Node& n) {
    json.member("{\"id\": ", n.id);
    json.member(", \"group\": ", ontology[n.type].name);
    json.node_members(", ", n);
    json.out().raw("}");
  });
  json.out().raw(",\n\"links\": ");
  json.lines(g.edges, [&](const graph::Edge& e) {
    json.member("{\"id\": ", e.id);
    json.member(", \"source\": ", g.nodes[e.source].id);
    json.member(", \"target\": ", g.nodes[e.target].id);
    json.out().raw(", \"value\": ").integer(e.weight);
    json.edge_members(", ", e);
    json.out().raw("}");
  });
  json.out().raw("}\n");
  return json.finish();
}

}  // namespace weft::exporters
