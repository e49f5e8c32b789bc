// Clauses become operators one after the other. Subqueries are planned first, each a plan of its
// own on the same frame, so that an expression only has to run it.
#include "query/language/plan.h"

#include <algorithm>
#include <cmath>

#include "query/language/operators_rows.h"
#include "query/language/planner.h"

namespace weft::query::language {

Plan make_plan(Query query, Slot slots, const PropertyGraph& graph, std::string_view text) {
  Plan plan;
  plan.query = std::move(query);
  plan.slots = slots;
  Planner planner(plan, graph, text);
  plan.root = planner.query(plan.query);
  return plan;
}

namespace {

void collect_slots(const SingleQuery& single, std::set<Slot>& out) {
  for (const Clause& clause : single.clauses) {
    for (const PatternPart& part : clause.pattern) {
      for (const NodePattern& n : part.nodes) {
        out.insert(n.slot);
        if (n.properties) collect_slots(*n.properties, out);
      }
      for (const RelationshipPattern& r : part.relationships) {
        out.insert(r.slot);
        if (r.properties) collect_slots(*r.properties, out);
      }
    }
    const Projection& p = clause.projection;
    for (const Expr* e : {clause.where.get(), clause.list.get(), p.where.get()})
      if (e) collect_slots(*e, out);
    for (const ProjectionItem& item : p.items) collect_slots(*item.expr, out);
    for (const SortKey& key : p.sort) collect_slots(*key.expr, out);
  }
}

}  // namespace

void collect_slots(const Expr& e, std::set<Slot>& out) {
  if (e.kind == ExprKind::variable) out.insert(e.slot);
  for (const ExprPtr& arg : e.args)
    if (arg) collect_slots(*arg, out);
  if (e.subquery)
    for (const SingleQuery& part : e.subquery->parts) collect_slots(part, out);
}

std::string Planner::text_of(const Expr& e) const {
  if (e.end <= e.at) return {};
  std::string out(text_.substr(e.at, std::min<size_t>(e.end - e.at, 60)));
  std::replace(out.begin(), out.end(), '\n', ' ');
  return e.end - e.at > 60 ? out + "..." : out;
}

/// Plans the subqueries in an expression.
void Planner::subqueries(Expr* e) {
  if (!e) return;
  for (ExprPtr& arg : e->args) subqueries(arg.get());
  if (!e->subquery) return;
  OperatorPtr plan = query(*e->subquery);
  const SingleQuery& first = e->subquery->parts[0];
  Slot path = kNoSlot;
  if (!first.clauses.empty() && !first.clauses[0].pattern.empty())
    path = first.clauses[0].pattern[0].slot;
  e->plan = static_cast<uint32_t>(plan_.subplans.size());
  plan_.subplans.push_back(std::move(plan));
  plan_.subplan_slots.push_back(path);
}

OperatorPtr Planner::query(Query& query) {
  if (query.parts.size() == 1) return single(query.parts[0]);
  std::vector<Union::Part> parts;
  for (SingleQuery& part : query.parts) {
    Union::Part p;
    const Projection& last = part.clauses.back().projection;
    for (const std::string& column : query.columns)
      for (const ProjectionItem& item : last.items)
        if (item.name == column) p.from.push_back(item.slot);
    p.plan = single(part);
    parts.push_back(std::move(p));
  }
  double estimate = 0;
  for (const Union::Part& p : parts) estimate += p.plan->estimate;
  OperatorPtr out = std::make_unique<Union>(std::move(parts), query.slots);
  out->estimate = estimate;
  if (!query.all) {
    out = std::make_unique<Distinct>(std::move(out), query.slots);
    out->estimate = estimate;
  }
  return out;
}

OperatorPtr Planner::single(SingleQuery& single) {
  OperatorPtr out = std::make_unique<Start>();
  out->estimate = 1;
  for (Clause& clause : single.clauses) {
    switch (clause.kind) {
      case ClauseKind::match:
        out = match(clause, std::move(out));
        break;
      case ClauseKind::unwind: {
        subqueries(clause.list.get());
        const double estimate = out->estimate * 10;
        out = std::make_unique<Unwind>(std::move(out), clause.list.get(), clause.slot);
        out->estimate = estimate;
        break;
      }
      case ClauseKind::with:
      case ClauseKind::return_rows:
        out = projection(clause.projection, std::move(out));
        break;
    }
  }
  return out;
}

OperatorPtr Planner::projection(Projection& p, OperatorPtr out) {
  double estimate = out->estimate;
  const auto put = [&](OperatorPtr op) {
    op->estimate = estimate;
    out = std::move(op);
  };
  std::string names;
  std::vector<Slot> slots;
  std::vector<Compute::Item> plain, mixed;
  std::vector<Group::Key> keys;
  for (ProjectionItem& item : p.items) {
    subqueries(item.expr.get());
    names += (names.empty() ? "" : ", ") + item.name;
    slots.push_back(item.slot);
    if (item.aggregates)
      mixed.push_back({item.expr.get(), item.slot});
    else if (p.aggregating)
      keys.push_back({item.expr.get(), item.slot});
    else if (item.expr->kind != ExprKind::variable || item.expr->slot != item.slot)
      plain.push_back({item.expr.get(), item.slot});
  }
  if (p.aggregating) {
    estimate = keys.empty() ? 1 : std::sqrt(estimate);
    put(std::make_unique<Group>(std::move(out), std::move(keys),
                                std::vector<const Expr*>(p.aggregates.begin(), p.aggregates.end()),
                                names));
    put(std::make_unique<Compute>(std::move(out), std::move(mixed), names));
  } else if (!plain.empty()) {
    put(std::make_unique<Compute>(std::move(out), std::move(plain), names));
  }
  if (p.distinct) put(std::make_unique<Distinct>(std::move(out), slots));
  subqueries(p.where.get());
  if (!p.sort.empty()) {
    std::set<Slot> keep(slots.begin(), slots.end());
    if (p.where) collect_slots(*p.where, keep);
    for (SortKey& key : p.sort) subqueries(key.expr.get());
    put(std::make_unique<Sort>(std::move(out), &p.sort, std::vector<Slot>(keep.begin(), keep.end()),
                               p.skip.get(), p.limit.get()));
  }
  if (p.skip) put(std::make_unique<Skip>(std::move(out), p.skip.get()));
  if (p.limit) {
    if (p.limit->kind == ExprKind::literal) estimate = std::min(estimate, p.limit->value.number());
    put(std::make_unique<Limit>(std::move(out), p.limit.get()));
  }
  if (p.where) {
    estimate *= 0.3;
    put(std::make_unique<Filter>(std::move(out), p.where.get(), text_of(*p.where)));
  }
  return out;
}

namespace {

std::string rounded(double estimate) {
  if (estimate < 10) return number_text(std::round(estimate * 10) / 10);
  return std::to_string(static_cast<uint64_t>(std::min(estimate, 1e18)));
}

void describe(const Operator& op, bool rows, std::string indent, std::string& out) {
  out += indent + op.describe() + "  (" + rounded(op.estimate) + " rows expected" +
         (rows ? ", " + std::to_string(op.rows()) + " given" : "") + ")\n";
  const std::vector<const Operator*> below = op.below();
  for (size_t i = 0; i < below.size(); ++i)
    describe(*below[i], rows, below.size() > 1 ? indent + "  " : indent, out);
}

}  // namespace

std::string describe(const Plan& plan, bool rows) {
  std::string out;
  describe(*plan.root, rows, "", out);
  for (size_t i = 0; i < plan.subplans.size(); ++i) {
    out += "Subquery " + std::to_string(i + 1) + "\n";
    describe(*plan.subplans[i], rows, "  ", out);
  }
  return out;
}

}  // namespace weft::query::language
