// A branch of the accurate tier's encoder: layers of their own on top of one of its lower layers,
// and a narrow state of each word, for a model that judges words later (relation_head.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "nlp/bert_layer.h"
#include "nlp/model_file.h"

namespace weft::nlp {

struct BertWindows;

/// The kind and the name of the file that holds the branch and its head.
inline constexpr char kRelationModel[] = "relations";
inline constexpr char kRelationFile[] = "relations.bin";

/// The section "branch" of the file that holds it.
struct BranchSpec {
  uint32_t from = 0;    // the encoder's layer whose states it begins with; the lowest is 1
  uint32_t layers = 0;  // of its own
  uint32_t width = 0;   // of a word's state
  uint32_t hidden = 0;  // of the head that reads the states

  /// Nothing if the file has no branch; refuses the file if a number is impossible.
  static std::optional<BranchSpec> read(const ModelFile& file);
  void write(ModelWriter& writer) const;
};

/// States of words as rows of bytes, value / scale + 128.
struct StateRows {
  std::vector<uint8_t> bytes;
  std::vector<float> scale;
};

/// Immutable; views into the model file.
class EncoderBranch {
 public:
  /// Refuses the file if the branch doesn't fit the encoder.
  EncoderBranch(const ModelFile& file, const Tensors& tensors, const BranchSpec& spec,
                const BertSpec& encoder);

  const BranchSpec& spec() const { return spec_; }
  /// `x`: states of all rows behind layer `from`, unchanged. Writes one row for each word.
  void run(const Kernels& kernels, const BertWindows& windows,
           std::span<const uint32_t> piece_begin, NetWorkspace& work, const float* x,
           StateRows& out) const;

 private:
  BranchSpec spec_;
  uint32_t encoder_width_ = 0;
  std::vector<BertLayer> layers_;
  PackedWeights project_;
};

}  // namespace weft::nlp
