// The query language as a user and an adversary would try it, on a graph made by CREATE and on the
// small graph of a store.
#include <doctest/doctest.h>

#include <set>
#include <string>
#include <vector>

#include "query/asking.h"
#include "query/language/aggregates.h"
#include "query/language/functions.h"
#include "query/query.h"
#include "query/small_graph.h"
#include "query/store_graph.h"

using namespace weft;
using test::ask;
using test::failure;
using test::Failure;
using test::people;

namespace {

const query::StoreGraph& stored_graph() {
  static const query::StoreGraph out(test::stored(test::small_graph()), test::ontology());
  return out;
}

}  // namespace

TEST_CASE("every function's example gives what its row says") {
  for (const query::language::Function& f : query::language::functions()) {
    CAPTURE(f.name);
    CHECK(f.summary.ends_with('.'));
    if (f.example.empty()) continue;
    CHECK(ask(people(), "RETURN " + std::string(f.example)) == f.result);
  }
  for (const query::language::Aggregate& a : query::language::aggregates()) {
    CAPTURE(a.name);
    CHECK(ask(people(), "UNWIND [1, 2, 3, 3] AS x RETURN " + std::string(a.example)) == a.result);
  }
}

TEST_CASE("functions of nodes, relationships and paths") {
  const std::pair<const char*, const char*> cases[] = {
      {"MATCH (n {name: 'Ann'}) RETURN labels(n), degree(n), id(n) >= 0", "['Person']|3|true"},
      {"MATCH (:Person {name: 'Ann'})-[r:KNOWS]->() RETURN type(r), startNode(r).name, "
       "endNode(r).name, r.since",
       "'KNOWS'|'Ann'|'Bob'|2001"},
      {"MATCH p = (:Place)-->(:Place) RETURN length(p), [n IN nodes(p) | n.name], "
       "size(relationships(p))",
       "1|['Paris', 'France']|1"},
      {"MATCH (a {name: 'Paris'}), (b {name: 'France'}) RETURN within(a, b), within(b, a), "
       "within(a, a)",
       "true|false|true"},
  };
  for (const auto& [text, rows] : cases) {
    CAPTURE(text);
    CHECK(ask(people(), text) == rows);
  }
}

TEST_CASE("clauses") {
  const std::pair<const char*, const char*> cases[] = {
      {"RETURN 1 AS a, 'x' AS b", "1|'x'"},
      {"MATCH (p:Person) RETURN p.name ORDER BY p.age DESC, p.name", "'Cid'; 'Ann'; 'Bob'"},
      {"MATCH (p:Person) RETURN p.name ORDER BY p.name SKIP 1 LIMIT 1", "'Bob'"},
      {"MATCH (p:Person) OPTIONAL MATCH (p)-[:IN]->(x) RETURN p.name, x.name ORDER BY p.name",
       "'Ann'|'Paris'; 'Bob'|null; 'Cid'|null"},
      {"MATCH (a:Person)-[:KNOWS*2]->(b) RETURN a.name, b.name ORDER BY a.name",
       "'Ann'|'Cid'; 'Bob'|'Ann'; 'Cid'|'Bob'"},
      {"MATCH (a {name: 'Ann'})-[r:KNOWS*]->(b) RETURN b.name, size(r) ORDER BY size(r)",
       "'Bob'|1; 'Cid'|2; 'Ann'|3"},
      {"MATCH (a {name: 'Ann'})-[:KNOWS* {since: 2001}]->(b) RETURN b.name", "'Bob'"},
      {"MATCH p = shortestPath((a {name: 'Ann'})-[:KNOWS*]->(b {name: 'Cid'})) RETURN [n IN "
       "nodes(p) | n.name]",
       "['Ann', 'Bob', 'Cid']"},
      {"MATCH p = allShortestPaths((a {name: 'Ann'})-[*]-(b {name: 'France'})) RETURN length(p)",
       "2"},
      {"MATCH (a {name: 'Ann'}), (b {name: 'France'}) RETURN length(shortestPath((a)-[*]->(b)))",
       "2"},
      {"MATCH (a {name: 'France'}), (b {name: 'Ann'}) RETURN shortestPath((a)-[*]->(b))", "null"},
      {"MATCH (p:Person) WHERE exists { (p)-[:IN]->(:Place) } RETURN p.name", "'Ann'"},
      {"MATCH (p:Person) WHERE NOT (p)-[:IN]->() RETURN count(*)", "2"},
      {"MATCH (p:Person) RETURN count { (p)-[:IN]->() } AS c, collect(p.name) ORDER BY c",
       "0|['Bob', 'Cid']; 1|['Ann']"},
      {"MATCH (p:Person)-[:KNOWS]->(q) WITH p, count(q) AS c WHERE c > 0 RETURN sum(c)", "3"},
      {"UNWIND [3, 1, 2] AS x RETURN x UNION RETURN 1 AS x", "3; 1; 2"},
      {"UNWIND [1, 1] AS x RETURN x UNION ALL RETURN 1 AS x", "1; 1; 1"},
      {"RETURN reduce(s = 0, x IN [1, 2, 3] | s + x)", "6"},
      {"RETURN [x IN range(1, 5) WHERE x % 2 = 1 | x * x]", "[1, 9, 25]"},
      {"RETURN CASE WHEN false THEN 1 WHEN null THEN 2 ELSE 3 END", "3"},
      {"RETURN 'abc' =~ 'a.*', 'abc' =~ 'b'", "true|false"},
      {"RETURN 1 < 2 < 3, 3 > null, NOT null", "true|null|null"},
      {"RETURN -9223372036854775808, 0x1F, 1e3, .5", "-9223372036854775808|31|1000.0|0.5"},
      {"MATCH (a)-[r1:KNOWS]-(b)-[r2:KNOWS]-(a) RETURN count(*)", "0"},
      {"RETURN {a: 1, b: 2, a: 3}", "{a: 3, b: 2}"},
      {"MATCH (p:Nobody) RETURN p", ""},
      {"MATCH (a), (b:Person) RETURN count(*), count(a)", "15|15"},
      {"MATCH ()-[r:KNOWS]->(b) RETURN count(r), count(DISTINCT b)", "3|3"},
      {"MATCH ()-[r:KNOWS]-() RETURN count(r)", "6"},
  };
  for (const auto& [text, rows] : cases) {
    CAPTURE(text);
    CHECK(ask(people(), text) == rows);
  }
}

