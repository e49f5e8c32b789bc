// Compressed sparse rows: for each node its edges out and in, those of one kind side by side.
// Four arrays and no allocation a node, so that ten million edges take 200 MB and a neighbourhood
// is one stretch of memory. (Topology keeps Boost.Graph's rows, which can't be narrowed to a kind.)
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace weft::graph {

struct Hop {
  uint32_t edge = 0;
  uint32_t node = 0;  // at the other end
};

/// Immutable: share it between threads. Edges and nodes are numbers from 0.
class Adjacency {
 public:
  Adjacency() = default;
  /// Edge i goes from source[i] to target[i] and is of kind[i], below `kinds`. The arrays are of
  /// one length and are copied. O(nodes + edges + kinds).
  Adjacency(uint32_t nodes, uint16_t kinds, std::vector<uint32_t> source,
            std::vector<uint32_t> target, std::vector<uint16_t> kind);

  uint32_t nodes() const { return static_cast<uint32_t>(out_.first.size()) - 1; }
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
  std::span<const uint32_t> of_kind(uint16_t kind) const {
    return std::span(by_kind_).subspan(kind_first_[kind],
                                       kind_first_[kind + 1u] - kind_first_[kind]);
  }

 private:
  struct Rows {
    std::vector<uint32_t> first{0};  // row i is hops[first[i]] .. hops[first[i + 1]]
    std::vector<Hop> hops;
  };
  static std::span<const Hop> row(const Rows& rows, uint32_t node) {
    return std::span(rows.hops).subspan(rows.first[node], rows.first[node + 1] - rows.first[node]);
  }
  std::span<const Hop> narrow(std::span<const Hop> row, uint16_t kind) const;
  void fill(Rows& rows, uint32_t nodes, const std::vector<uint32_t>& from,
            const std::vector<uint32_t>& to) const;

  std::vector<uint32_t> source_, target_;
  std::vector<uint16_t> kind_;
  std::vector<uint32_t> kind_first_{0};
  std::vector<uint32_t> by_kind_;
  Rows out_, in_;
};

}  // namespace weft::graph
