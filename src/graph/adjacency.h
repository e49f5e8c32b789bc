// Compressed sparse rows: for each node its edges out and in, those of one kind side by side.
// Plain arrays and no allocation a node, so that ten million edges take 300 MB and a neighbourhood
// is one stretch of memory; and columns, so that of a stored graph only what is looked at is read.
// (Topology keeps Boost.Graph's rows, which can't be narrowed to a kind.)
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/column.h"

namespace weft::graph {

struct Hop {
  uint32_t edge;
  uint32_t node;  // at the other end
};

/// Row i is hops[first[i]] .. hops[first[i + 1]].
struct Rows {
  Column<uint32_t> first;
  Column<Hop> hops;
};

/// Some numbers in groups: group g is items[first[g]] .. items[first[g + 1]].
struct Groups {
  Column<uint32_t> first;
  Column<uint32_t> items;

  size_t size() const { return first.size() - 1; }
  /// Throws SetupError if the groups were read and can't be.
  ColumnRange<uint32_t> operator[](size_t group) const;
};
/// The numbers of all items of each group, in order.
Groups grouped(const std::vector<uint16_t>& group_of, size_t groups);

/// Edges and nodes are numbers from 0. Immutable; if its columns are read from a source, used by
/// one thread.
class Adjacency {
 public:
  Adjacency() = default;
  /// Edge i goes from source[i] to target[i] and is of kind[i], below `kinds`. The arrays are of
  /// one length. O(nodes + edges + kinds).
  Adjacency(uint32_t nodes, uint16_t kinds, std::vector<uint32_t> source,
            std::vector<uint32_t> target, std::vector<uint16_t> kind);

  uint32_t nodes() const {
    return out_.first.size() == 0 ? 0 : static_cast<uint32_t>(out_.first.size()) - 1;
  }
  uint32_t edges() const { return static_cast<uint32_t>(source_.size()); }
  uint32_t source(uint32_t edge) const { return source_[edge]; }
  uint32_t target(uint32_t edge) const { return target_[edge]; }
  uint16_t kind(uint32_t edge) const { return kind_[edge]; }

  /// Sorted by kind, then by edge.
  std::span<const Hop> out(uint32_t node) const { return row(out_, node); }
  std::span<const Hop> in(uint32_t node) const { return row(in_, node); }
  std::span<const Hop> out(uint32_t node, uint16_t kind) const { return narrow(out(node), kind); }
  std::span<const Hop> in(uint32_t node, uint16_t kind) const { return narrow(in(node), kind); }
  /// All edges of a kind, in order.
  ColumnRange<uint32_t> of_kind(uint16_t kind) const { return by_kind_[kind]; }

  /// Calls visit(name, column) for each of the columns, always in the same order.
  template <class Self, class Visit>
  static void each_column(Self& self, Visit visit) {
    visit("source", self.source_);
    visit("target", self.target_);
    visit("relation", self.kind_);
    visit("by_relation_first", self.by_kind_.first);
    visit("by_relation", self.by_kind_.items);
    visit("out_first", self.out_.first);
    visit("out", self.out_.hops);
    visit("in_first", self.in_.first);
    visit("in", self.in_.hops);
  }

 private:
  static std::span<const Hop> row(const Rows& rows, uint32_t node);
  std::span<const Hop> narrow(std::span<const Hop> row, uint16_t kind) const;

  Column<uint32_t> source_, target_;
  Column<uint16_t> kind_;
  Groups by_kind_;
  Rows out_, in_;
};

}  // namespace weft::graph
