// MinHash (Broder 1997, "On the resemblance and containment of documents") over runs of five words,
// with 16 bits kept of each of 64 minima (b-bit minwise hashing, Li and König 2010). The hash
// functions are one 64-bit hash of the run, multiplied by odd constants. Linear: 64 multiplications
// a word.
#include "read/sketch.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace weft::read {

namespace {

constexpr size_t kRun = 5;
constexpr size_t kFewest = 20;
constexpr uint64_t kSeed = 0x9e3779b97f4a7c15u;

uint64_t mix(uint64_t x) {  // the finaliser of splitmix64
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

bool is_word(unsigned char c) {
  return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::array<uint64_t, kSketchMinima> odd_constants() {
  std::array<uint64_t, kSketchMinima> out{};
  for (size_t k = 0; k < out.size(); ++k) out[k] = mix(kSeed * (k + 1)) | 1;
  return out;
}

}  // namespace

std::string sketch(std::string_view text) {
  static const std::array<uint64_t, kSketchMinima> kFactors = odd_constants();
  std::array<uint64_t, kSketchMinima> minima;
  minima.fill(~uint64_t{0});
  std::array<uint64_t, kRun> run{};
  size_t words = 0;
  for (size_t at = 0; at < text.size();) {
    if (!is_word(static_cast<unsigned char>(text[at]))) {
      ++at;
      continue;
    }
    uint64_t word = 1469598103934665603u;  // FNV-1a
    for (; at < text.size() && is_word(static_cast<unsigned char>(text[at])); ++at) {
      const auto c = static_cast<unsigned char>(text[at]);
      word = (word ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 1099511628211u;
    }
    run[words++ % kRun] = word;
    if (words < kRun) continue;
    uint64_t h = 0;
    for (size_t i = 0; i < kRun; ++i) h = mix(h + run[(words + i) % kRun]);
    for (size_t k = 0; k < kSketchMinima; ++k) minima[k] = std::min(minima[k], h * kFactors[k]);
  }
  if (words < kFewest) return {};
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(4 * kSketchMinima);
  for (const uint64_t m : minima) {
    const uint64_t bits = mix(m);
    for (int shift = 12; shift >= 0; shift -= 4) out += kHex[(bits >> shift) & 15];
  }
  return out;
}

}  // namespace weft::read
