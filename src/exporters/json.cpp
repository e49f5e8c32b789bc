// The default JSON export: NetworkX's node-link shape (edges="edges"), one node or edge a line,
// keys in fixed order (schema/meta/graph.schema.json). Written as it goes, so memory does not grow
// with the graph; O(bytes written). Reference: RFC 8259;
// networkx.readwrite.json_graph.node_link_graph.
#include "exporters/byte_writer.h"
#include "exporters/formats.h"

namespace weft::exporters {

namespace {

constexpr int kFormat = 1;

class JsonWriter {
 public:
  JsonWriter(const schema::Ontology& ontology, core::OutputFile& file)
      : ontology_(ontology), out_(file) {}

  Summary write(const graph::Graph& g) {
    out_.raw("{\"directed\": true, \"multigraph\": true,\n\"graph\": {\"generator\": ");
    text(std::string("weft ") + WEFT_VERSION);
    out_.raw(", \"format\": ").integer(kFormat).raw(", \"documents\": [");
    list(g.documents, [&](const doc::Metadata& d) { document(d); });
    out_.raw("]},\n\"nodes\": [");
    list(g.nodes, [&](const graph::Node& n) { node(n); });
    out_.raw("],\n\"edges\": [");
    list(g.edges, [&](const graph::Edge& e) { edge(g, e); });
    out_.raw("]}\n");
    out_.flush();
    summary_.nodes = g.nodes.size();
    summary_.edges = g.edges.size();
    return summary_;
  }

 private:
  /// One item a line.
  template <class Items, class Write>
  void list(const Items& items, Write&& write) {
    bool first = true;
    for (const auto& item : items) {
      out_.raw(first ? "\n" : ",\n");
      first = false;
      write(item);
    }
  }

  template <class Items, class Write>
  void inline_list(const Items& items, Write&& write) {
    out_.raw("[");
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_.raw(", ");
      first = false;
      write(item);
    }
    out_.raw("]");
  }

  void text(std::string_view s) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string quoted = "\"";
    for (size_t pos = 0; pos < s.size();) {
      const DecodedChar c = decode(s, pos);
      if (c.code == kMalformed) {
        quoted += "\xEF\xBF\xBD";
        ++summary_.replaced_characters;
      } else if (c.code == '"' || c.code == '\\') {
        quoted += '\\';
        quoted += s[pos];
      } else if (c.code == '\n') {
        quoted += "\\n";
      } else if (c.code < 0x20 || (c.code >= 0x7f && c.code < 0xa0)) {
        quoted += "\\u00";
        quoted += kHex[c.code >> 4];
        quoted += kHex[c.code & 15];
      } else if (c.code == 0x2028 || c.code == 0x2029) {  // line ends to JavaScript
        quoted += c.code == 0x2028 ? "\\u2028" : "\\u2029";
      } else {
        quoted += s.substr(pos, c.size);
      }
      pos += c.size;
    }
    out_.raw(quoted += '"');
  }

  void optional(std::string_view s) { s.empty() ? void(out_.raw("null")) : text(s); }

  void member(std::string_view key, std::string_view value) {
    out_.raw(key);
    text(value);
  }
  void optional_member(std::string_view key, std::string_view value) {
    out_.raw(key);
    optional(value);
  }

  void document(const doc::Metadata& d) {
    member("{\"id\": ", d.id);
    member(", \"path\": ", d.path);
    member(", \"title\": ", d.title);
    optional_member(", \"date\": ", d.date);
    member(", \"source\": ", d.source);
    member(", \"sha256\": ", d.sha256);
    out_.raw("}");
  }

  template <class Q>  // graph::Qualifiers or graph::EvidenceItem
  void qualifiers(const Q& q) {
    member(", \"modality\": ", doc::name(q.modality));
    member(", \"polarity\": ", doc::name(q.polarity));
    optional_member(", \"time\": ", q.time);
    optional_member(", \"speaker\": ", q.speaker);
  }

  void evidence(const std::vector<graph::EvidenceItem>& items) {
    out_.raw(", \"evidence\": ");
    inline_list(items, [&](const graph::EvidenceItem& e) {
      member("{\"document\": ", e.document);
      out_.raw(", \"begin\": ").integer(e.span.begin).raw(", \"end\": ").integer(e.span.end);
      member(", \"text\": ", e.text);
      member(", \"rule\": ", e.rule);
      qualifiers(e);
      out_.raw("}");
    });
  }

  void node(const graph::Node& n) {
    member("{\"id\": ", n.id);
    member(", \"label\": ", n.label);
    member(", \"type\": ", ontology_[n.type].name);
    optional_member(", \"kind\": ", n.kind);
    out_.raw(", \"aliases\": ");
    inline_list(n.aliases, [&](const doc::Alias& a) { text(a.form); });
    out_.raw(", \"mentions\": ").integer(n.mentions).raw(", \"documents\": ").integer(n.documents);
    out_.raw(", \"attributes\": ");
    inline_list(n.attributes, [&](const graph::Attribute& a) {
      member("{\"relation\": ", ontology_[a.relation].name);
      member(", \"value\": ", a.value);
      qualifiers(a.summary);
      out_.raw(", \"confidence\": ").decimal(a.summary.confidence);
      evidence(a.evidence);
      out_.raw("}");
    });
    out_.raw("}");
  }

  void edge(const graph::Graph& g, const graph::Edge& e) {
    member("{\"id\": ", e.id);
    member(", \"source\": ", g.nodes[e.source].id);
    member(", \"target\": ", g.nodes[e.target].id);
    // NetworkX tells parallel edges apart by "key"; the relation is unique between two nodes.
    member(", \"key\": ", ontology_[e.relation].name);
    member(", \"relation\": ", ontology_[e.relation].name);
    qualifiers(e.summary);
    out_.raw(", \"confidence\": ")
        .decimal(e.summary.confidence)
        .raw(", \"weight\": ")
        .integer(e.weight);
    evidence(e.evidence);
    out_.raw("}");
  }

  const schema::Ontology& ontology_;
  ByteWriter out_;
  Summary summary_;
};

}  // namespace

Summary write_json(const graph::Graph& g, const schema::Ontology& ontology, const Options&,
                   core::OutputFile& file) {
  return JsonWriter(ontology, file).write(g);
}

}  // namespace weft::exporters
