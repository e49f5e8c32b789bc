// Forces that every point has on every other, in O(n log n): far points are taken together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace weft::graph {

struct Point {
  double x = 0, y = 0;
};

/// A quadtree over points with masses. Immutable once made; share it between threads.
class QuadTree {
 public:
  /// All coordinates finite, all masses above 0. O(n log n). The spans are read in this call only.
  QuadTree(std::span<const Point> points, std::span<const double> masses);

  /// Sum over all other points of mass * (at - other) / distance^2: the push that a point of mass 1
  /// gets. A cell whose width is below `theta` times its distance counts as one point. Points at
  /// one place push each other apart along a direction of their own.
  Point push(uint32_t point, double theta) const;

  /// The points in the order of the tree, neighbours near each other: a good order for calls of
  /// push().
  std::span<const uint32_t> order() const { return order_; }

 private:
  struct Cell {
    double x = 0, y = 0, mass = 0;  // of all its points, at their centre
    double width = 0;
    uint32_t begin = 0, end = 0;  // its points, in order_
    uint32_t skip = 0;            // the next cell that is not inside this one
    bool leaf = true;
  };
  struct Placed {
    double x = 0, y = 0, mass = 0;
  };
  void grow(uint32_t begin, uint32_t end, unsigned level, double width);

  std::vector<uint32_t> order_;
  std::vector<uint32_t> rank_;   // of each point in order_
  std::vector<uint64_t> codes_;  // by rank
  std::vector<Placed> placed_;   // by rank
  std::vector<Cell> cells_;      // a cell before its parts, depth first
};

}  // namespace weft::graph
