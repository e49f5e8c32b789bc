// What openCypher 9 says of null, order, equality, scopes, aggregates, patterns and errors, case by
// case: each query with its rows ("a|b; c|d"), or with the name of its error.
#include <doctest/doctest.h>

#include "query/asking.h"

using namespace weft;
using test::ask;
using test::failure;

namespace {

const test::MemoryGraph& letters() {
  static const test::MemoryGraph made = [] {
    test::MemoryData data;
    test::create(data,
                 "CREATE (a:P {n:'a', v:1})-[:K {w:1}]->(b:P {n:'b', v:2})-[:K {w:2}]->(c:P:Q "
                 "{n:'c'})-[:L]->(a), (d:Q {n:'d', v:null}), (a)-[:K {w:3}]->(c)");
    return test::MemoryGraph(std::move(data));
  }();
  return made;
}

struct Case {
  const char *query, *answer;
};

}  // namespace

TEST_CASE("as openCypher defines it: null, order and equality") {
  const Case rows[] = {
      {"RETURN null = null, null <> null, [1,null]=[1,null], [1,2]=[1,null], [1,null]=[1,null,2], "
       "{a:null}={a:null}, {a:1}={a:1,b:null}",
       "null|null|null|null|false|null|false"},
      {"RETURN 1 IN null, null IN [], null IN [1], 1 IN [null,1], 1 IN [null,2], [1] IN "
       "[[1,null]], [] IN [[]]",
       "null|false|null|true|null|false|true"},
      {"RETURN 0.0/0.0 = 0.0/0.0, 0.0/0.0 <> 1, 0.0/0.0 < 1, 0.0/0.0 < 'a', 1 < 'a', 1/0.0, -1/0.0",
       "false|true|false|null|null|Infinity|-Infinity"},
      {"RETURN [1,2] < [1,3], [1] < [1,2], [1,null] < [1,2], [null] < [1], [2,null]<[1,3], "
       "[1,'a']<[1,2]",
       "true|true|null|null|false|null"},
      {"RETURN true < false, false < true, 'a' < 'B', {a:1} < {a:2}", "false|true|false|null"},
      {"UNWIND [1, 'a', null, true, 2.5, [1], {a:1}, 0.0/0.0, [null], false, 'B', [], {}] AS x "
       "RETURN x ORDER BY x",
       "{}; {a: 1}; []; [1]; [null]; 'B'; 'a'; false; true; 1; 2.5; NaN; null"},
      {"UNWIND [1, 'a', null, true, 2.5, [1], {a:1}, 0.0/0.0] AS x RETURN x ORDER BY x DESC",
       "null; NaN; 2.5; 1; true; 'a'; [1]; {a: 1}"},
      {"UNWIND [1, 1.0, '1', null, null, [1], [1.0], {a:1}, {a:1.0}] AS x RETURN DISTINCT x",
       "1; '1'; null; [1]; {a: 1}"},
      {"UNWIND [1, 1.0] AS x RETURN x, count(*)", "1|2"},
      {"RETURN [1,2,3,4,5][-3..-1], [1,2,3][1..null], [1,2,3][5..], [1,2,3][..-5], "
       "[1,2,3][-10..2], [1,2,3][2..1]",
       "[3, 4]|null|[]|[]|[1, 2]|[]"},
      {"RETURN [1,2,3][-1], [1,2,3][3], [1,2,3][-4], [1][null], null[0], {a:1}['b'], {a:1}[null]",
       "3|null|null|null|null|null|null"},
      {"RETURN toUpper(null), substring(null,1), substring('abc',null), left('abc',null), "
       "split(null,','), split('abc',''), split('',','), replace('abc','','x'), reverse(null), "
       "size(null)",
       "null|null|null|null|null|['a', 'b', 'c']|['']|'abc'|null|null"},
      {"RETURN left(null, null), right(null, -1)", "null|null"},
      {"RETURN 'a' STARTS WITH null, null CONTAINS 'a', 1 STARTS WITH 'a', 'a' ENDS WITH ''",
       "null|null|null|true"},
      {"RETURN 'abc' =~ 'b', 'abc' =~ '.*b.*', 'ABC' =~ '(?i)abc', null =~ 'a', 'a' =~ null",
       "false|true|true|null|null"},
      {"RETURN -9223372036854775808, -(-9223372036854775807)",
       "-9223372036854775808|9223372036854775807"},
      {"RETURN 5 / 2, -5 / 2, 5 % 3, -5 % 3, 5 % -3, 5.0 / 2, 2 ^ 3, 2 ^ -1, 0 / 5, 5 % 2.5",
       "2|-2|2|-2|2|2.5|8.0|0.5|0|0.0"},
      {"RETURN 1.0 % 0", "NaN"},
      {"RETURN 0x1F, 0XFF, 0o17, 0x7FFFFFFFFFFFFFFF, -0x8000000000000000",
       "31|255|15|9223372036854775807|-9223372036854775808"},
      {"RETURN round(2.5), round(-2.5), round(-1.5), ceil(1.2), floor(-1.2), sign(-3), sign(0.0), "
       "sqrt(-1), log(0), exp(1)",
       "3.0|-2.0|-1.0|2.0|-2.0|-1|0|NaN|-Infinity|2.718281828459045"},
      {"RETURN toFloat('1e3'), toFloat('abc'), toFloat(1), toFloat(null)", "1000.0|null|1.0|null"},
      {"RETURN toBoolean('TRUE'), toBoolean('yes'), toBoolean(null)", "true|null|null"},
      {"RETURN toString(1), toString(1.0), toString(true), toString(null), toString('a'), "
       "toString(1e20), toString(0.1)",
       "'1'|'1.0'|'true'|null|'a'|'1e+20'|'0.1'"},
      {"RETURN coalesce(null, null), coalesce(null, 1, 2)", "null|1"},
      {"RETURN CASE null WHEN null THEN 1 ELSE 2 END, CASE 1 WHEN 1.0 THEN 'y' END, CASE WHEN null "
       "THEN 1 WHEN false THEN 2 END",
       "2|'y'|null"},
      {"RETURN all(x IN [null] WHERE x = 1), any(x IN [null,1] WHERE x = 1), none(x IN [null] "
       "WHERE x = 1), single(x IN [1,null] WHERE x = 1), all(x IN null WHERE x), all(x IN [] WHERE "
       "false), none(x IN [] WHERE true), single(x IN [] WHERE true), any(x IN [] WHERE true)",
       "null|true|null|null|null|true|true|false|false"},
      {"RETURN single(x IN [1,1,null] WHERE x = 1), single(x IN [null] WHERE x=1), any(x IN [null] "
       "WHERE x=1), none(x IN [1,null] WHERE x=1), all(x IN [1,null] WHERE x = 1), all(x IN "
       "[2,null] WHERE x=1)",
       "false|null|null|false|null|false"},
      {"RETURN reduce(a = 0, x IN [1,2,null] | a + x), reduce(a = 0, x IN [] | a + x), reduce(a=0, "
       "x IN null | a+x)",
       "null|0|null"},
      {"UNWIND null AS x RETURN x", ""},
      {"UNWIND [] AS x RETURN x", ""},
      {"UNWIND 1 AS x RETURN x", "1"},
      {"UNWIND {a:1} AS x RETURN x", "{a: 1}"},
      {"UNWIND [[1,2],[3]] AS x UNWIND x AS y RETURN y", "1; 2; 3"},
  };
  for (const Case& c : rows) {
    CAPTURE(c.query);
    CHECK(ask(letters(), c.query) == c.answer);
  }
  const Case errors[] = {
      {"RETURN [1,2,3][1.0]", "InvalidArgumentType"},
      {"RETURN substring('abc', 5), substring('abc',1,0), left('abc', 10), right('abc',0), "
       "substring('abc',-1)",
       "NumberOutOfRange"},
      {"RETURN left('abc', -1)", "NumberOutOfRange"},
      {"RETURN 9223372036854775807 + 1", "IntegerOverflow"},
      {"RETURN 9223372036854775807 * 2", "IntegerOverflow"},
      {"RETURN 9223372036854775808", "IntegerOverflow"},
      {"RETURN -9223372036854775809", "IntegerOverflow"},
      {"RETURN abs(-9223372036854775808)", "IntegerOverflow"},
      {"RETURN 1 / 0", "DivisionByZero"},
      {"RETURN 1 % 0", "DivisionByZero"},
      {"RETURN 1e10, 1E-5, 1.5e300*1e300, .5, 1.e2", "InvalidArgumentType"},
      {"RETURN 0xFFFFFFFFFFFFFFFF", "IntegerOverflow"},
      {"RETURN round(1.234, 2)", "InvalidNumberOfArguments"},
      {"RETURN toInteger('1.9'), toInteger('abc'), toInteger(''), toInteger(' 1 '), "
       "toInteger(1.9), toInteger(true), toInteger(null), toInteger('0x1F')",
       "InvalidArgumentValue"},
      {"RETURN toInteger([])", "InvalidArgumentValue"},
      {"RETURN toFloat(true)", "InvalidArgumentValue"},
      {"RETURN toBoolean(1)", "InvalidArgumentValue"},
      {"RETURN toBoolean(1.5)", "InvalidArgumentValue"},
      {"RETURN toString([])", "InvalidArgumentValue"},
      {"RETURN coalesce()", "InvalidNumberOfArguments"},
      {"RETURN CASE WHEN 1 THEN 2 END", "InvalidArgumentType"},
      {"RETURN CASE 1 WHEN 2, 1 THEN 'x' END", "UnexpectedSyntax"},
  };
  for (const Case& c : errors) {
    CAPTURE(c.query);
    CHECK(failure(letters(), c.query).detail == c.answer);
  }
}

