// Interned strings: equal strings get equal ids, in order of first appearance (so ids are
// deterministic for deterministic input). Not thread-safe for writing; safe to share once it is no
// longer written to.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace weft::core {

using StringId = uint32_t;

class StringPool {
 public:
  StringPool() = default;
  StringPool(const StringPool&) = delete;
  StringPool& operator=(const StringPool&) = delete;
  StringPool(StringPool&&) = default;
  StringPool& operator=(StringPool&&) = default;

  static constexpr StringId kNone = 0xffffffffu;

  /// The id of `s`, added if new. Views handed out stay valid as long as the pool lives (also when
  /// it is moved).
  StringId intern(std::string_view s);
  /// The id of `s`, or kNone.
  StringId find(std::string_view s) const;
  std::string_view operator[](StringId id) const { return strings_[id]; }
  uint32_t size() const { return static_cast<uint32_t>(strings_.size()); }

 private:
  std::deque<std::string> strings_;  // a deque never moves its elements
  std::unordered_map<std::string_view, StringId> ids_;
};

}  // namespace weft::core
