// BERT (Devlin et al. 2019; MiniLM: Wang et al. 2020) after the original, with learned positions.
// Windows stand side by side without padding, and attention sees at most one of them, so a long
// sentence costs no more a word than one of a window's length.
#include "nlp/net_bert.h"

#include <algorithm>
#include <stdexcept>

namespace weft::nlp {

namespace {

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
  for (uint32_t k = 0; k < spec.layers; ++k)
    layers_.emplace_back(tensors, "bert." + std::to_string(k) + ".", spec);
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
                     kBertEpsilon, x, width);
}

void Bert::run(const Kernels& kernels, const BertWindows& windows,
               std::span<const uint32_t> piece_begin, NetWorkspace& work, float* out, size_t stride,
               const EncoderBranch* branch, StateRows& states) const {
  const size_t width = spec_.width;
  float* x = work.normed.take(windows.pieces.size() * width);
  embed(kernels, windows, x);
  for (uint32_t k = 0; k < layers_.size(); ++k) {
    layers_[k].run(kernels, windows.begin, work, x);
    if (branch != nullptr && branch->spec().from == k + 1)
      branch->run(kernels, windows, piece_begin, work, x, states);
  }
  mean_of_pieces(windows, piece_begin, x, width, out, stride);
}

void mean_of_pieces(const BertWindows& windows, std::span<const uint32_t> piece_begin,
                    const float* x, size_t width, float* out, size_t stride) {
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
