// The query language from its text to its answers, on a small graph in memory and on a store's:
// any text must end in rows, an error or a limit, and soon.
#include <cstdlib>

#include "fuzz/scratch.h"
#include "fuzz/targets.h"
#include "query/query.h"
#include "query/small_graph.h"
#include "query/store_graph.h"
#include "tools/memory_graph.h"

namespace weft::fuzz {

namespace {

const test::MemoryGraph& in_memory() {
  static const test::MemoryGraph made = [] {
    test::MemoryData data;
    test::create(
        data,
        "CREATE (a:A {x: 1, name: 'a'})-[:R {y: 'z', w: 2.5}]->(b:B {x: [1, 2]})-[:S]->"
        "(a), (b)-[:R]->(b), (b)-[:R]->(c:A:B {x: null, name: 'c'}), (c)-[:S {w: 1}]->(d)");
    return test::MemoryGraph(std::move(data));
  }();
  return made;
}

const query::StoreGraph& in_store() {
  static const query::StoreGraph made(test::stored(test::small_graph()), ontology());
  return made;
}

void answer(const query::PropertyGraph& graph, std::string_view text,
            const query::Parameters& parameters) {
  query::Limits limits;
  limits.timeout = std::chrono::milliseconds(100);
  limits.memory = 4 << 20;
  try {
    query::Rows rows = query::run_query(graph, text, parameters, limits);
    (void)rows.plan(false);
    std::vector<query::Value> row;
    // What is printed can be far more than what is held: a value may stand in many places.
    for (int most = 100; most > 0 && rows.next(row); --most) {
      if (row.size() != rows.columns().size()) std::abort();
      for (const query::Value& v : row) {
        if (v.bytes() > limits.memory) continue;
        (void)query::language::json_text(v, graph);
        (void)query::language::plain_text(v, graph);
        (void)query::language::literal_text(v, graph);
      }
    }
    (void)rows.plan(true);
  } catch (const query::QueryError& e) {
    if (e.detail.empty() || std::string_view(e.what()).empty()) std::abort();
  }
}

}  // namespace

void ask(std::string_view bytes) {
  if (bytes.starts_with("x=")) {
    const auto [name, value] = query::read_parameter(bytes);
    return answer(in_memory(), "RETURN $x, $x = $x, [$x]", {{name, value}});
  }
  query::Parameters parameters;
  parameters.emplace("x", query::Value(int64_t{1}));
  answer(in_memory(), bytes, parameters);
  answer(in_store(), bytes, parameters);
}

}  // namespace weft::fuzz
