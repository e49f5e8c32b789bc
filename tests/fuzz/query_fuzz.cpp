// libFuzzer target: parser, checker, planner and executor of the query language on a small graph.
// Any text must end in rows, an error or a limit. Run: cmake --preset fuzz && cmake --build
// --preset fuzz
// --target query_fuzz && build/fuzz/tests/query_fuzz -max_total_time=60
#include <cstddef>
#include <cstdint>

#include "tools/memory_graph.h"

namespace {

const weft::test::MemoryGraph& graph() {
  static const weft::test::MemoryGraph made = [] {
    weft::test::MemoryData data;
    weft::test::create(
        data, "CREATE (a:A {x: 1})-[:R {y: 'z'}]->(b:B {x: [1, 2]})-[:S]->(a), (b)-[:R]->(b)");
    return weft::test::MemoryGraph(std::move(data));
  }();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string text(reinterpret_cast<const char*>(bytes), size);
  weft::query::Limits limits;
  limits.timeout = std::chrono::milliseconds(200);
  limits.memory = 8 << 20;
  try {
    weft::query::Rows rows = weft::query::run_query(graph(), text, {}, limits);
    std::vector<weft::query::Value> row;
    while (rows.next(row))
      for (const weft::query::Value& v : row) weft::query::language::json_text(v, graph());
  } catch (const weft::query::QueryError&) {
  }
  return 0;
}
