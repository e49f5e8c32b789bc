// Strong indices: a small integer that cannot be mixed up with an index into another table.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace weft::core {

template <class Tag, class Int = uint32_t>
struct Id {
  static constexpr Int kNone = static_cast<Int>(-1);
  Int value = kNone;

  constexpr Id() = default;
  constexpr explicit Id(Int v) : value(v) {}
  constexpr bool valid() const { return value != kNone; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace weft::core

template <class Tag, class Int>
struct std::hash<weft::core::Id<Tag, Int>> {
  size_t operator()(weft::core::Id<Tag, Int> id) const noexcept {
    return std::hash<Int>()(id.value);
  }
};
