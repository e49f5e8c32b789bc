// Operators of a plan: each gives one row after the other by filling slots of the frame, and pulls
// the rows it needs from the one below. Nothing is computed before it is asked for, so LIMIT ends
// the work. Operators belong to one run of a query.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "query/language/context.h"

namespace weft::query::language {

class Operator {
 public:
  explicit Operator(std::unique_ptr<Operator> child = nullptr) : child_(std::move(child)) {}
  virtual ~Operator() = default;
  Operator(const Operator&) = delete;
  Operator& operator=(const Operator&) = delete;

  /// Begins anew, with what is in the frame.
  virtual void open(Context& c) {
    if (child_) child_->open(c);
  }
  /// Fills the frame with the next row; false if there is none. Counts rows and time.
  bool pull(Context& c) {
    c.tick();
    if (!next(c)) return false;
    ++rows_;
    return true;
  }

  /// "Expand (a)-[:visited]->(b)", for --explain.
  virtual std::string describe() const = 0;
  /// Operators below, the one that gives rows first.
  virtual std::vector<const Operator*> below() const {
    return child_ ? std::vector<const Operator*>{child_.get()} : std::vector<const Operator*>{};
  }
  /// The number of rows it would give, if that is known without giving them.
  virtual std::optional<uint64_t> count(const Context&) const { return std::nullopt; }
  /// True if each row has something in this slot that this operator, or one below, put there.
  virtual bool binds(Slot) const { return false; }
  uint64_t rows() const { return rows_; }
  double estimate = 0;  // rows expected

 protected:
  virtual bool next(Context& c) = 0;
  Operator& child() { return *child_; }
  const Operator& child() const { return *child_; }

 private:
  std::unique_ptr<Operator> child_;
  uint64_t rows_ = 0;
};

using OperatorPtr = std::unique_ptr<Operator>;

/// One row, as the frame is.
class Start : public Operator {
 public:
  void open(Context&) override { given_ = false; }
  bool next(Context&) override { return !std::exchange(given_, true); }
  std::string describe() const override { return "Start"; }
  std::optional<uint64_t> count(const Context&) const override { return 1; }

 private:
  bool given_ = false;
};

class Filter : public Operator {
 public:
  Filter(OperatorPtr child, const Expr* condition, std::string text)
      : Operator(std::move(child)), condition_(condition), text_(std::move(text)) {}
  bool next(Context& c) override;
  std::string describe() const override { return "Filter " + text_; }

 private:
  const Expr* condition_;
  std::string text_;
};

/// OPTIONAL MATCH: the rows of `inner`, or one row in which `slots` are null.
class Optional : public Operator {
 public:
  Optional(OperatorPtr child, OperatorPtr inner, std::vector<Slot> slots)
      : Operator(std::move(child)), inner_(std::move(inner)), slots_(std::move(slots)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Optional"; }
  std::vector<const Operator*> below() const override;

 private:
  OperatorPtr inner_;
  std::vector<Slot> slots_;
  bool running_ = false;
  bool found_ = false;
};

class Unwind : public Operator {
 public:
  Unwind(OperatorPtr child, const Expr* list, Slot slot)
      : Operator(std::move(child)), list_(list), slot_(slot) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Unwind"; }

 private:
  const Expr* list_;
  Slot slot_;
  Value items_;
  size_t at_ = 0;
};

/// Computes expressions into slots.
class Compute : public Operator {
 public:
  struct Item {
    const Expr* expr;
    Slot slot;
  };
  Compute(OperatorPtr child, std::vector<Item> items, std::string text)
      : Operator(std::move(child)), items_(std::move(items)), text_(std::move(text)) {}
  bool next(Context& c) override;
  std::string describe() const override { return "Project " + text_; }

 private:
  std::vector<Item> items_;
  std::string text_;
};

class Skip : public Operator {
 public:
  Skip(OperatorPtr child, const Expr* count) : Operator(std::move(child)), count_(count) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Skip"; }

 private:
  const Expr* count_;
  int64_t left_ = 0;
};

class Limit : public Operator {
 public:
  Limit(OperatorPtr child, const Expr* count) : Operator(std::move(child)), count_(count) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Limit"; }

 private:
  const Expr* count_;
  int64_t left_ = 0;
};

/// The value of SKIP or LIMIT. Throws Fault if it is no integer, or negative.
int64_t row_count(const Expr& count, Context& c);

class Union : public Operator {
 public:
  struct Part {
    OperatorPtr plan;
    std::vector<Slot> from;  // its columns, in the order of `to`
  };
  Union(std::vector<Part> parts, std::vector<Slot> to)
      : parts_(std::move(parts)), to_(std::move(to)) {}
  void open(Context& c) override;
  bool next(Context& c) override;
  std::string describe() const override { return "Union"; }
  std::vector<const Operator*> below() const override;

 private:
  std::vector<Part> parts_;
  std::vector<Slot> to_;
  size_t at_ = 0;
};

}  // namespace weft::query::language
