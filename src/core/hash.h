// The hash of short texts whose values are written to files: FNV-1a, 64 bits (Fowler, Noll and Vo).
#pragma once

#include <cstdint>
#include <string_view>

namespace weft::core {

/// Its high bits are weak: scramble it where they count.
constexpr uint64_t fnv1a(std::string_view bytes) {
  uint64_t h = 0xcbf29ce484222325ull;
  for (const char c : bytes) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return h;
}

}  // namespace weft::core
