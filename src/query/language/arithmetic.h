// + - * / % ^ and signs.
#pragma once

#include "query/language/evaluate.h"

namespace weft::query::language {

/// Null if one of them is null. + also joins texts and lists. Throws Fault for other kinds, for
/// integers that overflow and for division by zero.
Value arithmetic(ExprKind kind, const Value& a, const Value& b, const Expr& expr, Context& context);
Value signed_number(ExprKind kind, const Value& a, const Expr& expr);

}  // namespace weft::query::language
