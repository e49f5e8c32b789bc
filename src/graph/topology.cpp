// Boost.Graph's compressed sparse rows, in both directions, hold the adjacency: two arrays, no
// allocation a node. Searches are breadth-first (O(nodes + edges) at most) with an own loop,
// because Boost's visitors know no depth limit and no filter on the edge. Edges are visited by
// index, so of several shortest paths always the same one is found.
#include "graph/topology.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>

namespace weft::graph {

namespace {

struct EdgeNumber {
  EdgeIndex index = 0;
};

using Csr = boost::compressed_sparse_row_graph<boost::bidirectionalS, boost::no_property,
                                               EdgeNumber, boost::no_property, uint32_t, uint32_t>;

template <class List, class Value>
bool allows(const List& list, Value value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

constexpr EdgeIndex kUnreached = 0xffffffffu;

}  // namespace

struct Topology::Index {
  Csr rows;
};

Topology::Topology(const Graph& graph) : graph_(graph), index_(std::make_unique<Index>()) {
  std::vector<std::pair<uint32_t, uint32_t>> ends;
  std::vector<EdgeNumber> numbers;
  ends.reserve(graph.edges.size());
  numbers.reserve(graph.edges.size());
  for (const Edge& e : graph.edges) {
    ends.emplace_back(e.source, e.target);
    numbers.push_back({static_cast<EdgeIndex>(numbers.size())});
  }
  index_->rows = Csr(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(),
                     numbers.begin(), static_cast<uint32_t>(graph.nodes.size()));
}

Topology::~Topology() = default;
Topology::Topology(Topology&&) noexcept = default;

uint32_t Topology::degree(NodeIndex node, Direction direction) const {
  const Csr& rows = index_->rows;
  uint32_t n = 0;
  if (direction != Direction::incoming) n += static_cast<uint32_t>(boost::out_degree(node, rows));
  if (direction != Direction::outgoing) n += static_cast<uint32_t>(boost::in_degree(node, rows));
  return n;
}

std::vector<EdgeIndex> Topology::edges_of(NodeIndex node, const Filter& filter) const {
  const Csr& rows = index_->rows;
  std::vector<EdgeIndex> out;
  const auto take = [&](EdgeIndex index, NodeIndex other) {
    const Edge& e = graph_.edges[index];
    if (allows(filter.relations, e.relation) && allows(filter.modalities, e.summary.modality) &&
        allows(filter.types, graph_.nodes[other].type))
      out.push_back(index);
  };
  if (filter.direction != Direction::incoming)
    for (auto [it, end] = boost::out_edges(node, rows); it != end; ++it)
      take(rows[*it].index, boost::target(*it, rows));
  if (filter.direction != Direction::outgoing)
    for (auto [it, end] = boost::in_edges(node, rows); it != end; ++it)
      take(rows[*it].index, boost::source(*it, rows));
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<Reached> Topology::neighborhood(NodeIndex start, uint32_t depth,
                                            const Filter& filter) const {
  std::vector<Reached> reached{{start, 0, kUnreached}};
  std::vector<bool> seen(graph_.nodes.size());
  seen[start] = true;
  for (size_t i = 0; i < reached.size() && reached[i].distance < depth; ++i) {
    const Reached from = reached[i];
    for (EdgeIndex e : edges_of(from.node, filter)) {
      const Edge& edge = graph_.edges[e];
      const NodeIndex other = edge.source == from.node ? edge.target : edge.source;
      if (seen[other]) continue;
      seen[other] = true;
      reached.push_back({other, from.distance + 1, e});
    }
  }
  reached.erase(reached.begin());
  return reached;
}

std::optional<std::vector<EdgeIndex>> Topology::shortest_path(NodeIndex from, NodeIndex to,
                                                              uint32_t max_length,
                                                              const Filter& filter) const {
  if (from == to) return std::vector<EdgeIndex>{};
  std::vector<EdgeIndex> via(graph_.nodes.size(), kUnreached);
  std::vector<NodeIndex> layer{from}, next;
  // The start counts as seen; its own entry is never read.
  via[from] = 0;
  for (uint32_t length = 1; length <= max_length && !layer.empty() && via[to] == kUnreached;
       ++length) {
    next.clear();
    for (NodeIndex node : layer)
      for (EdgeIndex e : edges_of(node, filter)) {
        const Edge& edge = graph_.edges[e];
        const NodeIndex other = edge.source == node ? edge.target : edge.source;
        if (via[other] != kUnreached) continue;
        via[other] = e;
        next.push_back(other);
      }
    layer.swap(next);
  }
  if (via[to] == kUnreached) return std::nullopt;
  std::vector<EdgeIndex> path;
  for (NodeIndex node = to; node != from;) {
    const Edge& edge = graph_.edges[via[node]];
    path.push_back(via[node]);
    node = edge.source == node ? edge.target : edge.source;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::vector<uint32_t> Topology::components() const {
  const Csr& rows = index_->rows;
  std::vector<uint32_t> component(graph_.nodes.size(), kUnreached);
  std::vector<NodeIndex> open;
  uint32_t count = 0;
  const auto reach = [&](NodeIndex node) {
    if (component[node] != kUnreached) return;
    component[node] = count;
    open.push_back(node);
  };
  for (NodeIndex first = 0; first < component.size(); ++first) {
    if (component[first] != kUnreached) continue;
    reach(first);
    while (!open.empty()) {
      const NodeIndex node = open.back();
      open.pop_back();
      for (auto [it, end] = boost::out_edges(node, rows); it != end; ++it)
        reach(boost::target(*it, rows));
      for (auto [it, end] = boost::in_edges(node, rows); it != end; ++it)
        reach(boost::source(*it, rows));
    }
    ++count;
  }
  return component;
}

}  // namespace weft::graph
