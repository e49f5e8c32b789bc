// BERT (Devlin et al. 2019; MiniLM: Wang et al. 2020) after the original: post-norm layers, gelu,
// learned positions. Windows stand side by side without padding; attention runs window by window,
// everything else over all rows. Cost a piece: twelve products of width² a layer, and attention
// over at most one window, so a long sentence costs no more a word than one of a window's length.
#include "nlp/net_bert.h"

#include <algorithm>
#include <stdexcept>

namespace weft::nlp {

namespace {

constexpr float kEpsilon = 1e-12f;

WordPieces read_pieces(const ModelFile& file) {
  try {
    return WordPieces(file.lines("vocab"));
  } catch (const std::invalid_argument& error) {
    file.refuse(std::string("of its vocabulary: ") + error.what());
  }
}

}  // namespace

Bert::Bert(const Tensors& tensors, const ModelFile& file, const BertSpec& spec)
    : spec_(spec),
      pieces_(read_pieces(file)),
      words_(tensors.rows("bert.words", spec.width)),
      positions_(tensors.floats("bert.positions", spec.window * spec.width)),
      norm_weight_(tensors.floats("bert.norm.weight", spec.width)),
      norm_bias_(tensors.floats("bert.norm.bias", spec.width)) {
  if (words_.count != file.lines("vocab").size())
    file.refuse("its vocabulary and its embeddings differ in size");
  for (uint32_t k = 0; k < spec.layers; ++k) {
    const std::string name = "bert." + std::to_string(k) + ".";
    layers_.push_back({tensors.linear(name + "qkv", spec.width, 3 * spec.width),
                       tensors.linear(name + "attended", spec.width, spec.width),
                       tensors.linear(name + "in", spec.width, spec.hidden),
                       tensors.linear(name + "out", spec.hidden, spec.width),
                       tensors.floats(name + "norm1.weight", spec.width),
                       tensors.floats(name + "norm1.bias", spec.width),
                       tensors.floats(name + "norm2.weight", spec.width),
                       tensors.floats(name + "norm2.bias", spec.width)});
  }
}

void Bert::add_stretch(std::span<const uint16_t> pieces, BertWindows& windows) const {
  const size_t most = spec_.window - 2, step = most - spec_.overlap;
  if (windows.begin.empty()) windows.begin.push_back(0);
  size_t next = 0;  // first piece whose row is not yet known
  for (size_t first = 0;; first += step) {
    const bool last = first + most >= pieces.size();
    if (last && first > 0) first = pieces.size() - most;
    const size_t end = std::min(pieces.size(), first + most);
    // What two windows share is divided in the middle.
    const size_t until = last ? end : std::min(end, first + step + spec_.overlap / 2);
    const auto base = static_cast<uint32_t>(windows.pieces.size());
    windows.pieces.push_back(pieces_.begin());
    windows.pieces.insert(windows.pieces.end(), pieces.begin() + static_cast<long>(first),
                          pieces.begin() + static_cast<long>(end));
    windows.pieces.push_back(pieces_.end());
    for (uint32_t i = 0; i < end - first + 2; ++i) windows.place.push_back(i);
    for (; next < until; ++next)
      windows.row_of.push_back(base + 1 + static_cast<uint32_t>(next - first));
    windows.begin.push_back(static_cast<uint32_t>(windows.pieces.size()));
    if (last) return;
  }
}

void Bert::embed(const Kernels& kernels, const BertWindows& windows, float* x) const {
  const size_t width = spec_.width;
  for (size_t i = 0; i < windows.pieces.size(); ++i) {
    std::copy_n(&positions_[windows.place[i] * width], width, x + i * width);
    const int8_t* row = words_.row(windows.pieces[i]);
    kernels.add_rows(&row, &words_.scale[windows.pieces[i]], 1, width, x + i * width);
  }
  kernels.layer_norm(x, windows.pieces.size(), width, width, norm_weight_.data(), norm_bias_.data(),
                     kEpsilon, x, width);
}

void Bert::run_layer(const Kernels& kernels, const Layer& layer, std::span<const uint32_t> begin,
                     NetWorkspace& work, float* x) const {
  const size_t rows = begin.back(), width = spec_.width, hidden = spec_.hidden;
  work.quantised.set(kernels, x, rows, width, width);
  float* qkv = work.wide.take(rows * std::max(3 * width, hidden));
  work.quantised.multiply(kernels, layer.qkv, rows, Activation::none, nullptr, qkv, 3 * width);
  float* mixed = work.hidden.take(rows * width);
  AttentionShape shape{0, spec_.heads, width / spec_.heads, nullptr};
  for (size_t s = 0; s + 1 < begin.size(); ++s) {
    shape.tokens = begin[s + 1] - begin[s];
    kernels.attention(shape, qkv + begin[s] * 3 * width, 3 * width, mixed + begin[s] * width, width,
                      work.columns.take(shape.scratch()));
  }
  work.quantised.set(kernels, mixed, rows, width, width);
  work.quantised.multiply(kernels, layer.attended, rows, Activation::none, x, x, width);
  kernels.layer_norm(x, rows, width, width, layer.attention_weight.data(),
                     layer.attention_bias.data(), kEpsilon, x, width);
  work.quantised.set(kernels, x, rows, width, width);
  float* h = work.wide.get();
  work.quantised.multiply(kernels, layer.in, rows, Activation::gelu, nullptr, h, hidden);
  work.inner.set(kernels, h, rows, hidden, hidden);
  work.inner.multiply(kernels, layer.out, rows, Activation::none, x, x, width);
  kernels.layer_norm(x, rows, width, width, layer.out_weight.data(), layer.out_bias.data(),
                     kEpsilon, x, width);
}

void Bert::run(const Kernels& kernels, const BertWindows& windows,
               std::span<const uint32_t> piece_begin, NetWorkspace& work, float* out,
               size_t stride) const {
  const size_t width = spec_.width;
  float* x = work.normed.take(windows.pieces.size() * width);
  embed(kernels, windows, x);
  for (const Layer& layer : layers_) run_layer(kernels, layer, windows.begin, work, x);
  for (size_t w = 0; w + 1 < piece_begin.size(); ++w) {
    float* to = out + w * stride;
    const uint32_t first = piece_begin[w], end = piece_begin[w + 1];
    std::copy_n(x + windows.row_of[first] * width, width, to);
    if (end - first == 1) continue;
    for (uint32_t p = first + 1; p < end; ++p)
      for (size_t i = 0; i < width; ++i) to[i] += x[windows.row_of[p] * width + i];
    const float part = 1.0f / static_cast<float>(end - first);
    for (size_t i = 0; i < width; ++i) to[i] *= part;
  }
}

}  // namespace weft::nlp
