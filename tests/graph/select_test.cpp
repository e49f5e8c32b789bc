#include "graph/select.h"

#include <doctest/doctest.h>

#include "exporters/nasty_graphs.h"

using namespace weft;
using graph::Selection;
using testing::shipped_ontology;

namespace {

/// A chain of people who met, with a place and an organization beside it.
graph::Graph chain() {
  testing::GraphMaker maker("chain");
  const auto body = maker.node("Organization", "organization/body", "Body");
  std::vector<graph::NodeIndex> people;
  for (const char* name : {"a", "b", "c", "d"})
    people.push_back(maker.node("Person", std::string("person/") + name, name));
  const auto place = maker.node("Place", "place/town", "Town");
  maker.edge(people[0], "met_with", people[1]).summary.time = "2024-03";
  maker.edge(people[0], "visited", place).summary.modality = doc::Modality::planned;
  maker.edge(people[1], "met_with", people[2]).summary.confidence = 0.25f;
  maker.edge(people[2], "met_with", people[3]).evidence[0].time = "2020-05-01";
  maker.graph().edges.back().evidence[0].document = "other";
  maker.attribute(body, "value");
  maker.graph().nodes[people[3]].mentions = 9;
  doc::Metadata d;
  d.id = "other";
  maker.graph().documents.push_back(d);
  d.id = "unused";
  maker.graph().documents.push_back(d);
  return maker.take().graph;
}

std::string shown(const graph::Graph& g) {
  std::string out;
  for (const graph::Node& n : g.nodes) out += (out.empty() ? "" : " ") + n.label;
  for (const graph::Edge& e : g.edges)
    out += (out.ends_with(')') ? " (" : ": (") + g.nodes[e.source].label + ">" +
           g.nodes[e.target].label + ")";
  return out;
}

}  // namespace

TEST_CASE("a selection keeps what meets its conditions, renumbered") {
  const auto& o = shipped_ontology();
  const graph::Graph whole = chain();
  const graph::NodeIndex b = whole.find("person/b");
  Selection people, planned, certain, in_2024, before_2022, around, further, top, top_people, met,
      named, unjoined, lonely;
  people.types = {o.core().person};
  planned.modalities = {doc::Modality::planned};
  certain.min_confidence = 0.6f;
  in_2024.time = text::day_range("2024");
  before_2022.time = text::DayRange{text::DayRange::kOpenBegin, 19000};
  around.ego = b;
  further.ego = b;
  further.depth = 2;
  top.top = 2;
  top_people = people;
  top_people.ego = whole.find("person/a");
  top_people.depth = 9;
  top_people.top = 2;
  met.relations = {o.relation("met_with")};
  met.ego = whole.find("place/town");
  named.only = graph::Subgraph{{whole.find("person/a"), b}, {0}};
  unjoined.only = graph::Subgraph{{whole.find("person/a"), b}, {}};
  lonely.only = graph::Subgraph{{b}, {0}};
  const struct {
    const Selection& selection;
    const char* expected;
  } rows[] = {
      {people, "a b c d: (a>b) (b>c) (c>d)"},
      {planned, "a Town: (a>Town)"},
      {certain, "a b c d Town: (a>b) (a>Town) (c>d)"},
      {in_2024, "a b: (a>b)"},
      {before_2022, "c d: (c>d)"},
      {around, "a b c: (a>b) (b>c)"},
      {further, "a b c d Town: (a>b) (a>Town) (b>c) (c>d)"},
      {top, "a b: (a>b)"},  // a, b and c have two edges each: equal mentions, so by id
      {top_people, "a b: (a>b)"},
      {named, "a b: (a>b)"},
      {unjoined, "a b"},
      {lonely, "b"},  // an edge needs both its ends
      {met, "Town"},  // the ego stays even without a fact
  };
  for (const auto& row : rows) {
    const graph::Graph part = graph::select(whole, row.selection);
    CHECK(shown(part) == std::string(row.expected));
    for (const graph::Node& n : part.nodes) CHECK(part.find(n.id) != graph::kNoNode);
  }
}

TEST_CASE("documents that nothing cites any more go, and everything is everything") {
  const graph::Graph whole = chain();
  CHECK(Selection().everything());
  CHECK(graph::select(whole, {}).documents.size() == 3);
  Selection s;
  s.modalities = {doc::Modality::planned};
  CHECK_FALSE(s.everything());
  const graph::Graph part = graph::select(whole, s);
  REQUIRE(part.documents.size() == 1);
  CHECK(part.documents[0].id == "d");
  CHECK(graph::select({}, s).nodes.empty());
  s = {};
  s.min_confidence = 0.6f;  // NaN is not certain
  graph::Graph odd = whole;
  for (graph::Edge& e : odd.edges) e.summary.confidence = std::nanf("");
  CHECK(graph::select(odd, s).edges.empty());
  // A text value keeps its node if it fits.
  s.min_confidence = 0.4f;
  CHECK(shown(graph::select(odd, s)) == "Body");
}
