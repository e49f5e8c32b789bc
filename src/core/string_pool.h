// Interned strings: equal strings get equal ids, in order of first appearance (so ids are
// deterministic for deterministic input). Not thread-safe for writing; safe to share once it is no
// longer written to.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace weft::core {

using StringId = uint32_t;

class StringPool {
 public:
  StringPool() = default;
  StringPool(const StringPool&) = delete;
  StringPool& operator=(const StringPool&) = delete;
  StringPool(StringPool&& other) noexcept { *this = std::move(other); }
  StringPool& operator=(StringPool&& other) noexcept;  // the other one is empty then

  static constexpr StringId kNone = 0xffffffffu;

  /// The id of `s`, added if new. Views handed out stay valid as long as the pool lives (also when
  /// it is moved).
  StringId intern(std::string_view s);
  /// The id of `s`, or kNone.
  StringId find(std::string_view s) const;
  std::string_view operator[](StringId id) const { return strings_[id]; }
  uint32_t size() const { return static_cast<uint32_t>(strings_.size()); }

 private:
  size_t slot_of(std::string_view s) const;
  std::string_view stored(std::string_view s);
  void grow();

  std::vector<std::unique_ptr<char[]>> chunks_;
  char* free_ = nullptr;  // in the last chunk of the common size
  size_t left_ = 0;       // bytes there
  std::vector<std::string_view> strings_;
  std::vector<StringId> slots_;  // a power of two; kNone: empty
};

}  // namespace weft::core
