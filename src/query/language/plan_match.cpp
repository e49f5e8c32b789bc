// Plans one MATCH. A pattern is a graph of node and relationship variables. From every place where
// it could begin (a node by index or label, a relationship by type) the rest is laid out greedily,
// cheapest step first, and the beginning whose rows, summed over all steps, are expected to be
// fewest is taken. Rows are estimated from the numbers of nodes a label and relationships a type.
// Conditions are tested as soon as what they speak of is bound. O(nodes^2 x relationships) of the
// pattern; patterns above kThorough nodes begin at the smallest set of nodes.
#include <algorithm>
#include <cmath>

#include "query/language/operators_shortest.h"
#include "query/language/planner.h"

namespace weft::query::language {

namespace {

constexpr size_t kThorough = 12;
constexpr double kPropertySelectivity = 0.1;

/// No rows: a label or type that no node or relationship has.
class Nothing : public Operator {
 public:
  explicit Nothing(OperatorPtr child) : Operator(std::move(child)) {}
  bool next(Context&) override { return false; }
  std::string describe() const override { return "Nothing"; }
};

struct Condition {
  const Expr* expr;
  std::set<Slot> needs;
  std::string text;
  bool done = false;
};

struct NodeVariable {
  Slot slot = kNoSlot;
  std::string text;  // "(a:Person)"
  std::vector<LabelId> labels;
  bool impossible = false;     // has a label that no node has
  double selectivity = 1;      // of its properties
  const Expr* seek = nullptr;  // value or list of values of an indexed property
  Key seek_key = kNoKey;
  bool seek_list = false;
};

struct RelationshipVariable {
  const RelationshipPattern* pattern = nullptr;
  size_t left = 0, right = 0;  // indices of nodes
  std::vector<TypeId> types;
  bool any_type = true;
  Shortest shortest = Shortest::no;
  Slot path = kNoSlot;
  Slot step_slot = kNoSlot;
  std::vector<const Expr*> step_conditions;
  double selectivity = 1;
  bool done = false;
};

struct Beginning {
  bool by_relationship = false;
  size_t index = 0;
  double rows = 0;
};

}  // namespace

class MatchPlanner {
 public:
  MatchPlanner(Planner& planner, Clause& clause)
      : planner_(planner), clause_(clause), graph_(planner.graph_) {}

  OperatorPtr run(OperatorPtr below);

 private:
  void gather();
  size_t node_of(NodePattern& pattern);
  void gather_relationship(PatternPart& part, size_t i, size_t left, size_t right);
  void split(Expr* where);
  void add_condition(const Expr* e, std::string text);
  void find_seek(const Expr& e);
  void offer_seek(const Expr& property, const Expr& value, bool is_list);
  Expr* made(ExprKind kind, size_t at);
  ExprPtr variable(Slot slot, size_t at);
  Expr* property_equals(Slot slot, const std::string& key, ExprPtr value, size_t at);

  double node_rows(const NodeVariable& n) const;
  double type_rows(const RelationshipVariable& r) const;
  double fan_out(const RelationshipVariable& r, size_t from, const std::set<Slot>& bound) const;
  std::vector<Beginning> beginnings() const;
  double simulate(const Beginning& start) const;
  const RelationshipVariable* cheapest(const std::set<Slot>& bound, const std::vector<bool>& done,
                                       bool& from_left, double& rows) const;

  void begin(const Beginning& start);
  void step(RelationshipVariable& r, bool from_left);
  void shortest(RelationshipVariable& r);
  void test_conditions();
  void put(OperatorPtr op, double factor);
  Step step_of(const RelationshipVariable& r, bool from_left) const;
  std::string text_of(const RelationshipVariable& r) const;

