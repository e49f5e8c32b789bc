// The functions behind the rows of table.cpp; a new format adds a line here, a row there and its
// own .cpp.
#pragma once

#include "exporters/table.h"

namespace weft::exporters {

Summary write_graphml(const graph::Graph&, const schema::Ontology&, const Options&,
                      core::OutputFile&);
Summary write_gexf(const graph::Graph&, const schema::Ontology&, const Options&, core::OutputFile&);
Summary write_json(const graph::Graph&, const schema::Ontology&, const Options&, core::OutputFile&);
Summary write_graphology(const graph::Graph&, const schema::Ontology&, const Options&,
                         core::OutputFile&);
Summary write_d3(const graph::Graph&, const schema::Ontology&, const Options&, core::OutputFile&);
Summary write_cytoscape(const graph::Graph&, const schema::Ontology&, const Options&,
                        core::OutputFile&);
Summary write_gephi_lite(const graph::Graph&, const schema::Ontology&, const Options&,
                         core::OutputFile&);
Summary write_gephi_csv(const graph::Graph&, const schema::Ontology&, const Options&,
                        core::OutputFile&);
Summary write_neo4j(const graph::Graph&, const schema::Ontology&, const Options&,
                    core::OutputFile&);
Summary write_turtle(const graph::Graph&, const schema::Ontology&, const Options&,
                     core::OutputFile&);
Summary write_dot(const graph::Graph&, const schema::Ontology&, const Options&, core::OutputFile&);
Summary write_jsonl(const graph::Graph&, const schema::Ontology&, const Options&,
                    core::OutputFile&);
Summary write_markdown(const graph::Graph&, const schema::Ontology&, const Options&,
                       core::OutputFile&);
Summary write_html(const graph::Graph&, const schema::Ontology&, const Options&, core::OutputFile&);
Summary write_svg(const graph::Graph&, const schema::Ontology&, const Options&, core::OutputFile&);
Summary write_png(const graph::Graph&, const schema::Ontology&, const Options&, core::OutputFile&);

}  // namespace weft::exporters
