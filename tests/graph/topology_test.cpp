#include "graph/topology.h"

#include <doctest/doctest.h>

#include <random>

#include "record_builder.h"

using namespace weft;
using graph::Direction;
using graph::Filter;
using graph::Topology;

namespace {

graph::Graph make(uint32_t nodes, const std::vector<std::pair<uint32_t, uint32_t>>& edges) {
  graph::Graph g;
  const auto& o = testing::shipped_ontology();
  for (uint32_t i = 0; i < nodes; ++i) {
    graph::Node n;
    n.id = "n" + std::to_string(i);
    n.type = i % 2 ? o.core().place : o.core().person;
    g.nodes.push_back(n);
  }
  for (auto [a, b] : edges) {
    graph::Edge e;
    e.source = a;
    e.target = b;
    e.relation = o.relation(a < b ? "influences" : "visited");
    g.edges.push_back(e);
  }
  return g;
}

}  // namespace

TEST_CASE("degrees, neighbourhoods and paths of a small graph") {
  //  0 -> 1 -> 2 -> 3,  4 -> 2,  5 alone, and a second edge 1 -> 0
  const auto g = make(6, {{0, 1}, {1, 2}, {2, 3}, {4, 2}, {1, 0}});
  const Topology t(g);
  CHECK(t.degree(2) == 3);
  CHECK(t.degree(2, Direction::outgoing) == 1);
  CHECK(t.degree(2, Direction::incoming) == 2);
  CHECK(t.degree(5) == 0);

  const auto near = t.neighborhood(0, 2);
  REQUIRE(near.size() == 2);
  CHECK(near[0].node == 1);
  CHECK(near[1].node == 2);
  CHECK(near[1].distance == 2);
  CHECK(near[1].via == 1);
  CHECK(t.neighborhood(0, 0).empty());
  CHECK(t.neighborhood(5, 9).empty());
  CHECK(t.neighborhood(0, 99).size() == 4);
  Filter places;
  places.types = {testing::shipped_ontology().core().place};
  CHECK(t.neighborhood(0, 99, places).size() == 1);
  Filter visits;
  visits.relations = {testing::shipped_ontology().relation("visited")};
  CHECK(t.neighborhood(0, 99, visits).size() == 1);
  Filter planned;
  planned.modalities = {doc::Modality::planned};
  CHECK(t.neighborhood(0, 99, planned).empty());

  using Path = std::vector<graph::EdgeIndex>;
  CHECK(t.shortest_path(0, 4, 9) == Path{0, 1, 3});
  Filter forward;
  forward.direction = Direction::outgoing;
  CHECK_FALSE(t.shortest_path(0, 4, 9, forward));
  CHECK(t.shortest_path(0, 3, 9, forward) == Path{0, 1, 2});
  CHECK_FALSE(t.shortest_path(0, 3, 2));
  CHECK(t.shortest_path(0, 0, 0) == Path{});
  CHECK_FALSE(t.shortest_path(0, 5, 99));

  CHECK(t.components() == std::vector<uint32_t>{0, 0, 0, 0, 0, 1});
}

TEST_CASE("an empty graph has no components") {
  const graph::Graph g;
  CHECK(Topology(g).components().empty());
}

TEST_CASE("paths are shortest: compared with Floyd and Warshall on random graphs") {
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    const uint32_t n = 12;
    std::vector<std::pair<uint32_t, uint32_t>> edges;
    for (int i = 0; i < 15; ++i) {
      const auto a = static_cast<uint32_t>(random() % n), b = static_cast<uint32_t>(random() % n);
      if (a != b) edges.emplace_back(a, b);
    }
    const auto g = make(n, edges);
    const Topology t(g);
    std::vector<std::vector<uint32_t>> d(n, std::vector<uint32_t>(n, 99));
    for (uint32_t i = 0; i < n; ++i) d[i][i] = 0;
    for (auto [a, b] : edges) d[a][b] = d[b][a] = 1;
    for (uint32_t k = 0; k < n; ++k)
      for (uint32_t i = 0; i < n; ++i)
        for (uint32_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    const auto component = t.components();
    for (uint32_t i = 0; i < n; ++i) {
      for (const auto& r : t.neighborhood(i, 99)) CHECK(r.distance == d[i][r.node]);
      for (uint32_t j = 0; j < n; ++j) {
        const auto path = t.shortest_path(i, j, 99);
        CHECK(path.has_value() == (d[i][j] < 99));
        CHECK((component[i] == component[j]) == (d[i][j] < 99));
        if (path) CHECK(path->size() == d[i][j]);
      }
    }
  }
}