TEST_CASE("as openCypher defines it: clauses, patterns and aggregates") {
  const Case rows[] = {
      {"MATCH (n) RETURN n.v, count(*) ORDER BY n.v", "1|1; 2|1; null|2"},
      {"MATCH (n) RETURN n.v AS v, n.v + count(*) AS c ORDER BY v", "1|2; 2|3; null|null"},
      {"MATCH (n) WITH n.n AS name, n ORDER BY n.v RETURN collect(name)", "['a', 'b', 'c', 'd']"},
      {"MATCH (n) WITH n.v AS n RETURN n", "1; 2; null; null"},
      {"MATCH (n) WITH n.v AS v WHERE n.n = 'a' RETURN v", "1"},
      {"MATCH (n) RETURN n.n AS x ORDER BY n.v DESC, x", "'c'; 'd'; 'b'; 'a'"},
      {"MATCH (n) RETURN n.n AS n ORDER BY n", "'a'; 'b'; 'c'; 'd'"},
      {"MATCH (n) RETURN max(n.v), min(n.v), avg(n.v), sum(n.v), count(n.v), collect(n.v)",
       "2|1|1.5|3|2|[1, 2]"},
      {"MATCH (n:X) RETURN n.v, count(*)", ""},
      {"UNWIND [1, 'a', [2], null, true] AS x RETURN max(x), min(x)", "1|[2]"},
      {"UNWIND [1, 2.5] AS x RETURN max(x), min(x), sum(x), avg(x)", "2.5|1|3.5|1.75"},
      {"UNWIND [[1,2],[1],[2,0]] AS x RETURN max(x), min(x)", "[2, 0]|[1]"},
      {"RETURN count(null), count(1), sum(null), avg(null), collect(null)", "0|1|0|null|[]"},
      {"RETURN sum(1) + count(*), count(DISTINCT 1)", "2|1"},
      {"MATCH p = (a {n:'a'})-[*]->(b) RETURN length(p), [x IN nodes(p) | x.n] ORDER BY length(p), "
       "b.n",
       "1|['a', 'b']; 1|['a', 'c']; 2|['a', 'c', 'a']; 2|['a', 'b', 'c']; 3|['a', 'b', 'c', 'a']; "
       "3|['a', 'c', 'a', 'b']; 4|['a', 'b', 'c', 'a', 'c']; 4|['a', 'c', 'a', 'b', 'c']"},
      {"MATCH p = (a {n:'a'})-[*0..0]->(b) RETURN p, length(p), relationships(p)",
       "<(:P {n: 'a', v: 1})>|0|[]"},
      {"MATCH (a {n:'a'})-[r*2..1]->(b) RETURN b", ""},
      {"MATCH (a {n:'a'})-[*..0]->(b) RETURN b.n", ""},
      {"MATCH (a)-[r]-(a) RETURN r", ""},
      {"MATCH (a)-->(b), (a)-->(b) RETURN count(*)", "0"},
      {"MATCH (a)-->(b) MATCH (a)-->(b) RETURN count(*)", "4"},
      {"MATCH (a)-[:K|:L]->(b) RETURN count(*)", "4"},
      {"MATCH (a)-[:K|L]->(b) RETURN count(*)", "4"},
      {"MATCH (a) WHERE a:P:Q RETURN a.n", "'c'"},
      {"MATCH (a) WHERE (a)-[:L]->() RETURN a.n", "'c'"},
      {"MATCH (a) WHERE NOT (a)--() RETURN a.n", "'d'"},
      {"MATCH (a) WHERE (a)-[:K]->({n:'c'}) RETURN a.n ORDER BY a.n", "'a'; 'b'"},
      {"MATCH (a) RETURN exists((a)-->()) AS e, a.n ORDER BY a.n",
       "true|'a'; true|'b'; true|'c'; false|'d'"},
      {"MATCH (a) WHERE exists(a.v) RETURN a.n", "'a'; 'b'"},
      {"MATCH (a) WHERE EXISTS { MATCH (a)-->(b) WHERE b.v = 2 } RETURN a.n", "'a'"},
      {"MATCH (a) WHERE EXISTS { MATCH (a)-->(b) RETURN b } RETURN a.n", "'a'; 'b'; 'c'"},
      {"MATCH (a) WHERE EXISTS { (a)-->(b) WHERE EXISTS { (b)-->(a) } } RETURN a.n", "'a'; 'c'"},
      {"MATCH (a) WHERE EXISTS { MATCH (a)-->(b) WITH b, count(*) AS c WHERE c > 0 RETURN b } "
       "RETURN count(a)",
       "3"},
      {"MATCH (a) RETURN COUNT { (a)-->() } AS c, a.n ORDER BY c DESC, a.n",
       "2|'a'; 1|'b'; 1|'c'; 0|'d'"},
      {"MATCH (a) RETURN a.n, [(a)-[r:K]->(b) WHERE b.v > 1 | b.n] AS l ORDER BY a.n",
       "'a'|['b']; 'b'|[]; 'c'|[]; 'd'|[]"},
      {"MATCH (a) RETURN [p = (a)-->() | length(p)]", "[1, 1]; [1]; [1]; []"},
      {"MATCH (a {n:'a'}) RETURN a {.n, .v}, a {.*}, a {.n, x: 1}",
       "{n: 'a', v: 1}|{n: 'a', v: 1}|{n: 'a', x: 1}"},
      {"MATCH (a {n:'a'}) WITH a, 5 AS k RETURN a {k, .n}", "{k: 5, n: 'a'}"},
      {"WITH {a: 1, b: 2} AS m RETURN m {.a}, m {.*, c: 3}", "{a: 1}|{a: 1, b: 2, c: 3}"},
      {"WITH null AS m RETURN m {.a}", "null"},
      {"RETURN {a: 1, b: null}.b, keys({a: null}), properties(null), keys(null)",
       "null|['a']|null|null"},
      {"MATCH ()-[r:K {w:1}]->() RETURN properties(r), keys(r), type(r)", "{w: 1}|['w']|'K'"},
      {"MATCH (a:P)-[r]->(b) WITH a, r LIMIT 1 RETURN startNode(r) = a, type(r), id(r) >= 0",
       "true|'K'|true"},
      {"OPTIONAL MATCH (x:X) RETURN x, x.n, labels(x), type(null), x:P, [x], {k: x}",
       "null|null|null|null|null|[null]|{k: null}"},
      {"OPTIONAL MATCH (x:X)-[r]->(y) RETURN r, type(r), startNode(r)", "null|null|null"},
      {"MATCH (a {n:'a'}) OPTIONAL MATCH (a)-[:L]->(b) WHERE b.n = 'z' RETURN a.n, b", "'a'|null"},
      {"MATCH (a {n:'a'}) OPTIONAL MATCH p = (a)-[:Z*]->(b) RETURN p, nodes(p), length(p)",
       "null|null|null"},
      {"OPTIONAL MATCH (x:X) MATCH (x)-->(y) RETURN y", ""},
      {"OPTIONAL MATCH (x:X) OPTIONAL MATCH (x)-->(y) RETURN x, y", "null|null"},
      {"OPTIONAL MATCH (x:X) WITH x MATCH (x) RETURN x", ""},
      {"MATCH p = shortestPath((a {n:'a'})-[:K*]->(c {n:'c'})) RETURN length(p)", "1"},
      {"MATCH p = allShortestPaths((a {n:'a'})-[*]-(c {n:'c'})) RETURN count(p)", "2"},
      {"MATCH (a {n:'a'}) MATCH p = shortestPath((a)-[*]->(a)) RETURN p", ""},
      {"MATCH (a {n:'a'}) MATCH p = shortestPath((a)-[*0..]->(a)) RETURN length(p)", "0"},
      {"MATCH p = shortestPath((a {n:'a'})-[*]->(d {n:'d'})) RETURN p", ""},
      {"MATCH (n) RETURN n.n LIMIT 0", ""},
      {"MATCH (n) RETURN n.n ORDER BY n.n SKIP 1 + 1 LIMIT toInteger(ceil(1.2))", "'c'; 'd'"},
      {"MATCH (n) RETURN count(*) LIMIT 0", ""},
      {"MATCH (n) RETURN *, n.n ORDER BY n.n LIMIT 1", "(:P {n: 'a', v: 1})|'a'"},
      {"RETURN 1 AS a UNION RETURN 1.0 AS a", "1"},
      {"UNWIND [1,2,3] AS x WITH x WHERE x > 1 WITH sum(x) AS s RETURN s", "5"},
      {"MATCH (a) WITH a, count(*) AS c, a.v AS v WHERE v IS NOT NULL RETURN a.n, c ORDER BY v "
       "DESC",
       "'b'|1; 'a'|1"},
      {"UNWIND [{a:1},{a:1},{a:1.0},{a:null},{a:null}] AS x RETURN DISTINCT x",
       "{a: 1}; {a: null}"},
      {"UNWIND [[1,null],[1,null]] AS x RETURN DISTINCT x", "[1, null]"},
      {"MATCH (a:P) RETURN DISTINCT labels(a) ORDER BY labels(a)", "['P']; ['P', 'Q']"},
      {"WITH [1,2] AS l RETURN [x IN l WHERE x > 1], [x IN l | x * 2], [x IN l]",
       "[2]|[2, 4]|[1, 2]"},
      {"RETURN [x IN [1,2,3] WHERE x > 1 | [y IN [x] | y + x]]", "[[4], [6]]"},
      {"RETURN 1 + null, null - 1, null AND false, null OR true, null XOR true, NOT null, null AND "
       "true",
       "null|null|false|true|null|null|null"},
      {"RETURN 'a' + 1, 1 + 'a', [1] + 2, 2 + [1], [1] + null, [1] + [null], 'a' + true, 'a' + 1.5",
       "'a1'|'1a'|[1, 2]|[2, 1]|null|[1, null]|'atrue'|'a1.5'"},
      {"RETURN 3 IN [1,2] + [3], 1 = 2 = 3, 1 < 2 < 3, 1 < 3 < 2, 1 <> 2 <> 1",
       "true|false|true|false|true"},
      {"RETURN NOT 1 = 2, -2 ^ 2, 2 ^ 3 ^ 2, 2 * 3 + 4 % 3, NOT true OR true, true XOR true AND "
       "false",
       "true|4.0|64.0|7|true|true"},
      {"RETURN null IS NULL, null IS NOT NULL, 1 IS NULL, (1 = null) IS NULL",
       "true|false|false|true"},
      {"RETURN 5 IS NULL IS NULL", "false"},
  };
  for (const Case& c : rows) {
    CAPTURE(c.query);
    CHECK(ask(letters(), c.query) == c.answer);
  }
  const Case errors[] = {
      {"MATCH (n) RETURN n.v + count(*)", "AmbiguousAggregationExpression"},
      {"MATCH (n) RETURN n.v + 1 AS x, n.v + 1 + count(*) AS y", "AmbiguousAggregationExpression"},
      {"MATCH (n) WITH n.n AS name RETURN n.v", "UndefinedVariable"},
      {"MATCH (n) WITH n.v RETURN n.v", "NoExpressionAlias"},
      {"MATCH (n) WITH DISTINCT n.v AS v WHERE n.n = 'a' RETURN v", "UndefinedVariable"},
      {"MATCH (n) RETURN DISTINCT n.v AS x ORDER BY n.n", "UndefinedVariable"},
      {"MATCH (n) RETURN count(*) AS c ORDER BY n.n", "UndefinedVariable"},
      {"MATCH (n) RETURN n.n AS n ORDER BY n.v", "InvalidArgumentType"},
      {"UNWIND [1] AS x RETURN percentileDisc(x, 1.1)", "NumberOutOfRange"},
      {"UNWIND [1] AS x RETURN percentileDisc(x, -1)", "NumberOutOfRange"},
      {"UNWIND ['a', 1] AS x RETURN sum(x)", "InvalidArgumentType"},
      {"RETURN count(count(*))", "NestedAggregation"},
      {"MATCH (n) WHERE count(n) > 1 RETURN n", "InvalidAggregation"},
      {"UNWIND [9223372036854775807, 1] AS x RETURN sum(x)", "IntegerOverflow"},
      {"MATCH (a)-[r]->(b)-[r]->(c) RETURN r", "RelationshipUniquenessViolation"},
      {"MATCH (a:P|Q) RETURN count(*)", "UnexpectedSyntax"},
      {"MATCH (a) WHERE (a)-[:K]->(z) RETURN a.n", "UndefinedVariable"},
      {"MATCH (a) RETURN (a)-->()", "UnexpectedSyntax"},
      {"MATCH p = shortestPath((a {n:'a'})-->(b)-->(c)) RETURN p", "InvalidPattern"},
      {"MATCH (n) RETURN n.n LIMIT -1", "NegativeIntegerArgument"},
      {"MATCH (n) RETURN n.n SKIP -1", "NegativeIntegerArgument"},
      {"MATCH (n) RETURN n.n LIMIT 1.5", "InvalidArgumentType"},
      {"MATCH (n) RETURN n.n LIMIT n.v", "NonConstantExpression"},
      {"RETURN 1 AS a, 2 AS a", "ColumnNameConflict"},
      {"RETURN *", "NoVariablesInScope"},
      {"RETURN 1 AS a UNION RETURN 2 AS b", "DifferentColumnsInUnion"},
      {"RETURN 1 AS a UNION ALL RETURN 1 AS a UNION RETURN 2 AS a", "InvalidClauseComposition"},
      {"MATCH (n) WITH n AS m RETURN n", "UndefinedVariable"},
      {"WITH 1 AS x WITH x, x + 1 AS y WITH y RETURN x", "UndefinedVariable"},
      {"RETURN 1 AND true", "InvalidArgumentType"},
      {"RETURN 1 + true", "InvalidArgumentType"},
      {"RETURN {a:1} + {b:2}", "InvalidArgumentType"},
  };
  for (const Case& c : errors) {
    CAPTURE(c.query);
    CHECK(failure(letters(), c.query).detail == c.answer);
  }
}

