// The bytes lie one after the other in chunks that never move; a table with linear probing (Knuth,
// TAOCP 6.4) that is at most half full leads from a string to its id. About 28 bytes a string
// beside its own; a look-up costs O(1).
#include "core/string_pool.h"

#include <algorithm>
#include <cstring>
#include <functional>

namespace weft::core {

namespace {

constexpr size_t kFirstChunk = 512, kLargestChunk = 64 << 10;
constexpr size_t kFirstSlots = 64;

}  // namespace

StringPool& StringPool::operator=(StringPool&& other) noexcept {
  chunks_ = std::exchange(other.chunks_, {});
  free_ = std::exchange(other.free_, nullptr);
  left_ = std::exchange(other.left_, 0);
  strings_ = std::exchange(other.strings_, {});
  slots_ = std::exchange(other.slots_, {});
  return *this;
}

StringId StringPool::intern(std::string_view s) {
  if (2 * strings_.size() >= slots_.size()) grow();
  const size_t slot = slot_of(s);
  if (slots_[slot] == kNone) {
    slots_[slot] = size();
    strings_.push_back(stored(s));
  }
  return slots_[slot];
}

StringId StringPool::find(std::string_view s) const {
  return slots_.empty() ? kNone : slots_[slot_of(s)];
}

/// Where `s` stands, or would stand.
size_t StringPool::slot_of(std::string_view s) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = std::hash<std::string_view>()(s) & mask;
  while (slots_[slot] != kNone && strings_[slots_[slot]] != s) slot = (slot + 1) & mask;
  return slot;
}

std::string_view StringPool::stored(std::string_view s) {
  if (s.empty()) return {};
  if (s.size() > left_) {
    const size_t common =
        std::min(kFirstChunk << std::min<size_t>(chunks_.size(), 20), kLargestChunk);
    if (s.size() > common / 4) {  // a chunk of its own
      chunks_.push_back(std::make_unique<char[]>(s.size()));
      std::memcpy(chunks_.back().get(), s.data(), s.size());
      return {chunks_.back().get(), s.size()};
    }
    chunks_.push_back(std::make_unique<char[]>(common));
    free_ = chunks_.back().get();
    left_ = common;
  }
  char* const at = free_;
  std::memcpy(at, s.data(), s.size());
  free_ += s.size();
  left_ -= s.size();
  return {at, s.size()};
}

void StringPool::grow() {
  slots_.assign(std::max(kFirstSlots, 2 * slots_.size()), kNone);
  for (StringId id = 0; id < size(); ++id) slots_[slot_of(strings_[id])] = id;
}

}  // namespace weft::core
