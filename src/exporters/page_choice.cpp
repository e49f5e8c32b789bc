// More than a browser can draw, or an eye take in, is left out of the page: the least connected
// first, so that what remains hangs together. The layout is made of what remains, too: positions
// of nodes that nobody sees would cost most of the time. O(n log n + m) and the cost of the layout.
#include "exporters/page_choice.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace weft::exporters {

namespace {

constexpr double kSpread = 1.1;  // width over height of the picture between the page's panels

}  // namespace

PageChoice choose_for_page(const graph::Graph& g, const Options& options) {
  std::vector<uint32_t> degree(g.nodes.size());
  for (const graph::Edge& e : g.edges) {
    ++degree[e.source];
    ++degree[e.target];
  }
  PageChoice kept;
  kept.nodes.resize(g.nodes.size());
  std::iota(kept.nodes.begin(), kept.nodes.end(), 0u);
  if (kept.nodes.size() > options.max_nodes) {
    std::stable_sort(kept.nodes.begin(), kept.nodes.end(), [&](uint32_t a, uint32_t b) {
      return std::pair(degree[a], g.nodes[a].mentions) > std::pair(degree[b], g.nodes[b].mentions);
    });
    kept.nodes.resize(options.max_nodes);
    std::sort(kept.nodes.begin(), kept.nodes.end());
  }
  std::vector<bool> inside(g.nodes.size());
  for (const graph::NodeIndex n : kept.nodes) inside[n] = true;
  for (graph::EdgeIndex e = 0; e < g.edges.size(); ++e)
    if (inside[g.edges[e].source] && inside[g.edges[e].target]) kept.edges.push_back(e);
  if (kept.edges.size() > options.max_edges) {
    std::stable_sort(kept.edges.begin(), kept.edges.end(), [&](uint32_t a, uint32_t b) {
      const graph::Edge &x = g.edges[a], &y = g.edges[b];
      return std::pair(x.weight, x.summary.confidence) > std::pair(y.weight, y.summary.confidence);
    });
    kept.edges.resize(options.max_edges);
    std::sort(kept.edges.begin(), kept.edges.end());
  }
  return kept;
}

graph::Looks page_looks(const graph::Graph& g, const schema::Ontology& ontology,
                        const Options& options) {
  graph::LookOptions shape;
  shape.spread = kSpread;
  const PageChoice kept = choose_for_page(g, options);
  if (kept.nodes.size() == g.nodes.size() && kept.edges.size() == g.edges.size())
    return graph::compute_looks(g, ontology, shape);
  graph::Graph part;
  std::vector<graph::NodeIndex> number(g.nodes.size(), graph::kNoNode);
  for (const graph::NodeIndex n : kept.nodes) {
    number[n] = static_cast<graph::NodeIndex>(part.nodes.size());
    part.nodes.push_back(g.nodes[n]);
  }
  for (const graph::EdgeIndex e : kept.edges) {
    part.edges.push_back(g.edges[e]);
    part.edges.back().source = number[g.edges[e].source];
    part.edges.back().target = number[g.edges[e].target];
  }
  const graph::Looks found = graph::compute_looks(part, ontology, shape);
  graph::Looks looks;
  looks.nodes.resize(g.nodes.size());
  for (const graph::NodeIndex n : kept.nodes) looks.nodes[n] = found.nodes[number[n]];
  return looks;
}

}  // namespace weft::exporters