TEST_CASE("parameters are JSON or text") {
  query::Parameters p;
  for (const char* text : {"n=2", "who=Ann", "list=[1, \"a\"]", "quoted=\"7\"", "empty="})
    p.insert(query::read_parameter(text));
  CHECK(ask(people(), "RETURN $n + 1, $who, $list[1], $quoted, $empty", p) == "3|'Ann'|'a'|'7'|''");
  CHECK_THROWS_AS(query::read_parameter("=1"), core::SetupError);
  CHECK_THROWS_AS(query::read_parameter("x"), core::SetupError);
  CHECK_THROWS_AS(query::read_parameter(R"(x="\ude00")"), core::SetupError);
  CHECK_THROWS_AS(query::read_parameter("x=1e400"), core::SetupError);
  CHECK_THROWS_AS(query::read_parameter("x=" + std::string(200, '[')), core::SetupError);
}

TEST_CASE("numbers are the same as literals, parameters and text") {
  const std::string zeros(400, '0');
  const std::pair<std::string, std::string> cases[] = {
      {"0e308", "0.0"},
      {"0.1", "0.1"},
      {"9007199254740993", "9007199254740993"},
      {"-2.5E+3", "-2500.0"},
      {"1e-400", "0.0"},
      {"0." + zeros + "1e2", "0.0"},
      {"0." + zeros + "1e400", "0.1"},
      {"123456789012345678e-18", "0.12345678901234568"},
  };
  for (const auto& [digits, value] : cases) {
    CAPTURE(digits);
    query::Parameters p;
    p.insert(query::read_parameter("p=" + digits));
    CHECK(ask(people(), "RETURN $p", p) == value);
    CHECK(ask(people(), "RETURN " + digits) == value);
    if (value.find('.') != std::string::npos)
      CHECK(ask(people(), "RETURN toFloat('" + digits + "')") == value);
  }
}

TEST_CASE("a literal may be long before its exponent makes it small") {
  CHECK(ask(people(), "RETURN 1" + std::string(400, '0') + ".5e-500") == "1e-100");
}

