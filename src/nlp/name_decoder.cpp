// The best sequence of labels (Viterbi 1967) where only an inside is choosy about what it follows:
// everything else continues the best path so far, so a word costs as much as it has labels.
// Probabilities by the forward-backward algorithm (Baum 1972; Rabiner 1989 for the scaling): a net
// that was trained on whole sequences gives labels that can't stand where they are any score.
#include "nlp/name_decoder.h"

#include <algorithm>

namespace weft::nlp {

void NameDecoder::decode(const float* emissions, size_t words, size_t stride, int labels,
                         std::vector<int>& path) {
  constexpr float kNever = -1e30f;
  const auto width = static_cast<size_t>(labels);
  best_.assign(words * width, kNever);
  from_.assign(words * width, 0);
  path.assign(words, kOutside);
  if (words == 0) return;
  for (int label = 0; label < labels; ++label)
    if (!is_inside(label)) best_[static_cast<size_t>(label)] = emissions[label];
  for (size_t i = 1; i < words; ++i) {
    const float* before = &best_[(i - 1) * width];
    const auto leader = static_cast<int>(std::max_element(before, before + labels) - before);
    for (int label = 0; label < labels; ++label) {
      int from = leader;
      if (is_inside(label)) from = before[label - 1] >= before[label] ? label - 1 : label;
      const size_t place = i * width + static_cast<size_t>(label);
      best_[place] = before[from] + emissions[i * stride + static_cast<size_t>(label)];
      from_[place] = static_cast<int16_t>(from);
    }
  }
  const float* last = &best_[(words - 1) * width];
  auto label = static_cast<int>(std::max_element(last, last + labels) - last);
  for (size_t i = words; i-- > 0;) {
    path[i] = label;
    label = from_[i * width + static_cast<size_t>(label)];
  }
}

void NameDecoder::weigh(const float* weights, size_t words, size_t stride, int labels) {
  weights_ = weights;
  words_ = words;
  stride_ = stride;
  labels_ = labels;
  const auto width = static_cast<size_t>(labels);
  before_.assign(words * width, 0.0f);
  after_.assign(words * width, 1.0f);
  scale_.assign(words, 1.0f);
  for (size_t i = 0; i < words; ++i) {
    const float* last = i == 0 ? nullptr : &before_[(i - 1) * width];
    float* now = &before_[i * width];
    float total = 0;
    for (size_t label = 0; label < width; ++label) {
      float reached = 1;  // the scaled sums of a word add up to 1
      if (is_inside(static_cast<int>(label)))
        reached = last == nullptr ? 0 : last[label - 1] + last[label];
      now[label] = reached * weights[i * stride + label];
      total += now[label];
    }
    scale_[i] = std::max(total, 1e-30f);
    for (size_t label = 0; label < width; ++label) now[label] /= scale_[i];
  }
  for (size_t i = words; i-- > 1;) {
    const float* next = weights + i * stride;
    const float* later = &after_[i * width];
    float anything = 0;  // what may follow every label
    for (size_t label = 0; label < width; ++label)
      if (!is_inside(static_cast<int>(label))) anything += next[label] * later[label];
    for (size_t label = 0; label < width; ++label) {
      float sum = anything;
      if (label != kOutside) {
        const auto inside =
            static_cast<size_t>(inside_label(type_of_label(static_cast<int>(label))));
        sum += next[inside] * later[inside];
      }
      after_[(i - 1) * width + label] = sum / scale_[i];
    }
  }
}

float NameDecoder::probability(size_t begin, size_t end, int type) const {
  float product = 1;
  for (size_t i = begin; i < end; ++i) {
    const int label = i == begin ? begin_label(type) : inside_label(type);
    product *= weights_[i * stride_ + static_cast<size_t>(label)] / scale_[i];
  }
  if (end < words_) {
    float rest = 0;
    for (int label = 0; label < labels_; ++label)
      if (!is_inside(label))
        rest += weights_[end * stride_ + static_cast<size_t>(label)] *
                after_[end * static_cast<size_t>(labels_) + static_cast<size_t>(label)];
    product *= rest / scale_[end];
  }
  return std::min(product, 1.0f);
}

}  // namespace weft::nlp
