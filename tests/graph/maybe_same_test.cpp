// What is kept apart on purpose: the pairs that may be one thing, their reasons, and what joined
// what was merged.
#include <doctest/doctest.h>

#include <algorithm>

#include "graph/load.h"
#include "graph/namesakes.h"
#include "graph/select.h"
#include "record_builder.h"
#include "schema/schema.h"

using namespace weft;
using store::Decision;
using store::DecisionKind;
using testing::Corpus;
using testing::RecordBuilder;
using testing::shipped_ontology;

namespace {

const schema::Gazetteer& gazetteer() {
  static const auto schema = schema::Schema::load(WEFT_SCHEMA_DIR);
  return schema.gazetteer;
}

graph::Graph resolved(const Corpus& corpus, std::vector<Decision> decisions = {}) {
  return graph::resolve(
      corpus.records, [&](const std::string& id) { return corpus.texts.at(id); },
      shipped_ontology(), &gazetteer(), nullptr, decisions);
}

/// "a = b: reason" of each pair.
std::string doubts(const graph::Graph& g) {
  std::string out;
  for (const auto& m : g.maybe_same)
    out += g.nodes[m.a].id + " = " + g.nodes[m.b].id + ": " + m.reason + '\n';
  return out;
}

void names(Corpus& corpus, const std::string& document,
           const std::vector<std::pair<std::string, std::string>>& entities) {
  RecordBuilder b(document);
  for (const auto& [type, label] : entities) b.entity(type, label);
  corpus.add(std::move(b));
}

/// A document in which somebody of this name holds the office in the place.
void official(Corpus& corpus, const std::string& document, const std::string& date,
              const std::string& name, const std::string& office, const std::string& place) {
  RecordBuilder b(document);
  b.record.meta.date = date;
  const auto p = b.entity("Person", name);
  const auto o = b.entity("Position", office + " of " + place);
  const auto id = gazetteer().by_key("place/" + place);
  REQUIRE(id.valid());
  const auto where =
      b.entity("Place", gazetteer()[id].name, {}, gazetteer()[id].key, gazetteer()[id].kind);
  b.fact(p, "holds_position", o, {b.evidence(document + " says so.")});
  b.fact(o, "position_in", where, {b.evidence(document + " says it, too.")});
  corpus.add(std::move(b));
}

}  // namespace

TEST_CASE("a bare surname is not merged, but noted") {
  Corpus corpus;
  names(corpus, "a", {{"Person", "Gao Wenbo"}});
  names(corpus, "b", {{"Person", "Gao"}});
  const auto g = resolved(corpus);
  CHECK(g.nodes.size() == 2);
  CHECK(doubts(g) ==
        "person/gao = person/gao-wenbo: \"Gao\" is part of the name \"Gao Wenbo\", but no document "
        "gives both.\n");
  // A document that speaks of both tells them apart.
  Corpus both;
  names(both, "a", {{"Person", "Gao Wenbo"}, {"Person", "Gao"}});
  CHECK(resolved(both).maybe_same.empty());
}

TEST_CASE("an acronym alone is not merged, but noted; with its long form it is merged") {
  Corpus corpus;
  names(corpus, "a", {{"Organization", "Coastal Energy Board"}});
  names(corpus, "b", {{"Organization", "CEB"}});
  CHECK(doubts(resolved(corpus)) ==
        "organization/ceb = organization/coastal-energy-board: \"CEB\" may be short for \"Coastal "
        "Energy Board\", but no document gives both.\n");
  RecordBuilder c("c");
  c.entity("Organization", "Coastal Energy Board", {"CEB"});
  corpus.add(std::move(c));
  const auto g = resolved(corpus);
  CHECK(g.nodes.size() == 1);
  CHECK(g.maybe_same.empty());
  const auto joints =
      graph::joints_of({g.nodes[0].id}, corpus.records, shipped_ontology(), &gazetteer())
          .at(g.nodes[0].id);
  REQUIRE(joints.size() == 3);
  CHECK(joints[0].rule == graph::MergeRule::first);
  CHECK(joints[1].rule == graph::MergeRule::alias);
  CHECK(joints[2].rule == graph::MergeRule::name);
  CHECK(joints[2].record->meta.id == "c");
}

TEST_CASE("one name for two types or kinds is noted") {
  Corpus corpus;
  names(corpus, "a", {{"Organization", "Vetla"}});
  names(corpus, "b", {{"Product", "Vetla"}});
  CHECK(doubts(resolved(corpus)) ==
        "organization/vetla = product/vetla: Both are called \"Vetla\", but one is an organization "
        "and the other a product.\n");
  Corpus kinds;
  for (const char* kind : {"river", "city"}) {
    RecordBuilder b(kind);
    b.entity("Place", "Vetla", {}, {}, kind);
    kinds.add(std::move(b));
  }
  const auto g = resolved(kinds);
  CHECK(g.nodes.size() == 2);
  REQUIRE(g.maybe_same.size() == 1);
  CHECK(g.maybe_same[0].reason.find("a city and the other a river") != std::string::npos);
}

