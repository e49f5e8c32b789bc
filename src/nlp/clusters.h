// Word clusters: a class (1 … 1023) for each frequent word, learnt from unlabelled text; 0 for any
// other word.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "nlp/model_file.h"

namespace weft::nlp {

/// Immutable; shared by all threads.
class Clusters {
 public:
  struct Slot {
    uint32_t print = 0;  // upper half of the hash of the lower-cased word
    uint32_t cluster = 0;
  };

  /// No clusters: every word is 0.
  Clusters() = default;
  explicit Clusters(const std::filesystem::path& file);

  /// `lower` is Word::lower.
  uint16_t of(uint64_t lower) const {
    if (slots_.empty()) return 0;
    for (size_t place = lower & (slots_.size() - 1);; place = (place + 1) & (slots_.size() - 1)) {
      if (slots_[place].cluster == 0) return 0;
      if (slots_[place].print == static_cast<uint32_t>(lower >> 32))
        return static_cast<uint16_t>(slots_[place].cluster);
    }
  }

 private:
  std::shared_ptr<const ModelFile> file_;  // shared by the stages that look at clusters
  std::span<const Slot> slots_;
};

}  // namespace weft::nlp