TEST_CASE("as openCypher defines it: types, scopes and paths") {
  const Case rows[] = {
      {"UNWIND [null, null] AS x RETURN count(DISTINCT x), collect(DISTINCT x)", "0|[]"},
      {"UNWIND range(1000000, 2000000) AS i WITH i LIMIT 3000 RETURN sum(i)", "3004498500"},
      {"WITH collect([0, 0.0]) AS numbers UNWIND numbers AS arr WITH arr[0] AS expected MATCH (n) "
       "WHERE toInteger(n.v) = expected RETURN n",
       ""},
      {"WITH collect(['0', 0]) AS things UNWIND things AS arr WITH arr[0] AS expected MATCH (n) "
       "WHERE n.v = expected RETURN n",
       ""},
      {"MATCH (a) WITH a MATCH (b) WHERE a = b RETURN count(b)", "4"},
      {"MATCH ()-[a]->() WITH a MATCH ()-[b]->() WHERE a = b RETURN count(b)", "4"},
      {"RETURN 1 = '1', 1 = 1.0, 4611686018427387905 = 4611686018427387900.0, 9007199254740993 = "
       "9007199254740992.0, {k: 1} = {k: 1.0}, {k: null} = {k: null}, {k:null} = {}, {k:1,l:null} "
       "= {k:2,l:null}, [1] = 1",
       "false|true|false|false|true|null|false|false|false"},
      {"RETURN 9007199254740993 > 9007199254740992.0, 9223372036854775807 < 9223372036854775807.0, "
       "9223372036854775807 = 9223372036854775807.0",
       "true|true|false"},
      {"MATCH (n) RETURN [x IN [n, null] | labels(x)] LIMIT 1", "[['P'], null]"},
      {"WITH [1,2,3,4,5] AS list, 2 AS idx RETURN list[idx]", "3"},
      {"WITH {name: 'a', `n m`: 1} AS m RETURN m.name, m.NAME, m.`n m`", "'a'|null|1"},
      {"WITH null AS m RETURN m.existing, m.missing", "null|null"},
      {"MATCH ()-[r]->() WITH r LIMIT 1 MATCH ()-[r:L]->() RETURN r", ""},
      {"MATCH (a:P) MATCH (a)-[:K1]->(c) RETURN c", ""},
      {"MATCH ()-[r1]->()-[r2]->() WITH [r1, r2] AS rs LIMIT 1 MATCH (first)-[rs*]->(second) "
       "RETURN first.n, second.n",
       "'a'|'c'"},
      {"MATCH ()-[r:K {w:1}]-() MATCH p = (n)-[*0..1]-()-[r]-()-[*0..1]-(m) RETURN count(p) AS c",
       "24"},
      {"MATCH (a)-[r:K*1..2 {w:1}]->(b) RETURN a.n, b.n", "'a'|'b'"},
      {"MATCH (a:P {n:'a'})-[:K*0..]->(b) RETURN b.n ORDER BY b.n", "'a'; 'b'; 'c'; 'c'"},
      {"MATCH (a {n:'a'})-[:K*3]-(b) RETURN count(*)", "2"},
      {"MATCH (n)-[:K]->(m) RETURN n.n AS n, m.n AS m ORDER BY n, m", "'a'|'b'; 'a'|'c'; 'b'|'c'"},
      {"RETURN [1]+2 IN [3]+4 AS a, ([1]+2) IN ([3]+4) AS b", "false|false"},
      {"RETURN [1,2,3,4,5][1..3][0], [[1],[2,3],[4,5]] + [5,[6,7],[8,9],10][1] AS a, [1,2] + "
       "[3,4][0..1]",
       "2|[[1], [2, 3], [4, 5], 6, 7]|[1, 2, 3]"},
      {"RETURN 'a' + 'b' STARTS WITH 'a', NOT 'a' IN ['a'], 1 + 2 = 3, 1 = 2 IS NULL, NOT null IS "
       "NULL",
       "true|false|true|false|false"},
      {"RETURN 'abc' CONTAINS 'b' = true", "true"},
      {"RETURN null = 1 IS NULL, 1 IN [1] = true", "null|true"},
      {"MATCH (me:P)--(you:P) RETURN me.v AS age, me.v + count(you.v)", "1|2; 2|3; null|null"},
      {"MATCH (me:P)--(you:P) WITH me.v AS age, you RETURN age, age + count(you.v) ORDER BY age",
       "1|2; 2|3; null|null"},
      {"MATCH (a:P) RETURN a, count(a) + 3 ORDER BY a.n",
       "(:P {n: 'a', v: 1})|4; (:P {n: 'b', v: 2})|4; (:P:Q {n: 'c'})|4"},
      {"MATCH (a)-->() WITH a, count(*) AS c ORDER BY a.n RETURN a.n, c", "'a'|2; 'b'|1; 'c'|1"},
      {"MATCH (a) RETURN count(a) * 10 + count(*), max(a.v) - min(a.v)", "44|1"},
      {"MATCH (a) RETURN a.n AS x, {c: count(*)} AS m ORDER BY x LIMIT 1", "'a'|{c: 1}"},
      {"MATCH (a) RETURN size(collect(a.n)), [x IN collect(a.n) WHERE x > 'b' | x], reduce(s = '', "
       "x IN collect(a.n) | s + x)",
       "4|['c', 'd']|'abcd'"},
      {"MATCH (a) RETURN CASE WHEN count(*) > 3 THEN 'many' ELSE 'few' END", "'many'"},
      {"RETURN TrUe, FALSE, NuLL", "true|false|null"},
      {"WITH [2, 2.9, '1.7'] AS things RETURN [n IN things | toInteger(n)]", "[2, 2, 1]"},
      {"WITH ['2','2.9','foo'] AS things RETURN [n IN things | toInteger(n)]", "[2, 2, null]"},
      {"MATCH p = (n:P {n:'b'})-[r:K]->() UNWIND [n, r, p, 1.5, ['list'], 'text', null, false, 0.0 "
       "/ 0.0, {a: 'map'}] AS types WITH types ORDER BY types LIMIT 5 RETURN types",
       "{a: 'map'}; (:P {n: 'b', v: 2}); [:K {w: 2}]; ['list']; <(:P {n: 'b', v: 2})-[:K {w: "
       "2}]->(:P:Q {n: 'c'})>"},
      {"MATCH (n) WITH n ORDER BY n.v % 2, n.n DESC LIMIT 2 RETURN n.n", "'b'; 'a'"},
      {"MATCH (n) WITH n.n AS name, count(*) AS c ORDER BY n.n RETURN name", "'a'; 'b'; 'c'; 'd'"},
      {"MATCH (n) WITH n.n AS name ORDER BY name DESC, n.v SKIP 1 RETURN name", "'c'; 'b'; 'a'"},
      {"MATCH (n) RETURN n.n, count(*) AS cnt ORDER BY cnt + 1, n.n", "'a'|1; 'b'|1; 'c'|1; 'd'|1"},
      {"MATCH (n) RETURN n.n, count(*) ORDER BY count(*), n.n", "'a'|1; 'b'|1; 'c'|1; 'd'|1"},
  };
  for (const Case& c : rows) {
    CAPTURE(c.query);
    CHECK(ask(letters(), c.query) == c.answer);
  }
  const Case errors[] = {
      {"MATCH (n:P) WITH n, size([(n)-->() | 1]) AS deg WHERE deg > 0 WITH deg LIMIT 100 RETURN "
       "percentileDisc(0.90, deg), deg",
       "NumberOutOfRange"},
      {"MATCH p = (a) RETURN labels(p)", "InvalidArgumentType"},
      {"MATCH (a) WITH [a, 1] AS list RETURN labels(list[1])", "InvalidArgumentValue"},
      {"MATCH (r) RETURN type(r)", "InvalidArgumentType"},
      {"MATCH ()-[r]->() RETURN labels(r)", "InvalidArgumentType"},
      {"MATCH ()-[r]->() WITH [r, 1] AS list RETURN type(list[1])", "InvalidArgumentValue"},
      {"MATCH ()-[r]->() RETURN [x IN [r, 0] | type(x)]", "InvalidArgumentValue"},
      {"WITH true AS list, 0 AS idx RETURN list[idx]", "InvalidArgumentType"},
      {"WITH 123 AS list, 0 AS idx RETURN list[idx]", "InvalidArgumentType"},
      {"WITH 4.7 AS list, 0 AS idx RETURN list[idx]", "InvalidArgumentType"},
      {"WITH \"foo\" AS list, 0 AS idx RETURN list[idx]", "InvalidArgumentType"},
      {"WITH [1] AS list, true AS idx RETURN list[idx]", "InvalidArgumentType"},
      {"WITH [1] AS list, 'a' AS idx RETURN list[idx]", "InvalidArgumentType"},
      {"WITH [1] AS list, 4.7 AS idx RETURN list[idx]", "InvalidArgumentType"},
      {"WITH [1] AS list, [1] AS idx RETURN list[idx]", "InvalidArgumentType"},
      {"WITH {a:1} AS m, 1 AS idx RETURN m[idx]", "InvalidArgumentType"},
      {"WITH 123 AS nonMap RETURN nonMap.num", "InvalidArgumentType"},
      {"WITH [1] AS nonMap RETURN nonMap.num", "InvalidArgumentType"},
      {"WITH '' AS nonMap RETURN nonMap.num", "InvalidArgumentType"},
      {"WITH [123, true] AS l RETURN (l[1]).num", "InvalidArgumentType"},
      {"MATCH ()-[r]-(r) RETURN r", "VariableTypeConflict"},
      {"MATCH r = ()-[]-(), ()-[r]-() RETURN r", "VariableTypeConflict"},
      {"MATCH (r) MATCH ()-[r]->() RETURN r", "VariableTypeConflict"},
      {"MATCH ()-[r]->() MATCH (r) RETURN r", "VariableTypeConflict"},
      {"WITH 1 AS n MATCH (n) RETURN n", "VariableTypeConflict"},
      {"WITH 'a' AS r MATCH ()-[r]->() RETURN r", "VariableTypeConflict"},
      {"MATCH p = (a) MATCH (p) RETURN p", "VariableTypeConflict"},
      {"MATCH (a)-[r*]->() MATCH ()-[r]->() RETURN r", "VariableTypeConflict"},
      {"MATCH (a:P) MATCH (a)-[:K..]->(c) RETURN c", "InvalidRelationshipPattern"},
      {"MATCH (a:P) MATCH (a)-[:K*-2]->(c) RETURN c", "InvalidRelationshipPattern"},
      {"MATCH (a)-[:K*1.5]->(c) RETURN c", "UnexpectedSyntax"},
      {"MATCH (me:P)--(you:P) RETURN me.v + count(you.v)", "AmbiguousAggregationExpression"},
      {"MATCH (me:P)--(you:P) RETURN me.v + you.v, me.v + you.v + count(*)",
       "AmbiguousAggregationExpression"},
      {"MATCH (a:P) RETURN a.v, a.v + count(*) ORDER BY a.n", "UndefinedVariable"},
      {"MATCH (a) RETURN [x IN [1] | count(*)]", "InvalidAggregation"},
      {"RETURN `1`", "UndefinedVariable"},
      {"WITH [true, 1] AS list RETURN toBoolean(list[1])", "InvalidArgumentValue"},
      {"WITH [1, true] AS list RETURN toInteger(list[1])", "InvalidArgumentValue"},
      {"RETURN [x IN [1, 2.3, true, 'apa'] | toString(x)], [x IN ['1', {a:1}] | toString(x)]",
       "InvalidArgumentValue"},
      {"MATCH (n) WITH n.n AS n ORDER BY n.v RETURN n", "InvalidArgumentType"},
      {"MATCH (n) WITH n LIMIT count(*) RETURN n", "InvalidAggregation"},
      {"MATCH (a)-->(b) WITH a, b ORDER BY count(*) RETURN a", "InvalidAggregation"},
      {"MATCH (a)-->(b) WITH DISTINCT a ORDER BY b.n RETURN a", "UndefinedVariable"},
      {"MATCH (a) WITH a WHERE count(a) > 1 RETURN a", "InvalidAggregation"},
      {"MATCH (n) RETURN n ORDER BY count(*)", "InvalidAggregation"},
      {"MATCH (n) RETURN n.v, count(*) + 1 AS cnt ORDER BY n.v + count(*)", "InvalidAggregation"},
  };
  for (const Case& c : errors) {
    CAPTURE(c.query);
    CHECK(failure(letters(), c.query).detail == c.answer);
  }
}

