// Decisions name nodes by the ids that they bear before any decision joins them; these ids follow
// from the records alone, so a decision means the same after every rebuild. In order of number,
// each one unites two sets of clusters (union-find), if both are in the graph. O(clusters +
// decisions).
#include "graph/decide.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace weft::graph {

namespace {

class Joiner {
 public:
  Joiner(const std::vector<Node>& nodes, std::span<const store::Decision> decisions)
      : parent_(nodes.size()) {
    std::iota(parent_.begin(), parent_.end(), 0u);
    std::set<std::string_view> named;
    for (const store::Decision& d : decisions) {
      named.insert(d.a.id);
      named.insert(d.b.id);
    }
    for (uint32_t i = 0; i < nodes.size(); ++i)
      if (named.contains(nodes[i].id)) number_.emplace(nodes[i].id, i);
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
    parent_[std::max(a, b)] = std::min(a, b);
    id_[std::min(a, b)] = std::move(id);
    return true;
  }

  uint32_t root(uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  std::string id(uint32_t root_number, const std::string& otherwise) const {
    const auto it = id_.find(root_number);
    return it == id_.end() ? otherwise : it->second;
  }

 private:
  std::vector<uint32_t> parent_;
  std::map<std::string, uint32_t, std::less<>> number_;
  std::vector<std::pair<uint32_t, uint32_t>> apart_;
  std::map<uint32_t, std::string> id_;  // of the roots of joined sets
};

}  // namespace

std::vector<std::string> join_decided(Clusters& clusters, const std::vector<Node>& nodes,
                                      std::span<const store::Decision> decisions) {
  Joiner joiner(nodes, decisions);
  bool any = false;
  for (const store::Decision& d : decisions)
    if (d.kind == store::DecisionKind::same && joiner.has(d)) any = joiner.join(d) || any;
  if (!any) return {};
  // The smaller cluster is the root, so the order by first member stays.
  std::vector<std::string> ids;
  std::vector<std::vector<Member>> members;
  std::vector<uint32_t> moved(nodes.size());
  for (uint32_t i = 0; i < nodes.size(); ++i) {
    const uint32_t r = joiner.root(i);
    if (r == i) {
      moved[i] = static_cast<uint32_t>(members.size());
      members.push_back(std::move(clusters.members[i]));
      ids.push_back(joiner.id(i, nodes[i].id));
    } else {
      moved[i] = moved[r];
      auto& joined = members[moved[r]];
      joined.insert(joined.end(), clusters.members[i].begin(), clusters.members[i].end());
    }
  }
  for (auto& list : members)
    std::sort(list.begin(), list.end(), [](const Member& x, const Member& y) {
      return std::pair(x.record, x.entity) < std::pair(y.record, y.entity);
    });
  clusters.members = std::move(members);
  for (auto& list : clusters.cluster_of)
    for (uint32_t& c : list) c = moved[c];
  return ids;
}

}  // namespace weft::graph
