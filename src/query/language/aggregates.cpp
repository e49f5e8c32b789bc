// The table of aggregates. Each keeps what it needs of a group: counts and sums take a few bytes,
// collect() and the percentiles keep every value and count it against the memory limit.
#include "query/language/aggregates.h"

#include <algorithm>
#include <cmath>

#include "query/language/arithmetic.h"
#include "query/language/lexer.h"

namespace weft::query::language {

namespace {

class Count : public Accumulator {
  void add(std::span<const Value>, const Expr&, Context&) override { ++count_; }
  void add_rows(uint64_t rows) override { count_ += static_cast<int64_t>(rows); }
  Value result(Context&) override { return Value(count_); }
  int64_t count_ = 0;
};

class Sum : public Accumulator {
  void add(std::span<const Value> args, const Expr& e, Context& c) override {
    sum_ = arithmetic(ExprKind::add, sum_, args[0], e, c);
  }
  Value result(Context&) override { return sum_; }
  Value sum_{int64_t{0}};
};

class Average : public Accumulator {
  void add(std::span<const Value> args, const Expr&, Context&) override {
    ++count_;
    mean_ += (args[0].number() - mean_) / static_cast<double>(count_);
  }
  Value result(Context&) override { return count_ == 0 ? Value() : Value(mean_); }
  int64_t count_ = 0;
  double mean_ = 0;
};

/// Welford's method.
template <bool Population>
class Deviation : public Accumulator {
  void add(std::span<const Value> args, const Expr&, Context&) override {
    ++count_;
    const double delta = args[0].number() - mean_;
    mean_ += delta / static_cast<double>(count_);
    squares_ += delta * (args[0].number() - mean_);
  }
  Value result(Context&) override {
    const int64_t n = Population ? count_ : count_ - 1;
    return Value(n <= 0 ? 0.0 : std::sqrt(squares_ / static_cast<double>(n)));
  }
  int64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

template <int Sign>
class Extreme : public Accumulator {
  void add(std::span<const Value> args, const Expr&, Context& c) override {
    c.walk(args[0]);
    if (best_.is_null() || order(args[0], best_) * Sign > 0) best_ = args[0];
  }
  Value result(Context&) override { return best_; }
  Value best_;
};

class Collect : public Accumulator {
  void add(std::span<const Value> args, const Expr&, Context& c) override {
    c.keep(args[0].bytes());
    items_.push_back(args[0]);
  }
  Value result(Context&) override { return Value::list(std::move(items_)); }
  std::vector<Value> items_;
};

template <bool Between>
class Percentile : public Accumulator {
  void add(std::span<const Value> args, const Expr& e, Context& c) override {
    if (!args[1].is_number() || !(args[1].number() >= 0 && args[1].number() <= 1))
      runtime_fault(Trouble::argument, "NumberOutOfRange",
                    "A percentile is asked for with a number from 0 to 1.", *e.args[1]);
    part_ = args[1].number();
    c.keep(sizeof(Value));
    items_.push_back(args[0]);
  }
  Value result(Context& c) override {
    if (items_.empty()) return {};
    std::sort(items_.begin(), items_.end(), [&](const Value& a, const Value& b) {
      c.tick();
      return order(a, b) < 0;
    });
    const auto size = static_cast<double>(items_.size());
    if (!Between) {
      const double place = std::ceil(part_ * size);
      return items_[place < 1 ? 0 : static_cast<size_t>(place) - 1];
    }
    const double place = part_ * (size - 1);
    const auto below = static_cast<size_t>(std::floor(place));
    const size_t above = std::min(below + 1, items_.size() - 1);
    const double rest = place - std::floor(place);
    return Value(items_[below].number() * (1 - rest) + items_[above].number() * rest);
  }
  std::vector<Value> items_;
  double part_ = 0;
};

template <class T>
std::unique_ptr<Accumulator> make() {
  return std::make_unique<T>();
}

const Aggregate kAggregates[] = {
    {"count",
     "count(value) or count(*)",
     "How many values are not null, or how many rows there are.",
     "count(x)",
     "4",
     1,
     kAnything,
     {kInteger},
     make<Count>},
    {"sum",
     "sum(number)",
     "The sum; 0 of nothing.",
     "sum(x)",
     "9",
     1,
     kNumber,
     {kNumber},
     make<Sum>},
    {"avg",
     "avg(number)",
     "The mean; null of nothing.",
     "avg(x)",
     "2.25",
     1,
     kNumber,
     {kReal},
     make<Average>},
    {"min",
     "min(value)",
     "The first in the order of ORDER BY.",
     "min(x)",
     "1",
     1,
     kAnything,
     {},
     make<Extreme<-1>>},
    {"max",
     "max(value)",
     "The last in the order of ORDER BY, null left out.",
     "max(x)",
     "3",
     1,
     kAnything,
     {},
     make<Extreme<1>>},
    {"collect",
     "collect(value)",
     "All values that are not null, as a list.",
     "collect(DISTINCT x)",
     "[1, 2, 3]",
     1,
     kAnything,
     {kList},
     make<Collect>},
    {"stDev",
     "stDev(number)",
     "The standard deviation of a sample.",
     "stDev(DISTINCT x)",
     "1.0",
     1,
     kNumber,
     {kReal},
     make<Deviation<false>>},
    {"stDevP",
     "stDevP(number)",
     "The standard deviation of a whole population.",
     "stDevP(x) < 1",
     "true",
     1,
     kNumber,
     {kReal},
     make<Deviation<true>>},
    {"percentileDisc",
     "percentileDisc(number, part)",
     "The value below which a part from 0 to 1 lies.",
     "percentileDisc(x, 0.5)",
     "2",
     2,
     kNumber,
     {kNumber},
     make<Percentile<false>>},
    {"percentileCont",
     "percentileCont(number, part)",
     "The same, between two values if need be.",
     "percentileCont(x, 0.5)",
     "2.5",
     2,
     kNumber,
     {kReal},
     make<Percentile<true>>},
};

}  // namespace

std::span<const Aggregate> aggregates() { return kAggregates; }

const Aggregate* find_aggregate(std::string_view name) {
  for (const Aggregate& a : kAggregates)
    if (is_word(a.name, name)) return &a;
  return nullptr;
}

}  // namespace weft::query::language
