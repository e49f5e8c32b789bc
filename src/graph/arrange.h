// From places to a picture: room for dots and labels, and components side by side.
#pragma once

#include <span>
#include <vector>

#include "graph/barnes_hut.h"
#include "graph/ties.h"

namespace weft::graph {

/// What a node covers, centred on its place.
struct Cover {
  double radius = 0;
  double label_width = 0, label_height = 0;  // 0: no label to make room for
};

/// Turns the longest direction to the horizontal, stretches a little towards `spread` (width over
/// height), and scales so that the covers find room.
void fit_scale(std::vector<Point>& at, std::span<const Cover> covers, double spread);

/// Pushes nodes apart until no dots overlap and no labels overlap, or a number of rounds is over.
/// O(rounds * (n + labels^2)).
void separate(std::vector<Point>& at, std::span<const Cover> covers);

/// A laid-out component and where pack() puts it.
struct Part {
  std::vector<Point> at;
  std::vector<Cover> covers;
  const Ties* ties = nullptr;  // of this component; must outlive the call
};

/// Moves the parts so that none covers another: the first in the middle, the others around it, the
/// largest first. The whole is about `spread` times as wide as high and centred on (0, 0).
void pack(std::vector<Part>& parts, double spread);

}  // namespace weft::graph
