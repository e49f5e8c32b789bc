// Hashed features: every feature of every model is a 64-bit key made from a template number and the
// hashes of what the template looks at. Pure functions; the same keys are made when training and
// when running.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/hash.h"

namespace weft::nlp {

/// A bijective scramble of 64 bits (the finaliser of splitmix64).
constexpr uint64_t scramble(uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ull;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

constexpr uint64_t hash_bytes(std::string_view s) { return scramble(core::fnv1a(s)); }

/// Adds one value to a key. Order matters.
constexpr uint64_t combine(uint64_t key, uint64_t value) {
  return (key ^ value) * 0x9e3779b97f4a7c15ull + (key >> 29);
}

template <class... Values>
constexpr uint64_t feature(uint64_t template_number, Values... values) {
  uint64_t key = template_number * 0xd6e8feb86659fd93ull + 1;
  ((key = combine(key, static_cast<uint64_t>(values))), ...);
  return scramble(key);
}

}  // namespace weft::nlp
