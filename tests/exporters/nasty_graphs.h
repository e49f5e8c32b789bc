// Graphs that go wrong somewhere: names that are markup, code, formulas or half a character, names
// that differ only by case, numbers at the edge of what readers hold, times of every precision,
// loops and parallels, nothing at all. All formats write them and all readers of tests/interop open
// them.
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "graph/looks.h"
#include "graph/record_builder.h"

namespace weft::testing {

struct NamedGraph {
  std::string name;
  graph::Graph graph;
};

/// Grows a graph; nodes must be added in order of id, edges in order of (source, relation, target).
class GraphMaker {
 public:
  explicit GraphMaker(std::string name) {
    made_.name = std::move(name);
    doc::Metadata d;
    d.id = "d";
    d.date = "2024-03-13";
    made_.graph.documents.push_back(d);
  }

  graph::NodeIndex node(const char* type, std::string id, std::string label) {
    graph::Node n;
    n.id = std::move(id);
    n.type = shipped_ontology().type(type);
    n.label = std::move(label);
    n.mentions = n.documents = 1;
    made_.graph.nodes.push_back(std::move(n));
    return static_cast<graph::NodeIndex>(made_.graph.nodes.size() - 1);
  }

  graph::Edge& edge(graph::NodeIndex source, const char* relation, graph::NodeIndex target,
                    std::string words = "So it is.") {
    graph::Edge e;
    e.id = "e" + std::to_string(made_.graph.edges.size());
    e.source = source;
    e.target = target;
    e.relation = shipped_ontology().relation(relation);
    e.weight = 1;
    e.summary.confidence = 0.75f;
    e.evidence = {piece(std::move(words))};
    made_.graph.edges.push_back(std::move(e));
    return made_.graph.edges.back();
  }

  graph::Attribute& attribute(graph::NodeIndex node, std::string value) {
    graph::Attribute a;
    a.relation = shipped_ontology().relation("has_value");
    a.value = std::move(value);
    a.summary.confidence = 0.5f;
    a.evidence = {piece("It has a value.")};
    made_.graph.nodes[node].attributes.push_back(std::move(a));
    return made_.graph.nodes[node].attributes.back();
  }

  graph::EvidenceItem piece(std::string words, std::string time = {}) const {
    graph::EvidenceItem e;
    e.document = "d";
    e.span = {0, static_cast<uint32_t>(words.size())};
    e.text = std::move(words);
    e.rule = "rule";
    e.confidence = 0.5f;
    e.time = std::move(time);
    return e;
  }

  graph::Graph& graph() { return made_.graph; }
  NamedGraph take() { return std::move(made_); }

