// Two breadth-first searches, one from each end, the one with the smaller layer growing, until they
// meet: on a graph whose nodes have d neighbours this looks at 2 d^(L/2) of them instead of d^L.
// For all shortest paths one search goes the whole way, and the paths are read backwards along
// falling distances. Both take O(nodes + relationships) at most. Reference: Pohl, "Bi-directional
// search", 1971.
#include "query/language/operators_shortest.h"

#include <algorithm>

#include "query/language/evaluate.h"

namespace weft::query::language {

namespace {

constexpr uint32_t kFar = 0xffffffffu;

}  // namespace

template <class Visit>
void ShortestPath::each_hop(NodeId node, bool forward, Context& c, Visit visit) {
  const graph::Adjacency& rows = c.graph.adjacency();
  const auto along = [&](std::span<const graph::Hop> hops) {
    for (const graph::Hop hop : hops) {
      c.tick();
      if (!conditions_.empty()) {
        c[step_slot_] = Value(RelationshipRef{hop.edge});
        if (!std::all_of(conditions_.begin(), conditions_.end(),
                         [&](const Expr* e) { return test(*e, c) == Truth::yes; }))
          continue;
      }
      visit(hop);
    }
  };
  for (const bool out : {true, false}) {
    const Toward against = out == forward ? Toward::left : Toward::right;
    if (step_.toward == against) continue;
    if (step_.any_type) along(out ? rows.out(node) : rows.in(node));
    for (const TypeId type : step_.types) along(out ? rows.out(node, type) : rows.in(node, type));
  }
}

void ShortestPath::open(Context& c) {
  Operator::open(c);
  found_.clear();
  at_ = 0;
}

void ShortestPath::clear(Side& side) const {
  for (const NodeId n : side.reached) side.distance[n] = kFar;
  side.reached.clear();
  side.layer.clear();
  side.depth = 0;
}

void ShortestPath::begin(Side& side, NodeId node) const {
  side.distance[node] = 0;
  side.reached.push_back(node);
  side.layer.push_back(node);
}

void ShortestPath::grow(Side& side, bool forward, Context& c) {
  std::vector<NodeId> next;
  ++side.depth;
  for (const NodeId node : side.layer)
    each_hop(node, forward, c, [&](graph::Hop hop) {
      if (side.distance[hop.node] != kFar) return;
      side.distance[hop.node] = side.depth;
      side.back[hop.node] = {hop.edge, node};
      side.reached.push_back(hop.node);
      next.push_back(hop.node);
    });
  side.layer = std::move(next);
}

/// The path from end to end through `meeting`. Each step back is one nearer to an end, so it ends
/// even if a damaged store's rows and relationships disagree.
PathData ShortestPath::join(NodeId from, NodeId to, NodeId meeting) const {
  PathData path;
  const auto walk_to = [&](NodeId end, const Side& side) {
    for (NodeId n = meeting; n != end;) {
      const graph::Hop hop = side.back[n];
      n = hop.node;
      path.relationships.push_back(hop.edge);
      path.nodes.push_back(n);
    }
  };
  path.nodes.push_back(meeting);
  walk_to(from, sides_[0]);
  std::reverse(path.nodes.begin(), path.nodes.end());
  std::reverse(path.relationships.begin(), path.relationships.end());
  walk_to(to, sides_[1]);
  return path;
}

void ShortestPath::find_one(NodeId from, NodeId to, Context& c) {
  begin(sides_[0], from);
  begin(sides_[1], to);
  while (sides_[0].depth + sides_[1].depth < range_.most && !sides_[0].layer.empty() &&
         !sides_[1].layer.empty()) {
    const size_t which = sides_[0].layer.size() <= sides_[1].layer.size() ? 0 : 1;
    grow(sides_[which], which == 0, c);
    const Side& other = sides_[1 - which];
    NodeId meeting = kFar;
    for (const NodeId n : sides_[which].layer)
      if (other.distance[n] != kFar &&
          (meeting == kFar || other.distance[n] < other.distance[meeting]))
        meeting = n;
    if (meeting == kFar) continue;
    found_.push_back(join(from, to, meeting));
    return;
  }
}

void ShortestPath::find_all(NodeId from, NodeId to, Context& c) {
  Side& side = sides_[0];
  begin(side, from);
  while (side.depth < range_.most && !side.layer.empty() && side.distance[to] == kFar)
    grow(side, true, c);
  if (side.distance[to] == kFar) return;
  // Depth-first from the end, each step one nearer to the beginning.
  std::vector<PathData> open{{{to}, {}}};
  while (!open.empty()) {
    PathData path = std::move(open.back());
    open.pop_back();
    const NodeId node = path.nodes.back();
    if (node == from) {
      std::reverse(path.nodes.begin(), path.nodes.end());
      std::reverse(path.relationships.begin(), path.relationships.end());
      c.check_size(found_.size() * (path.nodes.size() * 8 + 64));
      found_.push_back(std::move(path));
      continue;
    }
    each_hop(node, false, c, [&](graph::Hop hop) {
      if (side.distance[hop.node] == kFar || side.distance[hop.node] + 1 != side.distance[node])
        return;
      PathData longer = path;
      longer.nodes.push_back(hop.node);
      longer.relationships.push_back(hop.edge);
      open.push_back(std::move(longer));
    });
  }
}

void ShortestPath::search(NodeId from, NodeId to, Context& c) {
  for (Side& side : sides_) {
    if (side.distance.empty()) {
      c.check_size(size_t{c.graph.node_count()} * 2 * (sizeof(uint32_t) + sizeof(graph::Hop)));
      side.distance.resize(c.graph.node_count(), kFar);
      side.back.resize(c.graph.node_count());
    }
    clear(side);
  }
  found_.clear();
  at_ = 0;
  if (from == to) {
    if (range_.least == 0) found_.push_back({{from}, {}});
    return;
  }
  if (all_)
    find_all(from, to, c);
  else
    find_one(from, to, c);
}

bool ShortestPath::next(Context& c) {
  while (at_ >= found_.size()) {
    do {
      if (!child().pull(c)) return false;
    } while (c[ends_.from].kind() != Kind::node || c[ends_.to].kind() != Kind::node);
    search(c[ends_.from].node(), c[ends_.to].node(), c);
  }
  std::vector<Value> list;
  for (const RelationshipId r : found_[at_].relationships) list.emplace_back(RelationshipRef{r});
  c[step_.relationship] = Value::list(std::move(list));
  if (path_ != kNoSlot) c[path_] = Value::path(found_[at_]);
  ++at_;
  return true;
}

}  // namespace weft::query::language
