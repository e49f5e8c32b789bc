// From a checked query to operators.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/language/operators.h"

namespace weft::query::language {

/// A query ready to run, once. Owns the tree that its operators point into.
struct Plan {
  Query query;
  std::vector<ExprPtr> conditions;  // made by the planner, of the patterns' labels and properties
  OperatorPtr root;
  std::vector<OperatorPtr> subplans;  // of subqueries, by Expr::plan
  std::vector<Slot> subplan_slots;
  Slot slots = 0;  // of the frame
};

/// `slots` as check() returned it. `text`: the query, for descriptions.
Plan make_plan(Query query, Slot slots, const PropertyGraph& graph, std::string_view text);

/// The operators as an indented list, first the last one, each with the rows expected and, after a
/// run with `rows`, the rows it gave.
std::string describe(const Plan& plan, bool rows);

}  // namespace weft::query::language
