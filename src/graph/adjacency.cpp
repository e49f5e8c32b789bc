// Counting sort twice: edges by kind, then, keeping that order, by node. Each row is thereby sorted
// by kind and edge without a comparison. O(nodes + edges + kinds) time, 30 bytes an edge.
#include "graph/adjacency.h"

#include <algorithm>

namespace weft::graph {

namespace {

/// Edge `order[i]` goes into the row of node from[order[i]].
Rows rows_of(uint32_t nodes, std::span<const uint32_t> from, std::span<const uint32_t> to,
             std::span<const uint32_t> order) {
  std::vector<uint32_t> first(nodes + size_t{1});
  std::vector<Hop> hops(from.size());
  for (const uint32_t node : from) ++first[node + size_t{1}];
  for (size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
  std::vector<uint32_t> next(first.begin(), first.end() - 1);
  for (const uint32_t e : order) hops[next[from[e]]++] = {e, to[e]};
  return {Column(std::move(first)), Column(std::move(hops))};
}

}  // namespace

Groups grouped(const std::vector<uint16_t>& group_of, size_t groups) {
  std::vector<uint32_t> first(groups + 1), items(group_of.size());
  for (const uint16_t g : group_of) ++first[g + size_t{1}];
  for (size_t g = 1; g < first.size(); ++g) first[g] += first[g - 1];
  std::vector<uint32_t> next(first.begin(), first.end() - 1);
  for (uint32_t i = 0; i < group_of.size(); ++i) items[next[group_of[i]]++] = i;
  return {Column(std::move(first)), Column(std::move(items))};
}

ColumnRange<uint32_t> Groups::operator[](size_t group) const {
  const uint32_t begin = first[group], end = first[group + 1];
  if (begin > end || end > items.size()) first.damaged();
  return {items, begin, end};
}

Adjacency::Adjacency(uint32_t nodes, uint16_t kinds, std::vector<uint32_t> source,
                     std::vector<uint32_t> target, std::vector<uint16_t> kind)
    : by_kind_(grouped(kind, kinds)) {
  out_ = rows_of(nodes, source, target, by_kind_.items.all());
  in_ = rows_of(nodes, target, source, by_kind_.items.all());
  source_ = Column(std::move(source));
  target_ = Column(std::move(target));
  kind_ = Column(std::move(kind));
}

std::span<const Hop> Adjacency::row(const Rows& rows, uint32_t node) {
  const uint32_t begin = rows.first[node], end = rows.first[node + size_t{1}];
  if (begin > end || end > rows.hops.size()) rows.first.damaged();
  return rows.hops.part(begin, end);
}

std::span<const Hop> Adjacency::narrow(std::span<const Hop> row, uint16_t kind) const {
  const auto begin =
      std::partition_point(row.begin(), row.end(), [&](Hop h) { return kind_[h.edge] < kind; });
  const auto end =
      std::partition_point(begin, row.end(), [&](Hop h) { return kind_[h.edge] == kind; });
  return {begin, end};
}

}  // namespace weft::graph
