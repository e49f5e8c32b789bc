// Composes what the other files of graph/ do: ties, communities, measures, then each component laid
// out by itself, scaled, parted and packed. Large components use all threads one after the other,
// small ones are laid out a component a thread. Places are rounded to hundredths, which is finer
// than anybody sees and keeps files short.
#include "graph/looks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "graph/arrange.h"
#include "graph/communities.h"
#include "graph/force_layout.h"
#include "graph/measures.h"
#include "graph/parallel.h"
#include "graph/ties.h"

namespace weft::graph {

namespace {

constexpr size_t kLargeComponent = 1000;  // nodes; laid out with all threads
constexpr size_t kMostLabels = 250;
constexpr double kDot = 4;  // radius of a node without edges

float rounded(double value) { return static_cast<float>(std::round(value * 100) / 100); }

void measure(Looks& looks, const Graph& graph, const schema::Ontology& ontology, const Ties& ties,
             const LookOptions& options) {
  const std::vector<uint32_t> community = communities(ties);
  const std::vector<uint32_t> degree = degrees(graph);
  const std::vector<double> rank = pagerank(graph, ontology);
  const std::vector<double> between = betweenness(ties, options.threads, options.seed).of;
  for (size_t n = 0; n < looks.nodes.size(); ++n) {
    NodeLook& look = looks.nodes[n];
    look.community = community[n];
    look.degree = degree[n];
    look.pagerank = rank[n];
    look.betweenness = between[n];
    // The area of a dot grows with the degree.
    look.size = static_cast<float>(
        std::round(10 * kDot * (1 + std::sqrt(static_cast<double>(degree[n])))) / 10);
  }
}

std::vector<Cover> covers_of(const Graph& graph, const Looks& looks) {
  std::vector<Cover> covers(looks.nodes.size());
  for (size_t n = 0; n < covers.size(); ++n) covers[n].radius = looks.nodes[n].size;
  const std::vector<NodeIndex> order = by_size(looks);
  for (size_t i = 0; i < labelled_nodes(order.size()); ++i) {
    const NodeIndex n = order[i];
    const NodeLook& look = looks.nodes[n];
    covers[n].label_width = label_width(look, short_label(graph.nodes[n].label));
    covers[n].label_height = kLabelBox * label_height(look);
  }
  return covers;
}

void lay_out(Part& part, unsigned threads, const LookOptions& options) {
  ForceOptions force;
  force.threads = threads;
  force.seed = options.seed;
  force.iterations = options.iterations;
  force.linlog = options.linlog;
  // Where all names are drawn, those of few ties need room too.
  force.mass = part.covers.size() <= kMostLabels ? 4 : 1;
  force.gravity = std::max(0.0, options.gravity);
  part.at = force_layout(*part.ties, force);
  fit_scale(part.at, part.covers, options.spread);
  separate(part.at, part.covers);
}

}  // namespace

Looks compute_looks(const Graph& graph, const schema::Ontology& ontology,
                    const LookOptions& options) {
  Looks looks;
  looks.nodes.resize(graph.nodes.size());
  if (graph.nodes.empty()) return looks;
  const Ties ties = ties_of(graph);
  measure(looks, graph, ontology, ties, options);

  const std::vector<Cover> covers = covers_of(graph, looks);
  const auto components = components_of(ties);
  std::vector<uint32_t> place(ties.size());
  for (const auto& component : components)
    for (uint32_t i = 0; i < component.size(); ++i) place[component[i]] = i;
  std::vector<Ties> inner(components.size());
  std::vector<Part> parts(components.size());
  size_t large = 0;
  for (size_t c = 0; c < components.size(); ++c) {
    inner[c] = ties_within(ties, components[c], place);
    parts[c].ties = &inner[c];
    for (const uint32_t n : components[c]) parts[c].covers.push_back(covers[n]);
    if (components[c].size() >= kLargeComponent) large = c + 1;
  }
  for (size_t c = 0; c < large; ++c) lay_out(parts[c], options.threads, options);
  in_parallel(
      components.size() - large, options.threads,
      [&](size_t begin, size_t end) {
        for (size_t c = begin; c < end; ++c) lay_out(parts[large + c], 1, options);
      },
      8);
  pack(parts, options.spread);
  for (size_t c = 0; c < components.size(); ++c)
    for (size_t i = 0; i < components[c].size(); ++i) {
      looks.nodes[components[c][i]].x = rounded(parts[c].at[i].x);
      looks.nodes[components[c][i]].y = rounded(parts[c].at[i].y);
    }
  return looks;
}

size_t labelled_nodes(size_t nodes) { return std::min(nodes, kMostLabels); }

std::vector<NodeIndex> by_size(const Looks& looks) {
  std::vector<NodeIndex> order(looks.nodes.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(), [&](NodeIndex a, NodeIndex b) {
    return looks.nodes[a].size > looks.nodes[b].size;
  });
  return order;
}

}  // namespace weft::graph
