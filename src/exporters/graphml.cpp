// GraphML as its readers take it (what each does is in tests/interop): keys whose id is their name,
// one edge for each (source, relation, target), no default values, no <desc>, no weight 0, nothing
// named "id" or "type". The dialect "gephi" adds the edge's kind as the XML attribute `label`,
// which Gephi and Neo4j read and the GraphML schema does not know; "strict" leaves it out.
// Streamed, O(bytes). Reference: graphml.graphdrawing.org/specification.html.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "exporters/byte_writer.h"
#include "exporters/formats.h"

namespace weft::exporters {

namespace {

constexpr size_t kEvidenceTexts = 3;    // shown with an edge; the JSON export has all
constexpr size_t kEvidenceBytes = 500;  // of each

struct Key {
  const char* name;
  const char* type;
};

constexpr std::array kNodeKeys = {
    Key{"label", "string"}, Key{"entity_type", "string"},
    Key{"kind", "string"},  Key{"aliases", "string"},
    Key{"mentions", "int"}, Key{"documents", "int"},
    Key{"degree", "int"},   Key{"attributes", "string"},
    Key{"size", "double"},  Key{"r", "int"},
    Key{"g", "int"},        Key{"b", "int"},
    Key{"color", "string"},
};
// NetworkX 3 looks edge keys up among all keys by id, so a name that nodes and edges share must
// have one type.
constexpr std::array kEdgeKeys = {
    Key{"edgelabel", "string"}, Key{"weight", "double"},     Key{"relation", "string"},
    Key{"modality", "string"},  Key{"polarity", "string"},   Key{"time", "string"},
    Key{"speaker", "string"},   Key{"confidence", "double"}, Key{"evidence", "string"},
    Key{"sources", "string"},
};

/// Characters that XML 1.0 can hold (production 2 of its grammar).
bool is_xml_char(char32_t c) {
  return c == 9 || c == 10 || c == 13 || (c >= 0x20 && c <= 0xd7ff) ||
         (c >= 0xe000 && c <= 0xfffd) || (c >= 0x10000 && c <= 0x10ffff);
}

struct Color {
  unsigned red = 0xbb, green = 0xbb, blue = 0xbb;
};

/// From "#rrggbb"; grey for anything else.
Color color_from(std::string_view hex) {
  if (hex.size() != 7 || hex[0] != '#') return {};
  unsigned value = 0;
  for (char c : hex.substr(1)) {
    const int digit = c >= '0' && c <= '9'                 ? c - '0'
                      : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
                                                           : -1;
    if (digit < 0) return {};
    value = value * 16 + static_cast<unsigned>(digit);
  }
  return {value >> 16, value >> 8 & 255, value & 255};
}

/// At most `limit` bytes, cut at a character border, with an ellipsis if something was cut.
std::string shortened(std::string_view s, size_t limit) {
  if (s.size() <= limit) return std::string(s);
  size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(s[end]) & 0xc0) == 0x80) --end;
  return std::string(s.substr(0, end)) + "\xE2\x80\xA6";
}

class GraphmlWriter {
 public:
  GraphmlWriter(const schema::Ontology& ontology, const Options& options, core::OutputFile& file)
      : ontology_(ontology), gephi_(options.dialect != "strict"), out_(file) {}

  Summary write(const graph::Graph& g) {
    out_.raw(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\""
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        " xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns"
        " http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd\">\n");
    for (const Key& k : kNodeKeys) key(k, "node");
    for (const Key& k : kEdgeKeys) key(k, "edge");
    out_.raw("<graph id=\"weft\" edgedefault=\"directed\">\n");
    std::vector<uint32_t> degree(g.nodes.size());
    for (const graph::Edge& e : g.edges) {
      ++degree[e.source];
      ++degree[e.target];
    }
    for (size_t i = 0; i < g.nodes.size(); ++i) node(g.nodes[i], degree[i]);
    for (const graph::Edge& e : g.edges) edge(g, e);
    out_.raw("</graph>\n</graphml>\n");
    out_.flush();
    summary_.nodes = g.nodes.size();
    summary_.edges = g.edges.size();
    return summary_;
  }

 private:
  void key(const Key& k, const char* of) {
    out_.raw("<key id=\"").raw(k.name).raw("\" for=\"").raw(of).raw("\" attr.name=\"").raw(k.name);
    out_.raw("\" attr.type=\"").raw(k.type).raw("\"/>\n");
  }

  /// Escaped for element content and for attributes in double quotes.
  void text(std::string_view s) {
    std::string escaped;
    for (size_t pos = 0; pos < s.size();) {
      const DecodedChar c = decode(s, pos);
      if (c.code == kMalformed || !is_xml_char(c.code)) {
        escaped += "\xEF\xBF\xBD";
        ++summary_.replaced_characters;
      } else {
        switch (c.code) {
          case '<':
            escaped += "&lt;";
            break;
          case '>':
            escaped += "&gt;";
            break;
          case '&':
            escaped += "&amp;";
            break;
          case '"':
            escaped += "&quot;";
            break;
          // A reader turns these into spaces or line feeds unless they are references.
          case '\t':
            escaped += "&#9;";
            break;
          case '\n':
            escaped += "&#10;";
            break;
          case '\r':
            escaped += "&#13;";
            break;
          default:
            escaped += s.substr(pos, c.size);
        }
      }
      pos += c.size;
    }
    out_.raw(escaped);
  }

