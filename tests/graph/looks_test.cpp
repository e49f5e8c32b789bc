#include "graph/looks.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <cmath>
#include <random>

#include "graph/arrange.h"
#include "graph/communities.h"
#include "graph/measures.h"
#include "record_builder.h"

using namespace weft;
using testing::shipped_ontology;

namespace {

using Ends = std::vector<std::pair<uint32_t, uint32_t>>;

graph::Graph make(uint32_t nodes, const Ends& ends, const char* relation = "influences") {
  graph::Graph g;
  for (uint32_t i = 0; i < nodes; ++i) {
    graph::Node n;
    n.id = "n" + std::to_string(i);
    n.label = "Name of number " + std::to_string(i);
    n.type = shipped_ontology().core().place;
    g.nodes.push_back(n);
  }
  for (auto [a, b] : ends) {
    graph::Edge e;
    e.source = a;
    e.target = b;
    e.weight = 1 + (a + b) % 3;
    e.relation = shipped_ontology().relation(relation);
    g.edges.push_back(e);
  }
  return g;
}

/// Groups of `size` with many edges inside and few between.
Ends clustered(uint32_t groups, uint32_t size, unsigned inside, unsigned between) {
  std::mt19937 random(5);
  Ends out;
  for (uint32_t g = 0; g < groups; ++g) {
    for (uint32_t i = 1; i < size; ++i) out.emplace_back(g * size + i, g * size + random() % i);
    for (unsigned i = 0; i < inside; ++i)
      out.emplace_back(g * size + random() % size, g * size + random() % size);
    for (unsigned i = 0; i < between; ++i)
      out.emplace_back(g * size + random() % size, random() % (groups * size));
  }
  return out;
}

double distance(const graph::NodeLook& a, const graph::NodeLook& b) {
  return std::hypot(double{a.x} - b.x, double{a.y} - b.y);
}

bool same(const graph::Looks& a, const graph::Looks& b) {
  return std::equal(a.nodes.begin(), a.nodes.end(), b.nodes.begin(), b.nodes.end(),
                    [](const graph::NodeLook& x, const graph::NodeLook& y) {
                      return x.x == y.x && x.y == y.y && x.size == y.size &&
                             x.community == y.community && x.degree == y.degree &&
                             x.pagerank == y.pagerank && x.betweenness == y.betweenness;
                    });
}

graph::Looks looks_of(const graph::Graph& g, unsigned threads = 1, uint32_t seed = 1) {
  graph::LookOptions options;
  options.threads = threads;
  options.seed = seed;
  return graph::compute_looks(g, shipped_ontology(), options);
}

void check_sane(const graph::Looks& looks) {
  for (const graph::NodeLook& l : looks.nodes) {
    CHECK(std::isfinite(l.x));
    CHECK(std::isfinite(l.y));
    CHECK(l.size > 0);
    CHECK(std::isfinite(l.pagerank));
    CHECK((l.betweenness >= 0 && l.betweenness <= 1));
  }
}

}  // namespace

