// Expressions by precedence climbing. From loose to tight: OR, XOR, AND, NOT, comparisons (which
// chain: 1 < x <= 3), predicates (IN, STARTS WITH, =~, IS NULL ...), + -, * / %, ^, signs, and what
// follows a value (.key, [index], :Label). Rows of AND and of OR become one node, so that long
// conditions stay flat.
#include "query/language/parser_state.h"

namespace weft::query::language {

namespace {

enum Level : int { kOr = 1, kXor, kAnd, kNot, kComparison, kPredicate, kSum, kProduct, kPower };

struct SignOperator {
  std::string_view sign;
  ExprKind kind;
  int level;
};

constexpr SignOperator kSigns[] = {
    {"+", ExprKind::add, kSum},
    {"-", ExprKind::subtract, kSum},
    {"*", ExprKind::multiply, kProduct},
    {"/", ExprKind::divide, kProduct},
    {"%", ExprKind::modulo, kProduct},
    {"^", ExprKind::power, kPower},
    {"=~", ExprKind::matches, kPredicate},
};

struct CompareSign {
  std::string_view sign;
  CompareOp op;
};

constexpr CompareSign kCompareSigns[] = {
    {"=", CompareOp::equal},       {"<>", CompareOp::not_equal}, {"<", CompareOp::less},
    {"<=", CompareOp::less_equal}, {">", CompareOp::greater},    {">=", CompareOp::greater_equal},
};

/// Words that can't begin a value: they end the expression before them.
constexpr std::string_view kNoValue[] = {"WHERE", "RETURN", "WITH", "MATCH", "UNWIND", "UNION",
                                         "AS",    "THEN",   "WHEN", "ELSE",  "AND",    "OR",
                                         "XOR",   "IN",     "IS",   "ORDER", "SKIP",   "LIMIT"};

}  // namespace

bool Parser::accept(std::string_view keyword) {
  if (!is(keyword)) return false;
  advance();
  return true;
}
void Parser::expect(std::string_view keyword) {
  if (!accept(keyword)) unexpected(keyword);
}
bool Parser::accept_sign(std::string_view sign) {
  if (!is_sign(sign)) return false;
  advance();
  return true;
}
void Parser::expect_sign(std::string_view sign) {
  if (!accept_sign(sign)) unexpected("\"" + std::string(sign) + "\"");
}
void Parser::expect_end() {
  if (token().kind != TokenKind::end) unexpected("The end of the query");
}

void Parser::unexpected(std::string_view wanted) const {
  const Token& t = token();
  if (t.kind == TokenKind::bad && t.detail != "InvalidNumberLiteral")
    syntax_fault(t.detail, t.problem, t.begin);
  std::string found =
      t.kind == TokenKind::end
          ? "the query ends"
          : "there is \"" +
                std::string(query_.substr(t.begin, std::min<size_t>(t.end - t.begin, 40))) + "\"";
  syntax_fault("UnexpectedSyntax", std::string(wanted) + " should stand here, but " + found + ".",
               t.begin);
}

std::string Parser::name(std::string_view what) {
  if (!is_name()) unexpected(what);
  std::string out = token().text;
  advance();
  return out;
}

ExprPtr Parser::make(ExprKind kind, size_t at) const {
  auto e = std::make_unique<Expr>();
  e->kind = kind;
  e->at = at;
  return e;
}

void Parser::add(Expr& parent, ExprPtr child) const {
  if (child) {
    parent.depth = std::max(parent.depth, child->depth + 1);
    if (parent.depth > kDeepest)
      syntax_fault("NestedTooDeeply",
                   "This expression nests more than " + std::to_string(kDeepest) + " operators.",
                   parent.at);
  }
  parent.args.push_back(std::move(child));
}

/// Level of the operator at hand that joins two values; 0: there is none.
int Parser::binary_operator(ExprKind& kind) const {
  if (token().kind == TokenKind::sign) {
    for (const SignOperator& s : kSigns)
      if (token().text == s.sign) return kind = s.kind, s.level;
    for (const CompareSign& s : kCompareSigns)
      if (token().text == s.sign) return kind = ExprKind::comparison, kComparison;
    return 0;
  }
  if (is("OR")) return kind = ExprKind::or_any, kOr;
  if (is("XOR")) return kind = ExprKind::exclusive_or, kXor;
  if (is("AND")) return kind = ExprKind::and_all, kAnd;
  if (is("IN")) return kind = ExprKind::in, kPredicate;
  if (is("CONTAINS")) return kind = ExprKind::contains, kPredicate;
  if (is("STARTS") && is("WITH", 1)) return kind = ExprKind::starts_with, kPredicate;
  if (is("ENDS") && is("WITH", 1)) return kind = ExprKind::ends_with, kPredicate;
  if (is("IS") && is("NULL", 1)) return kind = ExprKind::is_null, kPredicate;
  if (is("IS") && is("NOT", 1) && is("NULL", 2)) return kind = ExprKind::is_not_null, kPredicate;
  return 0;
}

void Parser::skip_operator(ExprKind kind) {
  advance();
  if (kind == ExprKind::starts_with || kind == ExprKind::ends_with || kind == ExprKind::is_null)
    advance();
  if (kind == ExprKind::is_not_null) {
    advance();
    advance();
  }
}

ExprPtr Parser::expression(int least) {
  Depth depth(*this);
  ExprPtr left;
  if (is("NOT")) {
    left = make(ExprKind::negation, token().begin);
    advance();
    add(*left, expression(kNot));
  } else {
    left = operand();
  }
  ExprKind kind = ExprKind::literal;
  while (true) {
    left->end = previous_end();
    const int level = binary_operator(kind);
    if (level == 0 || level < least) return left;
    if (kind == ExprKind::comparison) {
      left = compare(std::move(left));
      continue;
    }
    const size_t at = left->at;
    skip_operator(kind);
    if (kind == ExprKind::is_null || kind == ExprKind::is_not_null) {
      auto e = make(kind, at);
      add(*e, std::move(left));
      left = std::move(e);
      continue;
    }
    ExprPtr right = expression(level + 1);
    const bool joins = kind == ExprKind::and_all || kind == ExprKind::or_any;
    if (!joins || left->kind != kind || left->has_subject) {
      auto e = make(kind, at);
      add(*e, std::move(left));
      left = std::move(e);
    }
    add(*left, std::move(right));
  }
}

ExprPtr Parser::compare(ExprPtr left) {
  auto e = make(ExprKind::comparison, left->at);
  add(*e, std::move(left));
  while (true) {
    const CompareSign* found = nullptr;
    for (const CompareSign& s : kCompareSigns)
      if (is_sign(s.sign)) found = &s;
    if (!found) return e;
    advance();
    e->comparisons.push_back(found->op);
    add(*e, expression(kComparison + 1));
  }
}

ExprPtr Parser::operand() {
  if (!is_sign("-") && !is_sign("+")) return postfix();
  Depth depth(*this);
  const size_t at = token().begin;
  const bool minus = is_sign("-");
  advance();
  // The smallest integer has no positive counterpart, so the sign is read with the digits.
  if (minus && token().kind == TokenKind::integer) {
    if (token().integer_overflow || token().magnitude > (uint64_t{1} << 63))
      syntax_fault("IntegerOverflow", "-" + token().text + " is too large for an integer.", at);
    auto e = make(ExprKind::literal, at);
    e->value = Value(static_cast<int64_t>(~token().magnitude + 1));
    advance();
    return e;
  }
  auto e = make(minus ? ExprKind::negate : ExprKind::plus, at);
  add(*e, operand());
  return e;
}

ExprPtr Parser::postfix() {
  ExprPtr e = atom();
  while (true) {
    const size_t at = e->at;
    if (is_sign(".")) {
      advance();
      auto p = make(ExprKind::property, at);
      p->name = name("The name of a property");
      add(*p, std::move(e));
      e = std::move(p);
    } else if (is_sign(":") && is_name(1)) {
      auto p = make(ExprKind::has_labels, at);
      while (accept_sign(":")) p->names.push_back(name("A label"));
      add(*p, std::move(e));
      e = std::move(p);
    } else if (accept_sign("[")) {
      auto p = make(ExprKind::index, at);
      add(*p, std::move(e));
      ExprPtr from = is_sign("..") ? nullptr : expression();
      if (accept_sign("..")) {
        p->kind = ExprKind::slice;
        add(*p, std::move(from));
        add(*p, is_sign("]") ? nullptr : expression());
      } else {
        add(*p, std::move(from));
      }
      expect_sign("]");
      e = std::move(p);
    } else {
      return e;
    }
  }
}

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

ExprPtr Parser::map_literal() {
  auto e = make(ExprKind::map, token().begin);
  expect_sign("{");
  if (!is_sign("}")) {
    do {
      if (!is_name()) unexpected("A key of a map");
      e->names.push_back(name("A key of a map"));
      expect_sign(":");
      add(*e, expression());
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
    for (const auto& [word, value] : {std::pair{"true", Value(true)},
                                      std::pair{"false", Value(false)}, std::pair{"null", Value()}})
      if (is(word)) {
        auto e = make(ExprKind::literal, at);
        e->value = value;
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
