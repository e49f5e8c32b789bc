// Expressions: what each may be, as far as that is known before it is computed, so that a query
// that can't work is refused before it reads a row. Types are sets of kinds; an unknown one is
// everything.
#include <algorithm>
#include <utility>

#include "query/language/checker.h"
#include "query/language/functions.h"
#include "query/vocabulary.h"

namespace weft::query::language {

namespace {

std::vector<std::string> names_of(const Scope& scope) {
  std::vector<std::string> out;
  for (const auto& entry : scope) out.push_back(entry.first);
  return out;
}

[[noreturn]] void unknown_function(const Expr& e) {
  if (is_temporal(e.name))
    throw Fault(Trouble::refused, "TemporalType",
                e.name +
                    "() is refused: weft has no temporal types. Times are texts as ISO 8601 writes "
                    "them; compare them with <, or with during(), before() and overlaps().",
                e.at);
  std::vector<std::string> known;
  for (const Function& f : functions()) known.emplace_back(f.name);
  for (const Aggregate& a : aggregates()) known.emplace_back(a.name);
  syntax_fault("UnknownFunction",
               "There is no function \"" + e.name + "\"." + did_you_mean(e.name, known) +
                   " `weft query --help` lists them all.",
               e.at);
}

void check_count(const Expr& e, std::string_view signature, size_t least, size_t most) {
  if (e.args.size() >= least && e.args.size() <= most) return;
  syntax_fault("InvalidNumberOfArguments",
               e.name + "() has " + std::to_string(e.args.size()) + " arguments; it is called " +
                   std::string(signature) + ".",
               e.at);
}

bool holds_random(const Expr& e) {
  if (e.kind == ExprKind::call && is_word(e.name, "rand")) return true;
  return std::any_of(e.args.begin(), e.args.end(),
                     [](const ExprPtr& arg) { return arg && holds_random(*arg); });
}

Type type_of_value(const Value& v) {
  if (v.is_null()) return {0, 0};
  Type out{one(v.kind())};
  if (v.kind() == Kind::list) {
    out.items = 0;
    for (const Value& item : v.items()) out.items |= item.is_null() ? Kinds{0} : one(item.kind());
    if (v.items().empty()) out.items = 0;
  }
  return out;
}

/// Declares a variable of an expression, and gives an outer one of that name back afterwards.
class Local {
 public:
  Local(Scope& scope, const std::string& name, Variable variable) : scope_(scope), name_(name) {
    const auto found = scope.find(name);
    if (found != scope.end()) {
      hidden_ = found->second;
      hides_ = true;
    }
    scope_[name] = variable;
  }
  ~Local() {
    if (hides_)
      scope_[name_] = hidden_;
    else
      scope_.erase(name_);
  }
  Local(const Local&) = delete;
  Local& operator=(const Local&) = delete;

