// Components side by side, after Freivalds, Dogrusoz and Kikusts ("Disconnected Graph Layout and
// the Polyomino Packing Approach", 2002): the plane is a grid; the largest component takes the
// cells that its nodes and ties touch, each other one the cells of its bounding box, at the free
// place nearest to the middle. Places are tried in order of distance, and boxes of one shape go on
// where the last one found room, so that thousands of single nodes cost little.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <tuple>

#include "graph/arrange.h"

namespace weft::graph {

namespace {

constexpr double kGap = 8;          // around each component
constexpr double kMostCells = 700;  // along a side of the picture, about

struct Box {
  double left = 1e300, bottom = 1e300, right = -1e300, top = -1e300;
  double width() const { return right - left; }
  double height() const { return top - bottom; }
};

void include(Box& box, const Point& p, const Cover& c) {
  const double x = std::max(c.radius, c.label_width / 2),
               y = std::max(c.radius, c.label_height / 2);
  box.left = std::min(box.left, p.x - x);
  box.right = std::max(box.right, p.x + x);
  box.bottom = std::min(box.bottom, p.y - y);
  box.top = std::max(box.top, p.y + y);
}

Box box_of(const Part& part) {
  Box box;
  for (size_t i = 0; i < part.at.size(); ++i) include(box, part.at[i], part.covers[i]);
  return box;
}

void shift(Part& part, double x, double y) {
  for (Point& p : part.at) {
    p.x += x;
    p.y += y;
  }
}

/// Cells of the plane around (0, 0), taken or free.
class Cells {
 public:
  Cells(double cell, int half_columns, int half_rows)
      : cell_(cell),
        half_columns_(half_columns),
        half_rows_(half_rows),
        taken_(static_cast<size_t>(2 * half_columns) * static_cast<size_t>(2 * half_rows)) {}

  void take(const Box& box) {
    for (int r = index(box.bottom - kGap); r <= index(box.top + kGap); ++r)
      for (int c = index(box.left - kGap); c <= index(box.right + kGap); ++c) take(c, r);
  }
  void take_line(Point a, Point b) {
    const double length = std::max(std::abs(b.x - a.x), std::abs(b.y - a.y));
    const int steps = static_cast<int>(length / cell_ * 1.5) + 1;
    for (int i = 0; i <= steps; ++i) {
      const double t = static_cast<double>(i) / steps;
      take(index(a.x + t * (b.x - a.x)), index(a.y + t * (b.y - a.y)));
    }
  }
  bool is_free(int column, int row, int columns, int rows) const {
    if (column < -half_columns_ || row < -half_rows_ || column + columns > half_columns_ ||
        row + rows > half_rows_)
      return false;
    for (int r = row; r < row + rows; ++r)
      for (int c = column; c < column + columns; ++c)
        if (taken_[place(c, r)]) return false;
    return true;
  }
  void take(int column, int row) {
    if (column >= -half_columns_ && column < half_columns_ && row >= -half_rows_ &&
        row < half_rows_)
      taken_[place(column, row)] = true;
  }
  int index(double coordinate) const { return static_cast<int>(std::floor(coordinate / cell_)); }

  /// The free cells between two distances from the middle, nearest first; distances count in cells,
  /// and nothing is nearer than height / width = 1 / spread.
  std::vector<std::pair<int, int>> by_distance(double spread, double from, double to) const {
    // Distances that are not negative are ordered as their bits are: one integer a cell sorts fast.
    std::vector<uint64_t> all;
    for (int r = -half_rows_; r < half_rows_; ++r)
      for (int c = -half_columns_; c < half_columns_; ++c) {
        const double x = (c + 0.5) / spread, y = r + 0.5;
        const double distance = std::sqrt(x * x + y * y);
        if (distance < from || distance >= to || taken_[place(c, r)]) continue;
        all.push_back(uint64_t{std::bit_cast<uint32_t>(static_cast<float>(distance))} << 32 |
                      place(c, r));
      }
    std::sort(all.begin(), all.end());
    std::vector<std::pair<int, int>> out;
    out.reserve(all.size());
    for (const uint64_t cell : all) {
      const auto at = static_cast<int>(cell & 0xffffffffu);
      out.emplace_back(at % (2 * half_columns_) - half_columns_,
                       at / (2 * half_columns_) - half_rows_);
    }
    return out;
  }

