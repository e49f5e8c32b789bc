// Written as it goes, so memory does not grow with the graph; O(bytes written). Reference: RFC
// 8259.
#include "exporters/json_members.h"

#include "exporters/escape.h"
#include "exporters/flat_rows.h"
#include "graph/fuse.h"

namespace weft::exporters {

JsonMembers::JsonMembers(const graph::Graph& graph, const schema::Ontology& ontology,
                         const Options& options, core::OutputFile& file, JsonStyle style)
    : graph_(graph),
      ontology_(ontology),
      looks_(options.looks),
      style_(style),
      degree_(degrees(graph)),
      doubts_(graph),
      out_(file) {}

Summary JsonMembers::finish() {
  out_.flush();
  Summary summary;
  summary.nodes = graph_.nodes.size();
  summary.edges = graph_.edges.size();
  summary.replaced_characters = replaced_;
  return summary;
}

std::string JsonMembers::json_text_of(std::string_view s) { return json_text(s, replaced_); }

void JsonMembers::member(std::string_view begin, std::string_view value) {
  out_.raw(begin);
  text(value);
}

void JsonMembers::optional_member(std::string_view begin, std::string_view value) {
  out_.raw(begin);
  value.empty() ? void(out_.raw("null")) : text(value);
}

void JsonMembers::document(const doc::Metadata& d) {
  member("{\"id\": ", d.id);
  member(", \"path\": ", d.path);
  member(", \"title\": ", d.title);
  optional_member(", \"date\": ", d.date);
  member(", \"source\": ", d.source);
  member(", \"sha256\": ", d.sha256);
  out_.raw("}");
}

void JsonMembers::node_members(std::string_view first, const graph::Node& n) {
  out_.raw(first);
  member("\"label\": ", n.label);
  out_.raw(", \"").raw(style_.type_member);
  member("\": ", ontology_[n.type].name);
  optional_member(", \"kind\": ", n.kind);
  out_.raw(", \"aliases\": ");
  if (style_.joined_aliases) {
    std::string joined;
    for (const doc::Alias& a : n.aliases) {
      if (!joined.empty()) joined += '|';
      for (char c : a.form) joined += c == '|' ? '/' : c;
    }
    text(joined);
  } else {
    list(n.aliases, [&](const doc::Alias& a) { text(a.form); });
  }
  out_.raw(", \"mentions\": ").integer(n.mentions).raw(", \"documents\": ").integer(n.documents);
  out_.raw(", \"attributes\": ");
  list(n.attributes, [&](const graph::Attribute& a) {
    member("{\"relation\": ", ontology_[a.relation].name);
    member(", \"value\": ", a.value);
    qualifiers(a.summary);
    out_.raw(", \"confidence\": ").decimal(graph::rounded_confidence(a.summary.confidence));
    evidence(a.evidence);
    out_.raw("}");
  });
  if (!n.place.empty()) {
    optional_member(", \"gazetteer\": {\"geonames\": ", n.place.geonames);
    optional_member(", \"iso\": ", n.place.iso);
    out_.raw(", \"within\": ");
    list(n.place.within, [&](const std::string& key) { text(key); });
    out_.raw("}");
  }
  doubts(n);
  looks(n);
}

void JsonMembers::doubts(const graph::Node& n) {
  const auto found = doubts_.of(static_cast<graph::NodeIndex>(&n - graph_.nodes.data()));
  if (!style_.doubts_at_nodes || found.empty()) return;
  out_.raw(", \"maybe_same\": ");
  list(found, [&](const Doubts::Other& d) {
    member("{\"id\": ", graph_.nodes[d.other].id);
    member(", \"reason\": ", d.reason);
    out_.raw("}");
  });
}

bool JsonMembers::place(std::string_view first, const graph::Node& n) {
  if (!looks_) return false;
  const graph::NodeLook& look = looks_->nodes[static_cast<size_t>(&n - graph_.nodes.data())];
  out_.raw(first).raw("\"x\": ").raw(decimal_text(look.x, 2));
  out_.raw(", \"y\": ").raw(decimal_text(style_.y_down ? -look.y : look.y, 2));
  return true;
}

void JsonMembers::looks(const graph::Node& n) {
  if (!looks_ && !style_.looks_always) return;
  const auto index = static_cast<graph::NodeIndex>(&n - graph_.nodes.data());
  place(", ", n);
  out_.raw(", \"size\": ").decimal(radius_of(looks_, index, degree_[index]), 2);
  member(", \"color\": ", ontology_[n.type].color);
  out_.raw(", \"degree\": ").integer(degree_[index]);
  if (!looks_) return;
  const graph::NodeLook& look = looks_->nodes[index];
  out_.raw(", \"community\": ").integer(look.community);
  out_.raw(", \"pagerank\": ").decimal(look.pagerank, 8);
  out_.raw(", \"betweenness\": ").decimal(look.betweenness, 8);
}

void JsonMembers::edge_members(std::string_view first, const graph::Edge& e) {
  out_.raw(first);
  member("\"relation\": ", ontology_[e.relation].name);
  qualifiers(e.summary);
  out_.raw(", \"confidence\": ")
      .decimal(graph::rounded_confidence(e.summary.confidence))
      .raw(", \"weight\": ")
      .integer(e.weight);
  evidence(e.evidence);
}

void JsonMembers::evidence(const std::vector<graph::EvidenceItem>& items) {
  out_.raw(", \"evidence\": ");
  list(items, [&](const graph::EvidenceItem& e) {
    member("{\"document\": ", e.document);
    out_.raw(", \"begin\": ").integer(e.span.begin).raw(", \"end\": ").integer(e.span.end);
    member(", \"text\": ", e.text);
    member(", \"rule\": ", e.rule);
    qualifiers(e);
    out_.raw("}");
  });
}

}  // namespace weft::exporters