 private:
  Scope& scope_;
  std::string name_;
  Variable hidden_;
  bool hides_ = false;
};

/// Marks variables that a comprehension declares, so that they are not taken for grouping keys.
void mark_local(Expr& e, const std::string& name) {
  if (e.kind == ExprKind::variable && e.name == name) e.has_subject = true;
  for (ExprPtr& arg : e.args)
    if (arg) mark_local(*arg, name);
}

}  // namespace

void Checker::undefined(const std::string& name, size_t at, const Scope& scope) const {
  syntax_fault("UndefinedVariable",
               "There is no variable \"" + name + "\" here." + did_you_mean(name, names_of(scope)),
               at);
}

void Checker::demand(const Expr& e, Type type, Kinds wanted, std::string_view what) const {
  if (type.may_be(wanted)) return;
  std::string is;
  for (unsigned k = 1; k <= static_cast<unsigned>(Kind::path); ++k)
    if ((type.kinds & one(static_cast<Kind>(k))) != 0)
      is += (is.empty() ? "" : " or ") + std::string(name_with_article(static_cast<Kind>(k)));
  syntax_fault("InvalidArgumentType", std::string(what) + ", but this is " + is + ".", e.at);
}

Type Checker::variable(Expr& e, const Scope& scope) const {
  if (e.slot != kNoSlot) return {};  // put here by the checker itself
  const auto found = scope.find(e.name);
  if (found == scope.end()) undefined(e.name, e.at, scope);
  e.slot = found->second.slot;
  return found->second.type;
}

void Checker::property_keys(Expr& e, Type subject) const {
  e.node_key = graph_.node_key(e.name);
  e.relationship_key = graph_.relationship_key(e.name);
  if (!graph_.closed_vocabulary()) return;
  const bool node = subject.kinds == kNode;
  if ((!node && subject.kinds != kRelationship) ||
      (node ? e.node_key : e.relationship_key) != kNoKey)
    return;
  const std::vector<std::string> known = node ? graph_.node_keys() : graph_.relationship_keys();
  std::string all;
  for (const std::string& key : known) all += (all.empty() ? "" : ", ") + key;
  syntax_fault("UnknownProperty",
               std::string(node ? "Nodes have" : "Relationships have") + " no property \"" +
                   e.name + "\"." + did_you_mean(e.name, known) + " There are " + all + ".",
               e.at);
}

Type Checker::property(Expr& e, Scope& scope, Place place) {
  place.pattern = false;
  const Type subject = expression(*e.args[0], scope, place);
  if (subject.kinds == kPath)
    syntax_fault("InvalidArgumentType",
                 "A path has no properties; ask its nodes(p) or relationships(p).", e.at);
  if (!subject.may_be(kNode | kRelationship | kMap))
    throw Fault(Trouble::type, "InvalidArgumentType",
                "." + e.name +
                    " asks for a property, but this is neither a node, a relationship nor a map.",
                e.at);
  property_keys(e, subject);
  return {};
}

Type Checker::list_literal(Expr& e, Scope& scope, Place place) {
  place.pattern = false;
  Type out{kList, 0};
  for (ExprPtr& arg : e.args) {
    const Type item = expression(*arg, scope, place);
    out.items |= item.kinds;
  }
  return out;
}

Type Checker::sum(const Expr& e, Type a, Type b) const {
  if (e.kind == ExprKind::add) {
    if (a.kinds == kInteger && b.kinds == kInteger) return {kInteger};
    if (a.kinds == kList && b.kinds == kList) return {kList, static_cast<Kinds>(a.items | b.items)};
    if (a.kinds == kList || b.kinds == kList) return {kList};
    if (a.kinds == kString || b.kinds == kString) return {static_cast<Kinds>(kString | kList)};
    if ((a.kinds & ~kNumber) == 0 && (b.kinds & ~kNumber) == 0) return {kNumber};
    return {};
  }
  for (size_t i = 0; i < 2; ++i)
    demand(*e.args[i], i == 0 ? a : b, kNumber, "Numbers are computed with");
  if (e.kind == ExprKind::power) return {kReal};
  return a.kinds == kInteger && b.kinds == kInteger ? Type{kInteger} : Type{kNumber};
}

Type Checker::aggregate(Expr& e, Scope& scope, Place place) {
  const Aggregate& row = *find_aggregate(e.name);
  if (place.in_aggregate)
    syntax_fault("NestedAggregation", "An aggregate can't stand in another.", e.at);
  if (!place.aggregates)
    syntax_fault(
        "InvalidAggregation",
        "An aggregate can stand only in what RETURN and WITH return, outside of comprehensions. "
        "Aggregate in a WITH first, then ask for its name.",
        e.at);
  if (!e.star) check_count(e, row.signature, row.arguments, row.arguments);
  for (size_t i = 0; i < e.args.size(); ++i) {
    const Type type = expression(*e.args[i], scope, {.in_aggregate = true});
    if (i == 0) demand(*e.args[i], type, row.takes, std::string(row.name) + "() takes numbers");
    if (holds_random(*e.args[i]))
      syntax_fault("NonConstantExpression", "rand() can't stand in an aggregate.", e.at);
  }
  e.aggregate = &row;
  e.slot = new_slot();
  if (found_aggregates_) found_aggregates_->push_back(&e);
  return row.gives;
}

Type Checker::call(Expr& e, Scope& scope, Place place) {
  if (find_aggregate(e.name)) return aggregate(e, scope, place);
  e.function = find_function(e.name);
  if (!e.function) unknown_function(e);
  check_count(e, e.function->signature, e.function->least, e.function->most);
  if (e.distinct)
    syntax_fault("UnexpectedSyntax", "DISTINCT can stand only in an aggregate.", e.at);
  const std::vector<Kinds>& takes = e.function->takes;
  const bool exists = is_word(e.name, "exists");
  for (size_t i = 0; i < e.args.size(); ++i) {
    Place inside = place;
    inside.pattern = exists;
    const Type type = expression(*e.args[i], scope, inside);
    if (!takes.empty())
      demand(*e.args[i], type, takes[std::min(i, takes.size() - 1)],
             std::string(e.function->signature));
  }
  return e.function->gives;
}

Type Checker::over_list(Expr& e, Scope& scope, Place place) {
  Place inside = place;
  inside.pattern = false;
  const Type list = expression(*e.args[0], scope, inside);
  demand(*e.args[0], list, kList, "This runs over a list");
  Variable item;
  item.slot = e.slot = new_slot();
  if (list.kinds == kList) item.type.kinds = list.items;
  const Local local(scope, e.name, item);
  for (size_t i = 1; i < e.args.size(); ++i)
    if (e.args[i]) mark_local(*e.args[i], e.name);
  // Within the list's items an aggregate has no rows to run over.
  inside.aggregates = false;
  Type result = item.type;
  for (size_t i = 1; i < e.args.size(); ++i) {
    if (!e.args[i]) continue;
    inside.pattern = i == 1;
    const Type type = expression(*e.args[i], scope, inside);
    if (i == 1) demand(*e.args[i], type, kBoolean, "WHERE takes a condition");
    if (i == 2) result = type;
  }
  if (e.kind == ExprKind::quantifier) return {kBoolean};
  return {kList, result.kinds};
}

Type Checker::reduce(Expr& e, Scope& scope, Place place) {
  place.pattern = false;
  expression(*e.args[0], scope, place);
  const Type list = expression(*e.args[1], scope, place);
  demand(*e.args[1], list, kList, "This runs over a list");
  e.slot = new_slot();
  e.slot2 = new_slot();
  const Local sum(scope, e.names[0], {e.slot, {}});
  const Local item(scope, e.names[1], {e.slot2, {}});
  for (const std::string& name : e.names) mark_local(*e.args[2], name);
  place.aggregates = false;
  expression(*e.args[2], scope, place);
  return {};
}

Type Checker::case_of(Expr& e, Scope& scope, Place place) {
  const size_t first = e.has_subject ? 1 : 0;
  Type result{0, 0};
  for (size_t i = 0; i < e.args.size(); ++i) {
    Place inside = place;
    const bool is_last = i + 1 == e.args.size();
    const bool is_when = !is_last && i >= first && (i - first) % 2 == 0;
    inside.pattern = is_when && !e.has_subject;
    const Type type = expression(*e.args[i], scope, inside);
    if (is_when && !e.has_subject) demand(*e.args[i], type, kBoolean, "WHEN takes a condition");
    if (i >= first && !is_when) {
      result.kinds |= type.kinds;
      result.items |= type.items;
    }
  }
  return result;
}

Type Checker::subquery(Expr& e, Scope& scope, Place place) {
  auto* outer_aggregates = std::exchange(found_aggregates_, nullptr);
  Type result{kBoolean};
  Scope inside = scope;
  if (e.kind == ExprKind::pattern || e.kind == ExprKind::shortest_path) {
    if (e.kind == ExprKind::pattern && !place.pattern)
      syntax_fault("UnexpectedSyntax",
                   "A pattern can stand only in a condition. Use exists(...) or a comprehension "
                   "[pattern | value].",
                   e.at);
    pattern(e.subquery->parts[0].clauses[0].pattern, inside, false);
    if (e.kind == ExprKind::shortest_path) result = e.star ? Type{kList, kPath} : Type{kPath};
  } else if (e.kind == ExprKind::pattern_comprehension) {
    match(e.subquery->parts[0].clauses[0], inside);
    const Type item = expression(*e.args[0], inside, {.in_aggregate = place.in_aggregate});
    result = {kList, item.kinds};
  } else {
    query(*e.subquery, scope, true);
    if (e.kind == ExprKind::count_query) result = {kInteger};
  }
  found_aggregates_ = outer_aggregates;
  return result;
}

Type Checker::expression(Expr& e, Scope& scope, Place place) {
  Place plain = place;
  plain.pattern = false;
  const auto each = [&](Place inside) {
    std::vector<Type> types;
    for (ExprPtr& arg : e.args) types.push_back(arg ? expression(*arg, scope, inside) : Type{});
    return types;
  };
  switch (e.kind) {
    case ExprKind::literal:
      return type_of_value(e.value);
    case ExprKind::list:
      return list_literal(e, scope, place);
    case ExprKind::map: {
      each(plain);
      return {kMap};
    }
    case ExprKind::map_projection:
      demand(e, each(plain)[0], kNode | kRelationship | kMap,
             "{...} takes properties of a node, a relationship or a map");
      return {kMap};
    case ExprKind::variable:
      return variable(e, scope);
    case ExprKind::parameter:
      if (!parameters_.contains(e.name))
        throw Fault(
            Trouble::parameter, "MissingParameter",
            "The parameter $" + e.name + " has no value. Give it one with -p " + e.name + "=value.",
            e.at);
      return {};
    case ExprKind::property:
      return property(e, scope, place);
    case ExprKind::has_labels: {
      const Type subject = each(plain)[0];
      demand(e, subject, kNode | kRelationship, "A label is asked of a node or relationship");
      for (const std::string& name : e.names) {
        if (subject.kinds == kNode) known_label({name, e.at});
        if (subject.kinds == kRelationship) known_type({name, e.at});
      }
      return {kBoolean};
    }
    case ExprKind::index: {
      const std::vector<Type> types = each(plain);
      demand(e, types[0], kList | kMap | kNode | kRelationship,
             "[...] takes an element of a list or a map");
      if (types[0].kinds == kList)
        demand(*e.args[1], types[1], kInteger, "The place in a list is an integer");
      if (types[0].kinds == kMap) demand(*e.args[1], types[1], kString, "A key is a text");
      return types[0].kinds == kList ? Type{types[0].items == 0 ? kAnything : types[0].items}
                                     : Type{};
    }
    case ExprKind::slice: {
      const std::vector<Type> types = each(plain);
      demand(e, types[0], kList, "[a..b] takes a part of a list");
      return types[0];
    }
    case ExprKind::negate:
    case ExprKind::plus: {
      const Type type = each(plain)[0];
      demand(e, type, kNumber, "A sign stands before a number");
      return type;
    }
    case ExprKind::add:
    case ExprKind::subtract:
    case ExprKind::multiply:
    case ExprKind::divide:
    case ExprKind::modulo:
    case ExprKind::power: {
      const std::vector<Type> types = each(plain);
      return sum(e, types[0], types[1]);
    }
    case ExprKind::and_all:
    case ExprKind::or_any:
    case ExprKind::exclusive_or:
    case ExprKind::negation: {
      const std::vector<Type> types = each(place);
      for (size_t i = 0; i < types.size(); ++i)
        demand(*e.args[i], types[i], kBoolean, "AND, OR, XOR and NOT join conditions");
      return {kBoolean};
    }
    case ExprKind::in: {
      const std::vector<Type> types = each(plain);
      demand(*e.args[1], types[1], kList, "IN looks into a list");
      return {kBoolean};
    }
    case ExprKind::comparison:
    case ExprKind::is_null:
    case ExprKind::is_not_null:
      each(place);
      return {kBoolean};
    case ExprKind::starts_with:
    case ExprKind::ends_with:
    case ExprKind::contains:
    case ExprKind::matches:
      each(plain);
      return {kBoolean};
    case ExprKind::case_of:
      return case_of(e, scope, place);
    case ExprKind::call:
      return call(e, scope, place);
    case ExprKind::list_comprehension:
    case ExprKind::quantifier:
      return over_list(e, scope, place);
    case ExprKind::reduce:
      return reduce(e, scope, place);
    case ExprKind::pattern:
    case ExprKind::pattern_comprehension:
    case ExprKind::exists_query:
    case ExprKind::count_query:
    case ExprKind::shortest_path:
      return subquery(e, scope, place);
  }
  return {};
}

}  // namespace weft::query::language
