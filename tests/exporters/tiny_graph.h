// A graph of four nodes whose names try to break every format: markup, quotes, control characters,
// emoji, right-to-left text, "null", line ends, separators and bytes that are no UTF-8.
#pragma once

#include "graph/graph.h"
#include "graph/record_builder.h"

namespace weft::testing {

inline graph::Graph tiny_graph() {
  const auto& o = shipped_ontology();
  graph::Graph g;
  doc::Metadata d;
  d.id = "news/<a>&\"b\".txt";
  d.path = "news/<a>&\"b\".txt";
  d.title = "Line one\nline \"two\" \xE2\x80\xA8three";
  d.date = "2024-03-13";
  d.source = "A & B";
  d.sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  g.documents.push_back(d);
  d = {};
  d.id = "null";
  g.documents.push_back(d);

  const auto node = [&](const char* id, schema::TypeId type, std::string label) -> graph::Node& {
    graph::Node n;
    n.id = id;
    n.type = type;
    n.label = std::move(label);
    n.mentions = 2;
    n.documents = 1;
    g.nodes.push_back(std::move(n));
    return g.nodes.back();
  };
  const auto evidence = [&](std::string text) {
    graph::EvidenceItem e;
    e.document = g.documents[0].id;
    e.span = {10, 10 + static_cast<uint32_t>(text.size())};
    e.text = std::move(text);
    e.rule = "visited.verb";
    e.confidence = 0.9f;
    return e;
  };
  node("organization/null", o.core().organization, "null");
  auto& person =
      node("person/ann", o.core().person, "Ann <b>\"O'Neil\"</b> & Co\x01\x1f\xEF\xBF\xBE");
  person.aliases = {{"Ann|Annie", 3}, {"\xF0\x9F\x98\x80", 1}, {"\xff\xfe broken", 1}, {"]]>", 1}};
  graph::Attribute a;
  a.relation = o.relation("serves_as");
  a.value = "key|fulcrum\tof\r\n\"all\"";
  a.summary.modality = doc::Modality::directive;
  a.summary.speaker = "organization/null";
  a.summary.confidence = 0.5f;
  a.evidence = {evidence("a key fulcrum")};
  a.evidence[0].modality = doc::Modality::directive;
  person.attributes.push_back(a);
  auto& place = node("place/cairo", o.core().place,
                     "\xD8\xA7\xD9\x84\xD9\x82\xD8\xA7\xD9\x87\xD8\xB1\xD8\xA9");
  place.kind = "city";
  place.place = {"360630", "", {"place/egypt"}};
  node("work/x1", o.core().work, std::string("nul\0byte \x7f\xC2\x85", 12));

  const auto edge = [&](const char* id, uint32_t s, const char* relation,
                        uint32_t t) -> graph::Edge& {
    graph::Edge e;
    e.id = id;
    e.source = s;
    e.target = t;
    e.relation = o.relation(relation);
    e.weight = 1;
    e.summary.confidence = 0.9f;
    e.evidence = {evidence("Ann was \xE2\x80\x9Chere\xE2\x80\x9D.")};
    g.edges.push_back(std::move(e));
    return g.edges.back();
  };
  edge("e0", 1, "met_with", 2).summary.polarity = doc::Polarity::negative;
  auto& visited = edge("e1", 1, "visited", 2);
  visited.weight = 5;
  visited.summary.time = "2024-03";
  visited.summary.speaker = "organization/null";
  visited.summary.modality = doc::Modality::planned;
  visited.summary.confidence = 0.97f;
  visited.evidence = {evidence("one | two"), evidence(std::string(600, 'x') + "\xE2\x82\xAC"),
                      evidence("three"), evidence("four")};
  visited.evidence[3].document = "null";
  edge("e2", 2, "influences", 1).evidence[0].text = "<![CDATA[ & ]]>\x02";
  g.maybe_same = {{1, 2, "Both are \"one\" & <the same>\x02."}};
  return g;
}

}  // namespace weft::testing
