// What the tests of the query language share: a graph of people made by CREATE, and answers and
// errors as short texts.
#pragma once

#include <string>
#include <vector>

#include "query/query.h"
#include "tools/memory_graph.h"

namespace weft::test {

inline const MemoryGraph& people() {
  static const MemoryGraph graph = [] {
    MemoryData data;
    create(data,
           "CREATE (a:Person {name: 'Ann', age: 40}), (b:Person {name: 'Bob', age: 30}), "
           "(c:Person {name: 'Cid'}), (p:Place {name: 'Paris'}), (f:Place {name: 'France'}), "
           "(a)-[:KNOWS {since: 2001}]->(b), (b)-[:KNOWS {since: 2010}]->(c), (c)-[:KNOWS "
           "{since: 2020}]->(a), "
           "(a)-[:IN]->(p), (p)-[:located_in]->(f)");
    return MemoryGraph(std::move(data));
  }();
  return graph;
}

/// Rows as "a|b; c|d".
inline std::string ask(const query::PropertyGraph& graph, std::string_view text,
                       query::Parameters parameters = {}, query::Limits limits = {}) {
  query::Rows rows = query::run_query(graph, text, std::move(parameters), limits);
  std::string out;
  for (std::vector<query::Value> row; rows.next(row);) {
    if (!out.empty()) out += "; ";
    for (size_t i = 0; i < row.size(); ++i)
      out += (i > 0 ? "|" : "") + query::language::literal_text(row[i], graph);
  }
  return out;
}

struct Failure {
  std::string detail, message;
  core::ExitCode code = core::ExitCode::ok;
};

inline Failure failure(const query::PropertyGraph& graph, std::string_view text,
                       query::Limits limits = {}) {
  try {
    return {"none", ask(graph, text, {}, limits)};
  } catch (const query::QueryError& e) {
    return {e.detail, e.what(), e.code()};
  }
}

}  // namespace weft::test
