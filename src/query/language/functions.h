// The functions of the language: one row each. Help and tests are made from the rows.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "query/language/ast.h"
#include "query/language/types.h"

namespace weft::query::language {

struct Context;

/// What a function is called with. None of the arguments is null unless the row says so.
struct Call {
  std::span<const Value> args;
  Context& context;
  const Expr& expr;  // for messages
};

struct Function {
  std::string_view name;
  std::string_view group;      // heading in the list
  std::string_view signature;  // "substring(text, start[, length])"
  std::string_view summary;    // full sentence
  std::string_view example;    // an expression ...
  std::string_view result;     // ... and its value, as literal_text() writes it; empty: not fixed
  unsigned least, most;        // number of arguments
  std::vector<Kinds> takes;    // kinds of the arguments; the last stands for all that follow
  Type gives;
  Value (*run)(const Call&);
  bool takes_null = false;  // called with nulls too; otherwise null in gives null
};

std::span<const Function> functions();
/// Without case; nullptr if there is none.
const Function* find_function(std::string_view name);
/// True for date(), duration.between() and the like, which weft has not on purpose.
bool is_temporal(std::string_view name);

/// Rows of each file, put together by functions().
std::vector<Function> scalar_functions();
std::vector<Function> list_functions();
std::vector<Function> text_functions();
std::vector<Function> number_functions();
std::vector<Function> graph_functions();
std::vector<Function> evidence_functions();

}  // namespace weft::query::language
