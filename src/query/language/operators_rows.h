// Operators that keep rows: grouping, sorting, and rows made distinct. What they keep counts
// against the memory limit.
#pragma once

#include <unordered_set>

#include "query/language/aggregates.h"
#include "query/language/operators.h"

namespace weft::query::language {

struct RowHash {
  size_t operator()(const std::vector<Value>& row) const { return hash_row(row); }
};
struct RowEqual {
  bool operator()(const std::vector<Value>& a, const std::vector<Value>& b) const {
    return same_row(a, b);
  }
};
using RowSet = std::unordered_set<std::vector<Value>, RowHash, RowEqual>;

class Group : public Operator {
 public:
  /// Keys are computed from `keys` into their slots; aggregates into theirs.
  struct Key {
    const Expr* expr;
    Slot slot;
  };
  Group(OperatorPtr child, std::vector<Key> keys, std::vector<const Expr*> aggregates,
        std::string text)
      : Operator(std::move(child)),
        keys_(std::move(keys)),
        aggregates_(std::move(aggregates)),
        text_(std::move(text)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Group " + text_; }

 private:
  struct Bucket {
    std::vector<Value> key;
    std::vector<std::unique_ptr<Accumulator>> sums;
    std::vector<RowSet> seen;  // of aggregates with DISTINCT
  };
  void gather(Context& c);
  bool count_only(Context& c);
  void add(Bucket& bucket, Context& c);
  Bucket make_bucket(std::vector<Value> key) const;

  std::vector<Key> keys_;
  std::vector<const Expr*> aggregates_;
  std::string text_;
  std::vector<Bucket> buckets_;  // in order of first appearance
  std::vector<Value> args_;
  size_t at_ = 0;
  bool gathered_ = false;
};

class Distinct : public Operator {
 public:
  Distinct(OperatorPtr child, std::vector<Slot> slots)
      : Operator(std::move(child)), slots_(std::move(slots)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Distinct"; }

 private:
  std::vector<Slot> slots_;
  RowSet seen_;
};

class Sort : public Operator {
 public:
  /// `keep`: the slots that are read above. `skip` and `limit` may be null; with a limit only as
  /// many rows are kept as can still be wanted.
  Sort(OperatorPtr child, const std::vector<SortKey>* keys, std::vector<Slot> keep,
       const Expr* skip, const Expr* limit)
      : Operator(std::move(child)),
        keys_(keys),
        keep_(std::move(keep)),
        skip_(skip),
        limit_(limit) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return limit_ ? "Sort, keeping the first" : "Sort"; }

 private:
  struct Row {
    std::vector<Value> key;
    std::vector<Value> kept;
    uint64_t number = 0;  // rows that are equal stay in their order
    size_t bytes = 0;
  };
  bool less(const Row& a, const Row& b) const;
  void gather(Context& c);
  void shrink(size_t wanted, Context& c);

  const std::vector<SortKey>* keys_;
  std::vector<Slot> keep_;
  const Expr* skip_;
  const Expr* limit_;
  std::vector<Row> rows_;
  size_t at_ = 0;
  bool gathered_ = false;
};

}  // namespace weft::query::language
