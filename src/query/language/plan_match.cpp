// Plans one MATCH. A pattern is a graph of node and relationship variables. From every place where
// it could begin (a node by index or label, a relationship by type) the rest is laid out greedily,
// cheapest step first, and the beginning whose rows, summed over all steps, are expected to be
// fewest is taken. Rows are estimated from the numbers of nodes a label and relationships a type.
// Conditions are tested as soon as what they speak of is bound. O(nodes^2 x relationships) of the
// pattern; patterns above kThorough nodes begin at the smallest set of nodes.
#include <algorithm>

#include "query/language/match_planner.h"
#include "query/language/operators_shortest.h"

namespace weft::query::language {
namespace {

constexpr size_t kThorough = 12;

/// No rows: a label or type that no node or relationship has.
class Nothing : public Operator {
 public:
  explicit Nothing(OperatorPtr child) : Operator(std::move(child)) {}
  bool next(Context&) override { return false; }
  std::string describe() const override { return "Nothing"; }
};

}  // namespace

Expr* MatchPlanner::made(ExprKind kind, size_t at) {
  auto e = std::make_unique<Expr>();
  e->kind = kind;
  e->at = at;
  planner_.plan_.conditions.push_back(std::move(e));
  return planner_.plan_.conditions.back().get();
}

ExprPtr MatchPlanner::variable(Slot slot, size_t at) {
  auto e = std::make_unique<Expr>();
  e->kind = ExprKind::variable;
  e->at = at;
  e->slot = slot;
  return e;
}

Expr* MatchPlanner::property_equals(Slot slot, const std::string& key, ExprPtr value, size_t at) {
  auto property = std::make_unique<Expr>();
  property->kind = ExprKind::property;
  property->at = at;
  property->name = key;
  property->node_key = graph_.node_key(key);
  property->relationship_key = graph_.relationship_key(key);
  property->args.push_back(variable(slot, at));
  Expr* e = made(ExprKind::comparison, at);
  e->comparisons.push_back(CompareOp::equal);
  e->args.push_back(std::move(property));
  e->args.push_back(std::move(value));
  return e;
}

size_t MatchPlanner::node_of(NodePattern& pattern) {
  size_t index = 0;
  while (index < nodes_.size() && nodes_[index].slot != pattern.slot) ++index;
  if (index == nodes_.size()) {
    nodes_.emplace_back();
    nodes_[index].slot = pattern.slot;
    nodes_[index].text = "(" + pattern.name;
    if (pattern.bound)
      bound_.insert(pattern.slot);
    else
      fresh_.insert(pattern.slot);
  }
  NodeVariable& node = nodes_[index];
  for (const PatternName& label : pattern.labels) {
    Expr* e = made(ExprKind::has_labels, label.at);
    e->names.push_back(label.text);
    e->args.push_back(variable(pattern.slot, label.at));
    const auto id = graph_.label(label.text);
    node.impossible |= !id;
    if (id) node.labels.push_back(*id);
    node.text += ":" + label.text;
    add_condition(e, (pattern.name.empty() ? "" : pattern.name) + ":" + label.text);
  }
  return index;
}

void MatchPlanner::gather_relationship(PatternPart& part, size_t i, size_t left, size_t right) {
  RelationshipPattern& pattern = part.relationships[i];
  RelationshipVariable r;
  r.pattern = &pattern;
  r.left = left;
  r.right = right;
  r.any_type = pattern.types.empty();
  r.shortest = part.shortest;
  r.path = part.slot;
  for (const PatternName& type : pattern.types)
    if (const auto id = graph_.type(type.text)) r.types.push_back(*id);
  std::sort(r.types.begin(), r.types.end());
  r.types.erase(std::unique(r.types.begin(), r.types.end()), r.types.end());
  if (pattern.bound)
    bound_.insert(pattern.slot);
  else
    fresh_.insert(pattern.slot);
  const bool far = pattern.variable_length || part.shortest != Shortest::no;
  if (far) r.step_slot = planner_.plan_.slots++;
  if (pattern.properties) {
    Expr& map = *pattern.properties;
    for (size_t k = 0; k < map.args.size(); ++k) {
      planner_.subqueries(map.args[k].get());
      const Slot slot = far ? r.step_slot : pattern.slot;
      const Expr* e = property_equals(slot, map.names[k], std::move(map.args[k]), map.at);
      r.selectivity *= kPropertySelectivity;
      if (far)
        r.step_conditions.push_back(e);
      else
        add_condition(e, pattern.name + "." + map.names[k] + " = ...");
    }
  }
  relationships_.push_back(std::move(r));
}

void MatchPlanner::gather() {
  for (PatternPart& part : clause_.pattern) {
    std::vector<size_t> indices;
    for (NodePattern& n : part.nodes) indices.push_back(node_of(n));
    // What an OPTIONAL MATCH before has not found is no node.
    if (part.nodes.size() == 1 && part.nodes[0].bound) {
      Expr* e = made(ExprKind::is_not_null, part.nodes[0].at);
      e->args.push_back(variable(part.nodes[0].slot, part.nodes[0].at));
      add_condition(e, part.nodes[0].name + " IS NOT NULL");
    }
    for (size_t i = 0; i < part.relationships.size(); ++i)
      gather_relationship(part, i, indices[i], indices[i + 1]);
  }
  // Properties last: they may speak of any variable of the clause.
  for (PatternPart& part : clause_.pattern)
    for (NodePattern& n : part.nodes) {
      if (!n.properties) continue;
      Expr& map = *n.properties;
      for (size_t k = 0; k < map.args.size(); ++k) {
        planner_.subqueries(map.args[k].get());
        const Expr* e = property_equals(n.slot, map.names[k], std::move(map.args[k]), map.at);
        add_condition(e, n.name + "." + map.names[k] + " = ...");
        nodes_[node_of(n)].selectivity *= kPropertySelectivity;
        find_seek(*e);
      }
    }
  if (clause_.where) {
    planner_.subqueries(clause_.where.get());
    split(clause_.where.get());
  }
  for (NodeVariable& n : nodes_) n.text += ")";
}

void MatchPlanner::split(Expr* where) {
  if (where->kind == ExprKind::and_all) {
    for (ExprPtr& arg : where->args) split(arg.get());
    return;
  }
  add_condition(where, planner_.text_of(*where));
  find_seek(*where);
}

void MatchPlanner::add_condition(const Expr* e, std::string text) {
  Condition condition{e, {}, std::move(text), false};
  std::set<Slot> slots;
  collect_slots(*e, slots);
  std::set_intersection(slots.begin(), slots.end(), fresh_.begin(), fresh_.end(),
                        std::inserter(condition.needs, condition.needs.begin()));
  // A path is put together when everything else is bound.
  for (const PatternPart& part : clause_.pattern)
    if (part.slot != kNoSlot && slots.contains(part.slot)) condition.needs.insert(part.slot);
  conditions_.push_back(std::move(condition));
}

/// n.key = value, value = n.key, n.key IN list, with a value that does not depend on this match.
void MatchPlanner::find_seek(const Expr& e) {
  if (e.kind == ExprKind::comparison && e.comparisons.size() == 1 &&
      e.comparisons[0] == CompareOp::equal) {
    offer_seek(*e.args[0], *e.args[1], false);
    offer_seek(*e.args[1], *e.args[0], false);
  } else if (e.kind == ExprKind::in) {
    offer_seek(*e.args[0], *e.args[1], true);
  }
}

void MatchPlanner::offer_seek(const Expr& property, const Expr& value, bool is_list) {
  if (property.kind != ExprKind::property || property.args[0]->kind != ExprKind::variable) return;
  for (NodeVariable& n : nodes_) {
    if (n.slot != property.args[0]->slot) continue;
    n.selectivity *= kPropertySelectivity;
    std::set<Slot> slots;
    collect_slots(value, slots);
    const bool free =
        std::none_of(slots.begin(), slots.end(), [&](Slot s) { return fresh_.contains(s); });
    if (!free || n.seek || property.node_key == kNoKey || !graph_.has_index(property.node_key))
      return;
    n.seek = &value;
    n.seek_key = property.node_key;
    n.seek_list = is_list;
  }
}

void MatchPlanner::put(OperatorPtr op, double factor) {
  rows_ *= factor;
  op->estimate = rows_;
  out_ = std::move(op);
}

/// One filter for all conditions that can be tested by now, so that a plan is no deeper than its
/// pattern is long.
void MatchPlanner::test_conditions() {
  std::vector<const Expr*> now;
  std::string text;
  for (Condition& condition : conditions_) {
    if (condition.done || !std::includes(bound_.begin(), bound_.end(), condition.needs.begin(),
                                         condition.needs.end()))
      continue;
    condition.done = true;
    now.push_back(condition.expr);
    if (text.size() < 200) text += (text.empty() ? "" : " AND ") + condition.text;
  }
  if (now.empty()) return;
  put(std::make_unique<Filter>(std::move(out_), std::move(now), text), 0.5);
}

void MatchPlanner::begin(const Beginning& start) {
  if (start.by_relationship) {
    RelationshipVariable& r = relationships_[start.index];
    put(std::make_unique<RelationshipScan>(std::move(out_), step_of(r, true), nodes_[r.left].slot,
                                           nodes_[r.right].slot, text_of(r)),
        start.rows);
    r.done = true;
    bound_.insert(r.pattern->slot);
    bound_.insert(nodes_[r.left].slot);
    bound_.insert(nodes_[r.right].slot);
    return;
  }
  NodeVariable& n = nodes_[start.index];
  bound_.insert(n.slot);
  if (n.impossible) {
    put(std::make_unique<Nothing>(std::move(out_)), 0);
    return;
  }
  if (n.seek) {
    put(std::make_unique<NodeSeek>(std::move(out_), n.slot, n.seek_key, n.seek, n.seek_list,
                                   n.text),
        start.rows);
    return;
  }
  std::optional<LabelId> label;
  for (const LabelId l : n.labels)
    if (!label || graph_.nodes_with(l).size() < graph_.nodes_with(*label).size()) label = l;
  put(std::make_unique<NodeScan>(std::move(out_), n.slot, label, n.text), start.rows);
  // What the scan ensures need not be tested.
  if (!label) return;
  for (Condition& condition : conditions_)
    if (condition.expr->kind == ExprKind::has_labels && condition.needs == std::set<Slot>{n.slot} &&
        condition.expr->names == std::vector<std::string>{graph_.labels()[*label]} &&
        condition.expr->args[0]->kind == ExprKind::variable)
      condition.done = true;
}

Step MatchPlanner::step_of(const RelationshipVariable& r, bool from_left) const {
  Step step;
  step.relationship = r.pattern->slot;
  step.toward = r.pattern->toward;
  if (!from_left && step.toward != Toward::either)
    step.toward = step.toward == Toward::left ? Toward::right : Toward::left;
  step.types = r.types;
  step.any_type = r.any_type;
  for (const RelationshipVariable& other : relationships_) {
    if (!other.done || other.shortest != Shortest::no) continue;
    std::vector<TypeId> both;
    std::set_intersection(r.types.begin(), r.types.end(), other.types.begin(), other.types.end(),
                          std::back_inserter(both));
    if (r.any_type || other.any_type || !both.empty()) step.others.push_back(other.pattern->slot);
  }
  return step;
}

std::string MatchPlanner::text_of(const RelationshipVariable& r) const {
  std::string inside = r.pattern->name;
  for (size_t i = 0; i < r.pattern->types.size(); ++i)
    inside += (i == 0 ? ":" : "|") + r.pattern->types[i].text;
  if (r.pattern->variable_length)
    inside += "*" + std::to_string(r.pattern->least) + ".." +
              (r.pattern->most == 0xffffffffu ? "" : std::to_string(r.pattern->most));
  return nodes_[r.left].text + (r.pattern->toward == Toward::left ? "<-[" : "-[") + inside +
         (r.pattern->toward == Toward::right ? "]->" : "]-") + nodes_[r.right].text;
}

void MatchPlanner::step(RelationshipVariable& r, bool from_left) {
  const NodeVariable& from = nodes_[from_left ? r.left : r.right];
  const NodeVariable& to = nodes_[from_left ? r.right : r.left];
  const bool from_bound = bound_.contains(from.slot);
  const bool into = bound_.contains(to.slot);
  const double factor = fan_out(r, from_left ? r.left : r.right, bound_);
  Step s = step_of(r, from_left);
  const ExpandFar::Range range{r.pattern->least, r.pattern->most};
  const bool known = r.pattern->bound;
  if (!r.any_type && r.types.empty() && !(r.pattern->variable_length && r.pattern->least == 0))
    put(std::make_unique<Nothing>(std::move(out_)), 0);
  else if (r.pattern->variable_length && known)
    put(std::make_unique<BoundList>(std::move(out_), std::move(s), range, from.slot, to.slot, into,
                                    !from_left, text_of(r)),
        factor);
  else if (r.pattern->variable_length)
    put(std::make_unique<ExpandFar>(std::move(out_), std::move(s), range, from.slot, to.slot, into,
                                    !from_left, r.step_slot, r.step_conditions, text_of(r)),
        factor);
  else if (known)
    put(std::make_unique<BoundRelationship>(std::move(out_), std::move(s), from.slot, to.slot,
                                            from_bound, into, text_of(r)),
        factor);
  else
    put(std::make_unique<Expand>(std::move(out_), std::move(s), from.slot, to.slot, into,
                                 text_of(r)),
        factor);
  r.done = true;
  bound_.insert(r.pattern->slot);
  bound_.insert(from.slot);
  bound_.insert(to.slot);
}

void MatchPlanner::shortest(RelationshipVariable& r) {
  const uint32_t least = r.pattern->variable_length ? r.pattern->least : 1;
  const uint32_t most = r.pattern->variable_length ? r.pattern->most : 1;
  Step s = step_of(r, true);
  s.others.clear();
  put(std::make_unique<ShortestPath>(std::move(out_), std::move(s), ExpandFar::Range{least, most},
                                     ShortestPath::Ends{nodes_[r.left].slot, nodes_[r.right].slot},
                                     r.path, r.shortest == Shortest::all, r.step_slot,
                                     r.step_conditions, text_of(r)),
      1);
  r.done = true;
  bound_.insert(r.pattern->slot);
  if (r.path != kNoSlot) bound_.insert(r.path);
}

OperatorPtr MatchPlanner::run(OperatorPtr below) {
  rows_ = std::max(below->estimate, 1e-3);
  out_ = std::move(below);
  gather();
  test_conditions();
  while (true) {
    std::vector<bool> done;
    for (const RelationshipVariable& r : relationships_) done.push_back(r.done);
    bool from_left = true;
    double factor = 0;
    if (const RelationshipVariable* r = cheapest(bound_, done, from_left, factor)) {
      step(relationships_[static_cast<size_t>(r - relationships_.data())], from_left);
    } else {
      const std::vector<Beginning> starts = beginnings();
      if (starts.empty()) break;
      const Beginning* best = nullptr;
      double least = 0;
      for (const Beginning& b : starts) {
        const double cost = nodes_.size() > kThorough ? b.rows : simulate(b);
        if (best && cost >= least) continue;
        best = &b;
        least = cost;
      }
      begin(*best);
    }
    test_conditions();
  }
  for (RelationshipVariable& r : relationships_)
    if (!r.done && r.shortest != Shortest::no) shortest(r);
  test_conditions();
  for (PatternPart& part : clause_.pattern) {
    if (part.slot == kNoSlot || part.shortest != Shortest::no) continue;
    std::vector<Slot> nodes, relationships;
    for (const NodePattern& n : part.nodes) nodes.push_back(n.slot);
    for (const RelationshipPattern& r : part.relationships) relationships.push_back(r.slot);
    put(std::make_unique<BuildPath>(std::move(out_), part.slot, std::move(nodes),
                                    std::move(relationships)),
        1);
    bound_.insert(part.slot);
  }
  test_conditions();
  return std::move(out_);
}

OperatorPtr Planner::match(Clause& clause, OperatorPtr below) {
  if (!clause.optional) return MatchPlanner(*this, clause).run(std::move(below));
  std::set<Slot> fresh;
  for (const PatternPart& part : clause.pattern) {
    if (part.slot != kNoSlot) fresh.insert(part.slot);
    for (const NodePattern& n : part.nodes)
      if (!n.bound) fresh.insert(n.slot);
    for (const RelationshipPattern& r : part.relationships)
      if (!r.bound) fresh.insert(r.slot);
  }
  OperatorPtr start = std::make_unique<Start>();
  start->estimate = 1;
  OperatorPtr inner = MatchPlanner(*this, clause).run(std::move(start));
  const double estimate = below->estimate * std::max(1.0, inner->estimate);
  OperatorPtr out = std::make_unique<Optional>(std::move(below), std::move(inner),
                                               std::vector<Slot>(fresh.begin(), fresh.end()));
  out->estimate = estimate;
  return out;
}

}  // namespace weft::query::language