  ByteWriter& begin(const char* key) { return out_.raw("<data key=\"").raw(key).raw("\">"); }
  void end() { out_.raw("</data>"); }

  /// Nothing for an empty value: a missing value and an empty one are the same to every reader but
  /// this is shorter. Gephi loses a value that reads "null"; a space behind it saves the text.
  void data(const char* key, std::string_view value) {
    if (value.empty()) return;
    begin(key);
    text(value);
    if (gephi_ && value == "null") out_.raw(" ");
    end();
  }
  void data(const char* key, uint64_t value) {
    begin(key).integer(value);
    end();
  }
  void decimal(const char* key, double value) {
    begin(key).decimal(value);
    end();
  }

  void node(const graph::Node& n, uint32_t degree) {
    out_.raw("<node id=\"");
    text(n.id);
    out_.raw("\">");
    const schema::EntityType& type = ontology_[n.type];
    data("label", n.label);
    data("entity_type", type.name);
    data("kind", n.kind);
    std::string aliases;
    for (const doc::Alias& a : n.aliases) {
      if (!aliases.empty()) aliases += '|';
      for (char c : a.form) aliases += c == '|' ? '/' : c;
    }
    data("aliases", aliases);
    data("mentions", uint64_t{n.mentions});
    data("documents", uint64_t{n.documents});
    data("degree", uint64_t{degree});
    std::string attributes;
    for (const graph::Attribute& a : n.attributes) {
      if (!attributes.empty()) attributes += '|';
      attributes += ontology_[a.relation].name + ": ";
      for (char c : a.value) attributes += c == '|' ? '/' : c;
      if (a.summary.modality != doc::Modality::asserted)
        attributes += " (" + std::string(doc::name(a.summary.modality)) + ")";
    }
    data("attributes", attributes);
    // The area of a dot grows with the degree.
    decimal("size", std::round(40 + 40 * std::sqrt(static_cast<double>(degree))) / 10);
    const Color color = color_from(type.color);
    data("r", uint64_t{color.red});
    data("g", uint64_t{color.green});
    data("b", uint64_t{color.blue});
    data("color", type.color);
    out_.raw("</node>\n");
  }

  void edge(const graph::Graph& g, const graph::Edge& e) {
    const std::string& relation = ontology_[e.relation].name;
    out_.raw("<edge id=\"");
    text(e.id);
    out_.raw("\" source=\"");
    text(g.nodes[e.source].id);
    out_.raw("\" target=\"");
    text(g.nodes[e.target].id);
    // Symmetric relations stay directed here: NetworkX refuses a file that mixes directed and
    // undirected edges.
    if (gephi_) {
      out_.raw("\" label=\"");
      text(relation);
    }
    out_.raw("\">");
    std::string shown = relation;
    std::replace(shown.begin(), shown.end(), '_', ' ');
    if (e.summary.polarity == doc::Polarity::negative) shown = "not " + shown;
    if (e.summary.modality != doc::Modality::asserted)
      shown += " (" + std::string(doc::name(e.summary.modality)) + ")";
    data("edgelabel", shown);
    data("weight", uint64_t{std::max(e.weight, 1u)});
    data("relation", relation);
    data("modality", doc::name(e.summary.modality));
    data("polarity", doc::name(e.summary.polarity));
    data("time", e.summary.time);
    data("speaker", e.summary.speaker);
    decimal("confidence", e.summary.confidence);
    evidence(e);
    out_.raw("</edge>\n");
  }

  void evidence(const graph::Edge& e) {
    std::string texts, sources;
    std::set<std::string_view> seen;
    size_t shown = 0;
    for (const graph::EvidenceItem& item : e.evidence) {
      if (shown < kEvidenceTexts) {
        ++shown;
        if (!texts.empty()) texts += '|';
        std::string words = shortened(item.text, kEvidenceBytes);
        std::replace(words.begin(), words.end(), '|', '/');
        texts += words;
      }
      if (!seen.insert(item.document).second) continue;
      if (!sources.empty()) sources += '|';
      for (char c : item.document) sources += c == '|' ? '/' : c;
    }
    data("evidence", texts);
    data("sources", sources);
  }

  const schema::Ontology& ontology_;
  const bool gephi_;
  ByteWriter out_;
  Summary summary_;
};

}  // namespace

Summary write_graphml(const graph::Graph& g, const schema::Ontology& ontology,
                      const Options& options, core::OutputFile& file) {
  return GraphmlWriter(ontology, options, file).write(g);
}

}  // namespace weft::exporters