TEST_CASE("graphs of every awkward shape have places, and dots lie apart") {
  struct Row {
    const char* name;
    uint32_t nodes;
    Ends ends;
  };
  Ends star, chain, all;
  for (uint32_t i = 1; i < 120; ++i) star.emplace_back(0, i);
  for (uint32_t i = 1; i < 120; ++i) chain.emplace_back(i - 1, i);
  for (uint32_t i = 0; i < 20; ++i)
    for (uint32_t j = 0; j < 20; ++j) all.emplace_back(i, j);
  const Row rows[] = {{"empty", 0, {}},
                      {"one node", 1, {}},
                      {"a loop", 1, {{0, 0}}},
                      {"a pair", 2, {{0, 1}, {1, 0}, {0, 1}}},
                      {"nothing tied", 40, {}},
                      {"a star", 120, star},
                      {"a chain", 120, chain},
                      {"all with all and themselves", 20, all},
                      {"many pairs", 60, {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}, {20, 21}}},
                      {"clusters", 300, clustered(6, 50, 100, 4)}};
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto g = make(row.nodes, row.ends);
    const graph::Looks looks = looks_of(g);
    REQUIRE(looks.nodes.size() == row.nodes);
    check_sane(looks);
    unsigned over = 0;
    for (uint32_t a = 0; a < row.nodes; ++a)
      for (uint32_t b = a + 1; b < row.nodes; ++b)
        over += distance(looks.nodes[a], looks.nodes[b]) <
                looks.nodes[a].size + looks.nodes[b].size - 0.1;
    CHECK(over == 0);
    double left = 0, right = 0;
    for (const auto& l : looks.nodes) {
      left = std::min(left, double{l.x});
      right = std::max(right, double{l.x});
    }
    CHECK(std::abs(left + right) < 0.2 * (right - left) + 200);
  }
}

TEST_CASE("names of the largest nodes don't cover each other") {
  const auto g = make(200, clustered(4, 50, 60, 3));
  const graph::Looks looks = looks_of(g);
  unsigned over = 0;
  for (uint32_t a = 0; a < 200; ++a)
    for (uint32_t b = a + 1; b < 200; ++b) {
      const auto& la = looks.nodes[a];
      const auto& lb = looks.nodes[b];
      const double wide =
          (graph::label_width(la, g.nodes[a].label) + graph::label_width(lb, g.nodes[b].label)) / 2;
      const double high =
          graph::kLabelBox * (graph::label_height(la) + graph::label_height(lb)) / 2;
      over += std::abs(la.x - lb.x) < wide - 0.1 && std::abs(la.y - lb.y) < high - 0.1;
    }
  CHECK(over == 0);
}

TEST_CASE("the same looks with any number of threads, others with another seed") {
  // Above the size from which a component is laid out by all threads.
  auto ends = clustered(12, 120, 200, 6);
  ends.emplace_back(1450, 1451);
  const auto g = make(1500, ends);
  const graph::Looks one = looks_of(g, 1);
  check_sane(one);
  for (unsigned threads : {2u, 3u, 7u}) CHECK(same(one, looks_of(g, threads)));
  const graph::Looks other = looks_of(g, 2, 99);
  CHECK_FALSE(same(one, other));
}

TEST_CASE("neighbours are nearer than strangers, and the whole is spread out") {
  const auto g = make(400, clustered(8, 50, 80, 3));
  const graph::Looks looks = looks_of(g);
  double tied = 0, all = 0;
  for (const auto& e : g.edges) tied += distance(looks.nodes[e.source], looks.nodes[e.target]);
  std::mt19937 random(3);
  for (size_t i = 0; i < g.edges.size(); ++i)
    all += distance(looks.nodes[random() % 400], looks.nodes[random() % 400]);
  CHECK(tied < 0.5 * all);
  // No heap in the middle: each quarter of the picture's middle half holds something.
  double mean = 0;
  for (const auto& l : looks.nodes) mean += std::hypot(l.x, l.y) / 400;
  unsigned quarters[4] = {};
  for (const auto& l : looks.nodes)
    if (std::hypot(l.x, l.y) < 2 * mean) ++quarters[(l.x > 0) + 2 * (l.y > 0)];
  for (unsigned q : quarters) CHECK(q > 20);
}

