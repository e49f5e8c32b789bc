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

/// Viterbi over the labels that may follow each other. Buffers are reused; one a thread.
class NameDecoder {
 public:
  /// `emissions` are rows of `labels` scores, `stride` apart. O(words * labels).
  void decode(const float* emissions, size_t words, size_t stride, int labels,
              std::vector<int>& path);

 private:
  std::vector<float> best_;
  std::vector<int16_t> from_;
};

}  // namespace weft::nlp
