// Functions of many rows: count, collect and their kin.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "query/language/ast.h"
#include "query/language/types.h"

namespace weft::query::language {

struct Context;

/// Of one group of rows.
class Accumulator {
 public:
  virtual ~Accumulator() = default;
  /// The arguments for one row; the first is not null (but for count(*), which has none).
  virtual void add(std::span<const Value> args, const Expr& expr, Context& context) = 0;
  /// As many rows at once, by an accumulator that only counts them.
  virtual void add_rows(uint64_t) {}
  virtual Value result(Context& context) = 0;
};

struct Aggregate {
  std::string_view name;
  std::string_view signature;
  std::string_view summary;
  std::string_view example;  // after UNWIND [...] AS x RETURN
  std::string_view result;   // of UNWIND [1, 2, 3, 3] AS x
  unsigned arguments;
  Kinds takes;
  Type gives;
  std::unique_ptr<Accumulator> (*make)();
};

std::span<const Aggregate> aggregates();
/// Without case; nullptr if there is none.
const Aggregate* find_aggregate(std::string_view name);

}  // namespace weft::query::language
