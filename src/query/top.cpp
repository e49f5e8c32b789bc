// The most central entities by one of the measures of graph/measures.h, which are always those of
// the whole graph. Cost: that of the measure, then O(n log n).
#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/error.h"
#include "graph/measures.h"
#include "query/functions.h"
#include "query/vocabulary.h"

namespace weft::query {

namespace {

std::vector<double> measure(View view, const std::string& by, Table& table) {
  const graph::Graph& g = view.graph;
  if (by == "pagerank") return graph::pagerank(g, view.ontology);
  if (by == "betweenness") {
    graph::Betweenness between = graph::betweenness(graph::ties_of(g));
    if (!between.exact)
      table.notes.emplace_back(
          "The graph is so large that betweenness is estimated from a sample of shortest paths.");
    return std::move(between.of);
  }
  std::vector<double> out;
  const std::vector<uint32_t> degrees = graph::degrees(g);
  for (size_t n = 0; n < g.nodes.size(); ++n)
    out.push_back(by == "degree"     ? degrees[n]
                  : by == "mentions" ? g.nodes[n].mentions
                                     : g.nodes[n].documents);
  return out;
}

}  // namespace

const std::vector<std::string>& top_measures() {
  static const std::vector<std::string> names{"degree", "pagerank", "betweenness", "mentions",
                                              "documents"};
  return names;
}

Table top(View view, const TopOptions& options) {
  const auto& known = top_measures();
  if (std::find(known.begin(), known.end(), options.by) == known.end())
    throw core::SetupError("There is no measure \"" + options.by + "\"." +
                           did_you_mean(options.by, known) +
                           " There are degree, pagerank, betweenness, mentions and documents.");
  Table table;
  table.columns = {{"rank"}, {"entity"}, {"type"}, {options.by}, {"id"}};
  const std::vector<double> value = measure(view, options.by, table);
  std::vector<graph::NodeIndex> order;
  const schema::TypeId type =
      options.type.empty() ? schema::TypeId{} : type_of(view.ontology, options.type);
  for (graph::NodeIndex n = 0; n < view.graph.nodes.size(); ++n)
    if (options.type.empty() || view.graph.nodes[n].type == type) order.push_back(n);
  std::stable_sort(order.begin(), order.end(),
                   [&](graph::NodeIndex a, graph::NodeIndex b) { return value[a] > value[b]; });
  if (order.size() > options.limit) {
    table.notes.push_back("There are " + std::to_string(order.size() - options.limit) +
                          " more; --limit N lists more of them.");
    order.resize(options.limit);
  }
  const bool whole = options.by != "pagerank" && options.by != "betweenness";
  for (size_t i = 0; i < order.size(); ++i) {
    const graph::Node& n = view.graph.nodes[order[i]];
    // Six decimals: what lies behind them is rounding.
    const double v = value[order[i]];
    Cell cell = whole ? Cell(static_cast<int64_t>(v)) : Cell(std::round(v * 1e6) / 1e6);
    table.rows.push_back(
        {static_cast<int64_t>(i + 1), n.label, view.ontology[n.type].name, std::move(cell), n.id});
  }
  return table;
}

}  // namespace weft::query
