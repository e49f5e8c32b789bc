// Questions as people ask them, on a graph known by heart.
#include <doctest/doctest.h>

#include "core/error.h"
#include "query/functions.h"
#include "query/small_graph.h"
#include "query/vocabulary.h"

using namespace weft;
using test::cell;

namespace {

struct Fixture {
  graph::Graph graph = test::small_graph();
  query::NameIndex names{graph};
  query::View view{graph, test::ontology()};
  graph::NodeIndex node(const char* id) const { return graph.find(id); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "what is read around an entity is enough to answer about it") {
  const store::Store store = test::stored(graph);
  for (graph::NodeIndex n = 0; n < graph.nodes.size(); ++n) {
    const graph::Graph part = graph::load_around(store, test::ontology(), n);
    const query::View around{part, test::ontology()};
    const graph::NodeIndex there = part.find(graph.nodes[n].id);
    REQUIRE(there != graph::kNoNode);
    CHECK(query::show(around, there).rows == query::show(view, n).rows);
    CHECK(query::neighbors(around, there, {}).rows == query::neighbors(view, n, {}).rows);
    CHECK(query::timeline(around, there).rows == query::timeline(view, n).rows);
  }
}

TEST_CASE_FIXTURE(Fixture,
                  "find ranks exact before prefix before word before substring before near") {
  struct Row {
    const char* text;
    const char* id;
    query::MatchRank rank;
  };
  for (const Row& row : {Row{"XI JINPING", "person/xi-jinping", query::MatchRank::exact},
                         Row{"ana munoz", "person/ana-munoz", query::MatchRank::exact},
                         Row{"\u91cd\u5e86", "place/chongqing", query::MatchRank::exact},
                         Row{"place/jiangxi", "place/jiangxi", query::MatchRank::exact},
                         Row{"npc", "organization/npc", query::MatchRank::exact},
                         Row{"chong", "place/chongqing", query::MatchRank::prefix},
                         Row{"jinping xi", "person/xi-jinping", query::MatchRank::words},
                         Row{"ongqin", "place/chongqing", query::MatchRank::substring},
                         Row{"Jianxi", "place/jiangxi", query::MatchRank::near},
                         Row{"Chonqging", "place/chongqing", query::MatchRank::near}}) {
    CAPTURE(row.text);
    const auto found = names.find(row.text);
    REQUIRE_FALSE(found.empty());
    CHECK(graph.nodes[found[0].node].id == row.id);
    CHECK(found[0].rank == row.rank);
  }
  CHECK(names.find("Ulaanbaatar").empty());
  CHECK(names.find("").empty());
  CHECK(names.find("zz").empty());
}

TEST_CASE_FIXTURE(Fixture, "find lists each entity once and keeps to a type") {
  const query::Table all = query::find(view, names, {"jiang", ""});
  REQUIRE(all.rows.size() == 2);
  CHECK(cell(all, 0, "id") == "place/jiangxi");  // more mentions
  CHECK(query::find(view, names, {"xi", "Person"}).rows.size() == 1);
  CHECK_THROWS_WITH_AS(query::find(view, names, {"xi", "Persn"}), doctest::Contains("\"Person\""),
                       core::SetupError);
}

TEST_CASE_FIXTURE(Fixture, "an entity argument is an id, a label, an alias, several or none") {
  CHECK(names.resolve("person/xi-jinping").node == node("person/xi-jinping"));
  CHECK(names.resolve("jiangxi province").node == node("place/jiangxi"));
  const auto several = names.resolve("the province");
  CHECK(several.node == graph::kNoNode);
  REQUIRE(several.candidates.size() == 2);
  CHECK(several.candidates[0] == node("place/jiangxi"));
  CHECK(names.resolve("Xi").candidates.size() == 2);
  const auto none = names.resolve("Jiangxy");
  CHECK(none.node == graph::kNoNode);
  CHECK(none.candidates.empty());
  REQUIRE_FALSE(none.suggestions.empty());
  CHECK(none.suggestions[0] == node("place/jiangxi"));
}

TEST_CASE_FIXTURE(Fixture, "show tells what an entity is and its facts both ways") {
  const query::Table table = query::show(view, node("event/npc-session"));
  size_t about = 0;
  for (size_t r = 0; r < table.rows.size(); ++r)
    if (cell(table, r, "part") == "fact about it") ++about;
  CHECK(about == 2);
  CHECK(cell(table, 0, "value") == "second session of the 14th NPC");
  const query::Table li = query::show(view, node("person/li-qiang"));
  bool value = false;
  for (size_t r = 0; r < li.rows.size(); ++r)
    value = value || (cell(li, r, "part") == "value" &&
                      cell(li, r, "value") == "Premier of the State Council");
  CHECK(value);
}

TEST_CASE_FIXTURE(Fixture, "neighbors keep to depth, relation and type") {
  CHECK(query::neighbors(view, node("person/xi-jinping"), {}).rows.size() == 3);
  query::NeighborOptions two;
  two.depth = 2;
  const query::Table table = query::neighbors(view, node("person/xi-jinping"), two);
  REQUIRE(table.rows.size() == 4);
  CHECK(cell(table, 3, "entity") == "Li Qiang");
  CHECK(cell(table, 3, "steps") == "2");
  CHECK(cell(table, 3, "relation") ==
        test::ontology()[test::ontology().relation("attended")].inverse);
  two.types = {"person"};
  CHECK(query::neighbors(view, node("person/xi-jinping"), two).rows.size() == 1);
  query::NeighborOptions visited;
  visited.relations = {"VISITED"};
  CHECK(query::neighbors(view, node("person/xi-jinping"), visited).rows.size() == 2);
  query::NeighborOptions zero;
  zero.depth = 0;
  CHECK(query::neighbors(view, node("person/xi-jinping"), zero).rows.empty());
}

TEST_CASE_FIXTURE(Fixture, "a path follows facts either way and shows which way they go") {
  const query::Table table = query::path(view, node("place/jiangxi"), node("person/ana-munoz"));
  REQUIRE(table.rows.size() == 4);
  CHECK(cell(table, 0, "relation") == "visited");
  CHECK(cell(table, 0, "direction") == "\u2190");
  CHECK(cell(table, 1, "direction") == "\u2192");
  CHECK(cell(table, 3, "direction") == "\u2194");
  CHECK(cell(table, 3, "modality") == "planned");
  CHECK(cell(table, 0, "text") == "In 2023 Xi Jinping visited Jiangxi.");
  CHECK(query::path(view, node("place/jiangxi"), node("place/jiangsu")).rows.empty());
  CHECK(query::path(view, node("place/jiangxi"), node("person/li-qiang"), {1, 99, {"visited"}})
            .rows.empty());
}

TEST_CASE_FIXTURE(Fixture, "facts by every condition") {
  CHECK(query::facts(view, {}).rows.size() == 7);
  query::FactFilter filter;
  filter.subject = node("person/ana-munoz");  // the object of a symmetric relation
  CHECK(query::facts(view, filter).rows.size() == 1);
  filter = {};
  filter.object = node("event/npc-session");
  CHECK(query::facts(view, filter).rows.size() == 2);
  filter = {};
  filter.object_text = "premier";
  REQUIRE(query::facts(view, filter).rows.size() == 1);
  filter = {};
  filter.modalities = {"planned", "directive"};
  CHECK(query::facts(view, filter).rows.size() == 2);
  filter.modalities = {"planed"};
  CHECK_THROWS_WITH_AS(query::facts(view, filter), doctest::Contains("\"planned\""),
                       core::SetupError);
}

TEST_CASE_FIXTURE(Fixture, "facts overlap a span of time at any precision") {
  struct Row {
    const char* since;
    const char* until;
    size_t count;
  };
  for (const Row& row : {Row{"2024", "", 3}, Row{"", "2023", 1}, Row{"2024-03-11", "2024-03-11", 2},
                         Row{"2024-03-12", "2024-03-31", 1}, Row{"2024-04-22", "2024-04", 1},
                         Row{"2023-06", "2023-07", 1}, Row{"2025", "", 0}}) {
    CAPTURE(row.since);
    CAPTURE(row.until);
    query::FactFilter filter;
    filter.since = row.since;
    filter.until = row.until;
    CHECK(query::facts(view, filter).rows.size() == row.count);
  }
  for (const char* bad : {"yesterday", "2024-13", "2024-02-30", "2024/2025", "-"}) {
    CAPTURE(bad);
    query::FactFilter filter;
    filter.since = bad;
    CHECK_THROWS_AS(query::facts(view, filter), core::SetupError);
  }
  query::FactFilter turned;
  turned.since = "2025";
  turned.until = "2024";
  CHECK_THROWS_AS(query::facts(view, turned), core::SetupError);
}

TEST_CASE_FIXTURE(Fixture, "evidence of a fact named in each way") {
  const std::vector<std::vector<std::string>> ways = {
      {"edge4"},
      {"xi jinping", "visited", "jiangxi"},
      {"Xi Jinping visited Jiangxi"},
      {"Xi", "Jinping", "visited", "Jiangxi", "Province"},
      {"Jiangxi visited by Xi Jinping"}};
  for (const auto& words : ways) {
    CAPTURE(words[0]);
    std::string problem;
    const auto facts = query::find_facts(view, names, words, problem);
    REQUIRE(facts.size() == 1);
    CHECK(cell(query::evidence(view, facts), 0, "text") == "In 2023 Xi Jinping visited Jiangxi.");
  }
  std::string problem;
  CHECK(query::find_facts(view, names, {"Li Qiang", "serves_as", "premier"}, problem).size() == 1);
  CHECK(query::find_facts(view, names, {"Li Qiang visited Jiangxi"}, problem).empty());
  CHECK(problem.find("holds no fact") != std::string::npos);
  CHECK(query::find_facts(view, names, {"Li Qiangg visited Jiangxi"}, problem).empty());
  CHECK(problem.find("Did you mean \"Li Qiang\"") != std::string::npos);
  CHECK(query::find_facts(view, names, {"nonsense"}, problem).empty());
  CHECK(problem.find("neither") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "stats count everything once") {
  const query::Table table = query::stats(view);
  CHECK(cell(table, 1, "count") == "9");
  CHECK(cell(table, 2, "count") == "6");
  CHECK(cell(table, 3, "count") == "1");
  CHECK(cell(table, 4, "count") == "7");
  CHECK(cell(table, 5, "count") == "1");
}

TEST_CASE("the schema is listed whole, in part, and refuses what it lacks") {
  const auto& o = test::ontology();
  CHECK(query::schema_listing(o).rows.size() == o.types().size() + o.relations().size());
  CHECK(query::schema_listing(o, "types").rows.size() == o.types().size());
  CHECK(query::schema_listing(o, "visited by").rows.size() == 1);
  CHECK_THROWS_WITH_AS(query::schema_listing(o, "vistied"), doctest::Contains("\"visited\""),
                       core::SetupError);
}

TEST_CASE("questions to an empty graph find nothing and don't fall over") {
  const graph::Graph empty;
  const query::NameIndex names(empty);
  const query::View view{empty, test::ontology()};
  CHECK(names.find("x").empty());
  CHECK(query::facts(view, {}).rows.empty());
  CHECK(cell(query::stats(view), 0, "count") == "0");
}
