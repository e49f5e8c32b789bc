// Yen's algorithm ("Finding the K Shortest Loopless Paths in a Network", 1971) over breadth-first
// searches: each further path leaves one found before at some node, by a step that no path with the
// same beginning took. Candidates are kept in a set by length, weight and edges, so that the same
// paths come in the same order every time.
#include "graph/paths.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace weft::graph {

namespace {

class Search {
 public:
  Search(const Graph& graph, const Topology& topology, NodeIndex to, const Filter& filter)
      : graph_(graph), topology_(topology), to_(to), filter_(filter) {}

  /// A shortest path from `from` that avoids the nodes of `banned` and, in its first step, those of
  /// `not_next`; empty if there is none within `most` edges.
  Path find(NodeIndex from, uint32_t most, const std::vector<bool>& banned,
            const std::set<NodeIndex>& not_next) {
    std::vector<EdgeIndex> via(graph_.nodes.size(), kNone);
    std::vector<NodeIndex> layer{from}, next;
    for (uint32_t length = 1; length <= most && !layer.empty() && via[to_] == kNone; ++length) {
      next.clear();
      for (const NodeIndex node : layer)
        for (const EdgeIndex e : topology_.edges_of(node, filter_)) {
          const NodeIndex other = end_of(e, node);
          if (other == from || banned[other] || (length == 1 && not_next.count(other))) continue;
          if (via[other] == kNone) {
            via[other] = e;
            next.push_back(other);
          } else if (end_of(via[other], other) == node && better(e, via[other])) {
            via[other] = e;  // parallel to the one that was there
          }
        }
      layer.swap(next);
    }
    Path path;
    if (via[to_] == kNone) return path;
    for (NodeIndex node = to_; node != from; node = end_of(path.back(), node))
      path.push_back(via[node]);
    std::reverse(path.begin(), path.end());
    return path;
  }

  NodeIndex end_of(EdgeIndex e, NodeIndex node) const {
    const Edge& edge = graph_.edges[e];
    return edge.source == node ? edge.target : edge.source;
  }

 private:
  static constexpr EdgeIndex kNone = 0xffffffffu;

  bool better(EdgeIndex a, EdgeIndex b) const {
    return graph_.edges[a].weight > graph_.edges[b].weight;
  }

  const Graph& graph_;
  const Topology& topology_;
  NodeIndex to_;
  const Filter& filter_;
};

}  // namespace

std::vector<Path> shortest_paths(const Graph& graph, const Topology& topology, NodeIndex from,
                                 NodeIndex to, uint32_t count, uint32_t max_length,
                                 const Filter& filter) {
  std::vector<Path> found;
  if (from == to || count == 0) return found;
  Search search(graph, topology, to, filter);
  using Ranked = std::tuple<size_t, int64_t, Path>;  // length, weight below 0, edges
  const auto ranked = [&](Path path) {
    int64_t weight = 0;
    for (const EdgeIndex e : path) weight -= graph.edges[e].weight;
    const size_t length = path.size();
    return Ranked{length, weight, std::move(path)};
  };
  std::set<Ranked> candidates;
  std::vector<bool> banned(graph.nodes.size());
  if (Path first = search.find(from, max_length, banned, {}); !first.empty())
    candidates.insert(ranked(std::move(first)));
  while (found.size() < count && !candidates.empty()) {
    const Path last = std::get<Path>(*candidates.begin());
    candidates.erase(candidates.begin());
    found.push_back(last);
    if (found.size() == count) break;
    NodeIndex node = from;
    std::vector<NodeIndex> left{};
    for (size_t i = 0; i < last.size(); ++i) {
      std::set<NodeIndex> not_next;
      for (const Path& path : found) {
        if (path.size() <= i ||
            !std::equal(path.begin(), path.begin() + static_cast<long>(i), last.begin()))
          continue;
        not_next.insert(search.end_of(path[i], node));
      }
      Path rest = search.find(node, max_length - static_cast<uint32_t>(i), banned, not_next);
      if (!rest.empty()) {
        Path whole(last.begin(), last.begin() + static_cast<long>(i));
        whole.insert(whole.end(), rest.begin(), rest.end());
        candidates.insert(ranked(std::move(whole)));
      }
      banned[node] = true;
      left.push_back(node);
      node = search.end_of(last[i], node);
    }
    for (const NodeIndex n : left) banned[n] = false;
  }
  return found;
}

}  // namespace weft::graph
