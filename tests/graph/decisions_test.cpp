#include <doctest/doctest.h>

#include <algorithm>

#include "graph/near_copies.h"
#include "read/sketch.h"
#include "record_builder.h"

using namespace weft;
using store::Decision;
using store::DecisionKind;
using testing::Corpus;
using testing::RecordBuilder;
using testing::shipped_ontology;

namespace {

graph::Graph resolved(const Corpus& corpus, std::vector<Decision> decisions,
                      graph::ResolveSummary* summary = nullptr) {
  return graph::resolve(
      corpus.records, [&](const std::string& id) { return corpus.texts.at(id); },
      shipped_ontology(), nullptr, summary, decisions);
}

std::string ids(const graph::Graph& g) {
  std::string out;
  for (const auto& n : g.nodes) out += n.id + " ";
  return out;
}

Decision decision(DecisionKind kind, Decision::Side a, Decision::Side b) {
  return {1, kind, std::move(a), std::move(b)};
}

Corpus people() {
  Corpus corpus;
  for (const char* name : {"Gao Wenbo", "Gao Wen Bo", "Lin Yutong"}) {
    RecordBuilder b(name);
    const auto p = b.entity("Person", name);
    const auto o = b.entity("Place", "Oslo");
    b.fact(p, "visited", o, {b.evidence(std::string(name) + " visited Oslo.")});
    corpus.add(std::move(b));
  }
  return corpus;
}

}  // namespace

TEST_CASE("what is decided to be the same is one node, with the facts of both") {
  const Corpus corpus = people();
  CHECK(ids(resolved(corpus, {})) ==
        "person/gao-wen-bo person/gao-wenbo person/lin-yutong place/oslo ");
  const Decision same = decision(DecisionKind::same, {"person/gao-wenbo", "Person", "Gao Wenbo"},
                                 {"person/gao-wen-bo", "Person", "Gao Wen Bo"});
  const graph::Graph g = resolved(corpus, {same});
  CHECK(ids(g) == "person/gao-wenbo person/lin-yutong place/oslo ");
  REQUIRE(g.edges.size() == 2);
  CHECK(g.edges[0].weight == 2);
  CHECK(g.nodes[0].documents == 2);
  // The second name comes first if the decision says so; ids that are not there do nothing.
  CHECK(ids(resolved(corpus, {decision(DecisionKind::same, same.b, same.a)})) ==
        "person/gao-wen-bo person/lin-yutong place/oslo ");
  CHECK(ids(resolved(corpus,
                     {decision(DecisionKind::same, same.a, {"person/nobody", "Person", "N"})})) ==
        ids(resolved(corpus, {})));
  // Three in a chain.
  const Decision third = decision(DecisionKind::same, {"person/lin-yutong", "Person", "Lin Yutong"},
                                  {"person/gao-wen-bo", "Person", "Gao Wen Bo"});
  CHECK(ids(resolved(corpus, {same, third})) == "person/gao-wenbo place/oslo ");
}

TEST_CASE("what is decided to be different stays apart, also by way of a third") {
  Corpus corpus;
  for (const char* id : {"d1", "d2"}) {
    RecordBuilder b(id);
    b.entity("Organization", "World Health Organization", {"WHO"});
    corpus.add(std::move(b));
  }
  RecordBuilder b("d3");
  b.entity("Organization", "WHO");
  corpus.add(std::move(b));
  CHECK(ids(resolved(corpus, {})) == "organization/world-health-organization ");
  const Decision apart = decision(
      DecisionKind::different, {"organization/world-health-organization", "Organization", "WHO"},
      {"organization/world-health-organization", "Organization", "World Health Organization"});
  CHECK(ids(resolved(corpus, {apart})) ==
        "organization/who organization/world-health-organization ");

  const Corpus three = people();
  const Decision::Side a{"person/gao-wenbo", "Person", "Gao Wenbo"},
      c{"person/gao-wen-bo", "Person", "Gao Wen Bo"},
      d{"person/lin-yutong", "Person", "Lin Yutong"};
  CHECK(ids(resolved(three,
                     {decision(DecisionKind::different, a, c), decision(DecisionKind::same, a, d),
                      decision(DecisionKind::same, c, d)})) ==
        "person/gao-wen-bo person/gao-wenbo place/oslo ");
}

TEST_CASE("near copies of a text count as one source, wherever they stand") {
  std::string text = "Report of the harbour office.";
  for (int i = 0; i < 60; ++i)
    text += " Sentence " + std::to_string(i) + " tells of ship number " + std::to_string(i * 7) +
            " in the port.";
  Corpus corpus;
  const auto add = [&](const std::string& id, const std::string& own, bool copy) {
    RecordBuilder b(id);
    const auto p = b.entity("Person", "Ann Lee Jones");
    const auto o = b.entity("Place", "Oslo");
    b.fact(p, "visited", o, {b.evidence(own + " Ann visited Oslo.")});
    b.record.sketch =
        copy ? read::sketch(text + " " + own)
             : read::sketch(own + " other " + std::string(40, 'y') + text.substr(0, 400));
    corpus.add(std::move(b));
  };
  add("a", "As printed in the morning.", true);
  add("b", "As printed in the evening, with one more line.", true);
  add("c", "Something else altogether was said by nobody in particular on that long day.", false);
  add("d", "And printed again.", true);
  graph::ResolveSummary summary;
  const graph::Graph g = resolved(corpus, {}, &summary);
  REQUIRE(g.edges.size() == 1);
  CHECK(g.edges[0].evidence.size() == 4);
  CHECK(g.edges[0].weight == 2);
  REQUIRE(summary.near_copies.size() == 1);
  CHECK(summary.near_copies[0] == std::vector<std::string>{"a", "b", "d"});
  const std::string first = testing::dump(g);
  for (int i = 0; i < 5; ++i) {
    std::rotate(corpus.records.begin(), corpus.records.begin() + 1, corpus.records.end());
    CHECK(testing::dump(resolved(corpus, {})) == first);
  }
}

TEST_CASE("sketches: case and punctuation don't matter, short texts have none") {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "word" + std::to_string(i * i) + ", ";
  std::string shouted = text;
  for (char& c : shouted) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  CHECK(read::sketch(text) == read::sketch(shouted + "!!"));
  CHECK(read::sketch(text).size() == 256);
  CHECK(read::sketch("too few words to say anything").empty());
  CHECK(read::sketch("").empty());
  CHECK(read::sketch(std::string(100000, '\0')).empty());
}
