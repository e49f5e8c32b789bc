// RDF 1.1 in Turtle. The ontology's part in use comes first, with its closest terms of Wikidata and
// schema.org; then documents, entities and facts. A fact is a statement (rdf:Statement) with its
// qualifiers, and each piece of evidence a PROV-O entity quoted from its document. Only what is
// asserted and not denied also stands as a plain triple, since RDF has no "planned to visit".
// IRIs are urn:weft:entity:ID, urn:weft:fact:ID, urn:weft:document:ID and urn:weft:schema:NAME.
// Streamed, O(bytes). Reference: www.w3.org/TR/turtle, www.w3.org/TR/prov-o.
#include <algorithm>
#include <cctype>
#include <optional>

#include "exporters/doubts.h"
#include "exporters/escape.h"
#include "exporters/flat_rows.h"
#include "exporters/formats.h"
#include "exporters/graph_writer.h"
#include "exporters/spells.h"
#include "graph/fuse.h"
#include "text/date.h"

namespace weft::exporters {

namespace {

bool is_plain_name(std::string_view s) {
  return !s.empty() && std::isalpha(static_cast<unsigned char>(s[0])) &&
         std::all_of(s.begin(), s.end(), [](char c) {
           return c == '_' || std::isalnum(static_cast<unsigned char>(c));
         });
}

/// <urn:weft:KIND:...>; every byte that is not plain in an IRI is percent-encoded.
std::string iri(std::string_view kind, std::string_view id) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out = "<urn:weft:" + std::string(kind) + ":";
  for (char c : id) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (std::isalnum(byte) || std::string_view("-._~/").find(c) != id.npos))
      out += c;
    else
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return out + ">";
}

/// The ontology's own word: "weft:visited".
std::string term(std::string_view name) {
  return is_plain_name(name) ? "weft:" + std::string(name) : iri("schema", name);
}

class TurtleWriter : GraphWriter {
 public:
  TurtleWriter(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
               core::OutputFile& file)
      : GraphWriter(g, ontology, options, file), doubts_(g) {}

  Summary write() {
    out_.raw(
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
        "@prefix schema: <https://schema.org/> .\n"
        "@prefix wd: <http://www.wikidata.org/entity/> .\n"
        "@prefix wdt: <http://www.wikidata.org/prop/direct/> .\n"
        "@prefix weft: <urn:weft:schema:> .\n\n");
    vocabulary();
    for (const doc::Metadata& d : graph_.documents) document(d);
    for (size_t i = 0; i < graph_.nodes.size(); ++i) node(i);
    for (const graph::Edge& e : graph_.edges) edge(e);
    return finish();
  }

