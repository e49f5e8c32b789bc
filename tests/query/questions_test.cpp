// Questions about time, speakers, offices and change, on a graph made for them.
#include <doctest/doctest.h>

#include "core/error.h"
#include "query/functions.h"
#include "query/small_graph.h"
#include "schema/lexicon.h"

using namespace weft;
using doc::Modality;
using doc::Polarity;
using test::cell;

namespace {

struct Said {
  const char* document;
  const char* time;
  Modality modality = Modality::asserted;
  Polarity polarity = Polarity::positive;
  const char* speaker = "";
};

/// Adds evidence to the edge made last, in place of what GraphMaker gave it.
void prove(graph::Edge& edge, std::vector<Said> all) {
  edge.evidence.clear();
  for (const Said& s : all) {
    graph::EvidenceItem e;
    e.document = s.document;
    e.text = std::string("In ") + s.document + " it stands.";
    e.confidence = 0.8f;
    e.time = s.time;
    e.modality = s.modality;
    e.polarity = s.polarity;
    e.speaker = s.speaker;
    edge.evidence.push_back(e);
  }
  edge.weight = static_cast<uint32_t>(edge.evidence.size());
}

graph::Graph office_graph(bool later = false) {
  test::GraphMaker make;
  make.document("2019.txt", "2019-05-01");
  make.document("2021.txt", "2021-06-01");
  make.document("2024.txt", "2024-03-13T09:00:00Z");
  make.document("undated.txt", "");
  make.node("organization/council", "Organization", "State Council", {{"council", 2}}, 4);
  make.node("person/ann", "Person", "Ann Lee", {}, 5);
  make.node("person/bo", "Person", "Bo Ek", {}, 3);
  make.node("person/cy", "Person", "Cy Ray", {}, 2);
  make.node("place/oslo", "Place", "Oslo", {}, 2, "city");
  make.node("position/member", "Position", "member of the State Council", {}, 2);
  make.node("position/premier", "Position", "Premier of the State Council", {}, 3);
  make.node("position/president", "Position", "president", {}, 2);
  make.node("position/vice", "Position", "Vice Premier of the State Council", {}, 2);
  const auto edge = [&](const char* s, const char* r, const char* t, std::vector<Said> all) {
    prove(make.edge(s, r, t, "", Modality::asserted, ""), std::move(all));
  };
  const Said a19{"2019.txt", ""}, a21{"2021.txt", ""}, a24{"2024.txt", ""};
  edge("person/ann", "holds_position", "position/member", {a19});
  edge("person/ann", "holds_position", "position/premier", {a19, a21});
  edge("person/ann", "holds_position", "position/president", {a24});
  edge("person/ann", "holds_position", "position/vice", {a24});
  edge("person/ann", "visited", "place/oslo",
       {{"2019.txt", "2018-05"},
        {"2021.txt", "2021-05-30"},
        {"2021.txt", "2018-05", Modality::asserted, Polarity::negative, "person/bo"}});
  edge("person/bo", "holds_position", "position/member", {a19});
  edge("person/bo", "holds_position", "position/premier",
       {{"2021.txt", "2020/2021", Modality::asserted}});
  edge("person/bo", "holds_position", "position/president", {a24});
  edge("person/bo", "holds_position", "position/vice", {a24});
  edge("person/bo", "visited", "place/oslo",
       {{"2024.txt", "", Modality::directive, Polarity::positive, "person/ann"},
        {"2024.txt", "2024-04", Modality::planned, Polarity::negative}});
  edge("person/cy", "holds_position", "position/premier", {a24});
  if (later) edge("person/cy", "visited", "place/oslo", {{"undated.txt", ""}});
  edge("position/premier", "position_in", "organization/council", {a19});
  make.attribute("person/ann", "serves_as", later ? "key person" : "host", "Ann is it.");
  return make.take();
}

struct Fixture {
  graph::Graph graph = office_graph();
  query::NameIndex names{graph};
  query::View view{graph, test::ontology()};
  graph::NodeIndex node(const char* id) const { return graph.find(id); }
};

/// "A|B|C" of one row.
std::string row(const query::Table& t, size_t r, std::vector<const char*> columns) {
  std::string out;
  for (const char* c : columns) out += (out.empty() ? "" : "|") + cell(t, r, c);
  return out;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture,
                  "timeline has a row for each time of a fact, in order, and counts the rest") {
  const auto t = query::timeline(view, node("place/oslo"));
  REQUIRE(t.rows.size() == 3);
  CHECK(row(t, 0, {"time", "relation", "value", "evidence"}) == "2018-05|visited by|Ann Lee|2");
  CHECK(row(t, 1, {"time", "value", "begin", "end"}) == "2021-05-30|Ann Lee|2021-05-30|2021-05-30");
  CHECK(row(t, 2, {"time", "value", "modality", "polarity"}) == "2024-04|Bo Ek|planned|negative");
  CHECK(t.notes.empty());
  CHECK(query::timeline(view, node("person/ann")).notes.size() == 1);
  CHECK(query::timeline(view, node("place/oslo"), {"2021-05", "2021"}).rows.size() == 1);
  CHECK_THROWS_WITH_AS(query::timeline(view, node("place/oslo"), {"soon", ""}),
                       doctest::Contains("not a date for --since"), core::SetupError);
  CHECK_THROWS_WITH_AS(query::timeline(view, node("place/oslo"), {"2024", "2020"}),
                       doctest::Contains("Swap"), core::SetupError);
}

TEST_CASE_FIXTURE(Fixture, "compare says what both have and what only one has") {
  const auto t = query::compare(view, node("person/ann"), node("person/bo"));
  std::vector<std::string> rows;
  for (size_t r = 0; r < t.rows.size(); ++r)
    rows.push_back(row(t, r, {"part", "relation", "value"}));
  const auto has = [&](const char* wanted) {
    return std::find(rows.begin(), rows.end(), wanted) != rows.end();
  };
  CHECK(has("entity|label|"));
  CHECK(has("both|visited|Oslo"));
  CHECK(has("both|holds_position|Premier of the State Council"));
  CHECK(has("only a|serves_as|host"));
  CHECK_FALSE(has("only b|visited|Oslo"));
  const auto shared = query::compare(view, node("person/ann"), node("person/cy"), true);
  CHECK(cell(shared, shared.rows.size() - 1, "value") == "Premier of the State Council");
  const auto joined = query::compare(view, node("position/premier"), node("organization/council"));
  bool between = false;
  for (size_t r = 0; r < joined.rows.size(); ++r)
    between |= row(joined, r, {"part", "relation"}) == "between them|position_in";
  CHECK(between);
}

TEST_CASE_FIXTURE(Fixture, "top ranks by each measure, within a type, and refuses others") {
  for (const std::string& by : query::top_measures()) {
    CAPTURE(by);
    const auto t = query::top(view, {by, "", 100});
    REQUIRE(t.rows.size() == graph.nodes.size());
    const auto value = [&](size_t r) {
      const query::Cell& c = t.rows[r][t.column(by)];
      const auto* whole = std::get_if<int64_t>(&c);
      return whole ? static_cast<double>(*whole) : std::get<double>(c);
    };
    for (size_t r = 1; r < t.rows.size(); ++r) CHECK(value(r - 1) >= value(r));
  }
  CHECK(cell(query::top(view, {"degree", "Person", 1}), 0, "id") == "person/ann");
  CHECK(query::top(view, {"degree", "Person", 1}).notes.size() == 1);
  CHECK(query::top(view, {"mentions", "Work", 9}).rows.empty());
  CHECK_THROWS_WITH_AS(query::top(view, {"degre", "", 9}), doctest::Contains("\"degree\""),
                       core::SetupError);
}

TEST_CASE_FIXTURE(Fixture, "claims are pieces of evidence with a speaker") {
  CHECK(query::claims(view, {}).rows.size() == 2);
  query::ClaimFilter filter;
  filter.speaker = node("person/ann");
  filter.modalities = {"directive"};
  const auto t = query::claims(view, filter);
  REQUIRE(t.rows.size() == 1);
  CHECK(row(t, 0, {"speaker", "subject", "relation", "object"}) == "Ann Lee|Bo Ek|visited|Oslo");
  filter.modalities = {"asserted"};
  CHECK(query::claims(view, filter).rows.empty());
  query::ClaimFilter early;
  early.span.until = "2022";
  CHECK(cell(query::claims(view, early), 0, "speaker") == "Bo Ek");
  early.about = node("person/cy");
  CHECK(query::claims(view, early).rows.empty());
  filter.modalities = {"shouting"};
  CHECK_THROWS_AS(query::claims(view, filter), core::SetupError);
}

TEST_CASE_FIXTURE(Fixture,
                  "contradictions: denials for one time, and two holders of a single seat") {
  const auto lexicons = schema::Lexicons::load(std::filesystem::path(WEFT_SCHEMA_DIR) / "lexicons");
  const auto t = query::contradictions(view, lexicons);
  // Ann visited Oslo in May 2018, which Bo denies. A plan not to visit denies no call to visit.
  // Ann (2019 to 2021) and Bo (2020 to 2021) were both premier; Cy came later. Members and vice
  // premiers are several; which president is meant, nobody knows.
  REQUIRE(t.rows.size() == 4);
  CHECK(row(t, 0, {"number", "subject", "object", "says", "time"}) ==
        "1|Ann Lee|Oslo|stated|2018-05");
  CHECK(row(t, 1, {"number", "says", "speaker"}) == "1|denied|Bo Ek");
  CHECK(row(t, 2, {"number", "kind", "subject", "time"}) ==
        "2|two holders at one time|Ann Lee|2019-05-01/2021-06-01");
  CHECK(row(t, 3, {"subject", "object", "time"}) ==
        "Bo Ek|Premier of the State Council|2020-01-01/2021-12-31");
}

TEST_CASE_FIXTURE(Fixture, "holders of an office, at a time, or the last known before") {
  const auto all = query::holders(view, names, "premier of the state council", "");
  REQUIRE(all.rows.size() == 5);  // three premiers, two vice premiers
  CHECK(row(all, 0, {"holder", "first", "last"}) == "Ann Lee|2019-05-01|2021-06-01");
  const auto body = query::holders(view, names, "council", "2024-03-13");
  bool cy = false;
  for (size_t r = 0; r < body.rows.size(); ++r)
    cy |= row(body, r, {"holder", "basis"}) == "Cy Ray|stated for that time";
  CHECK(cy);
  const auto gap = query::holders(view, names, "position/premier", "2023");
  REQUIRE(gap.rows.size() == 1);
  CHECK(row(gap, 0, {"holder", "basis"}) == "Bo Ek|last known before");
  CHECK(query::holders(view, names, "position/premier", "1999").rows.empty());
  CHECK(query::holders(view, names, "astronaut", "").rows.empty());
  CHECK_THROWS_AS(query::holders(view, names, "premier", "now"), core::SetupError);
}

TEST_CASE("new facts stand in no earlier document") {
  const graph::Graph graph = office_graph(true);
  const query::View view{graph, test::ontology()};
  const auto t = query::news(view, "2024-03");
  for (size_t r = 0; r < t.rows.size(); ++r) CHECK(cell(t, r, "date") == "2024-03-13T09:00:00Z");
  CHECK(t.rows.size() == 6);
  REQUIRE(t.notes.size() == 1);  // Cy's visit and Ann's value stand in documents without a date
  CHECK(t.notes[0].find("2 facts") == 0);
  CHECK(query::news(view, "2025").rows.empty());
  CHECK(query::news(view, "2019").rows.size() == 12);
  CHECK_THROWS_AS(query::news(view, ""), core::SetupError);
}

TEST_CASE("diff lists what was added, removed and changed, and nothing between equals") {
  const graph::Graph before = office_graph(), after = office_graph(true);
  const query::View a{before, test::ontology()}, b{after, test::ontology()};
  CHECK(query::diff(a, a).rows.empty());
  const auto t = query::diff(a, b);
  REQUIRE(t.rows.size() == 3);
  CHECK(row(t, 0, {"change", "relation", "object"}) == "removed|serves_as|host");
  CHECK(row(t, 1, {"change", "relation", "object"}) == "added|serves_as|key person");
  CHECK(row(t, 2, {"change", "subject", "relation"}) == "added|Cy Ray|visited");
  graph::Graph changed = office_graph();
  changed.edges[0].summary.modality = Modality::possible;
  changed.nodes[4].label = "Oslo City";
  const auto c = query::diff(a, {changed, test::ontology()});
  REQUIRE(c.rows.size() == 2);
  CHECK(row(c, 0, {"part", "before", "after"}) ==
        "entity|Oslo (Place, city)|Oslo City (Place, city)");
  CHECK(row(c, 1, {"part", "change"}) == "fact|changed");
}

TEST_CASE("an empty graph answers every question with no rows") {
  const graph::Graph empty;
  const query::View view{empty, test::ontology()};
  const query::NameIndex names(empty);
  const auto lexicons = schema::Lexicons::load(std::filesystem::path(WEFT_SCHEMA_DIR) / "lexicons");
  for (const std::string& by : query::top_measures())
    CHECK(query::top(view, {by, "", 5}).rows.empty());
  CHECK(query::claims(view, {}).rows.empty());
  CHECK(query::contradictions(view, lexicons).rows.empty());
  CHECK(query::holders(view, names, "premier", "2024").rows.empty());
  CHECK(query::news(view, "2024").rows.empty());
  CHECK(query::diff(view, view).rows.empty());
}
