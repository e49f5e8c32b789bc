// Leiden (Traag, Waltman and van Eck: "From Louvain to Leiden: guaranteeing well-connected
// communities", Scientific Reports 2019) on modularity (Newman and Girvan 2004): nodes move to the
// community that gains most, each community is refined into well-connected parts, the parts become
// the nodes of a smaller network, and so on. Where the paper draws lots (order of nodes, choice of
// part) this takes nodes by number and the best part, so that nothing depends on chance. O(m) a
// level, some five levels, three runs.
#include "graph/communities.h"

#include <algorithm>
#include <numeric>

namespace weft::graph {

namespace {

constexpr unsigned kRounds = 3;  // whole runs; each starts from the result of the one before
constexpr double kTiny = 1e-9;   // gains below are rounding

struct Network {
  Ties ties;
  std::vector<double> strength;  // of each node: all ties of all it stands for, inner ones twice
  double total = 0;              // sum of strengths: 2m
  double resolution = 1;

  uint32_t size() const { return ties.size(); }
};

/// Sums of tie strength to the communities around one node; cleared in the time it took to fill.
class Around {
 public:
  explicit Around(uint32_t communities) : sum_(communities) {}
  void add(uint32_t community, double strength) {
    if (sum_[community] == 0) touched_.push_back(community);
    sum_[community] += strength;
  }
  double operator[](uint32_t community) const { return sum_[community]; }
  const std::vector<uint32_t>& touched() const { return touched_; }
  void clear() {
    for (const uint32_t c : touched_) sum_[c] = 0;
    touched_.clear();
  }

