// Walks the tree of an expression. Logic is three-valued; AND and OR stop as soon as the answer is
// certain. Subqueries are plans of their own that run on the same frame.
#include "query/language/evaluate.h"

#include <cmath>
#include <set>

#include "query/language/arithmetic.h"
#include "query/language/functions.h"
#include "query/language/operators.h"

namespace weft::query::language {

void runtime_fault(Trouble trouble, std::string_view detail, const std::string& message,
                   const Expr& expr) {
  throw Fault(trouble, detail, message, expr.at, true);
}

Value list_of(std::vector<Value> items, Context& context) {
  Value list = Value::list(std::move(items));
  context.check_size(list.bytes());
  context.walk(list);
  return list;
}

Properties all_properties(const Value& v, const Context& context) {
  if (v.kind() == Kind::map) return v.entries();
  return v.kind() == Kind::node ? context.graph.node_properties(v.node())
                                : context.graph.relationship_properties(v.relationship());
}

namespace {

Value property_of(const Value& subject, const Expr& e, Context& c) {
  switch (subject.kind()) {
    case Kind::null:
      return {};
    case Kind::node:
      return e.node_key == kNoKey ? Value() : c.graph.node_property(subject.node(), e.node_key);
    case Kind::relationship:
      return e.relationship_key == kNoKey
                 ? Value()
                 : c.graph.relationship_property(subject.relationship(), e.relationship_key);
    case Kind::map: {
      c.walk(subject);
      const Value* found = subject.find(e.name);
      return found ? *found : Value();
    }
    default:
      runtime_fault(Trouble::type, "InvalidArgumentType",
                    "." + e.name + " asks for a property, but this is " +
                        std::string(name_with_article(subject.kind())) + ".",
                    e);
  }
}

Value has_labels(const Value& subject, const Expr& e, Context& c) {
  if (subject.is_null()) return {};
  for (const std::string& name : e.names) {
    if (subject.kind() == Kind::node) {
      const auto label = c.graph.label(name);
      if (!label || !c.graph.has_label(subject.node(), *label)) return Value(false);
    } else if (subject.kind() == Kind::relationship) {
      if (c.graph.types()[c.graph.adjacency().kind(subject.relationship())] != name)
        return Value(false);
    } else {
      runtime_fault(Trouble::type, "InvalidArgumentType",
                    ":" + name + " asks for a label, but this is " +
                        std::string(name_with_article(subject.kind())) + ".",
                    e);
    }
  }
  return Value(true);
}

Value by_key(const Value& subject, const Value& index, const Expr& e, Context& c) {
  if (index.kind() != Kind::string)
    runtime_fault(
        Trouble::type, "MapElementAccessByNonString",
        "A key is a text, but this is " + std::string(name_with_article(index.kind())) + ".", e);
  if (subject.kind() == Kind::map) {
    c.walk(subject);
    const Value* found = subject.find(index.text());
    return found ? *found : Value();
  }
  if (subject.kind() == Kind::node) {
    const Key key = c.graph.node_key(index.text());
    return key == kNoKey ? Value() : c.graph.node_property(subject.node(), key);
  }
  const Key key = c.graph.relationship_key(index.text());
  return key == kNoKey ? Value() : c.graph.relationship_property(subject.relationship(), key);
}

Value index_of(const Expr& e, Context& c) {
  const Value subject = evaluate(*e.args[0], c);
  const Value index = evaluate(*e.args[1], c);
  if (subject.is_null() || index.is_null()) return {};
  switch (subject.kind()) {
    case Kind::list: {
      if (index.kind() != Kind::integer)
        runtime_fault(Trouble::type, "ListElementAccessByNonInteger",
                      "The place in a list is an integer, but this is " +
                          std::string(name_with_article(index.kind())) + ".",
                      e);
      const auto size = static_cast<int64_t>(subject.items().size());
      const int64_t i = index.integer() < 0 ? index.integer() + size : index.integer();
      return i < 0 || i >= size ? Value() : subject.items()[static_cast<size_t>(i)];
    }
    case Kind::map:
    case Kind::node:
    case Kind::relationship:
      return by_key(subject, index, e, c);
    default:
      runtime_fault(Trouble::type, "InvalidArgumentType",
                    "[...] takes an element of a list or a map, but this is " +
                        std::string(name_with_article(subject.kind())) + ".",
                    e);
  }
}

Value slice_of(const Expr& e, Context& c) {
  const Value subject = evaluate(*e.args[0], c);
  if (subject.is_null()) return {};
  if (subject.kind() != Kind::list)
    runtime_fault(Trouble::type, "InvalidArgumentType",
                  "[a..b] takes a part of a list, but this is " +
                      std::string(name_with_article(subject.kind())) + ".",
                  e);
  const auto size = static_cast<int64_t>(subject.items().size());
  int64_t ends[2] = {0, size};
  for (size_t i = 0; i < 2; ++i) {
    if (!e.args[i + 1]) continue;
    const Value end = evaluate(*e.args[i + 1], c);
    if (end.is_null()) return {};
    if (end.kind() != Kind::integer)
      runtime_fault(Trouble::type, "InvalidArgumentType",
                    "The ends of a part of a list are integers.", e);
    ends[i] =
        std::clamp<int64_t>(end.integer() < 0 ? end.integer() + size : end.integer(), 0, size);
  }
  if (ends[0] >= ends[1]) return Value::list({});
  return list_of({subject.items().begin() + ends[0], subject.items().begin() + ends[1]}, c);
}

Truth compare_pair(CompareOp op, const Value& a, const Value& b) {
  if (op == CompareOp::equal) return equals(a, b);
  if (op == CompareOp::not_equal) {
    const Truth same = equals(a, b);
    return same == Truth::unknown ? same : truth(same == Truth::no);
  }
  if (a.is_null() || b.is_null()) return Truth::unknown;
  switch (compare(a, b)) {
    case Comparison::less:
      return truth(op == CompareOp::less || op == CompareOp::less_equal);
    case Comparison::greater:
      return truth(op == CompareOp::greater || op == CompareOp::greater_equal);
    case Comparison::equal:
      return truth(op == CompareOp::less_equal || op == CompareOp::greater_equal);
    case Comparison::not_a_number:
      return Truth::no;
    case Comparison::unknown:
      break;
  }
  return Truth::unknown;
}

Value comparison(const Expr& e, Context& c) {
  Truth all = Truth::yes;
  Value left = evaluate(*e.args[0], c);
  for (size_t i = 0; i < e.comparisons.size(); ++i) {
    Value right = evaluate(*e.args[i + 1], c);
    c.walk(right);
    const Truth t = compare_pair(e.comparisons[i], left, right);
    if (t == Truth::no) return Value(false);
    if (t == Truth::unknown) all = t;
    left = std::move(right);
  }
  return to_value(all);
}

/// AND with `decisive` no, OR with `decisive` yes.
Value junction(const Expr& e, Context& c, Truth decisive) {
  bool unknown = false;
  for (const ExprPtr& arg : e.args) {
    const Truth t = test(*arg, c);
    if (t == decisive) return to_value(decisive);
    unknown |= t == Truth::unknown;
  }
  return unknown ? Value() : Value(decisive == Truth::no);
}

Value member(const Expr& e, Context& c) {
  const Value item = evaluate(*e.args[0], c);
  const Value list = evaluate(*e.args[1], c);
  if (list.is_null()) return {};
  if (list.kind() != Kind::list)
    runtime_fault(
        Trouble::type, "InvalidArgumentType",
        "IN looks into a list, but this is " + std::string(name_with_article(list.kind())) + ".",
        *e.args[1]);
  bool unknown = false;
  for (const Value& v : list.items()) {
    c.tick();
    c.walk(v);
    const Truth t = equals(item, v);
    if (t == Truth::yes) return Value(true);
    unknown |= t == Truth::unknown;
  }
  return unknown ? Value() : Value(false);
}

Value text_test(const Expr& e, Context& c) {
  const Value a = evaluate(*e.args[0], c);
  const Value b = evaluate(*e.args[1], c);
  if (a.kind() != Kind::string || b.kind() != Kind::string) return {};
  c.walk(a);
  switch (e.kind) {
    case ExprKind::starts_with:
      return Value(a.text().starts_with(b.text()));
    case ExprKind::ends_with:
      return Value(a.text().ends_with(b.text()));
    case ExprKind::contains:
      return Value(a.text().find(b.text()) != std::string_view::npos);
    default:
      return Value(c.regular_expressions.matches(a.text(), b.text(), e));
  }
}

Value case_of(const Expr& e, Context& c) {
  const size_t first = e.has_subject ? 1 : 0;
  const Value subject = e.has_subject ? evaluate(*e.args[0], c) : Value();
  for (size_t i = first; i + 1 < e.args.size(); i += 2) {
    const bool hit = e.has_subject ? equals(subject, evaluate(*e.args[i], c)) == Truth::yes
                                   : test(*e.args[i], c) == Truth::yes;
    if (hit) return evaluate(*e.args[i + 1], c);
  }
  return evaluate(*e.args.back(), c);
}

/// The list a comprehension or its kin runs over; false if it is null.
bool list_under(const Expr& list, Context& c, Value& out) {
  out = evaluate(list, c);
  if (out.is_null()) return false;
  if (out.kind() != Kind::list)
    runtime_fault(Trouble::type, "InvalidArgumentType",
                  "This runs over a list, but it is given " +
                      std::string(name_with_article(out.kind())) + ".",
                  list);
  return true;
}

Value list_comprehension(const Expr& e, Context& c) {
  Value list;
  if (!list_under(*e.args[0], c, list)) return {};
  std::vector<Value> out;
  for (const Value& item : list.items()) {
    c.tick();
    c[e.slot] = item;
    if (e.args[1] && test(*e.args[1], c) != Truth::yes) continue;
    out.push_back(e.args[2] ? evaluate(*e.args[2], c) : item);
  }
  return list_of(std::move(out), c);
}

Value quantifier(const Expr& e, Context& c) {
  Value list;
  if (!list_under(*e.args[0], c, list)) return {};
  size_t yes = 0;
  size_t unknown = 0;
  for (const Value& item : list.items()) {
    c.tick();
    c[e.slot] = item;
    const Truth t = test(*e.args[1], c);
    yes += t == Truth::yes;
    unknown += t == Truth::unknown;
    if (t == Truth::no && e.quantifier == Quantifier::all) return Value(false);
    if (yes > 0 && e.quantifier == Quantifier::any) return Value(true);
    if (yes > 0 && e.quantifier == Quantifier::none) return Value(false);
    if (yes > 1 && e.quantifier == Quantifier::single) return Value(false);
  }
  if (unknown > 0) return {};
  switch (e.quantifier) {
    case Quantifier::all:
    case Quantifier::none:
      return Value(true);
    case Quantifier::any:
      return Value(false);
    case Quantifier::single:
      return Value(yes == 1);
  }
  return {};
}

Value reduce(const Expr& e, Context& c) {
  Value list;
  Value sum = evaluate(*e.args[0], c);
  if (!list_under(*e.args[1], c, list)) return {};
  for (const Value& item : list.items()) {
    c.tick();
    c[e.slot] = sum;
    c[e.slot2] = item;
    sum = evaluate(*e.args[2], c);
    c.check_size(sum.bytes());
  }
  return sum;
}

Value call(const Expr& e, Context& c) {
  std::vector<Value> args;
  args.reserve(e.args.size());
  for (const ExprPtr& arg : e.args) {
    args.push_back(evaluate(*arg, c));
    if (args.back().is_null() && !e.function->takes_null) return {};
  }
  for (size_t i = 0; i < args.size() && !args[i].is_null(); ++i) {
    c.walk(args[i]);
    const std::vector<Kinds>& takes = e.function->takes;
    if (takes.empty() || (one(args[i].kind()) & takes[std::min(i, takes.size() - 1)]) != 0)
      continue;
    runtime_fault(Trouble::type, "InvalidArgumentValue",
                  std::string(e.function->name) + "() can't take " +
                      std::string(name_with_article(args[i].kind())) + ": " +
                      std::string(e.function->signature) + ".",
                  *e.args[i]);
  }
  return e.function->run({args, c, e});
}

Value subquery(const Expr& e, Context& c) {
  Operator& plan = *c.subplans[e.plan];
  plan.open(c);
  if (e.kind == ExprKind::pattern || e.kind == ExprKind::exists_query) return Value(plan.pull(c));
  if (e.kind == ExprKind::count_query) {
    int64_t count = 0;
    while (plan.pull(c)) ++count;
    return Value(count);
  }
  const Slot path = c.subplan_slots[e.plan];
  if (e.kind == ExprKind::shortest_path && !e.star) return plan.pull(c) ? c[path] : Value();
  std::vector<Value> out;
  while (plan.pull(c)) {
    out.push_back(e.kind == ExprKind::shortest_path ? c[path] : evaluate(*e.args[0], c));
    c.check_size(out.size() * sizeof(Value));
  }
  return list_of(std::move(out), c);
}

Value map_of(const Expr& e, Context& c) {
  Properties entries;
  entries.reserve(e.args.size());
  for (size_t i = 0; i < e.args.size(); ++i)
    entries.emplace_back(e.names[i], evaluate(*e.args[i], c));
  return Value::map(std::move(entries));
}

/// What is named counts before what comes with the star.
Value map_projection(const Expr& e, Context& c) {
  const Value subject = evaluate(*e.args[0], c);
  if (subject.is_null()) return {};
  if ((one(subject.kind()) & (kNode | kRelationship | kMap)) == 0)
    runtime_fault(Trouble::type, "InvalidArgumentType",
                  "{...} takes properties, but this is " +
                      std::string(name_with_article(subject.kind())) + ".",
                  e);
  Properties entries = e.star ? all_properties(subject, c) : Properties();
  const std::set<std::string_view> named(e.names.begin(), e.names.end());
  std::erase_if(entries, [&](const auto& entry) { return named.contains(entry.first); });
  for (size_t i = 0; i < e.names.size(); ++i)
    entries.emplace_back(e.names[i], evaluate(*e.args[i + 1], c));
  return Value::map(std::move(entries));
}

Value list_literal(const Expr& e, Context& c) {
  std::vector<Value> items;
  items.reserve(e.args.size());
  for (const ExprPtr& arg : e.args) items.push_back(evaluate(*arg, c));
  return list_of(std::move(items), c);
}

Value parameter(const Expr& e, Context& c) {
  const auto found = c.parameters.find(e.name);
  return found == c.parameters.end() ? Value() : found->second;
}

Value logic(const Expr& e, Context& c) {
  if (e.kind == ExprKind::and_all) return junction(e, c, Truth::no);
  if (e.kind == ExprKind::or_any) return junction(e, c, Truth::yes);
  const Truth a = test(*e.args[0], c);
  if (e.kind == ExprKind::negation) return a == Truth::unknown ? Value() : Value(a == Truth::no);
  const Truth b = test(*e.args[1], c);
  return a == Truth::unknown || b == Truth::unknown ? Value() : Value(a != b);
}

}  // namespace

Truth test(const Expr& e, Context& c) {
  const Value v = evaluate(e, c);
  if (v.is_null()) return Truth::unknown;
  if (v.kind() != Kind::boolean)
    runtime_fault(Trouble::type, "InvalidArgumentType",
                  "A condition is true, false or null, but this is " +
                      std::string(name_with_article(v.kind())) + ".",
                  e);
  return truth(v.boolean());
}

Value evaluate(const Expr& e, Context& c) {
  switch (e.kind) {
    case ExprKind::literal:
      return e.value;
    case ExprKind::list:
      return list_literal(e, c);
    case ExprKind::map:
      return map_of(e, c);
    case ExprKind::map_projection:
      return map_projection(e, c);
    case ExprKind::variable:
      return c[e.slot];
    case ExprKind::parameter:
      return parameter(e, c);
    case ExprKind::property:
      return e.args[0]->kind == ExprKind::variable ? property_of(c[e.args[0]->slot], e, c)
                                                   : property_of(evaluate(*e.args[0], c), e, c);
    case ExprKind::has_labels:
      return has_labels(evaluate(*e.args[0], c), e, c);
    case ExprKind::index:
      return index_of(e, c);
    case ExprKind::slice:
      return slice_of(e, c);
    case ExprKind::negate:
    case ExprKind::plus:
      return signed_number(e.kind, evaluate(*e.args[0], c), e);
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::multiply:
    case ExprKind::divide:
    case ExprKind::modulo:
    case ExprKind::power:
      return arithmetic(e.kind, evaluate(*e.args[0], c), evaluate(*e.args[1], c), e, c);
    case ExprKind::comparison:
      return comparison(e, c);
    case ExprKind::and_all:
    case ExprKind::or_any:
    case ExprKind::exclusive_or:
    case ExprKind::negation:
      return logic(e, c);
    case ExprKind::in:
      return member(e, c);
    case ExprKind::starts_with:
    case ExprKind::ends_with:
    case ExprKind::contains:
    case ExprKind::matches:
      return text_test(e, c);
    case ExprKind::is_null:
      return Value(evaluate(*e.args[0], c).is_null());
    case ExprKind::is_not_null:
      return Value(!evaluate(*e.args[0], c).is_null());
    case ExprKind::case_of:
      return case_of(e, c);
    case ExprKind::call:
      return e.aggregate ? c[e.slot] : call(e, c);
    case ExprKind::list_comprehension:
      return list_comprehension(e, c);
    case ExprKind::quantifier:
      return quantifier(e, c);
    case ExprKind::reduce:
      return reduce(e, c);
    case ExprKind::pattern:
    case ExprKind::pattern_comprehension:
    case ExprKind::exists_query:
    case ExprKind::count_query:
    case ExprKind::shortest_path:
      return subquery(e, c);
  }
  return {};
}

}  // namespace weft::query::language