TEST_CASE("as openCypher defines it: map projections and what an optional match has not found") {
  const Case rows[] = {
      {"MATCH (a {n:'a'}) RETURN a {.n, .v}, a {.*}, a {.n, x: 1}, a {.*, v: 5}, a {.z}, a {}",
       "{n: 'a', v: 1}|{n: 'a', v: 1}|{n: 'a', x: 1}|{n: 'a', v: 5}|{z: null}|{}"},
      {"MATCH (a {n:'a'}) WITH a, 5 AS k RETURN a {k, .n}", "{k: 5, n: 'a'}"},
      {"WITH {a: 1, b: 2} AS m RETURN m {.a}, m {.*, c: 3}, m {.a, a: 7}",
       "{a: 1}|{a: 1, b: 2, c: 3}|{a: 7}"},
      {"WITH null AS m RETURN m {.a}", "null"},
      {"MATCH (a) RETURN collect(a {.n})", "[{n: 'a'}, {n: 'b'}, {n: 'c'}, {n: 'd'}]"},
      {"MATCH (a:P {n:'a'}) RETURN [(a)-[r]->(b) | b {.n, w: r.w}] AS l",
       "[{n: 'b', w: 1}, {n: 'c', w: 3}]"},
      {"MATCH (a:P {n:'a'})-[r]->(b {n:'b'}) RETURN r {.w, .*}, a { .n , b: b {.n} }",
       "{w: 1}|{n: 'a', b: {n: 'b'}}"},
      {"MATCH (a) WHERE a {.n}.n = 'a' RETURN a.n", "'a'"},
      {"OPTIONAL MATCH (x:X) WITH x MATCH (x) RETURN x", ""},
      {"OPTIONAL MATCH (x:X) WITH x MATCH (x), (y) RETURN count(*)", "0"},
      {"OPTIONAL MATCH (x:X) WITH x OPTIONAL MATCH (x) RETURN x", "null"},
      {"OPTIONAL MATCH (x:X) WITH x MATCH p = (x) RETURN p", ""},
      {"OPTIONAL MATCH (x:X) WITH x MATCH (x {n: 1}) RETURN x", ""},
      {"MATCH (x {n:'a'}) MATCH (x) RETURN x.n", "'a'"},
      {"MATCH (x {n:'a'}), (x)-->(y) RETURN y.n", "'b'; 'c'"},
      {"RETURN {a: 1, b: 2} = {b: 2, a: 1}, {a: 1, b: null} = {b: 2, a: 2}, {a: 1} = {b: 1}, {a: "
       "null} = {b: null}",
       "true|false|false|false"},
      {"RETURN {a: 1, a: 2}", "{a: 2}"},
  };
  for (const Case& c : rows) {
    CAPTURE(c.query);
    CHECK(ask(letters(), c.query) == c.answer);
  }
  const Case errors[] = {
      {"WITH 1 AS m RETURN m {.a}", "InvalidArgumentType"},
      {"WITH [1, {a: 2}] AS l UNWIND l AS m RETURN m {.a}", "InvalidArgumentType"},
      {"MATCH (a) RETURN a {.n, c: count(*)}", "AmbiguousAggregationExpression"},
      {"MATCH (a) RETURN a {.n AS x}", "UnexpectedSyntax"},
      {"MATCH (a) RETURN a {b.n}", "UnexpectedSyntax"},
      {"RETURN x {.a}", "UndefinedVariable"},
  };
  for (const Case& c : errors) {
    CAPTURE(c.query);
    CHECK(failure(letters(), c.query).detail == c.answer);
  }
}
