// PageRank (Brin and Page 1998) by power iteration over incoming edges. Boost's page_rank loses the
// rank of nodes without outgoing edges, which in a graph of facts is half of them. Betweenness by
// Brandes' accumulation ("A faster algorithm for betweenness centrality", 2001), one breadth-first
// search a source. Boost's version can neither sample sources nor use threads; the tests compare
// with it. Sources go to a fixed number of shares by their number, and shares are added in order,
// so that the sums are the same floats whoever computed them.
#include "graph/measures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "graph/parallel.h"

namespace weft::graph {

namespace {

constexpr double kDamping = 0.85;
constexpr unsigned kPageRankRounds = 200;
constexpr double kPageRankRest = 1e-9;
constexpr size_t kShares = 8;
constexpr uint64_t kFewestSources = 64;

/// Adds what one source sees to the sums of a share; buffers are kept between sources.
class Brandes {
 public:
  Brandes(const Ties& ties, std::vector<double>& sums)
      : ties_(ties),
        sums_(sums),
        distance_(ties.size(), kFar),
        paths_(ties.size()),
        depends_(ties.size()) {}

  void add(uint32_t source) {
    order_.assign(1, source);
    distance_[source] = 0;
    paths_[source] = 1;
    for (size_t i = 0; i < order_.size(); ++i) {
      const uint32_t n = order_[i];
      for (const Ties::Tie& t : ties_.of(n)) {
        if (distance_[t.other] == kFar) {
          distance_[t.other] = distance_[n] + 1;
          order_.push_back(t.other);
        }
        if (distance_[t.other] == distance_[n] + 1) paths_[t.other] += paths_[n];
      }
    }
    for (size_t i = order_.size(); i-- > 1;) {
      const uint32_t n = order_[i];
      const double handed = (1 + depends_[n]) / paths_[n];
      for (const Ties::Tie& t : ties_.of(n))
        if (distance_[t.other] + 1 == distance_[n]) depends_[t.other] += paths_[t.other] * handed;
      sums_[n] += depends_[n];
    }
    for (const uint32_t n : order_) {
      distance_[n] = kFar;
      paths_[n] = 0;
      depends_[n] = 0;
    }
  }

 private:
  static constexpr uint32_t kFar = 0xfffffff0u;
  const Ties& ties_;
  std::vector<double>& sums_;
  std::vector<uint32_t> distance_, order_;
  std::vector<double> paths_, depends_;
};

/// `wanted` different nodes, or all; a linear congruence of full period walks through them.
std::vector<uint32_t> sources(uint32_t nodes, uint64_t wanted, uint32_t seed) {
  std::vector<uint32_t> out(nodes);
  std::iota(out.begin(), out.end(), 0u);
  if (wanted >= nodes) return out;
  uint64_t state = seed;
  for (uint32_t i = 0; i < wanted; ++i) {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    std::swap(out[i], out[i + (state >> 33) % (nodes - i)]);
  }
  out.resize(wanted);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

std::vector<uint32_t> degrees(const Graph& graph) {
  std::vector<uint32_t> out(graph.nodes.size());
  for (const Edge& e : graph.edges) {
    ++out[e.source];
    ++out[e.target];
  }
  return out;
}

std::vector<double> pagerank(const Graph& graph, const schema::Ontology& ontology) {
  const size_t nodes = graph.nodes.size();
  if (nodes == 0) return {};
  std::vector<uint32_t> begin(nodes + 1), leaving(nodes);
  const auto for_each_step = [&](auto&& take) {
    for (const Edge& e : graph.edges) {
      take(e.source, e.target);
      if (ontology[e.relation].symmetric && e.source != e.target) take(e.target, e.source);
    }
  };
  for_each_step([&](NodeIndex from, NodeIndex to) {
    ++leaving[from];
    ++begin[to + 1];
  });
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<NodeIndex> from_list(begin.back());
  std::vector<uint32_t> next(begin.begin(), begin.end() - 1);
  for_each_step([&](NodeIndex from, NodeIndex to) { from_list[next[to]++] = from; });

  const auto count = static_cast<double>(nodes);
  std::vector<double> rank(nodes, 1 / count), share(nodes);
  for (unsigned round = 0; round < kPageRankRounds; ++round) {
    double kept = 0;
    for (size_t n = 0; n < nodes; ++n) {
      if (leaving[n] == 0) kept += rank[n];
      share[n] = leaving[n] > 0 ? rank[n] / leaving[n] : 0;
    }
    const double base = (1 - kDamping) / count + kDamping * kept / count;
    double moved = 0;
    for (size_t n = 0; n < nodes; ++n) {
      double sum = 0;
      for (uint32_t i = begin[n]; i < begin[n + 1]; ++i) sum += share[from_list[i]];
      const double now = base + kDamping * sum;
      moved += std::abs(now - rank[n]);
      rank[n] = now;
    }
    if (moved < kPageRankRest) break;
  }
  return rank;
}

std::vector<double> betweenness(const Ties& ties, unsigned threads, uint32_t seed) {
  const uint32_t nodes = ties.size();
  std::vector<double> out(nodes);
  if (nodes < 3 || ties.ties.empty()) return out;
  const uint64_t allowed = kExactBetweenness / (ties.ties.size() / 2);
  const std::vector<uint32_t> from =
      sources(nodes, allowed >= nodes ? nodes : std::max(allowed, kFewestSources), seed);
  std::vector<std::vector<double>> sums(kShares, std::vector<double>(nodes));
  in_parallel(
      kShares, threads,
      [&](size_t begin, size_t end) {
        for (size_t share = begin; share < end; ++share) {
          Brandes brandes(ties, sums[share]);
          for (size_t i = share; i < from.size(); i += kShares) brandes.add(from[i]);
        }
      },
      1);
  // Each pair was counted from both ends.
  const double scale = static_cast<double>(nodes) / static_cast<double>(from.size()) /
                       (static_cast<double>(nodes - 1) * (nodes - 2));
  for (uint32_t n = 0; n < nodes; ++n) {
    for (const auto& share : sums) out[n] += share[n];
    out[n] = std::min(1.0, out[n] * scale);
  }
  return out;
}

}  // namespace weft::graph
