// What an expression is made of: literals, variables, parameters, calls, lists and maps, CASE, list
// comprehensions and quantifiers, and the patterns and subqueries that stand as values. Each begins
// with a token that says which it is; only brackets need a look further ahead.
#include "query/language/parser_state.h"

namespace weft::query::language {

namespace {

/// Words that can't begin a value: they end the expression before them.
constexpr std::string_view kNoValue[] = {"WHERE", "RETURN", "WITH", "MATCH", "UNWIND", "UNION",
                                         "AS",    "THEN",   "WHEN", "ELSE",  "AND",    "OR",
                                         "XOR",   "IN",     "IS",   "ORDER", "SKIP",   "LIMIT"};

}  // namespace

ExprPtr Parser::number() {
  const Token& t = token();
  auto e = make(ExprKind::literal, t.begin);
  if (t.kind == TokenKind::real) {
    e->value = Value(t.number);
  } else {
    if (t.integer_overflow || t.magnitude >= (uint64_t{1} << 63))
      syntax_fault("IntegerOverflow", t.text + " is too large for an integer.", t.begin);
    e->value = Value(static_cast<int64_t>(t.magnitude));
  }
  advance();
  return e;
}

ExprPtr Parser::atom() {
  const Token& t = token();
  switch (t.kind) {
    case TokenKind::integer:
    case TokenKind::real:
      return number();
    case TokenKind::string: {
      auto e = make(ExprKind::literal, t.begin);
      e->value = Value::text(t.text);
      advance();
      return e;
    }
    case TokenKind::parameter: {
      auto e = make(ExprKind::parameter, t.begin);
      e->name = t.text;
      advance();
      return e;
    }
    case TokenKind::name:
    case TokenKind::quoted_name:
      return name_atom();
    case TokenKind::bad:
      syntax_fault(t.detail, t.problem, t.begin);
    case TokenKind::sign:
      return bracket_atom();
    case TokenKind::end:
      break;
  }
  unexpected("A value");
}

ExprPtr Parser::bracket_atom() {
  const size_t at = token().begin;
  if (is_sign("{")) return map_literal();
  if (pattern_follows()) {
    PatternPart part = pattern_part();
    auto e = make(ExprKind::pattern, at);
    e->subquery = query_of(std::move(part), nullptr);
    return e;
  }
  if (accept_sign("(")) {
    ExprPtr e = expression();
    expect_sign(")");
    // Brackets keep (a AND b) AND c apart, for the sake of messages and column names only.
    if (e->kind == ExprKind::and_all || e->kind == ExprKind::or_any) e->has_subject = true;
    return e;
  }
  if (!is_sign("[")) unexpected("A value");
  if (is_name(1) && is("IN", 2)) return list_comprehension();
  advance();
  const bool named = is_name() && is_sign("=", 1) && is_sign("(", 2);
  --at_;
  if (named) return pattern_comprehension();
  advance();
  const bool patterned = pattern_follows();
  --at_;
  if (patterned) return pattern_comprehension();
  advance();
  auto e = make(ExprKind::list, at);
  if (!is_sign("]")) {
    do add(*e, expression());
    while (accept_sign(","));
  }
  expect_sign("]");
  return e;
}

/// Adds a value of a key; of two values of one key the last counts.
void Parser::add_entry(Expr& map, KeyPlaces& places, std::string key, ExprPtr value) const {
  const auto [place, is_new] = places.try_emplace(key, map.args.size());
  if (is_new) map.names.push_back(std::move(key));
  add(map, std::move(value));
  if (!is_new) {
    map.args[place->second] = std::move(map.args.back());
    map.args.pop_back();
  }
}

ExprPtr Parser::map_literal() {
  auto e = make(ExprKind::map, token().begin);
  expect_sign("{");
  KeyPlaces places;
  if (!is_sign("}")) {
    do {
      std::string key = name("A key of a map");
      expect_sign(":");
      add_entry(*e, places, std::move(key), expression());
    } while (accept_sign(","));
  }
  expect_sign("}");
  return e;
}

/// n {.key, .*, key: value, other}
ExprPtr Parser::map_projection(ExprPtr subject) {
  const std::string of = subject->name;
  auto e = make(ExprKind::map_projection, subject->at);
  add(*e, std::move(subject));
  expect_sign("{");
  KeyPlaces places;
  if (!is_sign("}")) {
    do {
      if (is_sign(".") && is_sign("*", 1)) {
        advance();
        advance();
        e->star = true;
        continue;
      }
      ExprPtr value = make(ExprKind::variable, token().begin);
      const bool own = accept_sign(".");
      std::string key = name("A key of a map");
      if (own) {
        auto property = make(ExprKind::property, value->at);
        value->name = of;
        property->name = key;
        add(*property, std::move(value));
        value = std::move(property);
      } else if (accept_sign(":")) {
        value = expression();
      } else {
        value->name = key;
      }
      add_entry(*e, places, std::move(key), std::move(value));
    } while (accept_sign(","));
  }
  expect_sign("}");
  return e;
}

ExprPtr Parser::name_atom() {
  const Token& t = token();
  const bool quoted = t.kind == TokenKind::quoted_name;
  const size_t at = t.begin;
  if (is_sign("(", 1)) return call();
  if (!quoted) {
    if (is("CASE")) return case_expression();
    if (is("EXISTS") && is_sign("{", 1)) return subquery(ExprKind::exists_query);
    if (is("COUNT") && is_sign("{", 1)) return subquery(ExprKind::count_query);
    if (is("true") || is("false") || is("null")) {
      auto e = make(ExprKind::literal, at);
      if (!is("null")) e->value = Value(is("true"));
      advance();
      return e;
    }
    for (const std::string_view word : kNoValue)
      if (is(word)) unexpected("A value");
    // A function of a group: duration.between(...)
    size_t dots = 0;
    while (is_sign(".", dots * 2 + 1) && is_name(dots * 2 + 2)) ++dots;
    if (dots > 0 && is_sign("(", dots * 2 + 1)) return call();
  }
  auto e = make(ExprKind::variable, at);
  e->name = t.text;
  advance();
  return e;
}

ExprPtr Parser::call() {
  if (token().kind == TokenKind::name) {
    if (is("all")) return quantifier(Quantifier::all);
    if (is("any")) return quantifier(Quantifier::any);
    if (is("none")) return quantifier(Quantifier::none);
    if (is("single")) return quantifier(Quantifier::single);
    if (is("reduce")) return reduce();
    if (is("shortestPath") || is("allShortestPaths")) return shortest_path();
    if (is("NOT")) unexpected("A value");
  }
  auto e = make(ExprKind::call, token().begin);
  e->name = name("A function");
  while (accept_sign(".")) e->name += "." + name("A function");
  expect_sign("(");
  if (is_sign("*") && is_word(e->name, "count")) {
    advance();
    e->star = true;
  } else {
    e->distinct = accept("DISTINCT");
    if (!is_sign(")")) {
      do add(*e, expression());
      while (accept_sign(","));
    }
  }
  expect_sign(")");
  return e;
}

ExprPtr Parser::quantifier(Quantifier which) {
  auto e = make(ExprKind::quantifier, token().begin);
  e->quantifier = which;
  advance();
  expect_sign("(");
  e->name = variable_name();
  expect("IN");
  add(*e, expression());
  expect("WHERE");
  add(*e, expression());
  expect_sign(")");
  return e;
}

ExprPtr Parser::reduce() {
  auto e = make(ExprKind::reduce, token().begin);
  advance();
  expect_sign("(");
  e->names.push_back(variable_name());
  expect_sign("=");
  add(*e, expression());
  expect_sign(",");
  e->names.push_back(variable_name());
  expect("IN");
  add(*e, expression());
  expect_sign("|");
  add(*e, expression());
  expect_sign(")");
  return e;
}

ExprPtr Parser::case_expression() {
  auto e = make(ExprKind::case_of, token().begin);
  advance();
  if (!is("WHEN")) {
    e->has_subject = true;
    add(*e, expression());
  }
  do {
    expect("WHEN");
    add(*e, expression());
    expect("THEN");
    add(*e, expression());
  } while (is("WHEN"));
  if (accept("ELSE"))
    add(*e, expression());
  else
    add(*e, make(ExprKind::literal, token().begin));
  expect("END");
  return e;
}

ExprPtr Parser::list_comprehension() {
  auto e = make(ExprKind::list_comprehension, token().begin);
  advance();
  e->name = variable_name();
  expect("IN");
  add(*e, expression());
  add(*e, accept("WHERE") ? expression() : nullptr);
  add(*e, accept_sign("|") ? expression() : nullptr);
  expect_sign("]");
  return e;
}

ExprPtr Parser::pattern_comprehension() {
  auto e = make(ExprKind::pattern_comprehension, token().begin);
  expect_sign("[");
  PatternPart part = pattern_part();
  ExprPtr where = accept("WHERE") ? expression() : nullptr;
  e->subquery = query_of(std::move(part), std::move(where));
  expect_sign("|");
  add(*e, expression());
  expect_sign("]");
  return e;
}

ExprPtr Parser::shortest_path() {
  auto e = make(ExprKind::shortest_path, token().begin);
  PatternPart part = pattern_part();
  e->star = part.shortest == Shortest::all;
  part.name = " path";  // a name nobody can write, so that it has a slot
  e->subquery = query_of(std::move(part), nullptr);
  return e;
}

ExprPtr Parser::subquery(ExprKind kind) {
  Depth depth(*this);
  auto e = make(kind, token().begin);
  advance();
  expect_sign("{");
  const bool outer = in_subquery_;
  in_subquery_ = true;
  if (at_clause()) {
    e->subquery = std::make_unique<Query>(query());
  } else {
    Clause clause;
    clause.kind = ClauseKind::match;
    clause.at = token().begin;
    clause.pattern = pattern();
    if (accept("WHERE")) clause.where = expression();
    e->subquery = std::make_unique<Query>();
    SingleQuery single;
    single.clauses.push_back(std::move(clause));
    e->subquery->parts.push_back(std::move(single));
  }
  in_subquery_ = outer;
  if (is("SET") || is("CREATE") || is("DELETE") || is("MERGE") || is("REMOVE")) refuse();
  expect_sign("}");
  return e;
}

}  // namespace weft::query::language
