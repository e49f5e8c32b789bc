// Locality-sensitive hashing of sketches (Leskovec, Rajaraman and Ullman, "Mining of Massive
// Datasets", chapter 3): sketches that agree in one of 16 bands of four minima are compared; those
// that agree in enough minima are joined in a union-find forest. Within a band equal sketches are
// taken as one, and each is compared with at most 32 others, in order of the sketches themselves,
// so the result does not depend on the order of documents.
#include "graph/near_copies.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "core/disjoint_sets.h"

namespace weft::graph {

namespace {

constexpr size_t kDigits = 4;   // of one minimum, hexadecimal
constexpr size_t kBand = 4;     // minima
constexpr size_t kEnough = 52;  // of 64: four fifths of the runs of words in common
constexpr size_t kCompared = 32;

}  // namespace

void Sketches::add(std::string_view sketch) {
  const uint32_t record = records_++;
  if (sketch.size() != kMinima * kDigits) return;
  Sketch minima;
  for (size_t i = 0; i < kMinima; ++i) {
    const char* const end = sketch.data() + (i + 1) * kDigits;
    if (std::from_chars(end - kDigits, end, minima[i], 16).ptr != end) return;
  }
  sketches_.push_back(minima);
  record_of_.push_back(record);
}

std::vector<uint32_t> Sketches::near_copies() const {
  core::DisjointSets sets(records_);
  const auto unite = [&](uint32_t a, uint32_t b) { sets.unite(record_of_[a], record_of_[b]); };

  // Equal sketches first; one of each stands for all.
  std::vector<uint32_t> order(sketches_.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return sketches_[a] != sketches_[b] ? sketches_[a] < sketches_[b] : a < b;
  });
  std::vector<uint32_t> distinct;
  for (const uint32_t i : order) {
    if (!distinct.empty() && sketches_[distinct.back()] == sketches_[i])
      unite(distinct.back(), i);
    else
      distinct.push_back(i);
  }
  const auto common = [&](uint32_t a, uint32_t b) {
    size_t n = 0;
    for (size_t k = 0; k < kMinima; ++k) n += sketches_[a][k] == sketches_[b][k];
    return n;
  };
  for (size_t at = 0; at < kMinima; at += kBand) {
    const auto order_of_bands = [&](uint32_t a, uint32_t b) {
      const auto x = sketches_[a].begin() + at, y = sketches_[b].begin() + at;
      return std::lexicographical_compare_three_way(x, x + kBand, y, y + kBand);
    };
    std::sort(distinct.begin(), distinct.end(), [&](uint32_t a, uint32_t b) {
      const auto by_band = order_of_bands(a, b);
      return by_band != 0 ? by_band < 0 : sketches_[a] < sketches_[b];
    });
    for (size_t i = 0; i < distinct.size(); ++i)
      for (size_t j = i + 1; j < distinct.size() && j <= i + kCompared; ++j) {
        if (order_of_bands(distinct[i], distinct[j]) != 0) break;
        const uint32_t a = distinct[i], b = distinct[j];
        if (sets.root(record_of_[a]) != sets.root(record_of_[b]) && common(a, b) >= kEnough)
          unite(a, b);
      }
  }
  std::vector<uint32_t> first(records_);
  for (uint32_t i = 0; i < records_; ++i) first[i] = sets.root(i);
  return first;
}

}  // namespace weft::graph
