// One query and its answer on standard output, for `weft query` and `weft shell`.
#pragma once

#include <string>
#include <vector>

#include "cli/session.h"
#include "query/query.h"
#include "query/store_graph.h"

namespace weft::cli {

struct QueryWish {
  std::string format;  // one of query_formats(); empty: a table on a terminal, else tsv
  std::string title;   // of the graph, in graphml and dot
  bool explain = false;
  bool profile = false;
};

struct Answered {
  size_t found;  // rows; nodes in the formats of graphs
  bool plan;     // a plan was printed instead
};

/// What --format and :mode take.
std::vector<std::string> query_formats();

/// Prints the answer, and "No rows." as a note. Throws QueryError.
Answered answer_query(Session& session, const query::StoreGraph& graph,
                      const schema::Ontology& ontology, const std::string& text,
                      query::Parameters parameters, const query::Limits& limits,
                      const QueryWish& wish);

}  // namespace weft::cli