 private:
  NamedGraph made_;
};

/// What documents may call people, places and things.
inline std::vector<std::string> nasty_texts() {
  return {
      "plain",
      std::string("nul\0inside", 10),
      "bell\x07 escape\x1b[31mred\x1b[0m delete\x7f next line\xC2\x85",
      "tab\tline\nreturn\rboth\r\nend",
      "line\xE2\x80\xA8separator paragraph\xE2\x80\xA9separator",
      "not a character \xEF\xBF\xBE \xEF\xBF\xBF",
      "\xff\xfe no UTF-8 \xC0\x80 \xED\xA0\x80 cut \xE2\x82",
      "emoji \xF0\x9F\x98\x80 "
      "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
      "right \xE2\x80\x8F\xE2\x80\xAEto left\xE2\x80\xAC \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
      "cdata ]]> <![CDATA[ x ]]>",
      "<script>alert(1)</script>",
      "</script><img src=x onerror=alert(1)>",
      "javascript:alert(1)",
      "[link](javascript:alert(1)) ![image](http://x/y.png) <http://x.example>",
      "# heading\n- item\n> quote\n```\ncode",
      "*bold* _it_ `code` ~~gone~~ | cell | $math$ &amp; &#60;",
      "\"double\" 'single' `back` \xE2\x80\x9C"
      "curly\xE2\x80\x9D",
      "back\\slash \\n \\u0041 \\",
      "\\",
      "\"",
      "'",
      "a, b; c | d \t e",
      "=1+1",
      "@SUM(A1:A9)",
      "+49 30 1234",
      "-5",
      "=cmd|' /C calc'!A0",
      "null",
      "NULL",
      "nan",
      "true",
      "0",
      "007",
      "9007199254740993",
      "1e400",
      "2024",
      "2024-03-05",
      "<[2024-01-01, 2024-02-02]>",
      "%s %n %00 ..%2f",
      "$(rm -rf /) `id` ${HOME}",
      "__proto__",
      "constructor",
      " leading and trailing ",
      "<<Function",
      "{\"nodes\": [], \"edges\": []}",
      "a\\N\\G\\E<br/>&lt;",
      "?x a <y> ; . @prefix",
      std::string(5000, 'x') + "\xE2\x82\xAC",
  };
}

inline NamedGraph hostile_names() {
  GraphMaker maker("hostile");
  const auto texts = nasty_texts();
  for (size_t i = 0; i < texts.size(); ++i) {
    const std::string number = std::to_string(1000 + i);
    const auto n = maker.node("Theme", "theme/n" + number, texts[i]);
    graph::Node& node = maker.graph().nodes[n];
    node.aliases = {{texts[i], 3}, {texts[(i + 1) % texts.size()], 1}};
    node.kind = i % 3 == 0 ? "other" : "";
    maker.attribute(n, texts[i]);
  }
  maker.graph().nodes[3].aliases = {{"<<Function", 3}, {"alert(1)", 2}, {"Function>>", 1}};
  for (size_t i = 0; i + 1 < texts.size(); ++i) {
    graph::Edge& e =
        maker.edge(static_cast<uint32_t>(i), "influences", static_cast<uint32_t>(i + 1), texts[i]);
    e.evidence.push_back(maker.piece(texts[i] + " once more"));
  }
  doc::Metadata d;
  d.id = "e<a>&\"b\" {c}|\\^` %20.txt";
  d.path = d.title = d.source = texts[11];
  d.url = "http://x/\"><script>";
  maker.graph().documents.push_back(d);
  maker.graph().edges[0].evidence[1].document = d.id;
  maker.graph().maybe_same = {{9, 10, texts[9]}, {9, 11, texts[2]}, {10, 11, texts[16]}};
  return maker.take();
}

inline NamedGraph case_twins() {
  GraphMaker maker("case");
  const auto a = maker.node("Person", "person/ann", "Ann");
  const auto b = maker.node("Person", "person/ann-2", "ann");
  const auto c = maker.node("Person", "person/ann-3", "ANN");
  const auto d = maker.node("Person", "person/ann-4", "Ann");
  maker.edge(a, "met_with", b);
  maker.edge(b, "met_with", c);
  maker.edge(c, "met_with", d);
  maker.graph().maybe_same = {{a, b, "Written \"Ann\" | \"ann\", <both> & alike."},
                              {a, d, "One name; two offices, in two countries."}};
  return maker.take();
}

inline NamedGraph loops_and_parallels() {
  GraphMaker maker("parallels");
  const auto a = maker.node("Organization", "organization/a", "A");
  const auto b = maker.node("Organization", "organization/b", "B");
  maker.node("Person", "person/alone", "nobody's friend");
  for (const auto& [source, target] : {std::pair(a, a), std::pair(a, b), std::pair(b, a)})
    for (const char* relation : {"acquired", "conflicts_with", "cooperates_with", "owns"})
      // A symmetric fact is one edge, whichever way it was said.
      if (source <= target || !shipped_ontology()[shipped_ontology().relation(relation)].symmetric)
        maker.edge(source, relation, target);
  std::sort(
      maker.graph().edges.begin(), maker.graph().edges.end(),
      [](const graph::Edge& x, const graph::Edge& y) {
        const auto name = [](const graph::Edge& e) { return shipped_ontology()[e.relation].name; };
        return std::tuple(x.source, name(x), x.target) < std::tuple(y.source, name(y), y.target);
      });
  return maker.take();
}

inline NamedGraph numbers() {
  GraphMaker maker("numbers");
  const auto hub = maker.node("Place", "place/hub", "9007199254740993");
  maker.graph().nodes[hub].mentions = 0x7fffffff;
  maker.attribute(hub, "9007199254740993");
  // A reader that guesses types from the first rows sees whole numbers only.
  for (int i = 0; i < 40; ++i) {
    const auto n = maker.node("Place", "place/n" + std::to_string(100 + i), std::to_string(i));
    maker.graph().nodes[n].aliases = {{std::to_string(i), 1}};
  }
  for (uint32_t i = 1; i <= 40; ++i) {
    graph::Edge& e = maker.edge(i, "located_in", hub, i < 30 ? "2024" : "words");
    e.summary.confidence = i < 30 ? 1.0f : 0.123456f;
  }
  auto& edges = maker.graph().edges;
  edges[0].summary.confidence = std::numeric_limits<float>::quiet_NaN();
  edges[1].summary.confidence = std::numeric_limits<float>::infinity();
  edges[2].summary.confidence = -1;
  edges[3].weight = 0;
  edges[4].weight = 0x7fffffff;
  return maker.take();
}

inline NamedGraph times() {
  GraphMaker maker("times");
  const char* const spans[] = {"2024-03-05",
                               "2024-02",
                               "2023-02",
                               "1843",
                               "0001",
                               "9999-12-31",
                               "2024-02-29",
                               "2024/2025",
                               "2024-03/2024-05-02",
                               "2024-03/..",
                               "../2024-03",
                               "/2024",
                               "2024-06/",
                               "../..",
                               "2024-13",
                               "last week",
                               "2025/2024",
                               "2024-03-05T10:00",
                               ""};
  const auto hub = maker.node("Event", "event/hub", "hub");
  uint32_t count = 0;
  for ([[maybe_unused]] const char* span : spans)
    maker.node("Person", "person/p" + std::to_string(100 + count++), "p");
  for (uint32_t i = 0; i < count; ++i) maker.edge(i + 1, "attended", hub).summary.time = spans[i];
  // Overlapping, touching, equal and apart.
  graph::Edge& e = maker.graph().edges.back();
  e.summary.time = "2024-01";
  for (const char* time : {"2024-01-15/2024-02-10", "2024-02-11", "2024-01", "2024-06", "2024"})
    e.evidence.push_back(maker.piece("At some time.", time));
  graph::Edge& apart = maker.graph().edges.front();
  for (const char* time : {"2023-05", "2025-01-01", "2023-04-30"})
    apart.evidence.push_back(maker.piece("At another time.", time));
  return maker.take();
}

inline std::vector<NamedGraph> nasty_graphs() {
  std::vector<NamedGraph> all;
  all.push_back({"empty", {}});
  GraphMaker one("one");
  one.node("Person", "person/one", "One");
  all.push_back(one.take());
  all.push_back(hostile_names());
  all.push_back(case_twins());
  all.push_back(loops_and_parallels());
  all.push_back(numbers());
  all.push_back(times());
  return all;
}

/// Places and measures that no layout made: all different, some negative.
inline graph::Looks hand_made_looks(const graph::Graph& g) {
  graph::Looks looks;
  for (size_t i = 0; i < g.nodes.size(); ++i) {
    const auto n = static_cast<float>(i);
    graph::NodeLook look;
    look.x = 12.5f * n - 100;
    look.y = 50 - 7.25f * n;
    look.size = 4 + n / 8;
    look.community = static_cast<uint32_t>(i % 3);
    look.pagerank = 1.0 / static_cast<double>(g.nodes.size());
    look.betweenness = 0.125 * static_cast<double>(i);
    looks.nodes.push_back(look);
  }
  for (const graph::Edge& e : g.edges) {
    ++looks.nodes[e.source].degree;
    ++looks.nodes[e.target].degree;
  }
  return looks;
}

}  // namespace weft::testing
