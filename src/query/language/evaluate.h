// The value of an expression for the row in the frame.
#pragma once

#include "query/language/context.h"
#include "query/language/fault.h"

namespace weft::query::language {

/// Throws Fault at runtime: a value of the wrong kind, a number out of range, a limit.
Value evaluate(const Expr& expr, Context& context);
/// Of a condition: a value that is neither a boolean nor null is a Fault.
Truth test(const Expr& expr, Context& context);

Value list_of(std::vector<Value> items, Context& context);

/// All properties of a node, a relationship or a map.
Properties all_properties(const Value& value, const Context& context);

[[noreturn]] void runtime_fault(Trouble trouble, std::string_view detail,
                                const std::string& message, const Expr& expr);

}  // namespace weft::query::language
