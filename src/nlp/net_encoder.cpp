// Surface embeddings are sums of a row of each hashed table, of the projected word vector and of a
// row for each bit that is set. A convolution looks at three words at distance d (van den Oord et
// al. 2016, dilation; Strubell et al. 2017 for tagging); attention is that of Vaswani et al. (2017)
// with a learned bias by relative position (Raffel et al. 2020). Every row is quantised by itself,
// so the answer for a sentence does not depend on what runs beside it. Cost: linear in words, but
// for attention, which is quadratic in a stretch.
#include "nlp/net_encoder.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace weft::nlp {

namespace {

constexpr const char* kTableNames[kSurfaceTables] = {"",        "lower",   "prefix3",
                                                     "suffix3", "suffix2", "shape"};
constexpr uint32_t kBits = 64;

}  // namespace

SurfaceLayer::SurfaceLayer(const Tensors& tensors, const ModelFile& file, uint32_t width)
    : width_(width) {
  for (size_t t = kLower; t < kSurfaceTables; ++t) {
    tables_[t] = tensors.rows(std::string("surface.") + kTableNames[t], width);
    if (tables_[t].count != kTableRows[t])
      file.refuse(std::string("its table ") + kTableNames[t] + " has another size than weft's");
  }
  bits_ = tensors.rows("surface.bits", width);
  if (bits_.count != kBits) file.refuse("its table of bits has another size than weft's");
  project_ = tensors.linear("surface.project", WordVectors::kWidth, width);
  norm_weight_ = tensors.floats("surface.norm.weight", width);
  norm_bias_ = tensors.floats("surface.norm.bias", width);
}

void SurfaceLayer::run(const Kernels& kernels, const WordVectors& vectors,
                       std::span<const SurfaceInput> words, NetWorkspace& work, float* out,
                       size_t stride) const {
  // The vectors are quantised rows already.
  uint8_t* bytes = work.quantised.bytes.take(words.size() * WordVectors::kWidth);
  float* scale = work.quantised.scale.take(words.size());
  for (size_t i = 0; i < words.size(); ++i) {
    const auto values = vectors.values(words[i].rows[kVectorTable]);
    for (size_t k = 0; k < WordVectors::kWidth; ++k)
      bytes[i * WordVectors::kWidth + k] = static_cast<uint8_t>(values[k]) ^ 0x80;
    scale[i] = vectors.scale(words[i].rows[kVectorTable]);
  }
  float* x = work.wide.take(words.size() * width_);
  work.quantised.multiply(kernels, project_, words.size(), Activation::none, nullptr, x, width_);
  std::array<const int8_t*, kSurfaceTables + kBits> rows;
  std::array<float, kSurfaceTables + kBits> scales;
  for (size_t i = 0; i < words.size(); ++i) {
    size_t count = 0;
    for (size_t t = kLower; t < kSurfaceTables; ++t) {
      rows[count] = tables_[t].row(words[i].rows[t]);
      scales[count++] = tables_[t].scale[words[i].rows[t]];
    }
    for (uint64_t bits = words[i].bits; bits != 0; bits &= bits - 1) {
      const auto bit = static_cast<uint32_t>(std::countr_zero(bits));
      rows[count] = bits_.row(bit);
      scales[count++] = bits_.scale[bit];
    }
    kernels.add_rows(rows.data(), scales.data(), count, width_, x + i * width_);
  }
  kernels.layer_norm(x, words.size(), width_, width_, norm_weight_.data(), norm_bias_.data(),
                     kNormEpsilon, out, stride);
}

