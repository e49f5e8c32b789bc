// The best tree of a sentence: the maximum spanning arborescence over scores of arcs, with exactly
// one dependent of the root.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace weft::nlp {

/// Buffers are reused between sentences; not shared between threads.
class TreeDecoder {
 public:
  /// scores[i * stride + j] is the score of the arc from head j to word i; j = words is the root.
  /// Fills heads[i] with the head's number, -1 for the root's one dependent. Ties go to the lower
  /// number; a score that is no number counts as 0. O(words²) time and memory.
  void decode(const float* scores, size_t words, size_t stride, std::vector<int32_t>& heads);

 private:
  bool greedy(const float* scores, size_t words, size_t stride, std::vector<int32_t>& heads);
  void load(const float* scores, size_t words, size_t stride);
  void contract();
  uint32_t find(uint32_t node);
  bool choose_arc(uint32_t node);
  uint32_t merge(uint32_t last);
  void expand(uint32_t root);
  void leave(uint32_t node, std::vector<uint32_t>& open);

  static constexpr uint32_t kNone = 0xffffffffu;
  /// A word or a contracted cycle.
  struct Node {
    uint32_t row = 0;                 // of weights_ and targets_
    uint32_t above = kNone;           // the cycle it was contracted into
    uint32_t source = 0, target = 0;  // its chosen arc, between words
    int64_t weight = 0;
    bool on_path = false;
    std::vector<uint32_t> members;  // of a cycle
  };
  size_t size_ = 0;                // words and the root
  std::vector<int64_t> weights_;   // size_ rows: arcs into a node by their source
  std::vector<uint32_t> targets_;  // the word that such an arc goes to
  std::vector<Node> nodes_;
  std::vector<uint32_t> path_, union_, seen_;
};

}  // namespace weft::nlp