TEST_CASE("communities are the groups one can see, connected, and numbered by size") {
  // Groups of 60, 50, 40 and a pair.
  Ends ends;
  std::mt19937 random(11);
  const auto group = [&](uint32_t first, uint32_t size) {
    for (uint32_t i = 1; i < size; ++i) ends.emplace_back(first + i, first + random() % i);
    for (uint32_t i = 0; i < 3 * size; ++i)
      ends.emplace_back(first + random() % size, first + random() % size);
  };
  group(0, 40);
  group(40, 60);
  group(100, 50);
  ends.emplace_back(3, 44);
  ends.emplace_back(50, 110);
  ends.emplace_back(150, 151);
  const auto g = make(153, ends);
  const graph::Ties ties = graph::ties_of(g);
  const auto c = graph::communities(ties);
  for (uint32_t n = 40; n < 100; ++n) CHECK(c[n] == 0);
  for (uint32_t n = 100; n < 150; ++n) CHECK(c[n] == 1);
  for (uint32_t n = 0; n < 40; ++n) CHECK(c[n] == 2);
  CHECK(c[150] == 3);
  CHECK(c[151] == 3);
  CHECK(c[152] == 4);
  CHECK(graph::modularity(ties, c) > 0.6);
  CHECK(graph::communities(graph::Ties{}).empty());

  // Zachary-like chance graph: never worse than everybody alone or together, and each one
  // connected.
  const graph::Ties chance = graph::ties_of(make(300, clustered(10, 30, 20, 20)));
  const auto found = graph::communities(chance);
  CHECK(graph::modularity(chance, found) > 0.2);
  const uint32_t count = *std::max_element(found.begin(), found.end()) + 1;
  for (uint32_t k = 0; k < count; ++k) {
    const auto first =
        static_cast<uint32_t>(std::find(found.begin(), found.end(), k) - found.begin());
    std::vector<uint32_t> reached{first};
    for (size_t i = 0; i < reached.size(); ++i)
      for (const auto& t : chance.of(reached[i]))
        if (found[t.other] == k &&
            std::find(reached.begin(), reached.end(), t.other) == reached.end())
          reached.push_back(t.other);
    CHECK(static_cast<long>(reached.size()) == std::count(found.begin(), found.end(), k));
  }
}

namespace {

void check_betweenness(uint32_t nodes, const Ends& ends) {
  CAPTURE(nodes);
  const graph::Ties ties = graph::ties_of(make(nodes, ends));
  boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS> reference(nodes);
  for (uint32_t n = 0; n < nodes; ++n)
    for (const auto& t : ties.of(n))
      if (t.other > n) boost::add_edge(n, t.other, reference);
  std::vector<double> expected(nodes);
  boost::brandes_betweenness_centrality(
      reference, boost::make_iterator_property_map(expected.begin(),
                                                   boost::get(boost::vertex_index, reference)));
  const auto found = graph::betweenness(ties, 2);
  CHECK(found.exact);
  for (uint32_t n = 0; n < nodes; ++n)
    CHECK(found.of[n] == doctest::Approx(expected[n] / ((nodes - 1) * (nodes - 2) / 2.0)));
}

}  // namespace

TEST_CASE("betweenness is Boost's, and a sample comes near it") {
  check_betweenness(250, clustered(5, 50, 60, 3));
  // Trees: a path, a star, a caterpillar, all of them beside each other; rings with trees on them.
  check_betweenness(5, {{0, 1}, {1, 2}, {2, 3}, {3, 4}});
  check_betweenness(5, {{0, 1}, {0, 2}, {0, 3}, {0, 4}});
  Ends ends;
  for (uint32_t n = 1; n < 60; ++n) ends.emplace_back(n, n < 40 ? (n - 1) / 3 : n - 1);
  check_betweenness(70, ends);
  for (uint32_t n = 0; n < 12; ++n) ends.emplace_back(3 * n, 3 * ((n + 1) % 12));
  check_betweenness(70, ends);
  for (uint32_t n = 60; n < 69; ++n) ends.emplace_back(n, n + 1);
  ends.emplace_back(69, 62);
  check_betweenness(70, ends);
  CHECK(graph::betweenness(graph::ties_of(make(2, {{0, 1}}))).of == std::vector<double>{0, 0});

  // Too large for all sources: two rings of which each node stands beside the next but one, too,
  // and the one node that joins them, through which go all paths between the rings.
  ends.clear();
  const uint32_t ring = 5000;
  for (uint32_t side = 0; side < 2; ++side)
    for (uint32_t i = 0; i < ring; ++i)
      for (uint32_t step = 1; step < 3; ++step)
        ends.emplace_back(side * ring + i, side * ring + (i + step) % ring);
  for (const uint32_t n : {0u, ring}) ends.emplace_back(n, 2 * ring);
  const graph::Ties rings = graph::ties_of(make(2 * ring + 1, ends));
  const auto sampled = graph::betweenness(rings, 2);
  CHECK_FALSE(sampled.exact);
  CHECK(sampled.of == graph::betweenness(rings, 1).of);
  CHECK(sampled.of[2 * ring] == doctest::Approx(0.5).epsilon(0.05));
}