BlockStack::BlockStack(const Tensors& tensors, const std::vector<BlockSpec>& blocks, uint32_t width)
    : width_(width) {
  for (size_t k = 0; k < blocks.size(); ++k) {
    const std::string name = "blocks." + std::to_string(k) + ".";
    Block block{blocks[k],
                tensors.floats(name + "norm.weight", width),
                tensors.floats(name + "norm.bias", width),
                {},
                {},
                {}};
    if (block.spec.kind == BlockSpec::Kind::conv) {
      block.in = tensors.linear(name + "in", 3 * width, block.spec.hidden);
      block.out = tensors.linear(name + "out", block.spec.hidden, width);
    } else {
      block.in = tensors.linear(name + "qkv", width, 3 * width);
      block.out = tensors.linear(name + "out", width, width);
      block.position = tensors.floats(name + "position", 33 * block.spec.heads);
    }
    blocks_.push_back(block);
  }
  if (blocks_.empty()) return;
  norm_weight_ = tensors.floats("encoder.norm.weight", width);
  norm_bias_ = tensors.floats("encoder.norm.bias", width);
}

void BlockStack::convolve(const Kernels& kernels, const Block& block,
                          std::span<const uint32_t> begin, NetWorkspace& work, float* x) const {
  const size_t rows = begin.back();
  const float* u = work.normed.get();
  float* wide = work.wide.take(rows * 3 * width_);
  const auto put = [&](size_t row, size_t part, bool inside, size_t from) {
    float* to = wide + (row * 3 + part) * width_;
    if (inside) {
      std::memcpy(to, u + from * width_, width_ * sizeof(float));
    } else {
      std::fill_n(to, width_, 0.0f);
    }
  };
  const size_t d = block.spec.dilation;
  for (size_t s = 0; s + 1 < begin.size(); ++s)
    for (size_t i = begin[s]; i < begin[s + 1]; ++i) {
      put(i, 0, i >= begin[s] + d, i - d);
      put(i, 1, true, i);
      put(i, 2, i + d < begin[s + 1], i + d);
    }
  work.quantised.set(kernels, wide, rows, 3 * width_, 3 * width_);
  const size_t hidden = block.spec.hidden;
  float* h = work.hidden.take(rows * hidden);
  work.quantised.multiply(kernels, block.in, rows, Activation::relu, nullptr, h, hidden);
  work.inner.set(kernels, h, rows, hidden, hidden);
  work.inner.multiply(kernels, block.out, rows, Activation::none, x, x, width_);
}

void BlockStack::attend(const Kernels& kernels, const Block& block, std::span<const uint32_t> begin,
                        NetWorkspace& work, float* x) const {
  const size_t rows = begin.back();
  work.quantised.set(kernels, work.normed.get(), rows, width_, width_);
  float* qkv = work.wide.take(rows * 3 * width_);
  work.quantised.multiply(kernels, block.in, rows, Activation::none, nullptr, qkv, 3 * width_);
  float* mixed = work.hidden.take(rows * width_);
  AttentionShape shape{0, block.spec.heads, width_ / block.spec.heads, block.position.data()};
  for (size_t s = 0; s + 1 < begin.size(); ++s) {
    shape.tokens = begin[s + 1] - begin[s];
    kernels.attention(shape, qkv + begin[s] * 3 * width_, 3 * width_, mixed + begin[s] * width_,
                      width_, work.columns.take(shape.scratch()));
  }
  work.quantised.set(kernels, mixed, rows, width_, width_);
  work.quantised.multiply(kernels, block.out, rows, Activation::none, x, x, width_);
}

void BlockStack::run(const Kernels& kernels, std::span<const uint32_t> begin, NetWorkspace& work,
                     float* x) const {
  if (blocks_.empty()) return;
  const size_t rows = begin.back();
  for (const Block& block : blocks_) {
    kernels.layer_norm(x, rows, width_, width_, block.norm_weight.data(), block.norm_bias.data(),
                       kNormEpsilon, work.normed.take(rows * width_), width_);
    if (block.spec.kind == BlockSpec::Kind::conv) {
      convolve(kernels, block, begin, work, x);
    } else {
      attend(kernels, block, begin, work, x);
    }
  }
  kernels.layer_norm(x, rows, width_, width_, norm_weight_.data(), norm_bias_.data(), kNormEpsilon,
                     x, width_);
}

}  // namespace weft::nlp
