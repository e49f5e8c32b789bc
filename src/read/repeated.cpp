// Near-duplicate paragraphs by min-hashing of word 3-grams (Broder 1997, "On the resemblance and
// containment of documents"): paragraphs that share one of eight minima are compared exactly.
// Expected cost is linear in the words.
#include "read/repeated.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "text/fold.h"
#include "text/utf8.h"
#include "text/words.h"

namespace weft::read {

namespace {

constexpr size_t kMinima = 8;
constexpr size_t kCandidates =
    8;  // compared for each minimum, against texts of one repeated phrase
constexpr size_t kShortWords = 8;

uint64_t hash_bytes(std::string_view s) {  // FNV-1a
  uint64_t h = 1469598103934665603u;
  for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return h;
}
uint64_t mix(uint64_t x) {  // the finaliser of splitmix64
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

struct Shape {
  std::vector<uint64_t> words, grams;  // sorted
};

Shape shape_of(std::string_view paragraph) {
  Shape shape;
  const std::string key = text::fold(paragraph);
  for (std::string_view word : text::words(key)) {
    while (!word.empty() &&
           std::string_view(".,;:!?\"'()[]-").find(word.back()) != std::string_view::npos)
      word.remove_suffix(1);
    while (!word.empty() && std::string_view("\"'([-").find(word.front()) != std::string_view::npos)
      word.remove_prefix(1);
    if (!word.empty()) shape.words.push_back(hash_bytes(word));
  }
  const size_t gram = std::min<size_t>(3, shape.words.size());
  for (size_t i = 0; gram > 0 && i + gram <= shape.words.size(); ++i) {
    uint64_t h = 0;
    for (size_t k = 0; k < gram; ++k) h = mix(h * 31 + shape.words[i + k]);
    shape.grams.push_back(h);
  }
  std::sort(shape.grams.begin(), shape.grams.end());
  return shape;
}

/// Jaccard similarity of two sorted multisets.
double jaccard(const std::vector<uint64_t>& a, const std::vector<uint64_t>& b) {
  size_t common = 0;
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j])
      ++common, ++i, ++j;
    else if (a[i] < b[j])
      ++i;
    else
      ++j;
  }
  const size_t all = a.size() + b.size() - common;
  return all ? static_cast<double>(common) / static_cast<double>(all) : 0;
}

bool same(const Shape& a, const Shape& b) {
  if (a.words.size() < kShortWords || b.words.size() < kShortWords) return a.words == b.words;
  const double grams = jaccard(a.grams, b.grams);
  if (grams >= 0.9) return true;
  if (grams < 0.6) return false;
  Shape sorted_a{a.words, {}}, sorted_b{b.words, {}};
  std::sort(sorted_a.words.begin(), sorted_a.words.end());
  std::sort(sorted_b.words.begin(), sorted_b.words.end());
  return jaccard(sorted_a.words, sorted_b.words) >= 0.97;
}

}  // namespace

void mark_repeated(doc::Document& document) {
  std::vector<Shape> kept;
  std::unordered_map<uint64_t, std::vector<uint32_t>> by_minimum;
  for (doc::Block& block : document.blocks) {
    if (block.role != doc::BlockRole::body && block.role != doc::BlockRole::title) continue;
    Shape shape = shape_of(document.bytes(block.span));
    if (shape.words.size() < 3) continue;
    std::array<uint64_t, kMinima> minima;
    minima.fill(~uint64_t{0});
    for (const uint64_t gram : shape.grams)
      for (size_t k = 0; k < kMinima; ++k)
        minima[k] = std::min(minima[k], mix(gram + k * 0x9e3779b97f4a7c15u));
    bool repeated = false;
    for (size_t k = 0; k < kMinima && !repeated; ++k) {
      const auto it = by_minimum.find(minima[k]);
      if (it == by_minimum.end()) continue;
      for (const uint32_t other : it->second)
        if ((repeated = same(kept[other], shape))) break;
    }
    if (repeated && block.role == doc::BlockRole::body) {
      block.role = doc::BlockRole::repeated;
      continue;
    }
    for (const uint64_t minimum : minima) {
      auto& list = by_minimum[minimum];
      if (list.size() < kCandidates) list.push_back(static_cast<uint32_t>(kept.size()));
    }
    kept.push_back(std::move(shape));
  }
}

}  // namespace weft::read
