// Text, tree, check, plan, run: the stages of a query put together, and their faults turned into
// errors that show the place.
#include "query/query.h"

#include <algorithm>
#include <set>

#include "query/language/check.h"
#include "query/language/fault.h"
#include "query/language/parser.h"
#include "query/language/plan.h"
#include "text/utf8.h"

namespace weft::query {

using namespace language;

namespace {

constexpr size_t kLongestQuery = 4 << 20;

[[noreturn]] void raise(const Fault& fault, std::string_view text) {
  const core::ExitCode code = fault.trouble != Trouble::limit ? core::ExitCode::usage
                              : fault.detail == kInterrupted  ? core::ExitCode::interrupted
                                                              : core::ExitCode::limit;
  const std::string message =
      fault.trouble == Trouble::limit ? fault.what() : with_place(text, fault.at, fault.what());
  throw QueryError(message, code, name(fault.trouble), fault.detail, fault.at_runtime);
}

}  // namespace

struct Rows::Run {
  Run(const PropertyGraph& graph, std::string_view query, Parameters values, const Limits& limits)
      : text(query), parameters(std::move(values)), context(graph, parameters, limits) {}

  std::string text;
  Parameters parameters;
  Context context;
  Plan plan;
  bool opened = false;
  bool ended = false;
};

Rows::Rows(std::unique_ptr<Run> run) : run_(std::move(run)) {}
Rows::Rows(Rows&&) noexcept = default;
Rows::~Rows() = default;

const std::vector<std::string>& Rows::columns() const { return run_->plan.query.columns; }

bool Rows::next(std::vector<Value>& row) {
  Run& run = *run_;
  if (run.ended) return false;
  try {
    if (!run.opened) run.plan.root->open(run.context);
    run.opened = true;
    if (!run.plan.root->pull(run.context)) {
      run.ended = true;
      return false;
    }
  } catch (const Fault& fault) {
    run.ended = true;
    raise(fault, run.text);
  }
  row.clear();
  for (const Slot slot : run.plan.query.slots) row.push_back(run.context[slot]);
  return true;
}

std::string Rows::plan(bool counts) const { return describe(run_->plan, counts); }

Rows run_query(const PropertyGraph& graph, std::string_view text, Parameters parameters,
               const Limits& limits) {
  if (text.size() > kLongestQuery)
    throw QueryError("The query is longer than 4 MB.", core::ExitCode::limit, "SyntaxError",
                     "QueryTooLarge", false);
  if (text::first_invalid_utf8(text) != text::kValid)
    throw QueryError("The query is not valid UTF-8.", core::ExitCode::usage, "SyntaxError",
                     "InvalidUnicodeCharacter", false);
  auto run = std::make_unique<Rows::Run>(graph, text, std::move(parameters), limits);
  try {
    Query query = parse(run->text);
    const Slot slots = check(query, graph, run->parameters);
    run->plan = make_plan(std::move(query), slots, graph, run->text);
  } catch (const Fault& fault) {
    raise(fault, text);
  }
  run->context.frame.resize(static_cast<size_t>(run->plan.slots));
  for (const OperatorPtr& subplan : run->plan.subplans)
    run->context.subplans.push_back(subplan.get());
  run->context.subplan_slots = run->plan.subplan_slots;
  return Rows(std::move(run));
}

namespace {

struct Gathered {
  std::set<graph::NodeIndex> nodes;
  std::set<graph::EdgeIndex> edges;
};

void gather(const Value& v, Gathered& out) {
  switch (v.kind()) {
    case Kind::node:
      out.nodes.insert(v.node());
      break;
    case Kind::relationship:
      out.edges.insert(v.relationship());
      break;
    case Kind::path:
      out.nodes.insert(v.path().nodes.begin(), v.path().nodes.end());
      out.edges.insert(v.path().relationships.begin(), v.path().relationships.end());
      break;
    case Kind::list:
      for (const Value& item : v.items()) gather(item, out);
      break;
    case Kind::map:
      for (const auto& entry : v.entries()) gather(entry.second, out);
      break;
    default:
      break;
  }
}

}  // namespace

graph::Subgraph matched_subgraph(Rows& rows, const PropertyGraph& graph) {
  Gathered found;
  std::vector<Value> row;
  while (rows.next(row))
    for (const Value& v : row) gather(v, found);
  for (const graph::EdgeIndex e : found.edges) {
    found.nodes.insert(graph.adjacency().source(e));
    found.nodes.insert(graph.adjacency().target(e));
  }
  return {{found.nodes.begin(), found.nodes.end()}, {found.edges.begin(), found.edges.end()}};
}

}  // namespace weft::query
