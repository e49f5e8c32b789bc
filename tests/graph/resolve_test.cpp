#include "graph/resolve.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "record_builder.h"

using namespace weft;
using doc::Modality;
using testing::Corpus;
using testing::RecordBuilder;

namespace {

std::vector<std::string> ids(const graph::Graph& g) {
  std::vector<std::string> out;
  for (const auto& n : g.nodes) out.push_back(n.id);
  return out;
}

/// One entity in each of several documents; the ids of the resulting nodes.
struct EntityRow {
  const char* type;
  const char* label;
  std::vector<std::string> aliases = {};
  const char* link = "";
  const char* kind = "";
};

std::vector<std::string> ids_of(const std::vector<EntityRow>& rows) {
  Corpus corpus;
  for (size_t i = 0; i < rows.size(); ++i) {
    RecordBuilder b("d" + std::to_string(i));
    b.entity(rows[i].type, rows[i].label, rows[i].aliases, rows[i].link, rows[i].kind);
    corpus.add(std::move(b));
  }
  return ids(corpus.graph());
}

}  // namespace

TEST_CASE("entities of several documents become one node, or don't") {
  struct Row {
    const char* why;
    std::vector<EntityRow> entities;
    size_t nodes;
  };
  const Row rows[] = {
      {"one name", {{"Person", "Xi Jinping"}, {"Person", "Xi Jinping"}}, 1},
      {"case, accents and articles",
       {{"Organization", "The State Council"}, {"Organization", "STATE COUNCIL"}},
       1},
      {"one name, two types", {{"Organization", "Washington"}, {"Place", "Washington"}}, 2},
      {"a surname says nothing",
       {{"Person", "Li"}, {"Person", "Li"}, {"Person", "Li Qiang", {"Li"}}},
       3},
      {"one link",
       {{"Place", "Jiangxi", {}, "place/jiangxi"}, {"Place", "Gan", {}, "place/jiangxi"}},
       1},
      {"two links of one name",
       {{"Place", "Springfield", {}, "place/springfield-il"},
        {"Place", "Springfield", {}, "place/springfield-ma"}},
       2},
      {"a name without a link joins the only link",
       {{"Place", "Chongqing", {}, "place/chongqing"}, {"Place", "Chongqing"}},
       1},
      {"a name without a link chooses between no two links",
       {{"Place", "Suzhou", {}, "place/suzhou-js"},
        {"Place", "Suzhou", {}, "place/suzhou-ah"},
        {"Place", "Suzhou"}},
       3},
      {"a designator",
       {{"Place", "Jiangxi", {}, "", "province"}, {"Place", "Jiangxi Province"}},
       1},
      {"the same, written first",
       {{"Place", "Province of Jiangxi"}, {"Place", "Jiangxi", {}, "", "province"}},
       1},
      {"a designator that contradicts",
       {{"Place", "Mexico", {}, "", "country"}, {"Place", "Mexico City", {}, "", "city"}},
       2},
      {"kinds that contradict",
       {{"Place", "Jilin", {}, "", "province"}, {"Place", "Jilin", {}, "", "city"}},
       2},
      {"an acronym that a document explains",
       {{"Organization", "World Health Organization", {"WHO"}}, {"Organization", "WHO"}},
       1},
      {"an acronym of two organisations",
       {{"Organization", "American Medical Association", {"AMA"}},
        {"Organization", "Academy of Model Aeronautics", {"AMA"}},
        {"Organization", "AMA"}},
       3},
      {"an acronym that nobody explains",
       {{"Organization", "World Health Organization"}, {"Organization", "WHO"}},
       2},
      {"an alias that is not made of its letters",
       {{"Organization", "Ministry of Truth", {"XYZ"}}, {"Organization", "XYZ"}},
       2},
      {"a middle name",
       {{"Person", "Donald J. Trump", {"Donald Trump"}}, {"Person", "Donald Trump"}},
       1},
      {"a title and a surname",
       {{"Person", "Wang Yi", {"Minister Wang"}}, {"Person", "Minister Wang"}},
       2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(ids_of(row.entities).size() == row.nodes);
    auto reversed = row.entities;
    std::reverse(reversed.begin(), reversed.end());
    CHECK(ids_of(reversed).size() == row.nodes);
  }
}

TEST_CASE("two persons of one name in one document stay two") {
  RecordBuilder a("a"), b("b");
  a.entity("Person", "John Smith");
  a.entity("Person", "John Smith", {"Smith"});
  b.entity("Person", "John Smith");
  Corpus corpus;
  corpus.add(std::move(a));
  corpus.add(std::move(b));
  const auto g = corpus.graph();
  REQUIRE(g.nodes.size() == 2);
  CHECK(g.nodes[0].id == "person/john-smith");
  CHECK(g.nodes[1].id.starts_with("person/john-smith-"));
}

TEST_CASE("labels, counts and ids") {
  Corpus corpus;
  RecordBuilder a("a"), b("b"), c("c");
  a.entity("Organization", "WHO", {"WHO"});
  b.entity("Organization", "World Health Organization", {"WHO"});
  c.entity("Organization", "<script>\n\x01", {});
  corpus.add(std::move(a));
  corpus.add(std::move(b));
  corpus.add(std::move(c));
  const auto g = corpus.graph();
  REQUIRE(g.nodes.size() == 2);
  const auto who = g.find("organization/world-health-organization");
  REQUIRE(who != graph::kNoNode);
  CHECK(g.nodes[who].label == "World Health Organization");
  CHECK(g.nodes[who].mentions == 4);
  CHECK(g.nodes[who].documents == 2);
  CHECK(g.nodes[who].aliases[0].form == "WHO");
  CHECK(g.find("organization/nobody") == graph::kNoNode);
}

TEST_CASE("one edge for a fact, with its summary") {
  RecordBuilder a("a"), b("b");
  const auto xi = a.entity("Person", "Xi Jinping"), hunan = a.entity("Place", "Hunan");
  auto planned = a.evidence("Xi will visit Hunan.", Modality::planned, 0.9f);
  auto done = a.evidence("Xi visited Hunan in March.", Modality::asserted, 0.5f);
  done.time = "2024-03";
  auto twice = done;
  twice.rule = "another.rule";
  twice.confidence = 0.6f;
  a.fact(xi, "visited", hunan, {planned, done});
  a.fact(xi, "visited", hunan, {twice});
  const auto xi_b = b.entity("Person", "Xi Jinping"), hunan_b = b.entity("Place", "Hunan");
  b.fact(xi_b, "visited", hunan_b, {b.evidence("Xi visited Hunan.", Modality::asserted, 0.5f)});
  Corpus corpus;
  corpus.add(std::move(a));
  corpus.add(std::move(b));
  const auto g = corpus.graph();
  REQUIRE(g.edges.size() == 1);
  const auto& e = g.edges[0];
  CHECK(e.weight == 3);
  CHECK(e.evidence.size() == 3);  // the second rule read the same words the same way
  CHECK(e.summary.modality == Modality::asserted);
  CHECK(e.summary.time == "2024-03");
  CHECK(e.summary.confidence == doctest::Approx(1 - 0.4 * 0.5));
  for (const auto& item : e.evidence)
    CHECK(corpus.texts[item.document].substr(item.span.begin, item.span.size()) == item.text);
}

TEST_CASE("a directive never reads as done, a denial wins only by majority") {
  using P = doc::Polarity;
  struct Row {
    std::vector<std::pair<Modality, P>> evidence;
    Modality modality;
    P polarity;
  };
  const Row rows[] = {
      {{{Modality::directive, P::positive}, {Modality::directive, P::positive}},
       Modality::directive,
       P::positive},
      {{{Modality::directive, P::positive}, {Modality::possible, P::positive}},
       Modality::possible,
       P::positive},
      {{{Modality::possible, P::positive}, {Modality::planned, P::positive}},
       Modality::planned,
       P::positive},
      {{{Modality::asserted, P::negative}, {Modality::planned, P::positive}},
       Modality::asserted,
       P::negative},
      {{{Modality::asserted, P::negative}, {Modality::asserted, P::positive}},
       Modality::asserted,
       P::positive},
      {{{Modality::asserted, P::negative},
        {Modality::asserted, P::negative},
        {Modality::asserted, P::positive}},
       Modality::asserted,
       P::negative},
  };
  for (const Row& row : rows) {
    RecordBuilder b("a");
    const auto s = b.entity("Place", "Jiangxi"), o = b.entity("Theme", "green growth");
    std::vector<doc::Evidence> evidence;
    for (const auto& [modality, polarity] : row.evidence) {
      evidence.push_back(b.evidence("A sentence.", modality));
      evidence.back().polarity = polarity;
    }
    b.fact(s, "promotes", o, evidence);
    Corpus corpus;
    corpus.add(std::move(b));
    const auto g = corpus.graph();
    REQUIRE(g.edges.size() == 1);
    CHECK(g.edges[0].summary.modality == row.modality);
    CHECK(g.edges[0].summary.polarity == row.polarity);
  }
}

TEST_CASE("the speaker of a fact is the most frequent one, of several the first") {
  struct Row {
    std::vector<std::string> speakers;  // empty: the document itself
    Modality modality;
    std::string expected;
  };
  const Row rows[] = {
      {{"Ann", "Ben", "Ben"}, Modality::directive, "person/ben"},
      {{"Ann", "Ben"}, Modality::directive, "person/ann"},
      {{"", "Ben"}, Modality::directive, "person/ben"},
      {{"", "Ben"}, Modality::asserted, ""},
      {{"", ""}, Modality::planned, ""},
  };
  for (const Row& row : rows) {
    RecordBuilder b("a");
    const auto s = b.entity("Place", "Jiangxi"), o = b.entity("Theme", "green growth");
    const auto ann = b.entity("Person", "Ann"), ben = b.entity("Person", "Ben");
    std::vector<doc::Evidence> evidence;
    for (const std::string& speaker : row.speakers) {
      evidence.push_back(
          b.evidence("Sentence " + std::to_string(evidence.size()) + ".", row.modality));
      if (!speaker.empty()) evidence.back().speaker = speaker == "Ann" ? ann : ben;
    }
    b.fact(s, "promotes", o, evidence);
    Corpus corpus;
    corpus.add(std::move(b));
    const auto g = corpus.graph();
    REQUIRE(g.edges.size() == 1);
    CHECK(g.edges[0].summary.speaker == row.expected);
  }
}

TEST_CASE("a copied text proves a fact once") {
  Corpus corpus;
  for (const char* id : {"a", "b"}) {
    RecordBuilder b(id);
    const auto s = b.entity("Person", "Ann Lee"), o = b.entity("Place", "Oslo");
    b.fact(s, "visited", o, {b.evidence("Ann Lee visited Oslo.")});
    corpus.add(std::move(b));
  }
  const auto g = corpus.graph();
  REQUIRE(g.edges.size() == 1);
  CHECK(g.edges[0].weight == 1);
  CHECK(g.edges[0].evidence.size() == 2);
}

TEST_CASE("symmetric facts meet, self-loops and broken spans are left out and counted") {
  RecordBuilder b("a");
  const auto x = b.entity("Person", "Zoe Zimmer"), y = b.entity("Person", "Abe Adams");
  const auto gan = b.entity("Place", "Gan", {}, "place/jiangxi"),
             jx = b.entity("Place", "Jiangxi", {}, "place/jiangxi");
  b.fact(x, "met_with", y, {b.evidence("Zoe met Abe.")});
  b.fact(y, "met_with", x, {b.evidence("Abe met Zoe.")});
  b.fact(gan, "located_in", jx, {b.evidence("Gan is in Jiangxi.")});
  auto beyond = b.evidence("Zoe met Abe again.");
  beyond.span.end += 1000;
  b.fact(x, "visited", jx, {beyond});
  auto between = b.evidence("Zo\u00eb was there.");
  between.span.begin += 3;
  b.fact(x, "visited", gan, {between});
  Corpus corpus;
  corpus.add(std::move(b));
  graph::ResolveSummary summary;
  const auto g = corpus.graph(nullptr, &summary);
  REQUIRE(g.edges.size() == 1);
  CHECK(g.nodes[g.edges[0].source].id == "person/abe-adams");
  CHECK(g.edges[0].weight == 2);
  CHECK(summary.self_loops == 1);
  CHECK(summary.broken_evidence == 2);
}

TEST_CASE("text values become attributes, once each") {
  RecordBuilder b("a");
  const auto s = b.entity("Place", "Chongqing");
  b.value(s, "serves_as", "key fulcrum", {b.evidence("It is a key fulcrum.", Modality::directive)});
  b.value(s, "serves_as", "Key  Fulcrum", {b.evidence("A Key  Fulcrum.", Modality::directive)});
  b.value(s, "has_value", "GDP: 3 trillion yuan", {b.evidence("GDP was 3 trillion yuan.")});
  Corpus corpus;
  corpus.add(std::move(b));
  const auto g = corpus.graph();
  REQUIRE(g.nodes.size() == 1);
  REQUIRE(g.nodes[0].attributes.size() == 2);
  CHECK(g.nodes[0].attributes[0].value == "GDP: 3 trillion yuan");
  CHECK(g.nodes[0].attributes[1].evidence.size() == 2);
  CHECK(g.nodes[0].attributes[1].summary.modality == Modality::directive);
}

TEST_CASE("the order of documents does not matter") {
  std::mt19937 random(7);
  const auto pick = [&](size_t n) { return static_cast<size_t>(random() % n); };
  const char* people[] = {"Li Qiang",        "Li",           "Xi Jinping",
                          "Donald J. Trump", "Donald Trump", "John Smith"};
  const char* places[] = {"Jilin", "Jilin City", "Jilin Province", "Suzhou", "Jiangxi"};
  const char* kinds[] = {"", "city", "province"};
  const char* links[] = {"", "", "place/suzhou-js", "place/suzhou-ah"};
  const char* organizations[] = {"WHO", "World Health Organization", "World Heritage Office"};
  Corpus corpus;
  for (int d = 0; d < 60; ++d) {
    RecordBuilder b("d" + std::to_string(d * 37 % 60));
    std::vector<doc::LocalEntity> all;
    for (int i = 0; i < 3; ++i)
      all.push_back(b.entity("Person", people[pick(6)], {people[pick(6)]}));
    for (int i = 0; i < 3; ++i)
      all.push_back(b.entity("Place", places[pick(5)], {}, links[pick(4)], kinds[pick(3)]));
    all.push_back(b.entity("Organization", organizations[pick(3)], {"WHO"}));
    const char* relations[] = {"met_with", "influences", "visited"};
    for (int i = 0; i < 8; ++i) {
      auto e = b.evidence("Sentence " + std::to_string(pick(3)) + ".",
                          static_cast<Modality>(pick(4)), static_cast<float>(pick(100)) / 100);
      if (pick(2)) e.time = "2024-0" + std::to_string(1 + pick(3));
      if (pick(3) == 0) e.speaker = all[pick(all.size())];
      b.fact(all[pick(all.size())], relations[pick(3)], all[pick(all.size())], {e});
      b.value(all[pick(all.size())], "serves_as", pick(2) ? "hub" : "Hub", {e});
    }
    corpus.add(std::move(b));
  }
  const std::string expected = testing::dump(corpus.graph());
  CHECK(expected.size() > 10000);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(corpus.records.begin(), corpus.records.end(), random);
    CHECK(testing::dump(corpus.graph()) == expected);
  }
  const auto g = corpus.graph();
  CHECK(
      std::is_sorted(g.nodes.begin(), g.nodes.end(), [](auto& a, auto& b) { return a.id < b.id; }));
  std::vector<std::string> all = ids(g);
  CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
}

