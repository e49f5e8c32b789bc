// One layer of a BERT encoder (Devlin et al. 2019): attention over a window, then two layers.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "nlp/net_spec.h"
#include "nlp/net_tensors.h"
#include "nlp/net_workspace.h"

namespace weft::nlp {

/// Immutable; views into a model file.
class BertLayer {
 public:
  /// The arrays `name`qkv, attended, in, out, norm1, norm2; refuses the file if one is missing or
  /// of another size.
  BertLayer(const Tensors& tensors, const std::string& name, const BertSpec& spec);

  /// Replaces the states of all rows (spec.width floats each). `begin`: the first row of each
  /// window, and the number of rows; windows don't see each other. Uses work.wide, hidden, columns,
  /// quantised and inner.
  void run(const Kernels& kernels, std::span<const uint32_t> begin, NetWorkspace& work,
           float* x) const;

 private:
  uint32_t width_ = 0, heads_ = 0, hidden_ = 0;
  PackedWeights qkv_, attended_, in_, out_;
  std::span<const float> attention_weight_, attention_bias_, out_weight_, out_bias_;
};

inline constexpr float kBertEpsilon = 1e-12f;  // of its layer norms

}  // namespace weft::nlp
