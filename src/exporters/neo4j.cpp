// Two tables with the headers of neo4j-admin's importer, and a script with the command that imports
// them: nodes labelled Entity and by type, relationships typed by relation in capitals. Lists are
// joined by ';' (a ';' inside becomes ','), and texts stand on one line, so that the importer needs
// no further option. Streamed, O(bytes). Reference: Neo4j Operations Manual, "Import".
#include <algorithm>
#include <cctype>

#include "exporters/doubts.h"
#include "exporters/escape.h"
#include "exporters/flat_rows.h"
#include "exporters/formats.h"
#include "exporters/graph_writer.h"
#include "exporters/spells.h"
#include "graph/fuse.h"

namespace weft::exporters {

namespace {

class Neo4jWriter : GraphWriter {
 public:
  using GraphWriter::GraphWriter;

  Summary nodes() {
    const std::vector<uint32_t> degree = degrees(graph_);
    const Doubts doubts(graph_);
    out_.raw("id:ID,name,:LABEL,kind,aliases:string[],mentions:long,documents:long,degree:long,");
    out_.raw("attributes:string[],maybe_same:string[],color");
    out_.raw(looks_ ? ",x:double,y:double,size:double,community:long,pagerank:double,"
                      "betweenness:double\n"
                    : "\n");
    for (size_t i = 0; i < graph_.nodes.size(); ++i) {
      const graph::Node& n = graph_.nodes[i];
      out_.raw(field(n.id)).raw(",").raw(field(n.label));
      out_.raw(",Entity;").raw(field(ontology_[n.type].name)).raw(",").raw(field(n.kind)).raw(",");
      list(n.aliases, [](const doc::Alias& a) { return a.form; });
      out_.raw(",").integer(n.mentions).raw(",").integer(n.documents);
      out_.raw(",").integer(degree[i]).raw(",");
      list(n.attributes,
           [&](const graph::Attribute& a) { return ontology_[a.relation].name + ": " + a.value; });
      out_.raw(",");
      list(doubts.of(static_cast<graph::NodeIndex>(i)),
           [&](const Doubts::Other& d) { return doubts.text(d); });
      out_.raw(",").raw(field(ontology_[n.type].color));
      if (looks_) look(looks_->nodes[i]);
      out_.raw("\n");
    }
    return finish(graph_.nodes.size(), 0);
  }

  Summary relationships() {
    out_.raw(
        ":START_ID,:END_ID,:TYPE,id,weight:long,modality,polarity,time,start:date,end:date,"
        "speaker,confidence:double,evidence:string[],sources:string[]\n");
    for (const graph::Edge& e : graph_.edges) {
      const graph::Qualifiers& q = e.summary;
      const Span span = span_of(e);
      out_.raw(field(graph_.nodes[e.source].id)).raw(",").raw(field(graph_.nodes[e.target].id));
      out_.raw(",").raw(field(capitals(ontology_[e.relation].name))).raw(",").raw(field(e.id));
      out_.raw(",").integer(std::max(e.weight, 1u)).raw(",").raw(doc::name(q.modality));
      out_.raw(",").raw(doc::name(q.polarity)).raw(",").raw(field(q.time));
      out_.raw(",").raw(span.start).raw(",").raw(span.end).raw(",").raw(field(q.speaker));
      out_.raw(",").decimal(graph::rounded_confidence(q.confidence)).raw(",");
      list(e.evidence, [](const graph::EvidenceItem& item) { return item.text; });
      out_.raw(",");
      list(e.evidence, [](const graph::EvidenceItem& item) { return item.document; });
      out_.raw("\n");
    }
    return finish(0, graph_.edges.size());
  }

  Summary command(const std::vector<std::string>& files) {
    out_.raw(
        "#!/bin/sh\n"
        "# Loads the two tables beside this file into a Neo4j 5 database that is stopped and "
        "empty.\n# usage: import.sh [DATABASE]     (default: neo4j)\n"
        "cd \"$(dirname \"$0\")\" || exit 1\n"
        "# The database's name stands first: behind --relationships it would be taken for a file.\n"
        "exec neo4j-admin database import full \"${1:-neo4j}\" --array-delimiter=';' \\\n"
        "  --nodes=");
    out_.raw(shell_word(files.size() == 3 ? files[0] : "nodes.csv"));
    out_.raw(" --relationships=");
    out_.raw(shell_word(files.size() == 3 ? files[1] : "relationships.csv"));
    out_.raw("\n");
    return finish(0, 0);
  }

 private:
  std::string field(std::string_view s) {
    const std::string line = one_line(s, summary_.replaced_characters);
    return csv_text(line, summary_.replaced_characters);
  }

  template <class Items, class Text>
  void list(const Items& items, Text&& text_of) {
    std::string joined;
    for (const auto& item : items) {
      if (!joined.empty()) joined += ';';
      for (char c : one_line(text_of(item), summary_.replaced_characters))
        joined += c == ';' ? ',' : c;
    }
    out_.raw(field(joined));
  }

  void look(const graph::NodeLook& look) {
    out_.raw(",").raw(decimal_text(look.x, 2)).raw(",").raw(decimal_text(look.y, 2));
    out_.raw(",").decimal(look.size, 2).raw(",").integer(look.community);
    out_.raw(",").decimal(look.pagerank, 8).raw(",").decimal(look.betweenness, 8);
  }

  static std::string capitals(std::string s) {
    for (char& c : s) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return s;
  }

  static std::string shell_word(std::string_view s) {
    std::string out = "'";
    for (char c : s) c == '\'' ? out += "'\\''" : out += c;
    return out += "'";
  }
};

}  // namespace

Summary write_neo4j(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
                    core::OutputFile& file) {
  Neo4jWriter writer(g, ontology, options, file);
  if (options.part == "import.sh") return writer.command(options.part_names);
  return options.part == "relationships.csv" ? writer.relationships() : writer.nodes();
}

}  // namespace weft::exporters