TEST_CASE("an office without a body in its name is one only with its body or its holder") {
  struct Row {
    const char* office;
    const char* holder;
    const char* body;  // empty: the document doesn't say
  };
  struct Case {
    const char* why;
    std::vector<Row> documents;
    size_t offices;
  };
  const Case cases[] = {
      {"two bodies",
       {{"chief executive", "Ada Lorenz", "Volta"}, {"chief executive", "Jo Prado", "Atlas"}},
       2},
      {"one body",
       {{"chief executive", "Ada Lorenz", "Volta"}, {"chief executive", "Jo Prado", "Volta"}},
       1},
      {"one holder",
       {{"general secretary", "Jo Prado", ""}, {"general secretary", "Jo Prado", ""}},
       1},
      {"nothing in common", {{"mayor", "Ada Lorenz", ""}, {"mayor", "Jo Prado", ""}}, 2},
      {"a full name", {{"mayor of Riga", "Ada Lorenz", ""}, {"mayor of Riga", "Jo Prado", ""}}, 1},
  };
  for (const Case& c : cases) {
    CAPTURE(c.why);
    Corpus corpus;
    for (const Row& row : c.documents) {
      RecordBuilder b("d" + std::to_string(corpus.records.size()));
      const auto office = b.entity("Position", row.office);
      b.fact(b.entity("Person", row.holder), "holds_position", office, {b.evidence("A holds it.")});
      if (*row.body)
        b.fact(office, "position_in", b.entity("Organization", row.body),
               {b.evidence("It is there.")});
      corpus.add(std::move(b));
    }
    size_t offices = 0;
    for (const std::string& id : ids(corpus.graph())) offices += id.starts_with("position/");
    CHECK(offices == c.offices);
  }
}
