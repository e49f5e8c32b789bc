// Functions of any value: the first that is there, conversions between kinds.
#include <charconv>
#include <cmath>

#include "query/language/evaluate.h"
#include "query/language/functions.h"
#include "query/language/lexer.h"
#include "query/language/real.h"
#include "text/utf8.h"

namespace weft::query::language {

namespace {

constexpr std::string_view kGroup = "Any value";

[[noreturn]] void cannot_convert(const Call& call) {
  runtime_fault(Trouble::type, "InvalidArgumentValue",
                std::string(call.expr.function->name) + "() can't take " +
                    std::string(name_with_article(call.args[0].kind())) + ".",
                *call.expr.args[0]);
}

std::optional<double> real_in(std::string_view text) {
  text = text::trim(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  return read_real(text);
}

Value integer_of(double d, const Call& call) {
  if (std::isnan(d)) return {};
  d = std::trunc(d);
  if (d >= 9223372036854775808.0 || d < -9223372036854775808.0)
    runtime_fault(Trouble::arithmetic, "IntegerOverflow",
                  "This number is too large for an integer.", call.expr);
  return Value(static_cast<int64_t>(d));
}

Value to_integer(const Call& call) {
  const Value& v = call.args[0];
  if (v.kind() == Kind::integer) return v;
  if (v.kind() == Kind::real) return integer_of(v.real(), call);
  if (v.kind() != Kind::string) cannot_convert(call);
  std::string_view text = text::trim(v.text());
  if (text.starts_with('+')) text.remove_prefix(1);
  int64_t whole = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size()) return Value(whole);
  const std::optional<double> real = read_real(text);
  if (!real || std::abs(*real) >= 9223372036854775808.0) return {};
  return integer_of(*real, call);
}

Value to_float(const Call& call) {
  const Value& v = call.args[0];
  if (v.is_number()) return Value(v.number());
  if (v.kind() != Kind::string) cannot_convert(call);
  const std::optional<double> real = real_in(v.text());
  return real ? Value(*real) : Value();
}

Value to_text(const Call& call) {
  const Value& v = call.args[0];
  switch (v.kind()) {
    case Kind::string:
      return v;
    case Kind::boolean:
    case Kind::integer:
    case Kind::real:
      return Value::text(literal_text(v, call.context.graph));
    default:
      cannot_convert(call);
  }
}

Value to_boolean(const Call& call) {
  const Value& v = call.args[0];
  if (v.kind() == Kind::boolean) return v;
  if (v.kind() != Kind::string) cannot_convert(call);
  const std::string_view text = text::trim(v.text());
  if (is_word(text, "true")) return Value(true);
  return is_word(text, "false") ? Value(false) : Value();
}

Value coalesce(const Call& call) {
  for (const Value& v : call.args)
    if (!v.is_null()) return v;
  return {};
}

/// exists(n.key), and exists((n)-->()) whose argument says it by itself.
Value exists(const Call& call) {
  if (call.expr.args[0]->kind == ExprKind::pattern) return call.args[0];
  return Value(!call.args[0].is_null());
}

Value value_type(const Call& call) {
  constexpr std::string_view kNames[] = {"NULL", "BOOLEAN", "INTEGER", "FLOAT",        "STRING",
                                         "LIST", "MAP",     "NODE",    "RELATIONSHIP", "PATH"};
  return Value::borrowed(kNames[static_cast<size_t>(call.args[0].kind())]);
}

}  // namespace

std::vector<Function> scalar_functions() {
  return {
      {"coalesce",
       kGroup,
       "coalesce(value, ...)",
       "The first argument that is not null.",
       "coalesce(null, 'a', 'b')",
       "'a'",
       1,
       0xffff,
       {},
       {},
       coalesce,
       true},
      {"exists",
       kGroup,
       "exists(n.key) or exists((n)-->())",
       "Whether a property is there, or a pattern has a match.",
       "exists({a: 1}.a)",
       "true",
       1,
       1,
       {},
       {kBoolean},
       exists,
       true},
      {"toBoolean",
       kGroup,
       "toBoolean(text)",
       "true or false from their names, null from other text.",
       "toBoolean('True')",
       "true",
       1,
       1,
       {},
       {kBoolean},
       to_boolean},
      {"toFloat",
       kGroup,
       "toFloat(value)",
       "A float from an integer or text; null if it is no number.",
       "toFloat('2.5')",
       "2.5",
       1,
       1,
       {},
       {kReal},
       to_float},
      {"toInteger",
       kGroup,
       "toInteger(value)",
       "An integer from a float (towards zero) or text; null if it is no number.",
       "toInteger('42')",
       "42",
       1,
       1,
       {},
       {kInteger},
       to_integer},
      {"toString",
       kGroup,
       "toString(value)",
       "The text of a number or a boolean.",
       "toString(1.5)",
       "'1.5'",
       1,
       1,
       {},
       {kString},
       to_text},
      {"valueType",
       kGroup,
       "valueType(value)",
       "The name of a value's kind.",
       "valueType([1])",
       "'LIST'",
       1,
       1,
       {},
       {kString},
       value_type,
       true},
  };
}

}  // namespace weft::query::language
