// Functions of numbers.
#include <cmath>
#include <numbers>

#include "query/language/evaluate.h"
#include "query/language/functions.h"

namespace weft::query::language {

namespace {

constexpr std::string_view kGroup = "Numbers";

Value absolute(const Call& call) {
  const Value& v = call.args[0];
  if (v.kind() == Kind::real) return Value(std::abs(v.real()));
  if (v.integer() == INT64_MIN)
    runtime_fault(Trouble::arithmetic, "IntegerOverflow", "The result is too large for an integer.",
                  call.expr);
  return Value(v.integer() < 0 ? -v.integer() : v.integer());
}

Value sign(const Call& call) {
  const double d = call.args[0].number();
  return Value(static_cast<int64_t>(d > 0 ? 1 : d < 0 ? -1 : 0));
}

double round_half_up(double d) { return std::floor(d + 0.5); }
double cotangent(double d) { return 1 / std::tan(d); }
double haversine(double d) { return (1 - std::cos(d)) / 2; }
double to_degrees(double d) { return d * 180 / std::numbers::pi; }
double to_radians(double d) { return d * std::numbers::pi / 180; }

template <double (*F)(double)>
Value real(const Call& call) {
  return Value(F(call.args[0].number()));
}

Value atan2_of(const Call& call) {
  return Value(std::atan2(call.args[0].number(), call.args[1].number()));
}

/// Between 0 and 1, from a generator that starts alike in every run.
Value random(const Call& call) {
  return Value(static_cast<double>(call.context.random() >> 11) * 0x1p-53);
}

template <double (*F)(double)>
Function row(std::string_view name, std::string_view signature, std::string_view summary,
             std::string_view example, std::string_view result) {
  return {name, kGroup, signature, summary, example, result, 1, 1, {kNumber}, {kReal}, real<F>};
}

}  // namespace

std::vector<Function> number_functions() {
  return {
      {"abs",
       kGroup,
       "abs(number)",
       "Without its sign.",
       "abs(-3)",
       "3",
       1,
       1,
       {kNumber},
       {kNumber},
       absolute},
      {"sign",
       kGroup,
       "sign(number)",
       "-1, 0 or 1.",
       "sign(-2.5)",
       "-1",
       1,
       1,
       {kNumber},
       {kInteger},
       sign},
      row<std::ceil>("ceil", "ceil(number)", "The next whole number upwards.", "ceil(1.2)", "2.0"),
      row<std::floor>("floor", "floor(number)", "The next whole number downwards.", "floor(1.8)",
                      "1.0"),
      row<round_half_up>("round", "round(number)", "The nearest whole number, halves upwards.",
                         "round(2.5)", "3.0"),
      row<std::sqrt>("sqrt", "sqrt(number)", "The square root.", "sqrt(9)", "3.0"),
      row<std::exp>("exp", "exp(number)", "e to this power.", "exp(0)", "1.0"),
      row<std::log>("log", "log(number)", "The natural logarithm.", "log(1)", "0.0"),
      row<std::log10>("log10", "log10(number)", "The logarithm to base 10.", "log10(100)", "2.0"),
      row<std::sin>("sin", "sin(angle)", "The sine of an angle in radians.", "sin(0)", "0.0"),
      row<std::cos>("cos", "cos(angle)", "The cosine.", "cos(0)", "1.0"),
      row<std::tan>("tan", "tan(angle)", "The tangent.", "tan(0)", "0.0"),
      row<cotangent>("cot", "cot(angle)", "The cotangent.", "cot(1) > 0.64", "true"),
      row<std::asin>("asin", "asin(number)", "The angle of this sine.", "asin(0)", "0.0"),
      row<std::acos>("acos", "acos(number)", "The angle of this cosine.", "acos(1)", "0.0"),
      row<std::atan>("atan", "atan(number)", "The angle of this tangent.", "atan(0)", "0.0"),
      {"atan2",
       kGroup,
       "atan2(y, x)",
       "The angle of the point (x, y).",
       "atan2(0, 1)",
       "0.0",
       2,
       2,
       {kNumber},
       {kReal},
       atan2_of},
      row<haversine>("haversin", "haversin(angle)", "Half of 1 - cos(angle).", "haversin(0)",
                     "0.0"),
      row<to_degrees>("degrees", "degrees(angle)", "Radians in degrees.", "degrees(0)", "0.0"),
      row<to_radians>("radians", "radians(degrees)", "Degrees in radians.", "radians(0)", "0.0"),
      {"pi",
       kGroup,
       "pi()",
       "3.14159...",
       "floor(pi())",
       "3.0",
       0,
       0,
       {},
       {kReal},
       [](const Call&) { return Value(std::numbers::pi); }},
      {"e",
       kGroup,
       "e()",
       "2.71828...",
       "floor(e())",
       "2.0",
       0,
       0,
       {},
       {kReal},
       [](const Call&) { return Value(std::numbers::e); }},
      {"rand",
       kGroup,
       "rand()",
       "A number from 0 up to 1; the same ones in every run.",
       "rand() < 1",
       "true",
       0,
       0,
       {},
       {kReal},
       random},
  };
}

}  // namespace weft::query::language
