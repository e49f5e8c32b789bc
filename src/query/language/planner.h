// The planner's state, shared by plan.cpp (clauses) and plan_match.cpp (patterns).
#pragma once

#include <set>

#include "query/language/operators_graph.h"
#include "query/language/plan.h"

namespace weft::query::language {

class Planner {
 public:
  Planner(Plan& plan, const PropertyGraph& graph, std::string_view text)
      : plan_(plan), graph_(graph), text_(text) {}

  OperatorPtr query(Query& query);

 private:
  OperatorPtr single(SingleQuery& single);
  OperatorPtr projection(Projection& p, OperatorPtr below);
  void subqueries(Expr* e);
  std::string text_of(const Expr& e) const;

  // plan_match.cpp
  OperatorPtr match(Clause& clause, OperatorPtr below);

  friend class MatchPlanner;
  Plan& plan_;
  const PropertyGraph& graph_;
  std::string_view text_;
};

/// Slots of all variables in it, those of its subqueries included.
void collect_slots(const Expr& e, std::set<Slot>& out);

}  // namespace weft::query::language
