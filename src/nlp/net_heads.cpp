// Arcs are scored by a biaffine product (Dozat and Manning 2017) and decoded as a spanning tree; a
// relation is found from both ends of the chosen arc. Names are the best sequence of labels in
// which an inside follows its own beginning; a name's score is its probability over all such
// sequences. Cost: linear in words, but for the scores of arcs, which are quadratic in a
// stretch.
#include "nlp/net_heads.h"

#include <algorithm>

namespace weft::nlp {

namespace {

size_t best_of(const float* scores, size_t count) {
  size_t best = 0;
  for (size_t k = 1; k < count; ++k)
    if (scores[k] > scores[best]) best = k;
  return best;
}

}  // namespace

Heads::Heads(const Tensors& tensors, const NetSpec& spec)
    : width_(spec.width()), arcs_(spec.arcs), labels_(spec.labels) {
  const auto two = [&](const std::string& name, uint32_t hidden, size_t count) {
    const auto number = static_cast<uint32_t>(count);
    return TwoLayers{tensors.linear(name + ".in", width_, hidden),
                     tensors.linear(name + ".out", hidden, number), hidden, number};
  };
  if (spec.tags_hidden != 0) tags_ = two("heads.tags", spec.tags_hidden, spec.tags.size());
  if (spec.names_hidden != 0)
    names_ = two("heads.names", spec.names_hidden, 1 + 2 * spec.types.size());
  if (arcs_ != 0) {
    arc_dependent_ = tensors.linear("heads.arcs.dependent", width_, arcs_);
    arc_head_ = tensors.linear("heads.arcs.head", width_, arcs_);
    arc_matrix_ = tensors.linear("heads.arcs.matrix", arcs_, arcs_ + 1);
    arc_root_ = tensors.floats("heads.arcs.root", arcs_ + 1);
    relations_ = static_cast<uint32_t>(spec.deprels.size());
    label_dependent_ = tensors.linear("heads.labels.dependent", width_, labels_);
    label_head_ = tensors.linear("heads.labels.head", width_, labels_);
    label_bias_ = tensors.floats("heads.labels.bias", labels_);
    label_out_ = tensors.linear("heads.labels.out", labels_, relations_);
    root_relation_ = static_cast<uint32_t>(
        std::find(spec.deprels.begin(), spec.deprels.end(), doc::Deprel::root) -
        spec.deprels.begin());
  }
  if (spec.tags.empty() && spec.types.empty() && arcs_ == 0)
    sentence_ = tensors.linear("heads.sentence", width_, 1);
}

float* Heads::run_two(const Kernels& kernels, const TwoLayers& layers, size_t rows,
                      NetWorkspace& work, HeadsWorkspace& own) const {
  float* hidden = own.hidden.take(rows * layers.hidden);
  own.states.multiply(kernels, layers.in, rows, Activation::relu, nullptr, hidden, layers.hidden);
  work.inner.set(kernels, hidden, rows, layers.hidden, layers.hidden);
  float* scores = own.scores.take(rows * layers.out.out);
  work.inner.multiply(kernels, layers.out, rows, Activation::none, nullptr, scores, layers.out.out);
  return scores;
}

void Heads::find_trees(const Kernels& kernels, std::span<const uint32_t> begin, NetWorkspace& work,
                       HeadsWorkspace& own, NetAnswers& answers) const {
  const size_t rows = begin.back(), wide = arc_matrix_.out;
  float* dependents = own.dependents.take(rows * arcs_);
  own.states.multiply(kernels, arc_dependent_, rows, Activation::relu, nullptr, dependents, arcs_);
  float* hidden = own.hidden.take(rows * arcs_);
  own.states.multiply(kernels, arc_head_, rows, Activation::relu, nullptr, hidden, arcs_);
  work.inner.set(kernels, hidden, rows, arcs_, arcs_);
  // A row of the last stretch is followed by the root's.
  float* heads = own.heads.take(rows * wide);
  work.inner.multiply(kernels, arc_matrix_, rows, Activation::none, nullptr, heads, wide);
  answers.heads.resize(rows);
  for (size_t s = 0; s + 1 < begin.size(); ++s) {
    const size_t first = begin[s], count = begin[s + 1] - first, stride = padded(count + 1);
    float* nodes = own.root.take((count + 1) * wide);
    std::copy_n(heads + first * wide, count * wide, nodes);
    std::copy_n(arc_root_.begin(), arcs_ + 1, nodes + count * wide);
    float* scores = own.scores.take(count * stride);
    kernels.products(dependents + first * arcs_, count, arcs_, nodes, count + 1, wide, arcs_,
                     scores, stride, work.columns.take(arcs_ * stride));
    for (size_t i = 0; i < count; ++i)
      for (size_t j = 0; j <= count; ++j) scores[i * stride + j] += nodes[j * wide + arcs_];
    own.trees.decode(scores, count, stride, own.tree);
    for (size_t i = 0; i < count; ++i)
      answers.heads[first + i] = own.tree[i] < 0 ? -1 : own.tree[i] + static_cast<int32_t>(first);
  }
}

void Heads::find_relations(const Kernels& kernels, size_t rows, NetWorkspace& work,
                           HeadsWorkspace& own, NetAnswers& answers) const {
  float* dependents = own.dependents.take(rows * labels_);
  own.states.multiply(kernels, label_dependent_, rows, Activation::none, nullptr, dependents,
                      labels_);
  float* heads = own.heads.take(rows * labels_);
  own.states.multiply(kernels, label_head_, rows, Activation::none, nullptr, heads, labels_);
  float* hidden = own.hidden.take(rows * labels_);
  for (size_t i = 0; i < rows; ++i) {
    const size_t head = answers.heads[i] < 0 ? i : static_cast<size_t>(answers.heads[i]);
    kernels.relu_of_sum(dependents + i * labels_, heads + head * labels_, label_bias_.data(),
                        labels_, hidden + i * labels_);
  }
  work.inner.set(kernels, hidden, rows, labels_, labels_);
  const size_t stride = label_out_.out;
  float* scores = own.scores.take(rows * stride);
  work.inner.multiply(kernels, label_out_, rows, Activation::none, nullptr, scores, stride);
  answers.deprels.resize(rows);
  for (size_t i = 0; i < rows; ++i) {
    if (root_relation_ < relations_) scores[i * stride + root_relation_] = -3e38f;
    answers.deprels[i] = static_cast<uint16_t>(best_of(scores + i * stride, relations_));
  }
}

void Heads::find_names(const Kernels& kernels, std::span<const uint32_t> begin, NetWorkspace& work,
                       HeadsWorkspace& own, NetAnswers& answers) const {
  const size_t rows = begin.back(), stride = names_.out.out;
  const int labels = static_cast<int>(names_.count);
  float* scores = run_two(kernels, names_, rows, work, own);
  for (size_t s = 0; s + 1 < begin.size(); ++s) {
    const size_t first = begin[s], count = begin[s + 1] - first;
    own.path.resize(count);
    bool sound = true;
    for (size_t i = 0; i < count; ++i) {
      own.path[i] = static_cast<int>(best_of(scores + (first + i) * stride, names_.count));
      sound = sound && may_follow(i == 0 ? kOutside : own.path[i - 1], own.path[i]);
    }
    if (!sound) own.names.decode(scores + first * stride, count, stride, labels, own.path);
    if (std::all_of(own.path.begin(), own.path.end(), [](int l) { return l == kOutside; }))
      continue;
    kernels.softmax(scores + first * stride, count, names_.count, stride);
    own.names.weigh(scores + first * stride, count, stride, labels);
    for (size_t i = 0; i < count;) {
      size_t end = i + 1;
      if (own.path[i] != kOutside) {
        while (end < count && is_inside(own.path[end])) ++end;
        const int type = type_of_label(own.path[i]);
        answers.names.push_back({static_cast<uint32_t>(first + i),
                                 static_cast<uint32_t>(first + end), static_cast<uint32_t>(type),
                                 own.names.probability(i, end, type)});
      }
      i = end;
    }
  }
}

void Heads::run(const Kernels& kernels, const float* states, std::span<const uint32_t> begin,
                NetWorkspace& work, HeadsWorkspace& own, NetAnswers& answers) const {
  const size_t rows = begin.back();
  own.states.set(kernels, states, rows, width_, width_);
  answers.tags.clear();
  answers.heads.clear();
  answers.deprels.clear();
  answers.names.clear();
  answers.begins.clear();
  if (tags_.count != 0) {
    const float* scores = run_two(kernels, tags_, rows, work, own);
    for (size_t i = 0; i < rows; ++i)
      answers.tags.push_back(
          static_cast<uint16_t>(best_of(scores + i * tags_.out.out, tags_.count)));
  }
  if (arcs_ != 0) {
    find_trees(kernels, begin, work, own, answers);
    find_relations(kernels, rows, work, own, answers);
  }
  if (names_.count != 0) find_names(kernels, begin, work, own, answers);
  if (sentence_.out != 0) {
    float* scores = own.scores.take(rows * sentence_.out);
    own.states.multiply(kernels, sentence_, rows, Activation::none, nullptr, scores, sentence_.out);
    for (size_t i = 0; i < rows; ++i) answers.begins.push_back(scores[i * sentence_.out]);
  }
}

}  // namespace weft::nlp
