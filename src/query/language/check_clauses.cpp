// Clauses and scopes. WITH and RETURN begin a new scope; their ORDER BY and WHERE see both the old
// and the new one, unless rows are grouped or made distinct: then only what is projected is left to
// sort by.
#include <algorithm>
#include <set>

#include "query/language/checker.h"
#include "query/language/functions.h"

namespace weft::query::language {

Slot check(Query& query, const PropertyGraph& graph, const Parameters& parameters) {
  Checker checker(graph, parameters);
  checker.query(query, {}, false);
  return checker.slots();
}

bool same_expression(const Expr& a, const Expr& b) {
  if (a.kind != b.kind || a.name.size() != b.name.size() || a.names != b.names ||
      a.comparisons != b.comparisons || a.quantifier != b.quantifier || a.distinct != b.distinct ||
      a.star != b.star || a.subquery || b.subquery || a.args.size() != b.args.size())
    return false;
  if (a.kind == ExprKind::call ? lower(a.name) != lower(b.name) : a.name != b.name) return false;
  if (a.value.kind() != b.value.kind() || order(a.value, b.value) != 0) return false;
  for (size_t i = 0; i < a.args.size(); ++i) {
    if (!a.args[i] != !b.args[i]) return false;
    if (a.args[i] && !same_expression(*a.args[i], *b.args[i])) return false;
  }
  return true;
}

bool holds_aggregate(const Expr& e) {
  if (e.kind == ExprKind::call && find_aggregate(e.name)) return true;
  return std::any_of(e.args.begin(), e.args.end(),
                     [](const ExprPtr& arg) { return arg && holds_aggregate(*arg); });
}

bool is_simple(const Expr& e) {
  if (e.kind == ExprKind::variable) return true;
  return e.kind == ExprKind::property && is_simple(*e.args[0]);
}

namespace {

bool holds_variable(const Expr& e) {
  if (e.kind == ExprKind::variable || e.subquery) return true;
  return std::any_of(e.args.begin(), e.args.end(),
                     [](const ExprPtr& arg) { return arg && holds_variable(*arg); });
}

void become_variable(ExprPtr& e, const ProjectionItem& item) {
  auto v = std::make_unique<Expr>();
  v->kind = ExprKind::variable;
  v->at = e->at;
  v->name = item.name;
  v->slot = item.slot;
  e = std::move(v);
}

}  // namespace

void Checker::query(Query& query, const Scope& outer, bool is_subquery) {
  for (size_t i = 0; i < query.parts.size(); ++i) {
    std::vector<std::string> columns;
    std::vector<Slot> slots;
    single(query.parts[i], outer, is_subquery, columns, slots);
    if (i == 0) {
      query.columns = columns;
      query.slots = slots;
    }
    auto sorted = [](std::vector<std::string> names) {
      std::sort(names.begin(), names.end());
      return names;
    };
    if (sorted(columns) != sorted(query.columns))
      syntax_fault("DifferentColumnsInUnion",
                   "The queries joined by UNION must return columns of the same names.",
                   query.parts[i].clauses.back().at);
  }
  if (query.parts.size() > 1)
    for (Slot& slot : query.slots) slot = new_slot();
}

void Checker::single(SingleQuery& single, Scope scope, bool is_subquery,
                     std::vector<std::string>& columns, std::vector<Slot>& slots) {
  for (Clause& clause : single.clauses) {
    switch (clause.kind) {
      case ClauseKind::match:
        match(clause, scope);
        break;
      case ClauseKind::unwind:
        unwind(clause, scope);
        break;
      case ClauseKind::with:
        scope = projection(clause, scope);
        break;
      case ClauseKind::return_rows:
        projection(clause, scope);
        for (const ProjectionItem& item : clause.projection.items) {
          columns.push_back(item.name);
          slots.push_back(item.slot);
        }
        if (columns.empty() && !is_subquery)
          syntax_fault("NoVariablesInScope", "RETURN * returns all variables, but there are none.",
                       clause.at);
        break;
    }
  }
}

void Checker::match(Clause& clause, Scope& scope) {
  pattern(clause.pattern, scope, true);
  if (clause.where) condition(*clause.where, scope);
}

void Checker::condition(Expr& e, Scope& scope) {
  const Type type = expression(e, scope, {.pattern = true});
  demand(e, type, kBoolean, "WHERE takes a condition");
}

void Checker::unwind(Clause& clause, Scope& scope) {
  const Type type = expression(*clause.list, scope, {});
  if (scope.contains(clause.name))
    syntax_fault("VariableAlreadyBound", "There is a variable \"" + clause.name + "\" already.",
                 clause.at);
  clause.slot = new_slot();
  Type item;
  if (type.kinds == kList) item.kinds = type.items;
  scope[clause.name] = {clause.slot, item};
}

void Checker::expand_star(Clause& clause, const Scope& scope) {
  Projection& p = clause.projection;
  if (!p.star) return;
  if (scope.empty() && p.items.empty() && clause.kind == ClauseKind::return_rows)
    syntax_fault("NoVariablesInScope", "RETURN * returns all variables, but there are none.",
                 clause.at);
  std::vector<ProjectionItem> all;
  for (const auto& [name, variable] : scope) {
    ProjectionItem item;
    item.expr = std::make_unique<Expr>();
    item.expr->kind = ExprKind::variable;
    item.expr->at = clause.at;
    item.expr->name = name;
    item.name = name;
    item.at = clause.at;
    item.named = true;
    all.push_back(std::move(item));
  }
  for (ProjectionItem& item : p.items) all.push_back(std::move(item));
  p.items = std::move(all);
}

void Checker::items(Projection& p, const Scope& scope, Scope& next) {
  std::set<std::string> names;
  Scope inside = scope;
  found_aggregates_ = &p.aggregates;
  for (ProjectionItem& item : p.items) {
    item.aggregates = holds_aggregate(*item.expr);
    p.aggregating |= item.aggregates;
    const Type type = expression(*item.expr, inside, {.aggregates = true});
    // A variable keeps its place; anything else is computed into a new one.
    item.slot = item.expr->kind == ExprKind::variable ? item.expr->slot : new_slot();
    if (!names.insert(item.name).second)
      syntax_fault("ColumnNameConflict",
                   "There are two columns \"" + item.name + "\". Rename one with AS.", item.at);
    next[item.name] = {item.slot, type};
  }
  found_aggregates_ = nullptr;
}

Scope Checker::projection(Clause& clause, const Scope& scope) {
  Projection& p = clause.projection;
  expand_star(clause, scope);
  Scope next;
  items(p, scope, next);
  for (SortKey& key : p.sort) sort_key(key, p, scope, next);
  if (p.skip) row_count(p.skip, "SKIP", scope);
  if (p.limit) row_count(p.limit, "LIMIT", scope);
  if (p.where) {
    Scope both = p.aggregating || p.distinct ? next : scope;
    for (const auto& [name, variable] : next) both[name] = variable;
    if (p.aggregating || p.distinct) replace_items(p.where, p, true);
    condition(*p.where, both);
  }
  if (clause.kind == ClauseKind::with)
    for (const ProjectionItem& item : p.items)
      if (!item.named)
        syntax_fault("NoExpressionAlias",
                     "In WITH, an expression needs a name: " + item.name + " AS name.", item.at);
  if (p.aggregating)
    for (ProjectionItem& item : p.items)
      if (item.aggregates) separate(p, *item.expr);
  return next;
}

/// Puts variables in the place of expressions that are projected. `complex_too`: not only of
/// properties and aggregates.
void Checker::replace_items(ExprPtr& e, Projection& p, bool complex_too) {
  for (const ProjectionItem& item : p.items) {
    if (item.expr->kind == ExprKind::variable || !same_expression(*e, *item.expr)) continue;
    if (!complex_too && !is_simple(*e) &&
        !(e->kind == ExprKind::call && e->function == nullptr && find_aggregate(e->name)))
      continue;
    become_variable(e, item);
    return;
  }
  for (ExprPtr& arg : e->args)
    if (arg) replace_items(arg, p, complex_too);
}

bool Checker::holds_complex_item(const Expr& e, const Projection& p) const {
  for (const ProjectionItem& item : p.items)
    if (!item.aggregates && !is_simple(*item.expr) && item.expr->kind != ExprKind::literal &&
        same_expression(e, *item.expr))
      return true;
  return std::any_of(e.args.begin(), e.args.end(),
                     [&](const ExprPtr& arg) { return arg && holds_complex_item(*arg, p); });
}

void Checker::sort_key(SortKey& key, Projection& p, const Scope& old, const Scope& next) {
  const bool grouped = p.aggregating || p.distinct;
  for (const ProjectionItem& item : p.items)
    if (item.expr->kind != ExprKind::variable && same_expression(*key.expr, *item.expr)) {
      become_variable(key.expr, item);
      return;
    }
  const bool aggregates = holds_aggregate(*key.expr);
  if (aggregates && !p.aggregating)
    syntax_fault("InvalidAggregation",
                 "Rows can be sorted by an aggregate only if one is returned.", key.expr->at);
  if (aggregates && holds_complex_item(*key.expr, p))
    syntax_fault("AmbiguousAggregationExpression",
                 "Beside an aggregate only variables, their properties and constants may stand. "
                 "Give the rest a name in a WITH before.",
                 key.expr->at);
  replace_items(key.expr, p, !aggregates);
  Scope visible = grouped ? next : old;
  for (const auto& [name, variable] : next) visible[name] = variable;
  expression(*key.expr, visible, {.aggregates = p.aggregating});
  if (holds_aggregate(*key.expr))
    syntax_fault("InvalidAggregation", "Rows can be sorted only by an aggregate that is returned.",
                 key.expr->at);
}

void Checker::row_count(ExprPtr& e, std::string_view word, const Scope& scope) {
  if (holds_variable(*e))
    syntax_fault("NonConstantExpression",
                 std::string(word) + " takes a number that is the same for all rows.", e->at);
  Scope inside = scope;
  const Type type = expression(*e, inside, {});
  if (!type.may_be(kInteger))
    syntax_fault("InvalidArgumentType", std::string(word) + " takes an integer.", e->at);
  if (e->kind == ExprKind::literal && e->value.kind() == Kind::integer && e->value.integer() < 0)
    syntax_fault("NegativeIntegerArgument", std::string(word) + " can't be negative.", e->at);
}

/// Of an expression that holds an aggregate: what stands beside it must be what rows are grouped
/// by, and is read from there.
void Checker::separate(Projection& p, Expr& e) {
  if (e.aggregate) return;
  for (ExprPtr& arg : e.args) {
    if (!arg) continue;
    if (arg->aggregate) continue;
    if (is_simple(*arg)) {
      const auto key =
          std::find_if(p.items.begin(), p.items.end(), [&](const ProjectionItem& item) {
            return !item.aggregates && same_expression(*item.expr, *arg);
          });
      if (key != p.items.end()) {
        become_variable(arg, *key);
        continue;
      }
    }
    if (arg->kind == ExprKind::variable) {
      // The variable of a comprehension is its own; any other would differ within a group.
      const bool local = (e.kind == ExprKind::list_comprehension ||
                          e.kind == ExprKind::quantifier || e.kind == ExprKind::reduce);
      if (!local && !arg->has_subject)
        syntax_fault("AmbiguousAggregationExpression",
                     "\"" + arg->name +
                         "\" stands beside an aggregate but is not returned by itself, so it has "
                         "no single value for a group.",
                     arg->at);
      continue;
    }
    separate(p, *arg);
  }
}

}  // namespace weft::query::language
