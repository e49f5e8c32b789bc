// What a way through a pattern would cost: rows are estimated from the numbers of nodes a label and
// relationships a type, as if labels and ends had nothing to do with each other, and summed over
// all steps. Only the comparison counts, so the estimates may be wrong alike. O(relationships) a
// step.
#include <algorithm>
#include <cmath>

#include "query/language/match_planner.h"

namespace weft::query::language {

double MatchPlanner::node_rows(const NodeVariable& n) const {
  if (n.impossible) return 0;
  if (n.seek) return n.seek_list ? 5 : 1;
  double rows = graph_.node_count();
  for (const LabelId l : n.labels)
    rows = std::min(rows, static_cast<double>(graph_.nodes_with(l).size()));
  return rows;
}

double MatchPlanner::type_rows(const RelationshipVariable& r) const {
  if (r.any_type) return graph_.relationship_count();
  double rows = 0;
  for (const TypeId t : r.types) rows += static_cast<double>(graph_.adjacency().of_kind(t).size());
  return rows;
}

/// Rows that one row becomes by this step from node `from`.
double MatchPlanner::fan_out(const RelationshipVariable& r, size_t from,
                             const std::set<Slot>& bound) const {
  if (bound.contains(r.pattern->slot)) return 1;
  const double all = std::max(1.0, static_cast<double>(graph_.node_count()));
  double sources = all;
  for (const LabelId l : nodes_[from].labels)
    sources = std::min(sources, std::max(1.0, static_cast<double>(graph_.nodes_with(l).size())));
  double out = type_rows(r) * (r.pattern->toward == Toward::either ? 2 : 1) / sources;
  if (r.pattern->variable_length) {
    const double steps = std::min(4.0, static_cast<double>(r.pattern->most));
    out = std::max(out, std::pow(out, steps)) + 1;
  }
  const NodeVariable& to = nodes_[from == r.left ? r.right : r.left];
  if (bound.contains(to.slot)) return out * r.selectivity / all;
  double part = to.selectivity * r.selectivity;
  for (const LabelId l : to.labels) part *= static_cast<double>(graph_.nodes_with(l).size()) / all;
  return to.impossible ? 0 : out * part;
}

const RelationshipVariable* MatchPlanner::cheapest(const std::set<Slot>& bound,
                                                   const std::vector<bool>& done, bool& from_left,
                                                   double& rows) const {
  const RelationshipVariable* best = nullptr;
  for (size_t i = 0; i < relationships_.size(); ++i) {
    const RelationshipVariable& r = relationships_[i];
    if (done[i] || r.shortest != Shortest::no) continue;
    const bool known = bound.contains(r.pattern->slot) && !r.pattern->variable_length;
    for (const bool left : {true, false}) {
      const size_t from = left ? r.left : r.right;
      if (!known && !bound.contains(nodes_[from].slot)) continue;
      const double factor = fan_out(r, from, bound);
      if (best && factor >= rows) continue;
      best = &r;
      from_left = left;
      rows = factor;
    }
  }
  return best;
}

std::vector<Beginning> MatchPlanner::beginnings() const {
  std::vector<Beginning> out;
  for (size_t i = 0; i < nodes_.size(); ++i)
    if (!bound_.contains(nodes_[i].slot)) out.push_back({false, i, node_rows(nodes_[i])});
  for (size_t i = 0; i < relationships_.size(); ++i) {
    const RelationshipVariable& r = relationships_[i];
    const bool fresh = !r.done && !r.pattern->variable_length && r.shortest == Shortest::no &&
                       !bound_.contains(nodes_[r.left].slot) &&
                       !bound_.contains(nodes_[r.right].slot);
    if (fresh)
      out.push_back({true, i, type_rows(r) * (r.pattern->toward == Toward::either ? 2 : 1)});
  }
  return out;
}

double MatchPlanner::simulate(const Beginning& start) const {
  std::set<Slot> bound = bound_;
  std::vector<bool> done;
  for (const RelationshipVariable& r : relationships_) done.push_back(r.done);
  double rows = start.rows;
  double sum = rows;
  if (start.by_relationship) {
    const RelationshipVariable& r = relationships_[start.index];
    done[start.index] = true;
    bound.insert(r.pattern->slot);
    bound.insert(nodes_[r.left].slot);
    bound.insert(nodes_[r.right].slot);
    for (const size_t end : {r.left, r.right}) {
      const NodeVariable& n = nodes_[end];
      rows *= n.selectivity;
      for (const LabelId l : n.labels)
        rows *= static_cast<double>(graph_.nodes_with(l).size()) /
                std::max(1.0, static_cast<double>(graph_.node_count()));
    }
  } else {
    bound.insert(nodes_[start.index].slot);
    if (!nodes_[start.index].seek) rows *= nodes_[start.index].selectivity;
  }
  bool from_left = true;
  double factor = 0;
  while (const RelationshipVariable* r = cheapest(bound, done, from_left, factor)) {
    // Each row costs at least the look at its relationships.
    rows *= factor;
    sum += rows;
    done[static_cast<size_t>(r - relationships_.data())] = true;
    bound.insert(r->pattern->slot);
    bound.insert(nodes_[r->left].slot);
    bound.insert(nodes_[r->right].slot);
  }
  return sum;
}

}  // namespace weft::query::language
