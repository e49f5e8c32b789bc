// String interning over a deque, whose elements never move, so the map's keys can be views into it.
#include "core/string_pool.h"

namespace weft::core {

StringId StringPool::intern(std::string_view s) {
  if (auto it = ids_.find(s); it != ids_.end()) return it->second;
  const StringId id = size();
  strings_.emplace_back(s);
  ids_.emplace(strings_.back(), id);
  return id;
}

StringId StringPool::find(std::string_view s) const {
  auto it = ids_.find(s);
  return it == ids_.end() ? kNone : it->second;
}

}  // namespace weft::core
