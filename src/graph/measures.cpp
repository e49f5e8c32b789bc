// PageRank (Brin and Page 1998) by power iteration over incoming edges. Boost's page_rank loses the
// rank of nodes without outgoing edges, which in a graph of facts is half of them. Betweenness by
// Brandes' accumulation ("A faster algorithm for betweenness centrality", 2001), one breadth-first
// search a source. Boost's version can neither sample sources nor use threads; the tests compare
// with it. Trees that hang on the rest are folded into it first, which half of a graph of facts is
// (Baglioni et al., "Fast exact computation of betweenness centrality in social networks", 2012).
// Sources go to a fixed number of shares by their number, and shares are added in order, so that
// the sums are the same floats whoever computed them.
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

/// What is left of the ties when one end after the other that has a single tie is folded into the
/// node it hangs on. Pairs of nodes count from both ends, as in Brandes' sums.
struct Folded {
  explicit Folded(const Ties& ties);

  std::vector<double> between;     // of each node: pairs that a folded node is an end of or lies in
  std::vector<uint32_t> core;      // nodes with ties left, sorted
  Ties ties;                       // among them, by their place in `core`
  std::vector<double> represents;  // of each of them: itself and all that was folded into it
};

Folded::Folded(const Ties& all) : between(all.size()) {
  const uint32_t nodes = all.size();
  std::vector<double> holds(nodes, 1);
  std::vector<uint32_t> left(nodes), ends;
  std::vector<bool> folded(nodes);
  for (uint32_t n = 0; n < nodes; ++n) {
    left[n] = static_cast<uint32_t>(all.of(n).size());
    if (left[n] == 1) ends.push_back(n);
  }
  for (size_t i = 0; i < ends.size(); ++i) {
    const uint32_t end = ends[i];
    if (left[end] == 0) continue;  // the last of a tree: all the others are in it
    const auto on = std::find_if(all.of(end).begin(), all.of(end).end(),
                                 [&](const Ties::Tie& t) { return !folded[t.other]; });
    const uint32_t other = on->other;
    folded[end] = true;
    between[other] += 2 * holds[end] * (holds[other] - 1);
    holds[other] += holds[end];
    if (--left[other] == 1) ends.push_back(other);
  }
  for (const auto& component : components_of(all))
    for (const uint32_t n : component)
      between[n] += 2 * (holds[n] - 1) * (static_cast<double>(component.size()) - holds[n]);

  std::vector<uint32_t> place(nodes);
  for (uint32_t n = 0; n < nodes; ++n) {
    if (folded[n] || left[n] == 0) continue;
    place[n] = static_cast<uint32_t>(core.size());
    core.push_back(n);
    represents.push_back(holds[n]);
  }
  for (const uint32_t n : core) {
    for (const Ties::Tie& t : all.of(n))
      if (!folded[t.other]) ties.ties.push_back({place[t.other], t.strength});
    ties.begin.push_back(static_cast<uint32_t>(ties.ties.size()));
  }
}

/// Adds what one source sees to the sums of a share; buffers are kept between sources.
class Brandes {
 public:
  Brandes(const Folded& graph, std::vector<double>& sums)
      : ties_(graph.ties),
        represents_(graph.represents),
        sums_(sums),
        distance_(ties_.size(), kFar),
        paths_(ties_.size()),
        depends_(ties_.size()) {}

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
      const double handed = (represents_[n] + depends_[n]) / paths_[n];
      for (const Ties::Tie& t : ties_.of(n))
        if (distance_[t.other] + 1 == distance_[n]) depends_[t.other] += paths_[t.other] * handed;
      sums_[n] += represents_[source] * depends_[n];
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
  const std::vector<double>& represents_;
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

Betweenness betweenness(const Ties& ties, unsigned threads, uint32_t seed) {
  const uint32_t nodes = ties.size();
  Betweenness out{std::vector<double>(nodes), true};
  if (nodes < 3) return out;
  Folded folded(ties);
  const uint32_t cores = folded.ties.size();
  if (cores > 0) {
    const uint64_t allowed =
        std::max(kExactBetweenness / (folded.ties.ties.size() / 2), kFewestSources);
    const std::vector<uint32_t> from = sources(cores, allowed, seed);
    out.exact = from.size() == cores;
    std::vector<std::vector<double>> sums(kShares, std::vector<double>(cores));
    in_parallel(
        kShares, threads,
        [&](size_t begin, size_t end) {
          for (size_t share = begin; share < end; ++share) {
            Brandes brandes(folded, sums[share]);
            for (size_t i = share; i < from.size(); i += kShares) brandes.add(from[i]);
          }
        },
        1);
    const double scale = static_cast<double>(cores) / static_cast<double>(from.size());
    for (uint32_t n = 0; n < cores; ++n) {
      double sum = 0;
      for (const auto& share : sums) sum += share[n];
      folded.between[folded.core[n]] += sum * scale;
    }
  }
  // Each pair was counted from both ends.
  const double pairs = static_cast<double>(nodes - 1) * (nodes - 2);
  for (uint32_t n = 0; n < nodes; ++n) out.of[n] = std::min(1.0, folded.between[n] / pairs);
  return out;
}

}  // namespace weft::graph
