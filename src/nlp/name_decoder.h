// The name tagger's model: what it looks at in a sentence and how it finds the best sequence of
// labels. Shared by the trainer and the stage. Labels are O (number 0) and, for the type number t
// of the model, B (1 + 2t) and I (2 + 2t).
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "nlp/clusters.h"
#include "nlp/tagger_features.h"

namespace weft::nlp {

inline constexpr int kOutside = 0;
constexpr int begin_label(int type) { return 1 + 2 * type; }
constexpr int inside_label(int type) { return 2 + 2 * type; }
constexpr int type_of_label(int label) { return (label - 1) / 2; }
constexpr bool is_begin(int label) { return label > 0 && label % 2 == 1; }
constexpr bool is_inside(int label) { return label > 0 && label % 2 == 0; }
/// An I follows only a B or I of its type. `previous` is kOutside before the first word.
constexpr bool may_follow(int previous, int label) {
  return !is_inside(label) ||
         (previous != kOutside && type_of_label(previous) == type_of_label(label));
}

/// The labels that words got earlier in this document, by the hash of the word as written.
class NameMemory {
 public:
  void clear() { labels_.clear(); }
  /// 0 for a word that was not seen, else 1 + its last label.
  int recall(uint64_t form) const {
    const auto found = labels_.find(form);
    return found == labels_.end() ? 0 : found->second;
  }
  void remember(const TaggerInput& input, std::span<const int> labels);

 private:
  std::unordered_map<uint64_t, int> labels_;  // only looked up, never iterated
};

/// What there is to see of the words of a sentence, beside their forms.
struct NameView {
  std::span<const uint8_t> tags;        // Xpos
  std::span<const uint32_t> gazetteer;  // of NameKnowledge
  std::span<const uint16_t> lists;
};

/// Appends the keys of word `i`.
void name_features(const TaggerInput& input, const NameView& view, size_t i,
                   const NameMemory& memory, std::vector<uint64_t>& keys);
/// The feature of the step from `previous` to any label.
uint64_t name_step_key(int previous);

/// First-order Viterbi. `emissions` has words * labels scores, `steps` labels * labels (row: the
/// previous label). A label is possible where `allowed` (words * labels, or empty for all) is not
/// 0. O(words * labels²).
template <class Score>
class NameDecoder {
 public:
  void decode(std::span<const Score> emissions, std::span<const Score> steps,
              std::span<const uint8_t> allowed, int labels, std::vector<int>& path);

 private:
  std::vector<Score> best_;
  std::vector<int16_t> from_;
};

extern template class NameDecoder<float>;
extern template class NameDecoder<int32_t>;

}  // namespace weft::nlp
