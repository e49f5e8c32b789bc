// Counting sort twice: edges by kind, then, keeping that order, by node. Each row is thereby sorted
// by kind and edge without a comparison. O(nodes + edges + kinds) time, 24 bytes an edge.
#include "graph/adjacency.h"

#include <algorithm>

namespace weft::graph {

Adjacency::Adjacency(uint32_t nodes, uint16_t kinds, std::vector<uint32_t> source,
                     std::vector<uint32_t> target, std::vector<uint16_t> kind)
    : source_(std::move(source)),
      target_(std::move(target)),
      kind_(std::move(kind)),
      kind_first_(kinds + 1u),
      by_kind_(source_.size()) {
  for (const uint16_t k : kind_) ++kind_first_[k + 1u];
  for (size_t k = 1; k < kind_first_.size(); ++k) kind_first_[k] += kind_first_[k - 1];
  std::vector<uint32_t> next = kind_first_;
  for (uint32_t e = 0; e < kind_.size(); ++e) by_kind_[next[kind_[e]]++] = e;
  fill(out_, nodes, source_, target_);
  fill(in_, nodes, target_, source_);
}

void Adjacency::fill(Rows& rows, uint32_t nodes, const std::vector<uint32_t>& from,
                     const std::vector<uint32_t>& to) const {
  rows.first.assign(nodes + size_t{1}, 0);
  rows.hops.resize(from.size());
  for (const uint32_t node : from) ++rows.first[node + size_t{1}];
  for (size_t i = 1; i < rows.first.size(); ++i) rows.first[i] += rows.first[i - 1];
  std::vector<uint32_t> next(rows.first.begin(), rows.first.end() - 1);
  for (const uint32_t e : by_kind_) rows.hops[next[from[e]]++] = {e, to[e]};
}

std::span<const Hop> Adjacency::narrow(std::span<const Hop> row, uint16_t kind) const {
  const auto begin =
      std::partition_point(row.begin(), row.end(), [&](Hop h) { return kind_[h.edge] < kind; });
  const auto end =
      std::partition_point(begin, row.end(), [&](Hop h) { return kind_[h.edge] == kind; });
  return {begin, end};
}

}  // namespace weft::graph
