// The pretrained encoder of the accurate tier: a small BERT over word pieces.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "nlp/bert_layer.h"
#include "nlp/encoder_branch.h"
#include "nlp/word_pieces.h"

namespace weft::nlp {

/// What runs at once: sentences, or parts of long ones, cut into windows. Reused.
struct BertWindows {
  std::vector<uint32_t> begin;   // first row of each window, and the number of rows
  std::vector<uint16_t> pieces;  // of each row, marks included
  std::vector<uint32_t> place;   // of each row in its window
  std::vector<uint32_t> row_of;  // of each piece of the batch: the row to read its state from
};

/// The mean of each word's rows of `x` (rows of `width` floats); words lie `stride` apart in `out`.
void mean_of_pieces(const BertWindows& windows, std::span<const uint32_t> piece_begin,
                    const float* x, size_t width, float* out, size_t stride);

/// Immutable; views into the model file.
class Bert {
 public:
  Bert(const Tensors& tensors, const ModelFile& file, const BertSpec& spec);

  /// Lays out the pieces of one stretch of words as windows. Every piece's state is read from the
  /// window in which it stands farther from the border.
  void add_stretch(std::span<const uint16_t> pieces, BertWindows& windows) const;
  /// Writes the mean state of each word's pieces; word w has the pieces piece_begin[w] …
  /// piece_begin[w + 1] of the batch. `branch` may be null; else `states` gets its answer.
  void run(const Kernels& kernels, const BertWindows& windows,
           std::span<const uint32_t> piece_begin, NetWorkspace& work, float* out, size_t stride,
           const EncoderBranch* branch, StateRows& states) const;

  const WordPieces& pieces() const { return pieces_; }

 private:
  void embed(const Kernels& kernels, const BertWindows& windows, float* x) const;

  BertSpec spec_;
  WordPieces pieces_;
  ByteRows words_;
  std::span<const float> positions_;  // of the window, with the one segment's embedding
  std::span<const float> norm_weight_, norm_bias_;
  std::vector<BertLayer> layers_;
};

}  // namespace weft::nlp