 private:
  size_t place(int column, int row) const {
    return static_cast<size_t>(row + half_rows_) * static_cast<size_t>(2 * half_columns_) +
           static_cast<size_t>(column + half_columns_);
  }
  double cell_;
  int half_columns_, half_rows_;
  std::vector<bool> taken_;
};

void centre_all(std::vector<Part>& parts) {
  Box whole;
  for (const Part& part : parts)
    for (size_t i = 0; i < part.at.size(); ++i) include(whole, part.at[i], part.covers[i]);
  for (Part& part : parts)
    shift(part, -(whole.left + whole.right) / 2, -(whole.bottom + whole.top) / 2);
}

}  // namespace

void pack(std::vector<Part>& parts, double spread) {
  if (parts.empty()) return;
  std::vector<Box> boxes;
  double area = 0, largest = 0, narrowest = 1e300;
  for (Part& part : parts) {
    Box box = box_of(part);
    shift(part, -(box.left + box.right) / 2, -(box.bottom + box.top) / 2);
    boxes.push_back(box);
    area += (box.width() + 2 * kGap) * (box.height() + 2 * kGap);
    largest = std::max({largest, box.width(), box.height()});
    narrowest = std::min({narrowest, box.width(), box.height()});
  }
  if (parts.size() > 1) {
    const double side = std::sqrt(area) * 1.6 + largest;
    const double cell = std::max(narrowest / 2 + kGap, side / kMostCells);
    Cells cells(cell, static_cast<int>(side * std::sqrt(spread) / cell) + 4,
                static_cast<int>(side / std::sqrt(spread) / cell) + 4);
    const Part& first = parts[0];
    for (size_t i = 0; i < first.at.size(); ++i) {
      Box box;
      include(box, first.at[i], first.covers[i]);
      cells.take(box);
      if (first.ties)
        for (const Ties::Tie& t : first.ties->of(static_cast<uint32_t>(i)))
          if (t.other > i) cells.take_line(first.at[i], first.at[t.other]);
    }
    // Nearly always all find room within half a side.
    const double near = side / 2 / cell;
    auto places = cells.by_distance(spread, 0, near);
    bool all_places = false;
    std::vector<std::tuple<int, int, size_t>> order;  // rows, columns, part
    for (size_t i = 1; i < parts.size(); ++i)
      order.emplace_back(static_cast<int>(std::ceil((boxes[i].height() + 2 * kGap) / cell)),
                         static_cast<int>(std::ceil((boxes[i].width() + 2 * kGap) / cell)), i);
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return std::get<0>(a) * std::get<1>(a) > std::get<0>(b) * std::get<1>(b);
    });
    size_t from = 0;
    int last_rows = 0, last_columns = 0;
    for (const auto& [rows, columns, i] : order) {
      if (rows != last_rows || columns != last_columns) from = 0;
      last_rows = rows;
      last_columns = columns;
      // A box's own middle should be near, so it is put around the tried cell.
      const auto fits = [&, rows = rows, columns = columns](const std::pair<int, int>& p) {
        return cells.is_free(p.first - columns / 2, p.second - rows / 2, columns, rows);
      };
      const auto skip_taken = [&] {
        while (from < places.size() && !fits(places[from])) ++from;
      };
      skip_taken();
      if (from == places.size() && !all_places) {
        const auto far = cells.by_distance(spread, near, 1e300);
        places.insert(places.end(), far.begin(), far.end());
        all_places = true;
        skip_taken();
      }
      if (from == places.size()) {
        shift(parts[i], 0, -side);  // can't happen: the grid has room for all
        continue;
      }
      const int column = places[from].first - columns / 2, row = places[from].second - rows / 2;
      for (int r = row; r < row + rows; ++r)
        for (int c = column; c < column + columns; ++c) cells.take(c, r);
      shift(parts[i], (column + columns / 2.0) * cell, (row + rows / 2.0) * cell);
    }
  }
  centre_all(parts);
}

}  // namespace weft::graph
