// Cost a piece: that of so many layers of the encoder; a word: one product of its width and the
// narrow one.
#include "nlp/encoder_branch.h"

#include <algorithm>
#include <sstream>

#include "nlp/net_bert.h"

namespace weft::nlp {

namespace {

constexpr uint32_t kMostLayers = 12, kWidest = 1024;

}  // namespace

std::optional<BranchSpec> BranchSpec::read(const ModelFile& file) {
  if (!file.has("branch")) return std::nullopt;
  const std::vector<std::string> lines = file.lines("branch");
  std::istringstream in(lines.empty() ? std::string() : lines.front());
  in.imbue(std::locale::classic());
  BranchSpec spec;
  in >> spec.from >> spec.layers >> spec.width >> spec.hidden;
  const auto is_width = [](uint32_t w) { return w > 0 && w <= kWidest && w % kLanes == 0; };
  if (in.fail() || lines.size() != 1 || spec.from == 0 || spec.layers > kMostLayers ||
      !is_width(spec.width) || !is_width(spec.hidden))
    file.refuse("its branch of the encoder has an impossible size");
  return spec;
}

void BranchSpec::write(ModelWriter& writer) const {
  writer.add_lines("branch", {std::to_string(from) + " " + std::to_string(layers) + " " +
                              std::to_string(width) + " " + std::to_string(hidden)});
}

EncoderBranch::EncoderBranch(const ModelFile& file, const Tensors& tensors, const BranchSpec& spec,
                             const BertSpec& encoder)
    : spec_(spec),
      encoder_width_(encoder.width),
      project_(tensors.linear("branch.project", encoder.width, spec.width)) {
  if (spec.from > encoder.layers) file.refuse("its branch begins above the encoder's last layer");
  for (uint32_t k = 0; k < spec.layers; ++k)
    layers_.emplace_back(tensors, "branch." + std::to_string(k) + ".", encoder);
}

void EncoderBranch::run(const Kernels& kernels, const BertWindows& windows,
                        std::span<const uint32_t> piece_begin, NetWorkspace& work, const float* x,
                        StateRows& out) const {
  const size_t rows = windows.pieces.size(), words = piece_begin.size() - 1;
  const size_t width = encoder_width_, narrow = spec_.width;
  float* own = work.branch.take(rows * width);
  std::copy_n(x, rows * width, own);
  for (const BertLayer& layer : layers_) layer.run(kernels, windows.begin, work, own);
  float* means = work.wide.take(words * width);
  mean_of_pieces(windows, piece_begin, own, width, means, width);
  work.quantised.set(kernels, means, words, width, width);
  float* states = work.hidden.take(words * narrow);
  work.quantised.multiply(kernels, project_, words, Activation::none, nullptr, states, narrow);
  out.bytes.resize(words * narrow);
  out.scale.resize(words);
  kernels.quantise(states, words, narrow, narrow, out.bytes.data(), out.scale.data());
}

}  // namespace weft::nlp
