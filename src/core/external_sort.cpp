// Merge sort on a disk (Knuth, TAOCP 5.4) with one pass of merging: with 64 MB of memory and 64 KiB
// a run, a hundred gigabytes need 100 MB. O(n log n) comparisons; each item is written and read
// once. If all fits, nothing is written.
#include "core/external_sort.h"

#include <algorithm>

namespace weft::core {

struct ExternalSort::Run {
  Spool::Cursor cursor;
  std::string_view key, value;

  bool next() {
    if (!cursor.next()) return false;
    Unpacker record(cursor.record());
    key = record.text();
    value = record.rest();
    return true;
  }
};

ExternalSort::ExternalSort(size_t memory) : memory_(memory), spool_(0) {}
ExternalSort::~ExternalSort() = default;

void ExternalSort::add(std::string_view key, std::string_view value) {
  const size_t size = key.size() + value.size();
  if (!items_.empty() && bytes_.size() + size + (items_.size() + 1) * sizeof(Item) > memory_)
    write_run();
  items_.push_back(
      {bytes_.size(), static_cast<uint32_t>(key.size()), static_cast<uint32_t>(value.size())});
  bytes_ += key;
  bytes_ += value;
}

void ExternalSort::sort_items() {
  std::sort(items_.begin(), items_.end(), [&](const Item& a, const Item& b) {
    const int order = key_of(a).compare(key_of(b));
    return order != 0 ? order < 0 : a.begin < b.begin;
  });
}

void ExternalSort::write_run() {
  sort_items();
  starts_.push_back(spool_.end());
  Packer head;
  for (const Item& item : items_) {
    head.clear();
    head.text(key_of(item));
    spool_.add(head.bytes(), std::string_view(bytes_).substr(item.begin + item.key, item.value));
  }
  items_.clear();
  bytes_.clear();
}

bool ExternalSort::later(uint32_t a, uint32_t b) const {
  const int order = runs_[a].key.compare(runs_[b].key);
  return order != 0 ? order > 0 : a > b;
}

void ExternalSort::begin_merge() {
  reading_ = true;
  if (starts_.empty()) {
    sort_items();
    return;
  }
  if (!items_.empty()) write_run();
  bytes_ = {};
  items_ = {};
  starts_.push_back(spool_.end());
  runs_.reserve(starts_.size());  // their views must stay where they are
  for (size_t i = 0; i + 1 < starts_.size(); ++i) {
    runs_.push_back({spool_.read(starts_[i], starts_[i + 1]), {}, {}});
    runs_.back().next();
    heap_.push_back(static_cast<uint32_t>(i));
  }
  std::make_heap(heap_.begin(), heap_.end(), [this](auto a, auto b) { return later(a, b); });
}

bool ExternalSort::next() {
  const auto order = [this](uint32_t a, uint32_t b) { return later(a, b); };
  if (!reading_) {
    begin_merge();
  } else if (!runs_.empty() && !heap_.empty()) {
    // The run whose item was given out last stands at the end of the heap.
    if (runs_[heap_.back()].next())
      std::push_heap(heap_.begin(), heap_.end(), order);
    else
      heap_.pop_back();
  }
  if (runs_.empty()) {
    if (next_item_ == items_.size()) return false;
    const Item& item = items_[next_item_++];
    key_ = key_of(item);
    value_ = std::string_view(bytes_).substr(item.begin + item.key, item.value);
    return true;
  }
  if (heap_.empty()) return false;
  std::pop_heap(heap_.begin(), heap_.end(), order);
  key_ = runs_[heap_.back()].key;
  value_ = runs_[heap_.back()].value;
  return true;
}

}  // namespace weft::core
