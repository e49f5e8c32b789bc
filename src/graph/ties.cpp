// Pairs are sorted, merged and laid out as compressed sparse rows: O(m log m) once. Sums of
// strengths are taken in sorted order, so that they are the same floats every time.
#include "graph/ties.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace weft::graph {

Ties make_ties(uint32_t nodes, std::vector<Pair> pairs) {
  std::erase_if(pairs, [](const Pair& p) { return p.a == p.b; });
  for (Pair& p : pairs)
    if (p.a > p.b) std::swap(p.a, p.b);
  std::sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) {
    return std::tie(x.a, x.b, x.strength) < std::tie(y.a, y.b, y.strength);
  });
  size_t kept = 0;
  for (size_t i = 0; i < pairs.size(); ++i) {
    if (kept > 0 && pairs[kept - 1].a == pairs[i].a && pairs[kept - 1].b == pairs[i].b)
      pairs[kept - 1].strength += pairs[i].strength;
    else
      pairs[kept++] = pairs[i];
  }
  pairs.resize(kept);

  Ties out;
  out.begin.assign(size_t{nodes} + 1, 0);
  for (const Pair& p : pairs) {
    ++out.begin[p.a + 1];
    ++out.begin[p.b + 1];
  }
  for (uint32_t n = 0; n < nodes; ++n) out.begin[n + 1] += out.begin[n];
  out.ties.resize(out.begin.back());
  std::vector<uint32_t> next(out.begin.begin(), out.begin.end() - 1);
  // Lower neighbours of a node first, in order, then higher ones, in order.
  for (const Pair& p : pairs) out.ties[next[p.b]++] = {p.a, p.strength};
  for (const Pair& p : pairs) out.ties[next[p.a]++] = {p.b, p.strength};
  return out;
}

Ties ties_of(const Graph& graph) {
  std::vector<Pair> pairs;
  pairs.reserve(graph.edges.size());
  for (const Edge& e : graph.edges)
    pairs.push_back(
        {e.source, e.target, 1 + std::log(static_cast<float>(std::max<uint32_t>(e.weight, 1)))});
  return make_ties(static_cast<uint32_t>(graph.nodes.size()), std::move(pairs));
}

std::vector<std::vector<uint32_t>> components_of(const Ties& ties) {
  std::vector<std::vector<uint32_t>> out;
  std::vector<bool> seen(ties.size());
  for (uint32_t first = 0; first < ties.size(); ++first) {
    if (seen[first]) continue;
    seen[first] = true;
    std::vector<uint32_t> members{first};
    for (size_t i = 0; i < members.size(); ++i)
      for (const Ties::Tie& t : ties.of(members[i]))
        if (!seen[t.other]) {
          seen[t.other] = true;
          members.push_back(t.other);
        }
    std::sort(members.begin(), members.end());
    out.push_back(std::move(members));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return out;
}

Ties ties_within(const Ties& ties, std::span<const uint32_t> component,
                 std::span<const uint32_t> place) {
  Ties out;
  out.begin.reserve(component.size() + 1);
  for (const uint32_t n : component) {
    for (const Ties::Tie& t : ties.of(n)) out.ties.push_back({place[t.other], t.strength});
    out.begin.push_back(static_cast<uint32_t>(out.ties.size()));
  }
  return out;
}

}  // namespace weft::graph
