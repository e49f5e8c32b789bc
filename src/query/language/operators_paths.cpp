// Paths of variable length: depth-first search with an explicit stack, because a path may be as
// long as the graph has relationships. Which ones are on the path at hand is a bit each, so a step
// costs the same however long the path is. The number of paths can be exponential in their length;
// the time limit ends that.
#include <algorithm>

#include "query/language/evaluate.h"
#include "query/language/operators_graph.h"

namespace weft::query::language {

void ExpandFar::open(Context& c) {
  Operator::open(c);
  for (size_t i = 1; i < levels_.size(); ++i) used_[levels_[i].via] = false;
  levels_.clear();
}

bool ExpandFar::start(Context& c) {
  for (size_t i = 1; i < levels_.size(); ++i) used_[levels_[i].via] = false;
  levels_.clear();
  do {
    if (!child().pull(c)) return false;
  } while (c[from_].kind() != Kind::node || (into_ && c[to_].kind() != Kind::node));
  if (used_.empty()) {
    c.check_size(c.graph.relationship_count() / 8);
    used_.resize(c.graph.relationship_count());
  }
  levels_.push_back({c[from_].node(), 0, 0, 0});
  given_ = false;
  return true;
}

std::span<const graph::Hop> ExpandFar::row(const Level& level, const Context& c,
                                           bool& skip_loops) const {
  // Rows are numbered: out and in (one or both of them), each once a type.
  const graph::Adjacency& rows = c.graph.adjacency();
  const auto kinds = step_.any_type ? 1u : static_cast<uint32_t>(step_.types.size());
  const uint32_t directions = step_.toward == Toward::either ? 2 : 1;
  skip_loops = false;
  if (level.row >= kinds * directions) return {};
  const bool out =
      step_.toward == Toward::right || (step_.toward == Toward::either && level.row < kinds);
  skip_loops = !out && step_.toward == Toward::either;
  if (step_.any_type) return out ? rows.out(level.node) : rows.in(level.node);
  const TypeId type = step_.types[level.row % kinds];
  return out ? rows.out(level.node, type) : rows.in(level.node, type);
}

bool ExpandFar::allowed(RelationshipId r, Context& c) {
  if (used_[r] || is_used(r, step_.others, c)) return false;
  if (conditions_.empty()) return true;
  c[step_slot_] = Value(RelationshipRef{r});
  return std::all_of(conditions_.begin(), conditions_.end(),
                     [&](const Expr* e) { return test(*e, c) == Truth::yes; });
}

/// Lengthens the path by one, or steps back until that is possible; false if it is not.
bool ExpandFar::descend(Context& c) {
  const auto kinds = step_.any_type ? 1u : static_cast<uint32_t>(step_.types.size());
  const uint32_t last_row = kinds * (step_.toward == Toward::either ? 2 : 1);
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (levels_.size() - 1 < range_.most) {
      while (level.row < last_row) {
        bool skip_loops = false;
        const auto hops = row(level, c, skip_loops);
        if (level.at >= hops.size()) {
          ++level.row;
          level.at = 0;
          continue;
        }
        c.tick();
        const graph::Hop hop = hops[level.at++];
        if (skip_loops && hop.node == level.node) continue;
        if (!allowed(hop.edge, c)) continue;
        used_[hop.edge] = true;
        levels_.push_back({hop.node, hop.edge, 0, 0});
        c.check_size(levels_.size() * (sizeof(Level) + sizeof(Value)));
        return true;
      }
    }
    if (levels_.size() > 1) used_[level.via] = false;
    levels_.pop_back();
  }
  return false;
}

bool ExpandFar::give(Context& c) {
  const NodeId end = levels_.back().node;
  if (levels_.size() - 1 < range_.least) return false;
  if (into_ && c[to_].node() != end) return false;
  std::vector<Value> list;
  list.reserve(levels_.size() - 1);
  for (size_t i = 1; i < levels_.size(); ++i) list.emplace_back(RelationshipRef{levels_[i].via});
  if (reversed_) std::reverse(list.begin(), list.end());
  c[step_.relationship] = Value::list(std::move(list));
  if (!into_) c[to_] = Value(NodeRef{end});
  return true;
}

bool ExpandFar::next(Context& c) {
  while (true) {
    if (levels_.empty()) {
      if (!start(c)) return false;
    } else if (given_) {
      given_ = false;
      if (!descend(c)) continue;
    }
    given_ = true;
    if (give(c)) return true;
  }
}

bool BoundList::walk(Context& c) {
  const graph::Adjacency& rows = c.graph.adjacency();
  const Value& list = c[step_.relationship];
  if (c[from_].kind() != Kind::node || list.kind() != Kind::list) return false;
  const size_t size = list.items().size();
  if (size < range_.least || size > range_.most) return false;
  NodeId node = c[from_].node();
  for (size_t i = 0; i < size; ++i) {
    const Value& v = list.items()[reversed_ ? size - 1 - i : i];
    if (v.kind() != Kind::relationship) return false;
    const RelationshipId r = v.relationship();
    if (!type_fits(r, step_, c) || is_used(r, step_.others, c)) return false;
    if (rows.source(r) == node && step_.toward != Toward::left)
      node = rows.target(r);
    else if (rows.target(r) == node && step_.toward != Toward::right)
      node = rows.source(r);
    else
      return false;
  }
  if (into_) return c[to_].kind() == Kind::node && c[to_].node() == node;
  c[to_] = Value(NodeRef{node});
  return true;
}

bool BoundList::next(Context& c) {
  while (child().pull(c))
    if (walk(c)) return true;
  return false;
}

}  // namespace weft::query::language
