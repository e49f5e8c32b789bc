// Decisions name nodes by the ids that they bear before any decision joins them; these ids follow
// from the records alone, so a decision means the same after every rebuild. In order of number,
// each one unites two sets of clusters (union-find), if both are in the graph. O(clusters +
// decisions).
#include "graph/decide.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/disjoint_sets.h"

namespace weft::graph {

namespace {

class Joiner {
 public:
  Joiner(const std::vector<std::string>& ids, std::span<const store::Decision> decisions)
      : sets_(ids.size()) {
    std::set<std::string_view> named;
    for (const store::Decision& d : decisions) {
      named.insert(d.a.id);
      named.insert(d.b.id);
    }
    for (uint32_t i = 0; i < ids.size(); ++i)
      if (named.contains(ids[i])) number_.emplace(ids[i], i);
    for (const store::Decision& d : decisions)
      if (d.kind == store::DecisionKind::different && has(d))
        apart_.emplace_back(number_.at(d.a.id), number_.at(d.b.id));
  }

  bool has(const store::Decision& d) const {
    return number_.contains(d.a.id) && number_.contains(d.b.id);
  }

  bool join(const store::Decision& d) {
    const uint32_t a = root(number_.at(d.a.id)), b = root(number_.at(d.b.id));
    if (a == b) return false;
    for (const auto& [x, y] : apart_) {
      const uint32_t rx = root(x), ry = root(y);
      if ((rx == a && ry == b) || (rx == b && ry == a)) return false;
    }
    const auto name_of = [&](uint32_t r, const std::string& id) {
      return id_.try_emplace(r, id).first->second;
    };
    std::string id = id_.contains(b) && !id_.contains(a) ? name_of(b, d.b.id) : name_of(a, d.a.id);
    sets_.unite(a, b);
    id_[std::min(a, b)] = std::move(id);
    return true;
  }

  uint32_t root(uint32_t i) { return sets_.root(i); }
  std::string id(uint32_t root_number, const std::string& otherwise) const {
    const auto it = id_.find(root_number);
    return it == id_.end() ? otherwise : it->second;
  }

 private:
  core::DisjointSets sets_;
  std::map<std::string, uint32_t, std::less<>> number_;
  std::vector<std::pair<uint32_t, uint32_t>> apart_;
  std::map<uint32_t, std::string> id_;  // of the roots of joined sets
};

}  // namespace

std::vector<std::string> join_decided(Clusters& clusters, const std::vector<std::string>& ids,
                                      std::span<const store::Decision> decisions) {
  Joiner joiner(ids, decisions);
  bool any = false;
  for (const store::Decision& d : decisions)
    if (d.kind == store::DecisionKind::same && joiner.has(d)) any = joiner.join(d) || any;
  if (!any) return {};
  // The smaller cluster is the root, so the order by first member stays.
  std::vector<std::string> left;
  std::vector<uint32_t> moved(ids.size());
  for (uint32_t c = 0; c < ids.size(); ++c) {
    const uint32_t root = joiner.root(c);
    if (root == c) {
      moved[c] = static_cast<uint32_t>(left.size());
      left.push_back(joiner.id(c, ids[c]));
      continue;
    }
    moved[c] = moved[root];
    for (const uint32_t member : clusters[c])
      if (MergeRule& why = clusters.why[member]; why == MergeRule::first) why = MergeRule::decision;
  }
  for (uint32_t& c : clusters.cluster_of) c = moved[c];
  clusters.list_members(static_cast<uint32_t>(left.size()));
  return left;
}

}  // namespace weft::graph