TEST_CASE("PageRank sums to 1, follows edges, and goes both ways along symmetric relations") {
  const auto check_sum = [](const std::vector<double>& rank) {
    double sum = 0;
    for (double r : rank) sum += r;
    CHECK(sum == doctest::Approx(1));
  };
  // Computed by hand: 0 and 1 point to 2, which points nowhere.
  auto rank = graph::pagerank(make(3, {{0, 2}, {1, 2}}), shipped_ontology());
  check_sum(rank);
  CHECK(rank[0] == doctest::Approx(rank[1]));
  CHECK(rank[2] == doctest::Approx(2.7 * rank[0]));
  rank = graph::pagerank(make(2, {{0, 1}}, "met_with"), shipped_ontology());
  CHECK(rank[0] == doctest::Approx(0.5));
  check_sum(graph::pagerank(make(400, clustered(8, 50, 80, 3)), shipped_ontology()));
  CHECK(graph::pagerank({}, shipped_ontology()).empty());
}

TEST_CASE("labels are measured and shortened without breaking a character") {
  CHECK(graph::text_width("") == 0);
  CHECK(graph::text_width("ill") < graph::text_width("WWW"));
  CHECK(graph::text_width("\xE9\x87\x8D\xE5\xBA\x86") > 2);         // two squares
  CHECK(graph::text_width("e\xCC\x81") == graph::text_width("e"));  // a combining accent
  CHECK(graph::text_width("\xFF\xC3") > 0);                         // no UTF-8
  CHECK(graph::short_label("short") == "short");
  CHECK(graph::short_label("one two three four", 12) == "one two \xE2\x80\xA6");
  CHECK(graph::short_label("\xE9\x87\x8D\xE5\xBA\x86\xE9\x87\x8D\xE5\xBA\x86\xE9\x87\x8D", 4) ==
        "\xE9\x87\x8D\xE5\xBA\x86 \xE2\x80\xA6");
  CHECK(graph::short_label(std::string(50, '\xff'), 10).size() < 15);
}

TEST_CASE("packed components don't cover each other") {
  std::vector<graph::Part> parts(60);
  std::mt19937 random(2);
  for (size_t p = 0; p < parts.size(); ++p) {
    const size_t nodes = p == 0 ? 40 : 1 + random() % 4;
    for (size_t i = 0; i < nodes; ++i) {
      parts[p].at.push_back(
          {static_cast<double>(random() % 300), static_cast<double>(random() % 200)});
      parts[p].covers.push_back({4, i == 0 ? 60.0 : 0.0, i == 0 ? 12.0 : 0.0});
    }
  }
  graph::pack(parts, 1.6);
  for (size_t a = 0; a < parts.size(); ++a)
    for (size_t b = a + 1; b < parts.size(); ++b)
      for (size_t i = 0; i < parts[a].at.size(); ++i)
        for (size_t j = 0; j < parts[b].at.size(); ++j) {
          const auto& p = parts[a].at[i];
          const auto& q = parts[b].at[j];
          CHECK((std::abs(p.x - q.x) > 8 || std::abs(p.y - q.y) > 8));
        }
}
