// Problem: a pair of entities is told by what stands around it, in words that no table knows.
// Method: means of the states of both mentions and of what lies between them, the state of the word
// above both in the tree, and two layers. Arithmetic in the kernels' fixed order, so that every
// processor gives the same bits. References: Zhong and Chen 2021 (types of the ends beside the
// encoder's states), Baldini Soares et al. 2019 (states of mentions).
#include "nlp/relation_head.h"

#include <algorithm>

#include "nlp/net_workspace.h"

namespace weft::nlp {

namespace {

constexpr uint32_t kSteps[] = {0, 1, 2, 3, 4, 6, 9, 13, 19, 30};
constexpr uint32_t kBehind = std::size(kSteps) + 1;  // of distances that are no step farther
static_assert(2 * kBehind + 2 == RelationHead::kDistances);

uint32_t distance_row(core::TokenSpan s, core::TokenSpan o) {
  if (s.empty() || o.empty()) return 2 * kBehind + (s.empty() ? 0 : 1);
  const uint32_t gap = s.begin < o.begin ? o.begin - s.begin : s.begin - o.begin;
  const auto step = static_cast<uint32_t>(
      std::lower_bound(std::begin(kSteps), std::end(kSteps), gap) - std::begin(kSteps));
  return step + (s.begin < o.begin ? kBehind : 0);
}

void copy_row(const ByteRows& rows, uint32_t row, float* out) {
  for (uint32_t i = 0; i < rows.width; ++i)
    out[i] = rows.scale[row] * static_cast<float>(rows.row(row)[i]);
}

}  // namespace

RelationHead::RelationHead(const ModelFile& file, const Tensors& tensors, const BranchSpec& spec,
                           size_t relations, const schema::Ontology& ontology,
                           const Kernels& kernels)
    : spec_(spec),
      kernels_(kernels),
      relations_(relations),
      row_of_type_(ontology.types().size(), 0),
      types_(tensors.rows("head.types", kTypeWidth)),
      distances_(tensors.rows("head.distances", kDistanceWidth)),
      in_(tensors.linear("head.in", static_cast<uint32_t>(inputs(spec.width)), spec.hidden)),
      out_(tensors.linear("head.out", spec.hidden, static_cast<uint32_t>(relations))) {
  const std::vector<std::string> types = file.lines("types");
  if (types_.count != types.size() + 1 || distances_.count != kDistances)
    file.refuse("the tables of its head have another size than weft's");
  for (uint32_t i = 0; i < types.size(); ++i)
    if (const auto id = ontology.type(types[i]); id.valid()) row_of_type_[id.value] = i + 1;
}

void RelationHead::mean(const doc::WordStates& states, core::TokenSpan words, float* out) const {
  std::fill_n(out, spec_.width, 0.0f);
  const uint32_t end = std::min(words.end, words.begin + kMostWords);
  if (words.begin >= end) return;
  for (uint32_t t = words.begin; t < end; ++t) {
    const uint8_t* row = &states.bytes[size_t{t} * spec_.width];
    for (uint32_t i = 0; i < spec_.width; ++i)
      out[i] += states.scale[t] * static_cast<float>(row[i] - 128);
  }
  const float part = 1.0f / static_cast<float>(end - words.begin);
  for (uint32_t i = 0; i < spec_.width; ++i) out[i] *= part;
}

void RelationHead::fill(const stage::EntityPair& pair, float* x) const {
  const doc::Document& document = pair.document;
  const doc::WordStates& states = document.states;
  const core::TokenSpan s = pair.subject_mention, o = pair.object_mention;
  const size_t width = spec_.width;
  mean(states, s, x);
  mean(states, o, x + width);
  for (size_t i = 0; i < width; ++i) x[2 * width + i] = x[i] * x[width + i];
  const uint32_t first = std::min(s.end, o.end), second = std::max(s.begin, o.begin);
  const bool apart = !s.empty() && !o.empty() && first < second;
  mean(states, apart ? core::TokenSpan{first, second} : core::TokenSpan{}, x + 3 * width);
  const bool linked = pair.link != doc::kNoToken;
  mean(states, linked ? core::TokenSpan{pair.link, pair.link + 1} : core::TokenSpan{},
       x + 4 * width);
  mean(states, document.sentence(pair.sentence), x + 5 * width);
  float* rest = x + 6 * width;
  for (const doc::LocalEntity e : {pair.subject, pair.object}) {
    copy_row(types_, row_of_type_[document.entities[e].type.value], rest);
    rest += kTypeWidth;
  }
  copy_row(distances_, distance_row(s, o), rest);
}

void RelationHead::add(const stage::EntityPair& pair, std::span<float> odds) const {
  if (pair.document.states.width != spec_.width) return;
  Buffer<float> input, hidden, answer;
  QuantisedRows rows;
  const size_t size = inputs(spec_.width);
  float* x = input.take(size);
  fill(pair, x);
  rows.set(kernels_, x, 1, size, size);
  float* h = hidden.take(spec_.hidden);
  rows.multiply(kernels_, in_, 1, Activation::relu, nullptr, h, spec_.hidden);
  rows.set(kernels_, h, 1, spec_.hidden, spec_.hidden);
  float* out = answer.take(out_.out);
  rows.multiply(kernels_, out_, 1, Activation::none, nullptr, out, out_.out);
  for (size_t r = 0; r < relations_; ++r) odds[r] += out[r];
}

}  // namespace weft::nlp
