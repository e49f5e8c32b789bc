// Where patterns begin, and single steps. A step reads one stretch of the adjacency rows for each
// direction and type, so relationships of other types are never touched.
#include "query/language/operators_graph.h"

#include <algorithm>

#include "query/language/evaluate.h"

namespace weft::query::language {

bool is_used(RelationshipId r, const std::vector<Slot>& slots, Context& c) {
  for (const Slot slot : slots) {
    const Value& v = c[slot];
    if (v.kind() == Kind::relationship) {
      if (v.relationship() == r) return true;
    } else if (v.kind() == Kind::list) {
      for (const Value& item : v.items())
        if (item.kind() == Kind::relationship && item.relationship() == r) return true;
    }
  }
  return false;
}

bool type_fits(RelationshipId r, const Step& step, const Context& c) {
  return step.any_type ||
         std::binary_search(step.types.begin(), step.types.end(), c.graph.adjacency().kind(r));
}

void NodeScan::open(Context& c) {
  Operator::open(c);
  at_ = end_ = 0;
}

bool NodeScan::next(Context& c) {
  while (at_ >= end_) {
    if (!child().pull(c)) return false;
    at_ = 0;
    end_ =
        label_ ? static_cast<uint32_t>(c.graph.nodes_with(*label_).size()) : c.graph.node_count();
  }
  const NodeId node = label_ ? c.graph.nodes_with(*label_)[at_] : at_;
  ++at_;
  c[slot_] = Value(NodeRef{node});
  return true;
}

std::optional<uint64_t> NodeScan::count(const Context& c) const {
  const auto below = child().count(c);
  if (!below) return std::nullopt;
  return *below * (label_ ? c.graph.nodes_with(*label_).size() : c.graph.node_count());
}

void NodeSeek::open(Context& c) {
  Operator::open(c);
  found_.clear();
  at_ = 0;
}

bool NodeSeek::next(Context& c) {
  while (at_ >= found_.size()) {
    if (!child().pull(c)) return false;
    const Value value = evaluate(*value_, c);
    at_ = 0;
    found_.clear();
    if (!is_list_) {
      found_ = c.graph.find(key_, value);
    } else if (value.kind() == Kind::list) {
      for (const Value& item : value.items())
        for (const NodeId n : c.graph.find(key_, item)) found_.push_back(n);
      std::sort(found_.begin(), found_.end());
      found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    }
  }
  c[slot_] = Value(NodeRef{found_[at_++]});
  return true;
}

void RelationshipScan::open(Context& c) {
  Operator::open(c);
  running_ = false;
}

std::optional<uint64_t> RelationshipScan::count(const Context& c) const {
  const auto below = child().count(c);
  if (!below || step_.toward == Toward::either || from_ == to_ || !step_.others.empty())
    return std::nullopt;
  if (step_.any_type) return *below * c.graph.relationship_count();
  uint64_t sum = 0;
  for (const TypeId type : step_.types) sum += c.graph.adjacency().of_kind(type).size();
  return *below * sum;
}

bool RelationshipScan::give(RelationshipId r, bool forward, Context& c) {
  if (is_used(r, step_.others, c)) return false;
  const NodeId source = c.graph.adjacency().source(r);
  const NodeId target = c.graph.adjacency().target(r);
  if (from_ == to_ && source != target) return false;
  c[step_.relationship] = Value(RelationshipRef{r});
  c[from_] = Value(NodeRef{forward ? source : target});
  c[to_] = Value(NodeRef{forward ? target : source});
  return true;
}

bool RelationshipScan::next(Context& c) {
  const graph::Adjacency& rows = c.graph.adjacency();
  while (true) {
    if (!running_) {
      if (!child().pull(c)) return false;
      running_ = true;
      backward_next_ = false;
      type_ = at_ = 0;
    }
    const bool more_types = step_.any_type ? type_ == 0 : type_ < step_.types.size();
    if (!more_types) {
      running_ = false;
      continue;
    }
    const size_t size = step_.any_type ? rows.edges() : rows.of_kind(step_.types[type_]).size();
    if (at_ >= size) {
      ++type_;
      at_ = 0;
      continue;
    }
    c.tick();
    const RelationshipId r =
        step_.any_type ? static_cast<RelationshipId>(at_) : rows.of_kind(step_.types[type_])[at_];
    const bool both = step_.toward == Toward::either && rows.source(r) != rows.target(r);
    const bool forward = both ? !backward_next_ : step_.toward != Toward::left;
    if (!both || backward_next_) ++at_;
    backward_next_ = both && !backward_next_;
    if (give(r, forward, c)) return true;
  }
}

void Expand::open(Context& c) {
  Operator::open(c);
  stretches_.clear();
  stretch_ = at_ = 0;
}

void Expand::begin(NodeId node, Context& c) {
  const graph::Adjacency& rows = c.graph.adjacency();
  node_ = node;
  stretches_.clear();
  stretch_ = at_ = 0;
  for (const bool out : {true, false}) {
    if (step_.toward == (out ? Toward::left : Toward::right)) continue;
    const bool skip_loops = !out && step_.toward == Toward::either;
    if (step_.any_type) {
      stretches_.push_back({out ? rows.out(node) : rows.in(node), skip_loops});
    } else {
      for (const TypeId type : step_.types)
        stretches_.push_back({out ? rows.out(node, type) : rows.in(node, type), skip_loops});
    }
  }
}

bool Expand::next(Context& c) {
  while (true) {
    while (stretch_ < stretches_.size()) {
      const Stretch& s = stretches_[stretch_];
      if (at_ >= s.hops.size()) {
        ++stretch_;
        at_ = 0;
        continue;
      }
      c.tick();
      const graph::Hop hop = s.hops[at_++];
      if (s.skip_loops && hop.node == node_) continue;
      if (into_ && c[to_].node() != hop.node) continue;
      if (is_used(hop.edge, step_.others, c)) continue;
      c[step_.relationship] = Value(RelationshipRef{hop.edge});
      if (!into_) c[to_] = Value(NodeRef{hop.node});
      return true;
    }
    do {
      if (!child().pull(c)) return false;
    } while (c[from_].kind() != Kind::node || (into_ && c[to_].kind() != Kind::node));
    begin(c[from_].node(), c);
  }
}

void BoundRelationship::open(Context& c) {
  Operator::open(c);
  turned_next_ = false;
}

bool BoundRelationship::fits(NodeId from, NodeId to, Context& c) {
  if (from_bound_ && (c[from_].kind() != Kind::node || c[from_].node() != from)) return false;
  if (to_bound_ && (c[to_].kind() != Kind::node || c[to_].node() != to)) return false;
  if (from_ == to_ && from != to) return false;
  if (!from_bound_) c[from_] = Value(NodeRef{from});
  if (!to_bound_) c[to_] = Value(NodeRef{to});
  return true;
}

bool BoundRelationship::next(Context& c) {
  const graph::Adjacency& rows = c.graph.adjacency();
  while (true) {
    if (!turned_next_ && !child().pull(c)) return false;
    const bool turned = turned_next_ || step_.toward == Toward::left;
    const Value& v = c[step_.relationship];
    if (v.kind() != Kind::relationship || !type_fits(v.relationship(), step_, c) ||
        is_used(v.relationship(), step_.others, c)) {
      turned_next_ = false;
      continue;
    }
    const NodeId source = rows.source(v.relationship());
    const NodeId target = rows.target(v.relationship());
    turned_next_ = step_.toward == Toward::either && !turned_next_ && source != target;
    if (fits(turned ? target : source, turned ? source : target, c)) return true;
  }
}

bool BuildPath::next(Context& c) {
  if (!child().pull(c)) return false;
  PathData path;
  const graph::Adjacency& rows = c.graph.adjacency();
  const Value& first = c[nodes_[0]];
  if (first.kind() != Kind::node) {
    c[path_] = Value();
    return true;
  }
  path.nodes.push_back(first.node());
  const auto follow = [&](const Value& v) {
    const RelationshipId r = v.relationship();
    path.relationships.push_back(r);
    path.nodes.push_back(rows.source(r) == path.nodes.back() ? rows.target(r) : rows.source(r));
  };
  for (const Slot slot : relationships_) {
    const Value& v = c[slot];
    if (v.kind() == Kind::list)
      for (const Value& item : v.items()) follow(item);
    else if (v.kind() == Kind::relationship)
      follow(v);
  }
  c[path_] = Value::path(std::move(path));
  return true;
}

}  // namespace weft::query::language
