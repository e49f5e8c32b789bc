// What a running query needs at hand: the row being made, the graph, the parameters, the limits.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "query/language/ast.h"
#include "query/language/property_graph.h"
#include "query/language/regular_expressions.h"

namespace weft::query::language {

class Operator;

struct Limits {
  std::chrono::milliseconds timeout{0};     // 0: none
  size_t memory = 0;                        // bytes that values may take; 0: no limit
  const std::atomic<bool>* stop = nullptr;  // set by somebody else: end as soon as possible
};

/// Details of a Fault that ends a query from outside.
inline constexpr std::string_view kTimeout = "Timeout";
inline constexpr std::string_view kMemory = "Memory";
inline constexpr std::string_view kInterrupted = "Interrupted";

using Parameters = std::map<std::string, Value, std::less<>>;

/// Of one run, used by one thread. Operators write the values they find into `frame`; each variable
/// has a slot of its own, so nothing is copied from operator to operator.
struct Context {
  Context(const PropertyGraph& graph_, const Parameters& parameters_, const Limits& limits_);

  const PropertyGraph& graph;
  const Parameters& parameters;
  std::vector<Value> frame;
  std::vector<Operator*> subplans;  // of subqueries, by Expr::plan
  std::vector<Slot> subplan_slots;  // the slot of a subquery's path; kNoSlot if it has none
  RegularExpressions regular_expressions;
  std::mt19937_64 random{20240313};  // rand() gives the same numbers in every run

  Value& operator[](Slot slot) { return frame[static_cast<size_t>(slot)]; }

  /// Called in every loop that may be long. Throws Fault (limit) once the time is over.
  void tick() {
    if ((++ticks_ & 0x3ff) == 0) check_time();
  }
  /// The same for one step that takes as long as so many rounds of a loop.
  void work(size_t rounds) {
    const uint64_t before = ticks_;
    ticks_ += rounds;
    if (((before ^ ticks_) >> 10) != 0) check_time();
  }
  /// For a step that goes through all of a value.
  void walk(const Value& value) { work(value.bytes() / 64); }
  /// Counts bytes kept by sorting, grouping and the like. Throws Fault (limit).
  void keep(size_t bytes);
  void release(size_t bytes) { kept_ -= std::min(kept_, bytes); }
  /// Throws Fault (limit) if a single value is to take more than all values may.
  void check_size(size_t bytes) const;

 private:
  void check_time();
  [[noreturn]] void too_much() const;

  Limits limits_;
  std::chrono::steady_clock::time_point end_;
  uint64_t ticks_ = 0;
  size_t kept_ = 0;
};

}  // namespace weft::query::language
