// Room for dots and labels. Overlaps are resolved pair by pair, half of the way each, along the
// axis that costs less (labels are wide, so mostly up and down); dots find their neighbours in a
// grid of cells as wide as the largest dot, labels are few enough to try all pairs. Everything goes
// by node number, so the same places come out every time.
#include "graph/arrange.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace weft::graph {

namespace {

constexpr double kDotGap = 3;       // between the rims of two dots
constexpr double kLabelGap = 9;     // between two labels
constexpr double kDotRoom = 9;      // area around a dot, in its own areas
constexpr double kLabelRoom = 3.4;  // likewise for a label's box
constexpr double kUsual = 2;        // standard deviations from the middle
constexpr double kMostStretch = 1.35;
constexpr unsigned kRounds = 120, kRoundsOfFew = 600;
constexpr size_t kFew = 1000;        // nodes
constexpr unsigned kGrowEvery = 50;  // rounds that did not settle it: then all grows a little
constexpr double kGrow = 1.06;

struct Spread {
  Point middle;
  double xx = 0, xy = 0, yy = 0;  // covariance
};

Spread spread_of(std::span<const Point> at) {
  Spread s;
  const auto n = static_cast<double>(at.size());
  for (const Point& p : at) {
    s.middle.x += p.x / n;
    s.middle.y += p.y / n;
  }
  for (const Point& p : at) {
    const double dx = p.x - s.middle.x, dy = p.y - s.middle.y;
    s.xx += dx * dx / n;
    s.xy += dx * dy / n;
    s.yy += dy * dy / n;
  }
  return s;
}

/// A thin chain that hangs far out would make all else small: beyond twice the usual distance from
/// the middle, distances grow with their logarithm.
void draw_in(std::vector<Point>& at) {
  const Spread s = spread_of(at);
  const double wide = std::max(std::sqrt(s.xx), 1e-9), high = std::max(std::sqrt(s.yy), 1e-9);
  for (Point& p : at) {
    const double far = std::hypot(p.x / wide, p.y / high);
    if (far <= kUsual) continue;
    const double factor = (kUsual + std::log1p(far - kUsual)) / far;
    p = {p.x * factor, p.y * factor};
  }
}

/// The box of a labelled node: its dot and its label.
double box_width(const Cover& c) { return std::max(2 * c.radius, c.label_width); }
double box_height(const Cover& c) { return std::max(2 * c.radius, c.label_height); }

/// True if something moved.
bool part_labels(std::vector<Point>& at, std::span<const Cover> covers,
                 const std::vector<uint32_t>& labelled) {
  bool moved = false;
  for (size_t i = 0; i < labelled.size(); ++i)
    for (size_t j = i + 1; j < labelled.size(); ++j) {
      Point& a = at[labelled[i]];
      Point& b = at[labelled[j]];
      const Cover& ca = covers[labelled[i]];
      const Cover& cb = covers[labelled[j]];
      const double over_x = (box_width(ca) + box_width(cb)) / 2 + kLabelGap - std::abs(a.x - b.x);
      const double over_y = (box_height(ca) + box_height(cb)) / 2 + kLabelGap - std::abs(a.y - b.y);
      if (over_x <= 0 || over_y <= 0) continue;
      moved = true;
      if (over_x < over_y) {
        const double push = (over_x / 2 + 0.05) * (a.x <= b.x ? 1 : -1);
        a.x -= push;
        b.x += push;
      } else {
        const double push = (over_y / 2 + 0.05) * (a.y <= b.y ? 1 : -1);
        a.y -= push;
        b.y += push;
      }
    }
  return moved;
}

/// Nodes by cell of a grid, as compressed rows.
class Grid {
 public:
  Grid(std::span<const Point> at, double cell) : cell_(cell) {
    double right = -1e300, top = -1e300;
    left_ = bottom_ = 1e300;
    for (const Point& p : at) {
      left_ = std::min(left_, p.x);
      right = std::max(right, p.x);
      bottom_ = std::min(bottom_, p.y);
      top = std::max(top, p.y);
    }
    // Few nodes far apart must not make a huge grid.
    const double most = 4 * std::sqrt(static_cast<double>(at.size())) + 16;
    cell_ = std::max({cell_, (right - left_) / most, (top - bottom_) / most});
    columns_ = static_cast<size_t>((right - left_) / cell_) + 1;
    rows_ = static_cast<size_t>((top - bottom_) / cell_) + 1;
    begin_.assign(columns_ * rows_ + 1, 0);
    for (const Point& p : at) ++begin_[cell_of(p) + 1];
    std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
    nodes_.resize(at.size());
    std::vector<uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (uint32_t n = 0; n < at.size(); ++n) nodes_[next[cell_of(at[n])]++] = n;
  }

