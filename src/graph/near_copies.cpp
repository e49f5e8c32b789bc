// Locality-sensitive hashing of sketches (Leskovec, Rajaraman and Ullman, "Mining of Massive
// Datasets", chapter 3): sketches that agree in one of 16 bands of four minima are compared; those
// that agree in enough minima are joined in a union-find forest. Within a band equal sketches are
// taken as one, and each is compared with at most 32 others, in order of the sketches themselves,
// so the result does not depend on the order of documents.
#include "graph/near_copies.h"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace weft::graph {

namespace {

constexpr size_t kDigits = 4;  // of one minimum
constexpr size_t kMinima = 64;
constexpr size_t kBandDigits = 4 * kDigits;
constexpr size_t kEnough = 52;  // of 64: four fifths of the runs of words in common
constexpr size_t kCompared = 32;

size_t common(std::string_view a, std::string_view b) {
  size_t n = 0;
  for (size_t i = 0; i < a.size(); i += kDigits) n += a.substr(i, kDigits) == b.substr(i, kDigits);
  return n;
}

}  // namespace

std::vector<uint32_t> near_copies(SortedRecords records) {
  std::vector<uint32_t> parent(records.size());
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&](uint32_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const auto unite = [&](uint32_t a, uint32_t b) {
    a = root(a);
    b = root(b);
    parent[std::max(a, b)] = std::min(a, b);
  };
  const auto sketch = [&](uint32_t i) { return std::string_view(records[i]->sketch); };

  // Equal sketches first; one of each stands for all.
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < records.size(); ++i)
    if (sketch(i).size() == kMinima * kDigits) order.push_back(i);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return std::pair(sketch(a), a) < std::pair(sketch(b), b);
  });
  std::vector<uint32_t> distinct;
  for (const uint32_t i : order) {
    if (!distinct.empty() && sketch(distinct.back()) == sketch(i))
      unite(distinct.back(), i);
    else
      distinct.push_back(i);
  }
  for (size_t at = 0; at < kMinima * kDigits; at += kBandDigits) {
    const auto band = [&](uint32_t i) { return sketch(i).substr(at, kBandDigits); };
    std::sort(distinct.begin(), distinct.end(), [&](uint32_t a, uint32_t b) {
      return std::pair(band(a), sketch(a)) < std::pair(band(b), sketch(b));
    });
    for (size_t i = 0; i < distinct.size(); ++i)
      for (size_t j = i + 1; j < distinct.size() && j <= i + kCompared; ++j) {
        if (band(distinct[j]) != band(distinct[i])) break;
        if (root(distinct[i]) != root(distinct[j]) &&
            common(sketch(distinct[i]), sketch(distinct[j])) >= kEnough)
          unite(distinct[i], distinct[j]);
      }
  }
  for (uint32_t i = 0; i < parent.size(); ++i) parent[i] = root(i);
  return parent;
}

}  // namespace weft::graph
