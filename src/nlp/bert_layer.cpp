// Post-norm layers and gelu, after the original. Attention runs window by window, everything else
// over all rows. Cost a row: twelve products of width², and attention over one window.
#include "nlp/bert_layer.h"

#include <algorithm>

namespace weft::nlp {

BertLayer::BertLayer(const Tensors& tensors, const std::string& name, const BertSpec& spec)
    : width_(spec.width),
      heads_(spec.heads),
      hidden_(spec.hidden),
      qkv_(tensors.linear(name + "qkv", width_, 3 * width_)),
      attended_(tensors.linear(name + "attended", width_, width_)),
      in_(tensors.linear(name + "in", width_, hidden_)),
      out_(tensors.linear(name + "out", hidden_, width_)),
      attention_weight_(tensors.floats(name + "norm1.weight", width_)),
      attention_bias_(tensors.floats(name + "norm1.bias", width_)),
      out_weight_(tensors.floats(name + "norm2.weight", width_)),
      out_bias_(tensors.floats(name + "norm2.bias", width_)) {}

void BertLayer::run(const Kernels& kernels, std::span<const uint32_t> begin, NetWorkspace& work,
                    float* x) const {
  const size_t rows = begin.back(), width = width_, hidden = hidden_;
  work.quantised.set(kernels, x, rows, width, width);
  float* qkv = work.wide.take(rows * std::max(3 * width, hidden));
  work.quantised.multiply(kernels, qkv_, rows, Activation::none, nullptr, qkv, 3 * width);
  float* mixed = work.hidden.take(rows * width);
  AttentionShape shape{0, heads_, width / heads_, nullptr};
  for (size_t s = 0; s + 1 < begin.size(); ++s) {
    shape.tokens = begin[s + 1] - begin[s];
    kernels.attention(shape, qkv + begin[s] * 3 * width, 3 * width, mixed + begin[s] * width, width,
                      work.columns.take(shape.scratch()));
  }
  work.quantised.set(kernels, mixed, rows, width, width);
  work.quantised.multiply(kernels, attended_, rows, Activation::none, x, x, width);
  kernels.layer_norm(x, rows, width, width, attention_weight_.data(), attention_bias_.data(),
                     kBertEpsilon, x, width);
  work.quantised.set(kernels, x, rows, width, width);
  float* h = work.wide.get();
  work.quantised.multiply(kernels, in_, rows, Activation::gelu, nullptr, h, hidden);
  work.inner.set(kernels, h, rows, hidden, hidden);
  work.inner.multiply(kernels, out_, rows, Activation::none, x, x, width);
  kernels.layer_norm(x, rows, width, width, out_weight_.data(), out_bias_.data(), kBertEpsilon, x,
                     width);
}

}  // namespace weft::nlp
