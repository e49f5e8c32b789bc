// PivotMDS (Brandes and Pich: "Eigensolver Methods for Progressive Multidimensional Scaling of
// Large Data", 2006): path lengths from some fifty far-apart nodes, centred, and their two main
// directions by power iteration. O(pivots * (n + m)). It unfolds the whole before ForceAtlas2
// arranges the parts, which from random places would take it thousands of steps. A little seeded
// noise parts nodes that no pivot tells apart (the leaves of a star).
#include <algorithm>
#include <cmath>

#include "graph/force_layout.h"

namespace weft::graph {

namespace {

constexpr uint32_t kPivots = 50;
constexpr unsigned kPowerSteps = 60;

/// SplitMix64 (Steele, Lea and Flood 2014) as a hash: the same numbers with every library.
uint64_t mixed(uint64_t x) {
  x += 0x9e3779b97f4a7c15ull;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ x >> 27) * 0x94d049bb133111ebull;
  return x ^ x >> 31;
}

/// -1..1
double noise(uint32_t seed, uint64_t number) {
  return static_cast<double>(mixed(mixed(seed) + number) >> 11) * 0x1p-52 - 1;
}

/// Path lengths from `start`; nodes out of reach get the largest length + 1.
std::vector<float> lengths_from(const Ties& ties, uint32_t start) {
  std::vector<float> length(ties.size(), -1);
  std::vector<uint32_t> queue{start};
  length[start] = 0;
  for (size_t i = 0; i < queue.size(); ++i)
    for (const Ties::Tie& t : ties.of(queue[i]))
      if (length[t.other] < 0) {
        length[t.other] = length[queue[i]] + 1;
        queue.push_back(t.other);
      }
  const float beyond = length[queue.back()] + 1;
  for (float& l : length)
    if (l < 0) l = beyond;
  return length;
}

/// One column for each pivot; each pivot is a node farthest from those before it.
std::vector<std::vector<float>> pivot_columns(const Ties& ties) {
  std::vector<std::vector<float>> columns;
  std::vector<float> nearest(ties.size(), 1e30f);
  uint32_t next = 0;
  for (uint32_t n = 0; n < ties.size(); ++n)
    if (ties.of(n).size() > ties.of(next).size()) next = n;
  while (columns.size() < std::min(kPivots, ties.size())) {
    columns.push_back(lengths_from(ties, next));
    for (uint32_t n = 0; n < ties.size(); ++n) nearest[n] = std::min(nearest[n], columns.back()[n]);
    next =
        static_cast<uint32_t>(std::max_element(nearest.begin(), nearest.end()) - nearest.begin());
  }
  return columns;
}

/// -1/2 of the squared lengths with row and column means taken out.
void centre(std::vector<std::vector<float>>& columns, uint32_t nodes) {
  std::vector<double> row(nodes);
  double all = 0;
  std::vector<double> column_mean;
  for (auto& column : columns) {
    double sum = 0;
    for (uint32_t n = 0; n < nodes; ++n) {
      column[n] *= column[n];
      sum += column[n];
      row[n] += column[n];
    }
    column_mean.push_back(sum / nodes);
    all += sum;
  }
  const auto pivots = static_cast<double>(columns.size());
  all /= pivots * nodes;
  for (size_t c = 0; c < columns.size(); ++c)
    for (uint32_t n = 0; n < nodes; ++n)
      columns[c][n] =
          static_cast<float>(-(columns[c][n] - column_mean[c] - row[n] / pivots + all) / 2);
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// The strongest direction of the symmetric matrix `square` that is orthogonal to `other`.
std::vector<double> main_direction(const std::vector<std::vector<double>>& square,
                                   const std::vector<double>& other) {
  std::vector<double> v(square.size()), next(square.size());
  for (size_t i = 0; i < v.size(); ++i) v[i] = noise(7, i + (other.empty() ? 0 : 1000));
  for (unsigned step = 0; step < kPowerSteps; ++step) {
    if (!other.empty()) {
      const double along = dot(v, other);
      for (size_t i = 0; i < v.size(); ++i) v[i] -= along * other[i];
    }
    const double length = std::sqrt(dot(v, v));
    if (length < 1e-12) return std::vector<double>(v.size());
    for (double& x : v) x /= length;
    for (size_t i = 0; i < v.size(); ++i) next[i] = dot(square[i], v);
    if (step + 1 < kPowerSteps) v.swap(next);
  }
  return v;
}

}  // namespace

std::vector<Point> pivot_layout(const Ties& ties, uint32_t seed) {
  const uint32_t nodes = ties.size();
  std::vector<Point> at(nodes);
  if (nodes == 0) return at;
  std::vector<std::vector<float>> columns = pivot_columns(ties);
  centre(columns, nodes);
  const size_t pivots = columns.size();
  std::vector<std::vector<double>> square(pivots, std::vector<double>(pivots));
  for (size_t a = 0; a < pivots; ++a)
    for (size_t b = a; b < pivots; ++b) {
      double sum = 0;
      for (uint32_t n = 0; n < nodes; ++n) sum += double{columns[a][n]} * columns[b][n];
      square[a][b] = square[b][a] = sum;
    }
  const std::vector<double> first = main_direction(square, {});
  const std::vector<double> second = main_direction(square, first);
  double extent = 0;
  for (size_t c = 0; c < pivots; ++c)
    for (uint32_t n = 0; n < nodes; ++n) {
      at[n].x += first[c] * columns[c][n];
      at[n].y += second[c] * columns[c][n];
    }
  for (const Point& p : at) extent += p.x * p.x + p.y * p.y;
  extent = std::sqrt(extent / nodes);
  // About the extent at which ForceAtlas2 comes to rest, so that it needn't blow up first.
  const double wanted = 10 * std::sqrt(static_cast<double>(nodes));
  const double scale = extent > 1e-9 ? wanted / extent : 0;
  const double grain = wanted * 0.08;
  for (uint32_t n = 0; n < nodes; ++n) {
    at[n].x = at[n].x * scale + grain * noise(seed, 2ull * n);
    at[n].y = at[n].y * scale + grain * noise(seed, 2ull * n + 1);
  }
  return at;
}

}  // namespace weft::graph