TEST_CASE("mistakes are named, placed, and answered with what may have been meant") {
  struct Case {
    const char* text;
    const char* detail;
    const char* part;
  };
  const Case cases[] = {
      {"MATCH (p:Persn) RETURN p", "UnknownLabel", "Did you mean \"Person\"?"},
      {"MATCH (p)-[:vistied]->(x) RETURN p", "UnknownRelation", "Did you mean \"visited\"?"},
      {"MATCH (p)-[:serves_as]->(x) RETURN p", "UnknownRelation", "ask for it as a property"},
      {"MATCH (p:Person) RETURN p.lable", "UnknownProperty", "Did you mean \"label\"?"},
      {"MATCH ()-[r]->() RETURN r.modalty", "UnknownProperty", "Did you mean \"modality\"?"},
      {"RETURN colect(1)", "UnknownFunction", "Did you mean \"collect\"?"},
      {"MATCH (person) RETURN persn", "UndefinedVariable", "Did you mean \"person\"?"},
      {"RETURN 1,\n  2 +\n  ", "UnexpectedSyntax", "line 3, column 3"},
      {"RETURN \xe2\x80\x9cx\xe2\x80\x9d", "InvalidUnicodeCharacter", "line 1, column 8"},
      {"CREATE (n)", "WritingClause", "CREATE is refused"},
      {"MATCH (n) SET n.x = 1", "WritingClause", "SET is refused"},
      {"MATCH (n) DETACH DELETE n", "WritingClause", "DETACH is refused"},
      {"MERGE (n)", "WritingClause", "MERGE is refused"},
      {"CALL db.labels()", "ProcedureCall", "CALL is refused"},
      {"RETURN date('2024-01-01')", "TemporalType", "ISO 8601"},
      {"RETURN $x", "MissingParameter", "-p x=value"},
      {"MATCH (n)", "InvalidClauseComposition", "no RETURN"},
      {"RETURN 9223372036854775807 + 1", "IntegerOverflow", "too large"},
      {"RETURN 1 / 0", "DivisionByZero", "zero"},
      {"RETURN 'x' =~ '('", "InvalidRegularExpression", "regular expression"},
      {"RETURN during('spring', '2024')", "InvalidArgumentValue", "is no time"},
      {"RETURN", "UnexpectedSyntax", "the query ends"},
      {"", "UnexpectedSyntax", "begins with MATCH"},
      {"RETURN 'open", "UnexpectedSyntax", "not closed"},
      {"RETURN `open", "UnexpectedSyntax", "not closed"},
      {"RETURN 1 /* open", "none", "1"},
      {"MATCH (a)-[*-1]->(b) RETURN a", "InvalidRelationshipPattern", "negative"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    const Failure f = failure(stored_graph(), c.text);
    CHECK(f.detail == c.detail);
    CAPTURE(f.message);
    CHECK(f.message.find(c.part) != std::string::npos);
  }
  const Failure f = failure(stored_graph(), "MATCH (p:Person)\nRETURN p.lable");
  CHECK(f.code == core::ExitCode::usage);
  CHECK(f.message.find("line 2, column 8") != std::string::npos);
  CHECK(f.message.find("\n  RETURN p.lable\n         ^") != std::string::npos);
}

TEST_CASE("a store's graph: properties, evidence, documents, times") {
  const std::pair<const char*, const char*> cases[] = {
      {"MATCH (p {label: 'Xi Jinping'}) RETURN p.id, p.type, p.mentions, p.aliases[0]",
       "'person/xi-jinping'|'Person'|12|'Xi'"},
      {"MATCH (p {id: 'person/li-qiang'}) RETURN p.serves_as, evidence(p, 'serves_as')[0].text",
       "['Premier of the State Council']|'Premier Li Qiang'"},
      {"MATCH (p:Person)-[r:visited]->(x:Place) RETURN x.label, r.time, r.confidence ORDER BY "
       "r.time",
       "'Jiangxi'|'2023'|0.9; 'Chongqing'|'2024-04-22'|0.9"},
      {"MATCH ()-[r:visited]->({label: 'Chongqing'}) UNWIND evidence(r) AS e RETURN e.text, "
       "document(e).date",
       "'Xi Jinping visited Chongqing.'|'2024-03-13'"},
      {"MATCH (a)-[r]->(b) WHERE overlaps(r.time, '2024-03') RETURN a.label ORDER BY a.label",
       "'Li Qiang'; 'Xi Jinping'"},
      {"MATCH (a)-[r]->(b) WHERE during(r.time, '2023') RETURN b.label", "'Jiangxi'"},
      {"MATCH (a)-[r]->(b) WHERE before(r.time, '2024') RETURN b.label", "'Jiangxi'"},
      {"MATCH ()-[r {modality: 'planned'}]->(b) RETURN b.label, speaker(r)",
       "'Ana Mu\u00f1oz'|null"},
      {"MATCH (p) WHERE p.label IN ['Jiangxi', 'Jiangsu', 'Nowhere'] RETURN p.kind",
       "'province'; 'province'"},
      {"MATCH (n) RETURN count(n), count(n.kind)", "9|3"},
  };
  for (const auto& [text, rows] : cases) {
    CAPTURE(text);
    CHECK(ask(stored_graph(), text) == rows);
  }
  query::Rows rows =
      query::run_query(stored_graph(), "MATCH (p {label: 'Xi Jinping'})-[r:visited]->() RETURN r");
  const graph::Subgraph found = query::matched_subgraph(rows, stored_graph());
  CHECK(found.edges.size() == 2);
  CHECK(found.nodes.size() == 3);
}

TEST_CASE("a query begins where there is least to look at") {
  const auto plan = [](const char* text) {
    return query::run_query(stored_graph(), text).plan(false);
  };
  CHECK(
      plan("MATCH (p:Person)-[r]->(x {id: 'place/jiangxi'}) RETURN p").find("Nodes by index (x)") !=
      std::string::npos);
  CHECK(plan("MATCH (p:Person {label: 'Li Qiang'}) RETURN p").find("Nodes by index") !=
        std::string::npos);
  CHECK(plan("MATCH (p:Person) RETURN p").find("Nodes by label (p:Person)") != std::string::npos);
  CHECK(plan("MATCH (p)-[:promotes]->(x) RETURN p").find("Relationships (p)-[:promotes]->(x)") !=
        std::string::npos);
}

TEST_CASE("values in JSON can't steer a terminal") {
  const query::Value v = query::Value::text("a\x7f\xc2\x9b\x1b[0m");
  CHECK(query::language::json_text(v, people()) == "\"a\\u007F\\u009B\\u001B[0m\"");
}
