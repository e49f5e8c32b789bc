// Grouping by hashing, in the order in which groups first appear; sorting by a stable order, so
// that results don't depend on the library's sort. With a LIMIT, sorting keeps at most twice the
// rows wanted: O(rows) time, O(limit) memory.
#include "query/language/operators_rows.h"

#include <algorithm>
#include <unordered_map>

#include "query/language/evaluate.h"

namespace weft::query::language {

namespace {

size_t bytes_of(const std::vector<Value>& row) {
  size_t bytes = sizeof(row) + 64;  // and what a hash table or an allocation adds
  for (const Value& v : row) bytes += v.bytes();
  return bytes;
}

}  // namespace

void Group::open(Context& c) {
  Operator::open(c);
  buckets_.clear();
  at_ = 0;
  gathered_ = false;
}

Group::Bucket Group::make_bucket(std::vector<Value> key) const {
  Bucket bucket;
  bucket.key = std::move(key);
  bucket.seen.resize(aggregates_.size());
  for (const Expr* e : aggregates_) bucket.sums.push_back(e->aggregate->make());
  return bucket;
}

void Group::add(Bucket& bucket, Context& c) {
  for (size_t i = 0; i < aggregates_.size(); ++i) {
    const Expr& e = *aggregates_[i];
    args_.clear();
    for (const ExprPtr& arg : e.args) args_.push_back(evaluate(*arg, c));
    if (!e.star && args_[0].is_null()) continue;
    if (!e.star && (one(args_[0].kind()) & e.aggregate->takes) == 0)
      runtime_fault(Trouble::type, "InvalidArgumentType",
                    std::string(e.aggregate->name) + "() takes numbers, but this is " +
                        std::string(name_with_article(args_[0].kind())) + ".",
                    e);
    if (e.distinct) {
      std::vector<Value> first{args_[0]};
      const size_t bytes = bytes_of(first);
      c.work(bytes / 64);
      if (!bucket.seen[i].insert(std::move(first)).second) continue;
      c.keep(bytes);
    }
    bucket.sums[i]->add(args_, e, c);
  }
}

/// Counts of whole labels and types are known; no row need be made for them.
bool Group::count_only(Context& c) {
  const std::optional<uint64_t> rows = keys_.empty() ? child().count(c) : std::nullopt;
  if (!rows) return false;
  for (const Expr* e : aggregates_) {
    if (e->aggregate != find_aggregate("count") || e->distinct) return false;
    if (e->star) continue;
    if (e->args[0]->kind != ExprKind::variable || !child().binds(e->args[0]->slot)) return false;
  }
  buckets_.push_back(make_bucket({}));
  for (const auto& sum : buckets_[0].sums) sum->add_rows(*rows);
  return true;
}

void Group::gather(Context& c) {
  gathered_ = true;
  if (count_only(c)) return;
  if (keys_.empty()) {
    // Without keys there is one group, even of no rows.
    buckets_.push_back(make_bucket({}));
    while (child().pull(c)) add(buckets_[0], c);
    return;
  }
  std::unordered_map<std::vector<Value>, size_t, RowHash, RowEqual> places;
  while (child().pull(c)) {
    std::vector<Value> key;
    key.reserve(keys_.size());
    for (const Key& k : keys_) key.push_back(evaluate(*k.expr, c));
    c.work(bytes_of(key) / 64);
    const auto [found, is_new] = places.try_emplace(std::move(key), buckets_.size());
    if (is_new) {
      c.keep(bytes_of(found->first) * 2 + aggregates_.size() * 64);
      buckets_.push_back(make_bucket(found->first));
    }
    add(buckets_[found->second], c);
  }
}

bool Group::next(Context& c) {
  if (!gathered_) gather(c);
  if (at_ >= buckets_.size()) return false;
  Bucket& bucket = buckets_[at_++];
  for (size_t i = 0; i < keys_.size(); ++i) c[keys_[i].slot] = bucket.key[i];
  for (size_t i = 0; i < aggregates_.size(); ++i)
    c[aggregates_[i]->slot] = bucket.sums[i]->result(c);
  return true;
}

void Distinct::open(Context& c) {
  Operator::open(c);
  seen_.clear();
}

bool Distinct::next(Context& c) {
  while (child().pull(c)) {
    std::vector<Value> row;
    row.reserve(slots_.size());
    for (const Slot slot : slots_) row.push_back(c[slot]);
    const size_t bytes = bytes_of(row);
    c.work(bytes / 64);
    if (!seen_.insert(std::move(row)).second) continue;
    c.keep(bytes);
    return true;
  }
  return false;
}

void Sort::open(Context& c) {
  Operator::open(c);
  rows_.clear();
  at_ = 0;
  gathered_ = false;
}

bool Sort::less(const Row& a, const Row& b) const {
  for (size_t i = 0; i < keys_->size(); ++i) {
    const int o = order(a.key[i], b.key[i]);
    if (o != 0) return (o < 0) != (*keys_)[i].descending;
  }
  return a.number < b.number;
}

void Sort::shrink(size_t wanted, Context& c) {
  const auto first = [&](const Row& a, const Row& b) {
    c.tick();
    return less(a, b);
  };
  std::nth_element(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(wanted), rows_.end(),
                   first);
  for (size_t i = wanted; i < rows_.size(); ++i) c.release(rows_[i].bytes);
  rows_.resize(wanted);
}

void Sort::gather(Context& c) {
  size_t wanted = static_cast<size_t>(-1);
  if (limit_) {
    const auto limit = static_cast<uint64_t>(row_count(*limit_, c));
    const auto skip = static_cast<uint64_t>(skip_ ? row_count(*skip_, c) : 0);
    wanted = limit + skip;
  }
  uint64_t number = 0;
  while (wanted > 0 && child().pull(c)) {
    Row row;
    row.number = number++;
    for (const SortKey& key : *keys_) row.key.push_back(evaluate(*key.expr, c));
    for (const Slot slot : keep_) row.kept.push_back(c[slot]);
    row.bytes = bytes_of(row.key) + bytes_of(row.kept);
    c.keep(row.bytes);
    rows_.push_back(std::move(row));
    if (wanted < (size_t{1} << 40) && rows_.size() > wanted * 2 + 1000) shrink(wanted, c);
  }
  std::sort(rows_.begin(), rows_.end(), [&](const Row& a, const Row& b) {
    c.tick();
    return less(a, b);
  });
  gathered_ = true;
}

bool Sort::next(Context& c) {
  if (!gathered_) gather(c);
  if (at_ >= rows_.size()) return false;
  const Row& row = rows_[at_++];
  for (size_t i = 0; i < keep_.size(); ++i) c[keep_[i]] = row.kept[i];
  return true;
}

}  // namespace weft::query::language
