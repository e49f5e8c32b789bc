// The part of a net that looks at words: the embedding of their surface, and the blocks that let
// each word see its neighbours.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "nlp/net_input.h"
#include "nlp/net_spec.h"
#include "nlp/net_tensors.h"
#include "nlp/net_workspace.h"
#include "nlp/word_vectors.h"

namespace weft::nlp {

/// Immutable; views into the model file.
class SurfaceLayer {
 public:
  SurfaceLayer(const Tensors& tensors, const ModelFile& file, uint32_t width);

  /// Writes one row of `width` floats a word, normalised.
  void run(const Kernels& kernels, const WordVectors& vectors, std::span<const SurfaceInput> words,
           NetWorkspace& work, float* out, size_t stride) const;

 private:
  uint32_t width_;
  std::array<ByteRows, kSurfaceTables> tables_;  // but for kVectorTable
  ByteRows bits_;
  PackedWeights project_;
  std::span<const float> norm_weight_, norm_bias_;
};

/// Convolutions and self-attention, each added to what it looks at (pre-norm residual blocks).
class BlockStack {
 public:
  BlockStack(const Tensors& tensors, const std::vector<BlockSpec>& blocks, uint32_t width);

  /// Changes the rows in place. `begin` are the first rows of the stretches that don't see each
  /// other, and the number of rows at the end.
  void run(const Kernels& kernels, std::span<const uint32_t> begin, NetWorkspace& work,
           float* x) const;

 private:
  struct Block {
    BlockSpec spec;
    std::span<const float> norm_weight, norm_bias, position;
    PackedWeights in, out;
  };
  void convolve(const Kernels& kernels, const Block& block, std::span<const uint32_t> begin,
                NetWorkspace& work, float* x) const;
  void attend(const Kernels& kernels, const Block& block, std::span<const uint32_t> begin,
              NetWorkspace& work, float* x) const;

  uint32_t width_;
  std::vector<Block> blocks_;
  std::span<const float> norm_weight_, norm_bias_;  // at the end, if there are blocks
};

inline constexpr float kNormEpsilon = 1e-5f;

}  // namespace weft::nlp
