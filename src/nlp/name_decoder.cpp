// The best sequence of labels (Viterbi 1967) where only an inside is choosy about what it follows:
// everything else continues the best path so far, so a word costs as much as it has labels.
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

}  // namespace weft::nlp