TEST_CASE("people of one name are kept apart where their offices lie in different countries") {
  Corpus corpus;
  official(corpus, "a", "2024-01-01", "Zhang Wei", "mayor", "lanzhou");
  official(corpus, "b", "2024-01-02", "Zhang Wei", "mayor", "lanzhou");
  official(corpus, "c", "2020-01-02", "Zhang Wei", "councillor", "auckland");
  names(corpus, "d", {{"Person", "Zhang Wei"}});
  const auto g = resolved(corpus);
  std::vector<uint32_t> documents;
  for (const auto& n : g.nodes)
    if (n.label == "Zhang Wei") documents.push_back(n.documents);
  std::sort(documents.begin(), documents.end());
  CHECK(documents == std::vector<uint32_t>{1, 1, 2});
  CHECK(g.maybe_same.size() == 3);
  CHECK(doubts(g).find("in China") != std::string::npos);
  CHECK(doubts(g).find("in New Zealand") != std::string::npos);
  CHECK(doubts(g).find("put in no place") != std::string::npos);
}

TEST_CASE("one sort of seat in two places at one time is held by two people, years apart by one") {
  for (const bool later : {false, true}) {
    Corpus corpus;
    official(corpus, "a", "2020-01-01", "Zhang Wei", "mayor", "lanzhou");
    official(corpus, "b", later ? "2024-01-01" : "2020-02-01", "Zhang Wei", "mayor", "wuhan");
    const auto g = resolved(corpus);
    const auto people = std::count_if(g.nodes.begin(), g.nodes.end(),
                                      [](const auto& n) { return n.label == "Zhang Wei"; });
    CHECK(people == (later ? 1 : 2));
    CHECK(g.maybe_same.size() == (later ? 0 : 1));
  }
}

TEST_CASE("a decision turns a doubt into one node, or removes it") {
  Corpus corpus;
  names(corpus, "a", {{"Person", "Gao Wenbo"}});
  names(corpus, "b", {{"Person", "Gao"}});
  const Decision::Side a{"person/gao-wenbo", "Person", "Gao Wenbo"},
      b{"person/gao", "Person", "Gao"};
  const auto same = resolved(corpus, {{1, DecisionKind::same, a, b}});
  CHECK(same.nodes.size() == 1);
  CHECK(same.maybe_same.empty());
  const auto joints =
      graph::joints_of({"person/gao-wenbo"}, corpus.records, shipped_ontology(), &gazetteer(),
                       std::vector{Decision{1, DecisionKind::same, a, b}})
          .at("person/gao-wenbo");
  REQUIRE(joints.size() == 2);
  CHECK(joints[1].rule == graph::MergeRule::decision);
  for (const auto& d :
       {Decision{1, DecisionKind::different, a, b}, Decision{1, DecisionKind::different, b, a}}) {
    const auto different = resolved(corpus, {d});
    CHECK(different.nodes.size() == 2);
    CHECK(different.maybe_same.empty());
  }
}

TEST_CASE("the order of documents does not matter, and a part of the graph keeps its own doubts") {
  Corpus corpus;
  names(corpus, "a", {{"Person", "Gao Wenbo"}, {"Person", "Gao Lin"}});
  names(corpus, "b", {{"Person", "Gao"}, {"Organization", "Vetla"}});
  names(corpus, "c", {{"Product", "Vetla"}});
  const auto g = resolved(corpus);
  CHECK(g.maybe_same.size() == 3);
  std::reverse(corpus.records.begin(), corpus.records.end());
  CHECK(doubts(resolved(corpus)) == doubts(g));
  graph::Selection selection;
  selection.types = {shipped_ontology().core().person};
  const auto part = graph::select(g, selection);
  CHECK(part.maybe_same.size() == 2);
  CHECK(doubts(part).find("vetla") == std::string::npos);
}

TEST_CASE("places carry what the gazetteer knows of them") {
  Corpus corpus;
  RecordBuilder b("a");
  b.entity("Place", "Chengdu", {}, "place/chengdu", "city");
  b.entity("Place", "Vetla", {}, {}, "city");
  corpus.add(std::move(b));
  const auto g = resolved(corpus);
  REQUIRE(g.nodes.size() == 2);
  CHECK(g.nodes[0].place.geonames == "1815286");
  CHECK(g.nodes[0].place.iso.empty());
  CHECK(g.nodes[0].place.within == std::vector<std::string>{"place/sichuan", "place/china"});
  CHECK(g.nodes[1].place.empty());
  CHECK(gazetteer()[gazetteer().by_key("place/sichuan")].iso == "CN-SC");
}
