// A linear classifier over hashed features: each feature owns a short list of (label, weight). Used
// by the tagger, the parser and the name tagger; trained by tools/train.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "nlp/model_file.h"

namespace weft::nlp {

inline constexpr int kMostLabels = 255;

/// One place of the hash table. `print` is the upper half of the feature's key; `list` holds the
/// place of the feature's first (label, weight) pair in its lower 24 bits and the number of pairs
/// in its upper 8 (0: an empty slot).
struct FeatureSlot {
  uint32_t print = 0;
  uint32_t list = 0;
};

/// The weight of a code.
constexpr int32_t decode_weight(int code) { return code < 0 ? -code * code : code * code; }
inline constexpr int kLargestCode = 127;

/// `code` is looked up in the table of weights: weights are heavy-tailed, so the codes are spaced
/// by their squares.
struct LabelWeight {
  uint8_t label = 0;
  int8_t code = 0;
};

/// Immutable view into a ModelFile, which must outlive it.
class LinearModel {
 public:
  LinearModel() = default;
  /// Sections `<prefix>slots` and `<prefix>weights`. Throws SetupError if anything points outside.
  LinearModel(const ModelFile& file, std::string_view prefix, int label_count);

  /// Adds the weights of one feature to `scores` (as many as there are labels).
  void add(uint64_t key, int32_t* scores) const {
    const uint32_t print = static_cast<uint32_t>(key >> 32);
    for (uint32_t place = static_cast<uint32_t>(key) & mask_;; place = (place + 1) & mask_) {
      const FeatureSlot slot = slots_[place];
      if (slot.list == 0) return;
      if (slot.print != print) continue;
      const LabelWeight* pair = &weights_[slot.list & 0xffffff];
      const LabelWeight* end = pair + (slot.list >> 24);
      for (; pair != end; ++pair) scores[pair->label] += kDecoded[static_cast<uint8_t>(pair->code)];
      return;
    }
  }
  /// Fetches the slot into the cache ahead of add().
  void prefetch(uint64_t key) const {
    __builtin_prefetch(&slots_[static_cast<uint32_t>(key) & mask_]);
  }

 private:
  static constexpr std::array<int16_t, 256> kDecoded = [] {
    std::array<int16_t, 256> table{};
    for (int code = -128; code < 128; ++code)
      table[static_cast<uint8_t>(static_cast<int8_t>(code))] =
          static_cast<int16_t>(decode_weight(code));
    return table;
  }();

  std::span<const FeatureSlot> slots_;
  std::span<const LabelWeight> weights_;
  uint32_t mask_ = 0;
};

}  // namespace weft::nlp
