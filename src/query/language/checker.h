// The checker's scopes and functions, spread over three files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "query/language/aggregates.h"
#include "query/language/check.h"
#include "query/language/fault.h"
#include "query/language/lexer.h"
#include "query/language/types.h"

namespace weft::query::language {

struct Variable {
  Slot slot = kNoSlot;
  Type type;
};
/// Sorted by name, as RETURN * lists them.
using Scope = std::map<std::string, Variable, std::less<>>;

/// Where an expression stands.
struct Place {
  bool aggregates = false;    // aggregates may stand here
  bool in_aggregate = false;  // inside of one
  bool pattern = false;       // a pattern may stand here as a condition
};

class Checker {
 public:
  Checker(const PropertyGraph& graph, const Parameters& parameters)
      : graph_(graph), parameters_(parameters) {}

  void query(Query& query, const Scope& outer, bool is_subquery);
  Slot slots() const { return slots_; }

 private:
  // Clauses.
  void single(SingleQuery& single, Scope scope, bool is_subquery, std::vector<std::string>& columns,
              std::vector<Slot>& slots);
  void match(Clause& clause, Scope& scope);
  void unwind(Clause& clause, Scope& scope);
  Scope projection(Clause& clause, const Scope& scope);
  void expand_star(Clause& clause, const Scope& scope);
  void items(Projection& p, const Scope& scope, Scope& next);
  void sort_key(SortKey& key, Projection& p, const Scope& old, const Scope& next);
  void replace_items(ExprPtr& e, Projection& p, bool complex_too);
  bool holds_complex_item(const Expr& e, const Projection& p) const;
  void row_count(ExprPtr& e, std::string_view word, const Scope& scope);
  void separate(Projection& p, Expr& e);
  void condition(Expr& e, Scope& scope);

  // Patterns.
  void pattern(std::vector<PatternPart>& parts, Scope& scope, bool may_declare);
  void node(NodePattern& node, Scope& scope, const Scope& before, bool may_declare);
  void relationship(RelationshipPattern& r, Scope& scope, const Scope& before, bool may_declare);
  void pattern_properties(Expr& map, Scope& scope, bool of_node);
  void known_label(const PatternName& label) const;
  void known_type(const PatternName& type) const;

  // Expressions.
  Type expression(Expr& e, Scope& scope, Place place);
  Type variable(Expr& e, const Scope& scope) const;
  Type property(Expr& e, Scope& scope, Place place);
  Type call(Expr& e, Scope& scope, Place place);
  Type aggregate(Expr& e, Scope& scope, Place place);
  Type subquery(Expr& e, Scope& scope, Place place);
  Type list_literal(Expr& e, Scope& scope, Place place);
  Type sum(const Expr& e, Type a, Type b) const;
  Type over_list(Expr& e, Scope& scope, Place place);
  Type reduce(Expr& e, Scope& scope, Place place);
  Type case_of(Expr& e, Scope& scope, Place place);
  void property_keys(Expr& e, Type subject) const;
  void demand(const Expr& e, Type type, Kinds wanted, std::string_view what) const;

  Slot new_slot() { return slots_++; }
  [[noreturn]] void undefined(const std::string& name, size_t at, const Scope& scope) const;

  const PropertyGraph& graph_;
  const Parameters& parameters_;
  Slot slots_ = 0;
  std::vector<Expr*>* found_aggregates_ = nullptr;
};

/// True if both compute the same, judged by how they are written.
bool same_expression(const Expr& a, const Expr& b);
bool holds_aggregate(const Expr& e);
/// A variable, or a property of one.
bool is_simple(const Expr& e);

}  // namespace weft::query::language