 private:
  std::vector<double> sum_;
  std::vector<uint32_t> touched_;
};

/// Local moving with a queue. True if any node moved.
bool move_nodes(const Network& net, std::vector<uint32_t>& community) {
  std::vector<double> of_community(net.size());
  std::vector<uint32_t> members(net.size());
  for (uint32_t n = 0; n < net.size(); ++n) {
    of_community[community[n]] += net.strength[n];
    ++members[community[n]];
  }
  std::vector<uint32_t> free;
  for (uint32_t c = net.size(); c-- > 0;)
    if (members[c] == 0) free.push_back(c);

  std::vector<uint32_t> queue(net.size());
  std::iota(queue.begin(), queue.end(), 0u);
  std::vector<bool> queued(net.size(), true);
  Around around(net.size());
  bool moved = false;
  // The queue grows at its end; a bound guards against rounding that would go to and fro.
  const size_t bound = size_t{net.size()} * 100 + 1000;
  for (size_t i = 0; i < queue.size() && i < bound; ++i) {
    const uint32_t n = queue[i];
    queued[n] = false;
    const uint32_t own = community[n];
    for (const Ties::Tie& t : net.ties.of(n)) around.add(community[t.other], t.strength);
    of_community[own] -= net.strength[n];
    const auto gain = [&](uint32_t c) {
      return around[c] - net.resolution * net.strength[n] * of_community[c] / net.total;
    };
    uint32_t best = own;
    double most = gain(own);
    for (const uint32_t c : around.touched())
      if (const double g = gain(c);
          g > most + kTiny || (g > most - kTiny && best != own && c < best)) {
        best = c;
        most = std::max(most, g);
      }
    if (most < -kTiny && !free.empty()) best = free.back();
    around.clear();
    of_community[best] += net.strength[n];
    if (best == own) continue;
    moved = true;
    if (!free.empty() && best == free.back()) free.pop_back();
    community[n] = best;
    if (--members[own] == 0) free.push_back(own);
    ++members[best];
    for (const Ties::Tie& t : net.ties.of(n))
      if (!queued[t.other] && community[t.other] != best) {
        queued[t.other] = true;
        queue.push_back(t.other);
      }
  }
  return moved;
}

/// Each community cut into parts that hang together well; a part's number is one of its nodes.
std::vector<uint32_t> refine(const Network& net, const std::vector<uint32_t>& community) {
  std::vector<double> of_community(net.size());
  for (uint32_t n = 0; n < net.size(); ++n) of_community[community[n]] += net.strength[n];
  std::vector<uint32_t> part(net.size()), members(net.size(), 1);
  std::iota(part.begin(), part.end(), 0u);
  std::vector<double> of_part = net.strength;
  std::vector<double> outside(net.size());  // of a part: its ties to the rest of its community
  for (uint32_t n = 0; n < net.size(); ++n)
    for (const Ties::Tie& t : net.ties.of(n))
      if (community[t.other] == community[n]) outside[n] += t.strength;
  const auto well_connected = [&](uint32_t p, uint32_t c) {
    return outside[p] >=
           net.resolution * of_part[p] * (of_community[c] - of_part[p]) / net.total - kTiny;
  };
  Around around(net.size());
  for (uint32_t n = 0; n < net.size(); ++n) {
    if (members[n] != 1 || part[n] != n || !well_connected(n, community[n])) continue;
    for (const Ties::Tie& t : net.ties.of(n))
      if (community[t.other] == community[n]) around.add(part[t.other], t.strength);
    uint32_t best = n;
    double most = kTiny;
    for (const uint32_t p : around.touched()) {
      if (p == n || !well_connected(p, community[n])) continue;
      const double g = around[p] - net.resolution * net.strength[n] * of_part[p] / net.total;
      if (g > most + kTiny || (best != n && g > most - kTiny && p < best)) {
        best = p;
        most = std::max(most, g);
      }
    }
    if (best != n) {
      outside[best] += outside[n] - 2 * around[best];
      of_part[best] += of_part[n];
      ++members[best];
      members[n] = 0;
      part[n] = best;
    }
    around.clear();
  }
  return part;
}

/// Numbers made dense, in order of first appearance; returns how many there are.
uint32_t renumber(std::vector<uint32_t>& numbers) {
  constexpr uint32_t kNone = 0xffffffffu;
  const uint32_t most = numbers.empty() ? 0 : *std::max_element(numbers.begin(), numbers.end());
  std::vector<uint32_t> dense(size_t{most} + 1, kNone);
  uint32_t count = 0;
  for (uint32_t& n : numbers) {
    if (dense[n] == kNone) dense[n] = count++;
    n = dense[n];
  }
  return count;
}

Network aggregate(const Network& net, const std::vector<uint32_t>& part, uint32_t parts) {
  Network out;
  out.total = net.total;
  out.resolution = net.resolution;
  out.strength.resize(parts);
  std::vector<Pair> pairs;
  for (uint32_t n = 0; n < net.size(); ++n) {
    out.strength[part[n]] += net.strength[n];
    for (const Ties::Tie& t : net.ties.of(n))
      if (t.other > n) pairs.push_back({part[n], part[t.other], t.strength});
  }
  out.ties = make_ties(parts, std::move(pairs));
  return out;
}

/// One run from the given partition; true if it changed.
bool run(const Network& first, std::vector<uint32_t>& community) {
  bool changed = false;
  Network aggregated;
  const Network* net = &first;
  std::vector<uint32_t> node_of(first.size());  // the node of *net that stands for a first node
  std::iota(node_of.begin(), node_of.end(), 0u);
  std::vector<uint32_t> now = community;
  while (true) {
    changed |= move_nodes(*net, now);
    for (uint32_t n = 0; n < first.size(); ++n) community[n] = now[node_of[n]];
    std::vector<uint32_t> part = refine(*net, now);
    const uint32_t parts = renumber(part);
    if (parts == net->size()) return changed;
    std::vector<uint32_t> next(parts);
    for (uint32_t n = 0; n < net->size(); ++n) next[part[n]] = now[n];
    renumber(next);
    for (uint32_t& n : node_of) n = part[n];
    aggregated = aggregate(*net, part, parts);
    net = &aggregated;
    now = std::move(next);
  }
}

}  // namespace

std::vector<uint32_t> communities(const Ties& ties, double resolution) {
  Network net;
  net.ties = ties;
  net.resolution = resolution;
  net.strength.resize(ties.size());
  for (uint32_t n = 0; n < ties.size(); ++n)
    for (const Ties::Tie& t : ties.of(n)) net.strength[n] += t.strength;
  net.total = std::accumulate(net.strength.begin(), net.strength.end(), 0.0);
  std::vector<uint32_t> community(ties.size());
  std::iota(community.begin(), community.end(), 0u);
  if (net.total > 0)
    for (unsigned i = 0; i < kRounds && run(net, community); ++i) renumber(community);

  const uint32_t count = renumber(community);
  std::vector<uint32_t> members(count), order(count), number(count);
  for (const uint32_t c : community) ++members[c];
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](uint32_t a, uint32_t b) { return members[a] > members[b]; });
  for (uint32_t i = 0; i < count; ++i) number[order[i]] = i;
  for (uint32_t& c : community) c = number[c];
  return community;
}

double modularity(const Ties& ties, const std::vector<uint32_t>& community, double resolution) {
  std::vector<double> of_community(ties.size());
  double inner = 0, total = 0;
  for (uint32_t n = 0; n < ties.size(); ++n)
    for (const Ties::Tie& t : ties.of(n)) {
      of_community[community[n]] += t.strength;
      total += t.strength;
      if (community[t.other] == community[n]) inner += t.strength;
    }
  if (!(total > 0)) return 0;
  double expected = 0;
  for (const double s : of_community) expected += s / total * (s / total);
  return inner / total - resolution * expected;
}

}  // namespace weft::graph
