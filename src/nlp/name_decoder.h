// Labels of names and how the best sequence of them is found. Labels are O (number 0) and, for the
// type number t of a model, B (1 + 2t) and I (2 + 2t).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

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

/// Sequences of labels that may follow each other, each as likely as the product of its words'
/// label weights. Buffers are reused; one a thread.
class NameDecoder {
 public:
  /// The best sequence (Viterbi). `emissions` are rows of `labels` scores, logarithms of weights,
  /// `stride` apart. O(words * labels).
  void decode(const float* emissions, size_t words, size_t stride, int labels,
              std::vector<int>& path);

  /// Gets ready to tell probabilities in a sentence: `weights` are rows of positive weights,
  /// `stride` apart, and must stay as they are. O(words * labels).
  void weigh(const float* weights, size_t words, size_t stride, int labels);
  /// How likely words [begin, end) are a name of the type, and no longer one, over all sequences.
  float probability(size_t begin, size_t end, int type) const;

 private:
  std::vector<float> best_;
  std::vector<int16_t> from_;
  const float* weights_ = nullptr;
  size_t words_ = 0, stride_ = 0;
  int labels_ = 0;
  std::vector<float> before_, scale_;  // forward: of each word and label, and what it was scaled by
  std::vector<float> after_;           // backward, scaled alike
};

}  // namespace weft::nlp
