// The averaged perceptron (Freund and Schapire 1999; Collins 2002) over hashed features, and its
// pruning and rounding to the run-time form (nlp/linear_model.h).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "nlp/linear_model.h"

namespace weft::train {

/// Sparse weights: one growing list of (label, weight, sum) a feature. Used by one thread.
class Perceptron {
 public:
  explicit Perceptron(int label_count) : label_count_(label_count), slots_(1 << 16) {}

  int label_count() const { return label_count_; }
  /// Sets `scores` (label_count of them) to the scores of the current weights.
  void score(std::span<const uint64_t> keys, std::vector<float>& scores) const;
  /// Adds `amount` to the weights of `label`.
  void update(std::span<const uint64_t> keys, int label, float amount);
  /// Call once an example: time passes for the average.
  void tick() { ++time_; }

  /// Replaces the weights by their averages: for measuring. No updates afterwards.
  void average();

  struct Pruning {
    double smallest = 0;         // drop averaged weights whose size is at or below this
    uint32_t least_updates = 1;  // drop features that were updated less often
    size_t most_features =
        390'000;  // keep those with the largest weights; fills a table of 2^19 to three quarters
  };
  /// Adds the averaged, pruned and rounded weights to a model file; returns by what they were
  /// multiplied.
  double write(nlp::ModelWriter& out, const std::string& prefix, Pruning pruning) const;

 private:
  struct Pair {
    float weight = 0;
    double sum = 0;
    uint8_t label = 0;
  };
  struct Slot {
    uint64_t key = 0;
    uint32_t begin = 0;
    uint16_t count = 0, room = 0;
    uint32_t updates = 0;
  };
  const Slot* find(uint64_t key) const;
  Slot& find_or_add(uint64_t key);
  void grow();

  int label_count_;
  std::vector<Slot> slots_;
  size_t used_ = 0;
  std::vector<Pair> pairs_;
  double time_ = 1;
};

}  // namespace weft::train