  Planner& planner_;
  Clause& clause_;
  const PropertyGraph& graph_;
  std::vector<NodeVariable> nodes_;
  std::vector<RelationshipVariable> relationships_;
  std::vector<Condition> conditions_;
  std::set<Slot> bound_, fresh_;
  OperatorPtr out_;
  double rows_ = 1;
};

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

double MatchPlanner::node_rows(const NodeVariable& n) const {
  if (n.impossible) return 0;
  if (n.seek) return n.seek_list ? 5 : 1;
  double rows = graph_.node_count();
  for (const LabelId l : n.labels)
    rows = std::min(rows, static_cast<double>(graph_.nodes_with(l).size()));
  return rows;
}

double MatchPlanner::type_rows(const RelationshipVariable& r) const {
  if (r.any_type) return graph_.relationship_count();
  double rows = 0;
  for (const TypeId t : r.types) rows += static_cast<double>(graph_.adjacency().of_kind(t).size());
  return rows;
}

/// Rows that one row becomes by this step from node `from`.
double MatchPlanner::fan_out(const RelationshipVariable& r, size_t from,
                             const std::set<Slot>& bound) const {
  if (bound.contains(r.pattern->slot)) return 1;
  const double all = std::max(1.0, static_cast<double>(graph_.node_count()));
  double sources = all;
  for (const LabelId l : nodes_[from].labels)
    sources = std::min(sources, std::max(1.0, static_cast<double>(graph_.nodes_with(l).size())));
  double out = type_rows(r) * (r.pattern->toward == Toward::either ? 2 : 1) / sources;
  if (r.pattern->variable_length) {
    const double steps = std::min(4.0, static_cast<double>(r.pattern->most));
    out = std::max(out, std::pow(out, steps)) + 1;
  }
  const NodeVariable& to = nodes_[from == r.left ? r.right : r.left];
  if (bound.contains(to.slot)) return out * r.selectivity / all;
  double part = to.selectivity * r.selectivity;
  for (const LabelId l : to.labels) part *= static_cast<double>(graph_.nodes_with(l).size()) / all;
  return to.impossible ? 0 : out * part;
}

const RelationshipVariable* MatchPlanner::cheapest(const std::set<Slot>& bound,
                                                   const std::vector<bool>& done, bool& from_left,
                                                   double& rows) const {
  const RelationshipVariable* best = nullptr;
  for (size_t i = 0; i < relationships_.size(); ++i) {
    const RelationshipVariable& r = relationships_[i];
    if (done[i] || r.shortest != Shortest::no) continue;
    const bool known = bound.contains(r.pattern->slot) && !r.pattern->variable_length;
    for (const bool left : {true, false}) {
      const size_t from = left ? r.left : r.right;
      if (!known && !bound.contains(nodes_[from].slot)) continue;
      const double factor = fan_out(r, from, bound);
      if (best && factor >= rows) continue;
      best = &r;
      from_left = left;
      rows = factor;
    }
  }
  return best;
}

std::vector<Beginning> MatchPlanner::beginnings() const {
  std::vector<Beginning> out;
  for (size_t i = 0; i < nodes_.size(); ++i)
    if (!bound_.contains(nodes_[i].slot)) out.push_back({false, i, node_rows(nodes_[i])});
  for (size_t i = 0; i < relationships_.size(); ++i) {
    const RelationshipVariable& r = relationships_[i];
    const bool fresh = !r.done && !r.pattern->variable_length && r.shortest == Shortest::no &&
                       !bound_.contains(nodes_[r.left].slot) &&
                       !bound_.contains(nodes_[r.right].slot);
    if (fresh)
      out.push_back({true, i, type_rows(r) * (r.pattern->toward == Toward::either ? 2 : 1)});
  }
  return out;
}

double MatchPlanner::simulate(const Beginning& start) const {
  std::set<Slot> bound = bound_;
  std::vector<bool> done;
  for (const RelationshipVariable& r : relationships_) done.push_back(r.done);
  double rows = start.rows;
  double sum = rows;
  if (start.by_relationship) {
    const RelationshipVariable& r = relationships_[start.index];
    done[start.index] = true;
    bound.insert(r.pattern->slot);
    bound.insert(nodes_[r.left].slot);
    bound.insert(nodes_[r.right].slot);
    for (const size_t end : {r.left, r.right}) {
      const NodeVariable& n = nodes_[end];
      rows *= n.selectivity;
      for (const LabelId l : n.labels)
        rows *= static_cast<double>(graph_.nodes_with(l).size()) /
                std::max(1.0, static_cast<double>(graph_.node_count()));
    }
  } else {
    bound.insert(nodes_[start.index].slot);
    if (!nodes_[start.index].seek) rows *= nodes_[start.index].selectivity;
  }
  bool from_left = true;
  double factor = 0;
  while (const RelationshipVariable* r = cheapest(bound, done, from_left, factor)) {
    // Each row costs at least the look at its relationships.
    rows *= factor;
    sum += rows;
    done[static_cast<size_t>(r - relationships_.data())] = true;
    bound.insert(r->pattern->slot);
    bound.insert(nodes_[r->left].slot);
    bound.insert(nodes_[r->right].slot);
  }
  return sum;
}

void MatchPlanner::put(OperatorPtr op, double factor) {
  rows_ *= factor;
  op->estimate = rows_;
  out_ = std::move(op);
}

void MatchPlanner::test_conditions() {
  for (Condition& condition : conditions_) {
    if (condition.done || !std::includes(bound_.begin(), bound_.end(), condition.needs.begin(),
                                         condition.needs.end()))
      continue;
    condition.done = true;
    put(std::make_unique<Filter>(std::move(out_), condition.expr, condition.text), 0.5);
  }
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
