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
}  // namespace

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
    if (is_sign("{") && e->kind == ExprKind::variable) {
      e = map_projection(std::move(e));
    } else if (is_sign(".")) {
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

}  // namespace weft::query::language
