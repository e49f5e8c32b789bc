// The operators that keep at most one row.
#include "query/language/operators.h"

#include "query/language/evaluate.h"

namespace weft::query::language {

bool Filter::next(Context& c) {
  while (child().pull(c))
    if (test(*condition_, c) == Truth::yes) return true;
  return false;
}

void Optional::open(Context& c) {
  Operator::open(c);
  running_ = false;
}

bool Optional::next(Context& c) {
  while (true) {
    if (!running_) {
      if (!child().pull(c)) return false;
      inner_->open(c);
      running_ = true;
      found_ = false;
    }
    if (inner_->pull(c)) {
      found_ = true;
      return true;
    }
    running_ = false;
    if (found_) continue;
    for (const Slot slot : slots_) c[slot] = Value();
    return true;
  }
}

std::vector<const Operator*> Optional::below() const {
  std::vector<const Operator*> out = Operator::below();
  out.push_back(inner_.get());
  return out;
}

void Unwind::open(Context& c) {
  Operator::open(c);
  items_ = Value();
  at_ = 0;
}

bool Unwind::next(Context& c) {
  while (true) {
    if (!items_.is_null() && at_ < items_.items().size()) {
      c[slot_] = items_.items()[at_++];
      return true;
    }
    if (!child().pull(c)) return false;
    items_ = evaluate(*list_, c);
    at_ = 0;
    if (!items_.is_null() && items_.kind() != Kind::list) items_ = Value::list({items_});
  }
}

bool Compute::next(Context& c) {
  if (!child().pull(c)) return false;
  for (const Item& item : items_) c[item.slot] = evaluate(*item.expr, c);
  return true;
}

int64_t row_count(const Expr& count, Context& c) {
  const Value v = evaluate(count, c);
  if (v.kind() != Kind::integer)
    throw Fault(Trouble::syntax, "InvalidArgumentType", "SKIP and LIMIT take an integer.", count.at,
                true);
  if (v.integer() < 0)
    throw Fault(Trouble::syntax, "NegativeIntegerArgument", "SKIP and LIMIT can't be negative.",
                count.at, true);
  return v.integer();
}

void Skip::open(Context& c) {
  Operator::open(c);
  left_ = row_count(*count_, c);
}

bool Skip::next(Context& c) {
  for (; left_ > 0; --left_)
    if (!child().pull(c)) return false;
  return child().pull(c);
}

void Limit::open(Context& c) {
  Operator::open(c);
  left_ = row_count(*count_, c);
}

bool Limit::next(Context& c) {
  if (left_ <= 0 || !child().pull(c)) return false;
  --left_;
  return true;
}

void Union::open(Context& c) {
  at_ = 0;
  if (!parts_.empty()) parts_[0].plan->open(c);
}

bool Union::next(Context& c) {
  while (at_ < parts_.size()) {
    if (parts_[at_].plan->pull(c)) {
      for (size_t i = 0; i < to_.size(); ++i) c[to_[i]] = c[parts_[at_].from[i]];
      return true;
    }
    if (++at_ < parts_.size()) parts_[at_].plan->open(c);
  }
  return false;
}

std::vector<const Operator*> Union::below() const {
  std::vector<const Operator*> out;
  for (const Part& part : parts_) out.push_back(part.plan.get());
  return out;
}

}  // namespace weft::query::language
