// The query language: run_query() takes a text and gives a stream of rows. A read-only subset based
// on openCypher; `weft query --help` shows it by example.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "graph/select.h"
#include "query/language/context.h"

namespace weft::query {

using language::Limits;
using language::Parameters;
using language::PropertyGraph;
using language::Value;

/// A query that can't be run or was ended. what() says where, with the line and a caret under the
/// place. Its exit code: usage; limit for --timeout and --max-memory; interrupted.
class QueryError : public core::SetupError {
 public:
  QueryError(const std::string& message, core::ExitCode code, std::string_view error_type,
             std::string_view error_detail, bool runtime)
      : SetupError(message, code), type(error_type), detail(error_detail), at_runtime(runtime) {}

  std::string type;    // "SyntaxError", as openCypher names it
  std::string detail;  // "UndefinedVariable"
  bool at_runtime;
};

/// The rows of a query, found as they are asked for. Used by one thread.
class Rows {
 public:
  Rows(Rows&&) noexcept;
  ~Rows();

  const std::vector<std::string>& columns() const;
  /// The next row, as long as columns(); false after the last. Throws QueryError.
  bool next(std::vector<Value>& row);
  /// The operators, one a line, the last first; with `counts` the rows each has given so far.
  std::string plan(bool counts) const;

 private:
  friend Rows run_query(const PropertyGraph&, std::string_view, Parameters, const Limits&);
  struct Run;
  explicit Rows(std::unique_ptr<Run> run);
  std::unique_ptr<Run> run_;
};

/// Reads, checks and plans the query; nothing is run before the first next(). `graph` must outlive
/// the rows and their values. Throws QueryError.
Rows run_query(const PropertyGraph& graph, std::string_view text, Parameters parameters = {},
               const Limits& limits = {});

/// "name=value": the value is taken as JSON (42, true, ["a", "b"], "text") and, if it is none, as
/// text. Throws SetupError (usage) if there is no "=" or no name, and for JSON that no value is: a
/// number too large, half a surrogate pair, more than 100 levels.
std::pair<std::string, Value> read_parameter(std::string_view text);

/// The nodes and edges of a graph that the rest of the rows hold, alone, in lists, maps or paths;
/// of an edge, both ends. Throws QueryError.
graph::Subgraph matched_subgraph(Rows& rows, const PropertyGraph& graph);

}  // namespace weft::query
