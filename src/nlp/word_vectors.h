// Pretrained word vectors, quantised: an int8 row and a scale for each frequent word.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "nlp/model_file.h"

namespace weft::nlp {

/// Immutable; shared by all threads.
class WordVectors {
 public:
  static constexpr size_t kWidth = 100;

  struct Slot {
    uint32_t print = 0;  // upper half of the hash of the lower-cased word
    uint32_t row = 0;    // 0: the slot is empty
  };

  explicit WordVectors(const std::filesystem::path& file);

  /// The row of a word; 0, a row of zeros, for one that has none. `lower` is Word::lower.
  uint32_t row_of(uint64_t lower) const {
    for (size_t place = lower & (slots_.size() - 1);; place = (place + 1) & (slots_.size() - 1)) {
      if (slots_[place].row == 0) return 0;
      if (slots_[place].print == static_cast<uint32_t>(lower >> 32)) return slots_[place].row;
    }
  }
  uint32_t rows() const { return static_cast<uint32_t>(scales_.size()); }
  /// The vector of a row is values(row)[i] * scale(row).
  std::span<const int8_t> values(uint32_t row) const {
    return values_.subspan(row * kWidth, kWidth);
  }
  float scale(uint32_t row) const { return scales_[row]; }

 private:
  ModelFile file_;
  std::span<const Slot> slots_;
  std::span<const float> scales_;
  std::span<const int8_t> values_;
};

}  // namespace weft::nlp
