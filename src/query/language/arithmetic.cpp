// Arithmetic. Integers are 64 bits and never wrap: an overflow is an error. A real number on either
// side makes the result real; ^ is always real.
#include "query/language/arithmetic.h"

#include <cmath>
#include <limits>

namespace weft::query::language {

namespace {

std::string_view sign_of(ExprKind kind) {
  switch (kind) {
    case ExprKind::add:
      return "+";
    case ExprKind::subtract:
    case ExprKind::negate:
      return "-";
    case ExprKind::multiply:
      return "*";
    case ExprKind::divide:
      return "/";
    case ExprKind::modulo:
      return "%";
    default:
      return "^";
  }
}

[[noreturn]] void wrong_kinds(ExprKind kind, const Value& a, const Value& b, const Expr& e) {
  runtime_fault(Trouble::type, "InvalidArgumentType",
                std::string(sign_of(kind)) + " can't join " +
                    std::string(name_with_article(a.kind())) + " and " +
                    std::string(name_with_article(b.kind())) + ".",
                e);
}

Value whole(ExprKind kind, int64_t a, int64_t b, const Expr& e) {
  int64_t out = 0;
  bool overflow = false;
  switch (kind) {
    case ExprKind::add:
      overflow = __builtin_add_overflow(a, b, &out);
      break;
    case ExprKind::subtract:
      overflow = __builtin_sub_overflow(a, b, &out);
      break;
    case ExprKind::multiply:
      overflow = __builtin_mul_overflow(a, b, &out);
      break;
    default:
      if (b == 0)
        runtime_fault(Trouble::arithmetic, "DivisionByZero", "An integer can't be divided by zero.",
                      e);
      if (b == -1) {
        if (kind == ExprKind::divide) overflow = __builtin_sub_overflow(int64_t{0}, a, &out);
      } else {
        out = kind == ExprKind::divide ? a / b : a % b;
      }
  }
  if (overflow)
    runtime_fault(Trouble::arithmetic, "IntegerOverflow", "The result is too large for an integer.",
                  e);
  return Value(out);
}

double real(ExprKind kind, double a, double b) {
  switch (kind) {
    case ExprKind::add:
      return a + b;
    case ExprKind::subtract:
      return a - b;
    case ExprKind::multiply:
      return a * b;
    case ExprKind::divide:
      return a / b;
    case ExprKind::modulo:
      return std::fmod(a, b);
    default:
      return std::pow(a, b);
  }
}

Value joined_lists(const Value& a, const Value& b, Context& context) {
  const auto size_of = [](const Value& v) { return v.kind() == Kind::list ? v.items().size() : 1; };
  context.check_size(a.bytes() + b.bytes());
  std::vector<Value> out;
  out.reserve(size_of(a) + size_of(b));
  for (const Value* v : {&a, &b}) {
    if (v->kind() == Kind::list)
      out.insert(out.end(), v->items().begin(), v->items().end());
    else
      out.push_back(*v);
  }
  return list_of(std::move(out), context);
}

std::string joinable(const Value& v) {
  if (v.kind() == Kind::string) return std::string(v.text());
  if (v.kind() == Kind::integer) return std::to_string(v.integer());
  return v.kind() == Kind::boolean ? (v.boolean() ? "true" : "false") : number_text(v.real());
}

}  // namespace

Value arithmetic(ExprKind kind, const Value& a, const Value& b, const Expr& e, Context& context) {
  if (a.is_null() || b.is_null()) return {};
  if (a.is_number() && b.is_number()) {
    if (kind == ExprKind::power || a.kind() == Kind::real || b.kind() == Kind::real)
      return Value(real(kind, a.number(), b.number()));
    return whole(kind, a.integer(), b.integer(), e);
  }
  if (kind != ExprKind::add) wrong_kinds(kind, a, b, e);
  if (a.kind() == Kind::list || b.kind() == Kind::list) return joined_lists(a, b, context);
  const auto joins = [](const Value& v) {
    return v.kind() == Kind::string || v.is_number() || v.kind() == Kind::boolean;
  };
  if ((a.kind() == Kind::string || b.kind() == Kind::string) && joins(a) && joins(b)) {
    context.check_size(a.bytes() + b.bytes());
    return Value::text(joinable(a) + joinable(b));
  }
  wrong_kinds(kind, a, b, e);
}

Value signed_number(ExprKind kind, const Value& a, const Expr& e) {
  if (a.is_null()) return {};
  if (!a.is_number())
    runtime_fault(Trouble::type, "InvalidArgumentType",
                  "A sign stands before a number, but this is " +
                      std::string(name_with_article(a.kind())) + ".",
                  e);
  if (kind == ExprKind::plus) return a;
  return a.kind() == Kind::integer ? whole(ExprKind::subtract, 0, a.integer(), e)
                                   : Value(-a.real());
}

}  // namespace weft::query::language
