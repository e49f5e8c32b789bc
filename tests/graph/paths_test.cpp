#include "graph/paths.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

#include "record_builder.h"

using namespace weft;
using graph::shortest_paths;

namespace {

graph::Graph make(uint32_t nodes, const std::vector<std::pair<uint32_t, uint32_t>>& ends) {
  graph::Graph g;
  g.nodes.resize(nodes);
  for (auto [a, b] : ends) {
    graph::Edge e;
    e.source = a;
    e.target = b;
    e.weight = 1;
    e.relation = testing::shipped_ontology().relation("influences");
    g.edges.push_back(e);
  }
  return g;
}

std::vector<graph::NodeIndex> nodes_of(const graph::Graph& g, const graph::Path& path,
                                       graph::NodeIndex from) {
  std::vector<graph::NodeIndex> out{from};
  for (const graph::EdgeIndex e : path) {
    const bool forwards = g.edges[e].source == out.back();
    REQUIRE((forwards || g.edges[e].target == out.back()));
    out.push_back(forwards ? g.edges[e].target : g.edges[e].source);
  }
  return out;
}

/// All simple paths by trying everything.
void walk(const graph::Graph& g, std::vector<graph::NodeIndex>& at, graph::NodeIndex to,
          size_t most, std::set<std::vector<graph::NodeIndex>>& out) {
  if (at.back() == to) {
    out.insert(at);
    return;
  }
  if (at.size() > most) return;
  for (const graph::Edge& e : g.edges)
    for (const auto next : {e.source, e.target})
      if ((e.source == at.back() || e.target == at.back()) &&
          std::find(at.begin(), at.end(), next) == at.end()) {
        at.push_back(next);
        walk(g, at, to, most, out);
        at.pop_back();
      }
}

}  // namespace

TEST_CASE("the k shortest paths are those that trying everything finds") {
  std::mt19937 random(8);
  for (int round = 0; round < 30; ++round) {
    CAPTURE(round);
    std::vector<std::pair<uint32_t, uint32_t>> ends;
    for (int i = 0; i < 14; ++i) ends.emplace_back(random() % 8, random() % 8);
    const auto g = make(8, ends);
    const graph::Topology t(g);
    const uint32_t longest = 2 + random() % 5;
    std::vector<graph::NodeIndex> start{0};
    std::set<std::vector<graph::NodeIndex>> all;
    walk(g, start, 7, longest, all);
    const auto found = shortest_paths(g, t, 0, 7, 1000, longest);
    std::set<std::vector<graph::NodeIndex>> seen;
    for (size_t i = 0; i < found.size(); ++i) {
      CHECK(found[i].size() <= longest);
      if (i > 0) CHECK(found[i - 1].size() <= found[i].size());
      seen.insert(nodes_of(g, found[i], 0));
    }
    CHECK(seen.size() == found.size());
    CHECK(seen == all);
    const auto two = shortest_paths(g, t, 0, 7, 2, longest);
    CHECK(two ==
          std::vector<graph::Path>(
              found.begin(), found.begin() + std::min<long>(2, static_cast<long>(found.size()))));
  }
}

TEST_CASE("parallel edges are one step by the best proven, and ends that are one have no path") {
  auto g = make(3, {{0, 1}, {1, 0}, {0, 1}, {1, 2}});
  g.edges[1].weight = 5;
  const graph::Topology t(g);
  const auto found = shortest_paths(g, t, 0, 2, 9, 9);
  REQUIRE(found.size() == 1);
  CHECK(found[0] == graph::Path{1, 3});
  CHECK(shortest_paths(g, t, 0, 0, 9, 9).empty());
  CHECK(shortest_paths(g, t, 0, 2, 9, 1).empty());
  CHECK(shortest_paths(g, t, 0, 2, 0, 9).empty());
  graph::Filter incoming;
  incoming.direction = graph::Direction::incoming;
  CHECK(shortest_paths(g, t, 0, 2, 9, 9, incoming).empty());
}
