// Selection works on two masks, one over nodes and one over edges, which each condition narrows in
// turn: what was named, types, then facts, then the ego's neighbourhood (breadth first over the
// edges that are left), then the top nodes. At the end what is masked out is dropped and indices
// are renumbered.
#include "graph/select.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace weft::graph {

namespace {

template <class T>
bool among(const std::vector<T>& wanted, T value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

bool asks_for_facts(const Selection& s) {
  return !s.relations.empty() || !s.modalities.empty() || s.time || s.min_confidence > 0;
}

class Selector {
 public:
  Selector(Graph graph, const Selection& selection)
      : graph_(std::move(graph)),
        wanted_(selection),
        node_(graph_.nodes.size(), true),
        edge_(graph_.edges.size(), true) {}

  Graph run() && {
    for (NodeIndex n = 0; n < node_.size(); ++n)
      node_[n] = among(wanted_.types, graph_.nodes[n].type) || n == wanted_.ego;
    if (wanted_.only) keep_only(*wanted_.only);
    keep_edges_between_nodes();
    if (asks_for_facts(wanted_)) keep_facts();
    if (wanted_.ego != kNoNode) keep_neighborhood();
    if (wanted_.top > 0) keep_top();
    drop();
    return std::move(graph_);
  }

 private:
  template <class Fact>
  bool fits(const Fact& fact) const {
    if (!among(wanted_.relations, fact.relation) ||
        !among(wanted_.modalities, fact.summary.modality) ||
        !(fact.summary.confidence >= wanted_.min_confidence))
      return false;
    if (!wanted_.time) return true;
    const auto overlaps = [&](const std::string& iso) {
      const auto range = text::day_range(iso);
      return range && range->overlaps(*wanted_.time);
    };
    return overlaps(fact.summary.time) ||
           std::any_of(fact.evidence.begin(), fact.evidence.end(),
                       [&](const EvidenceItem& e) { return overlaps(e.time); });
  }

  void keep_only(const Subgraph& named) {
    std::vector<bool> nodes(node_.size()), edges(edge_.size());
    for (const NodeIndex n : named.nodes) nodes[n] = node_[n];
    for (const EdgeIndex e : named.edges) edges[e] = true;
    if (wanted_.ego != kNoNode) nodes[wanted_.ego] = true;
    node_ = std::move(nodes);
    edge_ = std::move(edges);
  }

  void keep_edges_between_nodes() {
    for (EdgeIndex e = 0; e < edge_.size(); ++e)
      if (!node_[graph_.edges[e].source] || !node_[graph_.edges[e].target]) edge_[e] = false;
  }

  void keep_facts() {
    std::vector<bool> has_fact(node_.size());
    if (wanted_.ego != kNoNode) has_fact[wanted_.ego] = true;
    for (EdgeIndex e = 0; e < edge_.size(); ++e) {
      edge_[e] = edge_[e] && fits(graph_.edges[e]);
      if (edge_[e]) has_fact[graph_.edges[e].source] = has_fact[graph_.edges[e].target] = true;
    }
    for (NodeIndex n = 0; n < node_.size(); ++n) {
      std::vector<Attribute>& attributes = graph_.nodes[n].attributes;
      std::erase_if(attributes, [&](const Attribute& a) { return !fits(a); });
      node_[n] = node_[n] && (has_fact[n] || !attributes.empty());
    }
  }

  void keep_neighborhood() {
    std::vector<std::vector<NodeIndex>> neighbors(node_.size());
    for (EdgeIndex e = 0; e < edge_.size(); ++e) {
      if (!edge_[e]) continue;
      neighbors[graph_.edges[e].source].push_back(graph_.edges[e].target);
      neighbors[graph_.edges[e].target].push_back(graph_.edges[e].source);
    }
    std::vector<bool> near(node_.size());
    std::vector<NodeIndex> layer{wanted_.ego}, next;
    near[wanted_.ego] = true;
    for (uint32_t step = 0; step < wanted_.depth && !layer.empty(); ++step) {
      next.clear();
      for (NodeIndex n : layer)
        for (NodeIndex other : neighbors[n]) {
          if (near[other]) continue;
          near[other] = true;
          next.push_back(other);
        }
      layer.swap(next);
    }
    node_ = std::move(near);
    keep_edges_between_nodes();
  }

  void keep_top() {
    std::vector<uint32_t> degree(node_.size());
    for (EdgeIndex e = 0; e < edge_.size(); ++e) {
      if (!edge_[e]) continue;
      ++degree[graph_.edges[e].source];
      ++degree[graph_.edges[e].target];
    }
    std::vector<NodeIndex> ranked;
    for (NodeIndex n = 0; n < node_.size(); ++n)
      if (node_[n]) ranked.push_back(n);
    if (ranked.size() <= wanted_.top) return;
    const auto rank = [&](NodeIndex n) {
      return std::tuple(n != wanted_.ego, ~degree[n], ~graph_.nodes[n].mentions, n);
    };
    const auto end = ranked.begin() + static_cast<std::ptrdiff_t>(wanted_.top);
    std::nth_element(ranked.begin(), end, ranked.end(),
                     [&](NodeIndex a, NodeIndex b) { return rank(a) < rank(b); });
    for (auto it = end; it != ranked.end(); ++it) node_[*it] = false;
    keep_edges_between_nodes();
  }

  void drop() {
    std::vector<NodeIndex> renumbered(node_.size(), kNoNode);
    NodeIndex nodes = 0;
    for (NodeIndex n = 0; n < node_.size(); ++n) {
      if (!node_[n]) continue;
      if (nodes != n) graph_.nodes[nodes] = std::move(graph_.nodes[n]);
      renumbered[n] = nodes++;
    }
    graph_.nodes.resize(nodes);
    EdgeIndex edges = 0;
    for (EdgeIndex e = 0; e < edge_.size(); ++e) {
      if (!edge_[e]) continue;
      if (edges != e) graph_.edges[edges] = std::move(graph_.edges[e]);
      Edge& edge = graph_.edges[edges++];
      edge.source = renumbered[edge.source];
      edge.target = renumbered[edge.target];
    }
    graph_.edges.resize(edges);
    std::erase_if(graph_.maybe_same, [&](MaybeSame& m) {
      m.a = renumbered[m.a];
      m.b = renumbered[m.b];
      return m.a == kNoNode || m.b == kNoNode;
    });
    keep_cited_documents();
  }

  void keep_cited_documents() {
    std::set<std::string_view> cited;
    const auto cite = [&](const std::vector<EvidenceItem>& evidence) {
      for (const EvidenceItem& e : evidence) cited.insert(e.document);
    };
    for (const Edge& e : graph_.edges) cite(e.evidence);
    for (const Node& n : graph_.nodes)
      for (const Attribute& a : n.attributes) cite(a.evidence);
    std::erase_if(graph_.documents, [&](const doc::Metadata& d) { return !cited.contains(d.id); });
  }

  Graph graph_;
  const Selection& wanted_;
  std::vector<bool> node_, edge_;
};

}  // namespace

bool Selection::everything() const {
  return !only && types.empty() && !asks_for_facts(*this) && ego == kNoNode && top == 0;
}

Graph select(Graph graph, const Selection& selection) {
  if (selection.everything()) return graph;
  return Selector(std::move(graph), selection).run();
}

}  // namespace weft::graph