 private:
  /// A literal; line ends and controls as escapes.
  std::string text(std::string_view s) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out = "\"";
    for (char c : plain_text(s, summary_.replaced_characters)) {
      const auto byte = static_cast<unsigned char>(c);
      if (c == '"' || c == '\\')
        out += {'\\', c};
      else if (byte < 0x20 || byte == 0x7f)
        out += {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]};
      else
        out += c;
    }
    return out += '"';
  }

  static std::string decimal(double value, int digits = 4) {
    return "\"" + decimal_text(value, digits) + "\"^^xsd:decimal";
  }

  /// A day, month or year by its XML Schema type; an interval as text.
  std::string time(std::string_view iso) {
    const std::string_view type = iso.find('/') != std::string_view::npos ? ""
                                  : !text::from_iso(iso)                  ? ""
                                  : iso.size() == 10                      ? "^^xsd:date"
                                  : iso.size() == 7                       ? "^^xsd:gYearMonth"
                                                                          : "^^xsd:gYear";
    return text(iso) + std::string(type);
  }

  ByteWriter& also(std::string_view predicate, std::string_view object) {
    return out_.raw(" ;\n  ").raw(predicate).raw(" ").raw(object);
  }

  void vocabulary() {
    for (const schema::EntityType& type : ontology_.types()) {
      out_.raw(term(type.name)).raw(" a owl:Class");
      also("rdfs:label", text(type.name));
      also("rdfs:comment", text(type.description));
      if (is_plain_name(type.wikidata)) also("skos:closeMatch", "wd:" + type.wikidata);
      if (is_plain_name(type.schema_org)) also("rdfs:subClassOf", "schema:" + type.schema_org);
      out_.raw(" .\n");
    }
    for (const schema::RelationType& r : ontology_.relations()) {
      out_.raw(term(r.name));
      out_.raw(r.text_object ? " a owl:DatatypeProperty" : " a owl:ObjectProperty");
      if (r.symmetric) out_.raw(", owl:SymmetricProperty");
      std::string label = r.name;
      std::replace(label.begin(), label.end(), '_', ' ');
      also("rdfs:label", text(label));
      also("rdfs:comment", text(r.description));
      if (is_plain_name(r.wikidata)) also("skos:closeMatch", "wdt:" + r.wikidata);
      if (is_plain_name(r.schema_org)) also("skos:closeMatch", "schema:" + r.schema_org);
      out_.raw(" .\n");
    }
    out_.raw("\n");
  }

  void document(const doc::Metadata& d) {
    out_.raw(iri("document", d.id)).raw(" a prov:Entity, schema:CreativeWork");
    also("dcterms:identifier", text(d.id));
    if (!d.title.empty()) also("dcterms:title", text(d.title));
    if (!d.date.empty()) also("dcterms:date", time(d.date));
    if (!d.source.empty()) also("dcterms:publisher", text(d.source));
    if (!d.author.empty()) also("dcterms:creator", text(d.author));
    if (!d.url.empty()) also("schema:url", text(d.url));
    if (!d.sha256.empty()) also("weft:sha256", text(d.sha256));
    out_.raw(" .\n");
  }

  void node(size_t index) {
    const graph::Node& n = graph_.nodes[index];
    const std::string subject = iri("entity", n.id);
    out_.raw(subject).raw(" a ").raw(term(ontology_[n.type].name));
    also("rdfs:label", text(n.label));
    for (const doc::Alias& a : n.aliases)
      if (a.form != n.label) also("skos:altLabel", text(a.form));
    if (!n.kind.empty()) also("weft:kind", text(n.kind));
    also("weft:mentions", std::to_string(n.mentions));
    also("weft:documents", std::to_string(n.documents));
    if (!n.place.geonames.empty())
      also("owl:sameAs", "<https://sws.geonames.org/" + n.place.geonames + "/>");
    if (!n.place.iso.empty()) also("weft:iso3166", text(n.place.iso));
    for (const std::string& key : n.place.within) also("weft:within", iri("entity", key));
    for (const Doubts::Other& d : doubts_.of(static_cast<graph::NodeIndex>(index)))
      also("weft:maybeSame", "[ rdf:value " + iri("entity", graph_.nodes[d.other].id) +
                                 " ; rdfs:comment " + text(d.reason) + " ]");
    if (looks_) {
      const graph::NodeLook& look = looks_->nodes[index];
      also("weft:community", std::to_string(look.community));
      also("weft:degree", std::to_string(look.degree));
      also("weft:pagerank", decimal(look.pagerank, 8));
      also("weft:betweenness", decimal(look.betweenness, 8));
    }
    out_.raw(" .\n");
    size_t number = 0;
    for (const graph::Attribute& a : n.attributes)
      fact(iri("fact", n.id + "/" + std::to_string(number++)), subject, a.relation, text(a.value),
           a.summary, a.evidence, a.evidence.size(), {});
  }

  void edge(const graph::Edge& e) {
    fact(iri("fact", e.id), iri("entity", graph_.nodes[e.source].id), e.relation,
         iri("entity", graph_.nodes[e.target].id), e.summary, e.evidence, std::max(e.weight, 1u),
         span_of(e));
  }

  void fact(const std::string& name, const std::string& subject, schema::RelationId relation,
            const std::string& object, const graph::Qualifiers& q,
            const std::vector<graph::EvidenceItem>& items, uint64_t weight, const Span& span) {
    const std::string predicate = term(ontology_[relation].name);
    if (q.modality == doc::Modality::asserted && q.polarity == doc::Polarity::positive)
      out_.raw(subject).raw(" ").raw(predicate).raw(" ").raw(object).raw(" .\n");
    out_.raw(name).raw(" a rdf:Statement, weft:Fact");
    also("rdf:subject", subject);
    also("rdf:predicate", predicate);
    also("rdf:object", object);
    qualifiers(q, " ;\n  ");
    if (!span.start.empty()) also("weft:start", text(span.start) + "^^xsd:date");
    if (!span.end.empty()) also("weft:end", text(span.end) + "^^xsd:date");
    also("weft:confidence", decimal(graph::rounded_confidence(q.confidence)));
    also("weft:weight", std::to_string(weight));
    for (const graph::EvidenceItem& item : items) evidence(item);
    out_.raw(" .\n");
  }

  template <class Q>
  void qualifiers(const Q& q, std::string_view between) {
    out_.raw(between).raw("weft:modality ").raw(text(doc::name(q.modality)));
    out_.raw(between).raw("weft:polarity ").raw(text(doc::name(q.polarity)));
    if (!q.time.empty()) out_.raw(between).raw("weft:time ").raw(time(q.time));
    if (!q.speaker.empty()) out_.raw(between).raw("weft:speaker ").raw(iri("entity", q.speaker));
  }

  void evidence(const graph::EvidenceItem& e) {
    out_.raw(" ;\n  prov:wasDerivedFrom [ a prov:Entity ; prov:wasQuotedFrom ");
    out_.raw(iri("document", e.document)).raw(" ; prov:value ").raw(text(e.text));
    out_.raw(" ; weft:beginByte ")
        .integer(e.span.begin)
        .raw(" ; weft:endByte ")
        .integer(e.span.end);
    out_.raw(" ; weft:rule ").raw(text(e.rule));
    out_.raw(" ; weft:confidence ").raw(decimal(graph::rounded_confidence(e.confidence)));
    qualifiers(e, " ; ");
    out_.raw(" ]");
  }

  const Doubts doubts_;
};

}  // namespace

Summary write_turtle(const graph::Graph& g, const schema::Ontology& ontology,
                     const Options& options, core::OutputFile& file) {
  return TurtleWriter(g, ontology, options, file).write();
}

}  // namespace weft::exporters
