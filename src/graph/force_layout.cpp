// ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian: "ForceAtlas2, a Continuous Graph Layout
// Algorithm for Handy Network Visualization", PLoS ONE 2014): nodes push each other apart by the
// product of their masses (degree + 1) over the distance, ties pull by their length (or its
// logarithm), gravity by mass. The speed adapts to how much nodes swing to and fro. Pushes come
// from a quadtree; each node sums up its own forces, so threads share nothing and the result does
// not depend on their number. O(iterations * (n log n + m)).
#include "graph/force_layout.h"

#include <algorithm>
#include <cmath>

#include "graph/parallel.h"

namespace weft::graph {

namespace {

constexpr double kTheta = 1.2;          // as in Gephi
constexpr double kScaling = 2;          // strength of the push
constexpr double kJitterTolerance = 1;  // how much swinging is allowed
constexpr double kSmallestEfficiency = 0.05;
constexpr double kMaxRise = 0.5;  // of the speed in one step

/// Few nodes settle late but cost nothing; many start from PivotMDS nearly where they belong.
unsigned default_iterations(uint32_t nodes) {
  return nodes < 500      ? 100 + nodes
         : nodes < 2000   ? 500
         : nodes < 50000  ? 300
         : nodes < 200000 ? 120
                          : 40;
}

class ForceAtlas {
 public:
  ForceAtlas(const Ties& ties, std::vector<Point> start, const ForceOptions& options)
      : ties_(ties), options_(options), at_(std::move(start)) {
    force_.resize(at_.size());
    before_.resize(at_.size());
    mass_.reserve(at_.size());
    for (uint32_t n = 0; n < ties.size(); ++n)
      mass_.push_back(options.mass + static_cast<double>(ties.of(n).size()));
  }

  void step() {
    const QuadTree tree(at_, mass_);
    std::swap(force_, before_);
    const auto order = tree.order();
    in_parallel(
        order.size(), options_.threads,
        [&](size_t begin, size_t end) {
          for (size_t i = begin; i < end; ++i) force_[order[i]] = force_on(tree, order[i]);
        },
        256);
    adapt_speed();
    for (size_t n = 0; n < at_.size(); ++n) {
      const double factor = speed_ / (1 + std::sqrt(speed_ * swing(n)));
      at_[n].x += force_[n].x * factor;
      at_[n].y += force_[n].y * factor;
    }
  }

  std::vector<Point> take() { return std::move(at_); }

 private:
  Point force_on(const QuadTree& tree, uint32_t n) const {
    Point f = tree.push(n, kTheta);
    f.x *= kScaling * mass_[n];
    f.y *= kScaling * mass_[n];
    const Point p = at_[n];
    for (const Ties::Tie& t : ties_.of(n)) {
      const double dx = at_[t.other].x - p.x, dy = at_[t.other].y - p.y;
      double pull = t.strength;
      if (options_.linlog) {
        const double length = std::sqrt(dx * dx + dy * dy);
        pull *= length > 1e-9 ? std::log1p(length) / length : 1;
      }
      f.x += dx * pull;
      f.y += dy * pull;
    }
    const double middle = std::sqrt(p.x * p.x + p.y * p.y);
    if (middle > 1e-9) {
      const double gravity = options_.gravity * mass_[n] / middle;
      f.x -= p.x * gravity;
      f.y -= p.y * gravity;
    }
    return f;
  }

  double swing(size_t n) const {
    const double dx = before_[n].x - force_[n].x, dy = before_[n].y - force_[n].y;
    return mass_[n] * std::sqrt(dx * dx + dy * dy);
  }

  /// The paper's global speed, with the safeguards of its reference implementation in Gephi.
  void adapt_speed() {
    double swinging = 0, traction = 0;
    for (size_t n = 0; n < at_.size(); ++n) {
      const double sx = before_[n].x + force_[n].x, sy = before_[n].y + force_[n].y;
      swinging += swing(n);
      traction += mass_[n] * std::sqrt(sx * sx + sy * sy) / 2;
    }
    if (!(swinging > 0)) return;
    const auto size = static_cast<double>(at_.size());
    const double optimal = 0.05 * std::sqrt(size);
    double tolerance =
        kJitterTolerance *
        std::max(std::sqrt(optimal), std::min(10.0, optimal * traction / (size * size)));
    if (swinging > 2 * traction) {
      if (efficiency_ > kSmallestEfficiency) efficiency_ *= 0.5;
      tolerance = std::max(tolerance, kJitterTolerance);
    }
    const double target = tolerance * efficiency_ * traction / swinging;
    if (swinging > tolerance * traction) {
      if (efficiency_ > kSmallestEfficiency) efficiency_ *= 0.7;
    } else if (speed_ < 1000) {
      efficiency_ *= 1.3;
    }
    speed_ += std::min(target - speed_, kMaxRise * speed_);
  }

  const Ties& ties_;
  const ForceOptions& options_;
  std::vector<Point> at_, force_, before_;
  std::vector<double> mass_;
  double speed_ = 1, efficiency_ = 1;
};

}  // namespace

std::vector<Point> force_layout(const Ties& ties, const ForceOptions& options) {
  if (ties.size() < 2) return std::vector<Point>(ties.size());
  ForceAtlas layout(ties, pivot_layout(ties, options.seed), options);
  const unsigned iterations =
      options.iterations > 0 ? options.iterations : default_iterations(ties.size());
  for (unsigned i = 0; i < iterations; ++i) layout.step();
  return layout.take();
}

}  // namespace weft::graph