  template <class Visit>
  void each_near(const Point& p, Visit&& visit) const {
    const size_t column = column_of(p), row = row_of(p);
    for (size_t r = row > 0 ? row - 1 : 0; r <= std::min(row + 1, rows_ - 1); ++r) {
      const size_t first = r * columns_ + (column > 0 ? column - 1 : 0);
      const size_t last = r * columns_ + std::min(column + 1, columns_ - 1);
      for (uint32_t i = begin_[first]; i < begin_[last + 1]; ++i) visit(nodes_[i]);
    }
  }

 private:
  size_t column_of(const Point& p) const { return static_cast<size_t>((p.x - left_) / cell_); }
  size_t row_of(const Point& p) const { return static_cast<size_t>((p.y - bottom_) / cell_); }
  size_t cell_of(const Point& p) const { return row_of(p) * columns_ + column_of(p); }

  double cell_, left_ = 0, bottom_ = 0;
  size_t columns_ = 1, rows_ = 1;
  std::vector<uint32_t> begin_, nodes_;
};

bool part_dots(std::vector<Point>& at, std::span<const Cover> covers, double widest) {
  bool moved = false;
  const std::vector<Point> placed = at;
  const Grid grid(placed, 2 * widest + kDotGap);
  for (uint32_t a = 0; a < at.size(); ++a)
    grid.each_near(placed[a], [&](uint32_t b) {
      if (b <= a) return;
      double dx = at[b].x - at[a].x, dy = at[b].y - at[a].y;
      const double need = covers[a].radius + covers[b].radius + kDotGap;
      double far = std::sqrt(dx * dx + dy * dy);
      if (far >= need) return;
      moved = true;
      if (far < 1e-9) {
        const double angle = 2.399963 * (a + 1.0);
        dx = std::cos(angle);
        dy = std::sin(angle);
        far = 1;
      }
      // The larger one stays where it is, more or less.
      const double push = need - std::min(far, need) + 0.05;
      const double part = covers[b].radius / (covers[a].radius + covers[b].radius);
      at[a].x -= dx / far * push * part;
      at[a].y -= dy / far * push * part;
      at[b].x += dx / far * push * (1 - part);
      at[b].y += dy / far * push * (1 - part);
    });
  return moved;
}

}  // namespace

void fit_scale(std::vector<Point>& at, std::span<const Cover> covers, double spread) {
  if (at.size() < 2) return;
  const Spread before = spread_of(at);
  const double angle = std::atan2(2 * before.xy, before.xx - before.yy) / 2;
  const double cosine = std::cos(angle), sine = std::sin(angle);
  for (Point& p : at) {
    const double x = p.x - before.middle.x, y = p.y - before.middle.y;
    p = {x * cosine + y * sine, y * cosine - x * sine};
  }
  draw_in(at);
  const Spread turned = spread_of(at);
  double needed = 0;
  for (const Cover& c : covers)
    needed += std::max(kDotRoom * 3.1416 * c.radius * c.radius,
                       kLabelRoom * (c.label_width + kLabelGap) * (c.label_height + kLabelGap));
  const double wide = std::sqrt(turned.xx), high = std::sqrt(turned.yy);
  if (!(wide > 1e-9)) return;
  // Nodes on a line have no height; they get their room along it.
  const double have = 3.1416 * 2 * wide * 2 * std::max(high, wide / 8);
  const double scale = std::sqrt(needed / have);
  const double stretch =
      std::clamp(std::sqrt(spread * std::max(high, 1e-9) / wide), 1.0, kMostStretch);
  for (Point& p : at) p = {p.x * scale * stretch, p.y * scale / stretch};
}

void separate(std::vector<Point>& at, std::span<const Cover> covers) {
  std::vector<uint32_t> labelled;
  double widest = 0;
  for (uint32_t n = 0; n < covers.size(); ++n) {
    if (covers[n].label_width > 0) labelled.push_back(n);
    widest = std::max(widest, covers[n].radius);
  }
  const unsigned rounds = at.size() <= kFew ? kRoundsOfFew : kRounds;
  for (unsigned round = 1; round <= rounds; ++round) {
    const bool dots = part_dots(at, covers, widest);
    const bool labels = part_labels(at, covers, labelled);
    if (!dots && !labels) return;
    if (round % kGrowEvery == 0)
      for (Point& p : at) p = {p.x * kGrow, p.y * kGrow};
  }
}

}  // namespace weft::graph
