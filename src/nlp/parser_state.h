// The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011) on one stretch of
// tokens, with the features of its states. Shared by the trainer and the stage. Tokens are numbered
// from 0; the artificial root is the number `size`, at the end of the buffer.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace weft::nlp {

inline constexpr int32_t kNoNode = -1;

/// What the parser looks at in one token: numbers, hashed by the features.
struct ParserToken {
  uint64_t form = 0;  // hash of the lower-cased form
  uint64_t suffix = 0;
  uint8_t tag = 0;  // Xpos
  uint8_t upos = 0;
  uint16_t cluster = 0;
  uint16_t flags = 0;  // WordFlag
};

enum class Move : uint8_t { shift, left, right };

/// A transition's number: 0 is shift, then a left and a right arc for each of the model's
/// relations.
struct Transition {
  Move move = Move::shift;
  uint8_t relation = 0;

  static Transition from(int number) {
    if (number == 0) return {};
    return {number % 2 == 1 ? Move::left : Move::right, static_cast<uint8_t>((number - 1) / 2)};
  }
  int number() const {
    return move == Move::shift ? 0 : 1 + 2 * relation + (move == Move::right ? 1 : 0);
  }
};

/// Grows with the longest sentence; reused between sentences. Not shared between threads.
class ParserState {
 public:
  void start(std::span<const ParserToken> tokens);

  bool finished() const { return stack_.empty() && buffer_ == size_; }
  /// The root takes its one dependent last, so that every sentence has exactly one root.
  bool allows(Move move) const {
    switch (move) {
      case Move::shift:
        return buffer_ < size_;
      case Move::left:
        return !stack_.empty() && (buffer_ < size_ || stack_.size() == 1);
      case Move::right:
        return stack_.size() >= 2;
    }
    return false;
  }
  void apply(Transition transition);
  /// Appends the keys of this state's features.
  void features(std::vector<uint64_t>& keys) const;

  int32_t stack_top(size_t depth) const {
    return depth < stack_.size() ? stack_[stack_.size() - 1 - depth] : kNoNode;
  }
  std::span<const int32_t> stack() const { return stack_; }
  int32_t buffer() const { return buffer_; }
  int32_t size() const { return size_; }
  /// The head found for a token (size() for the root), or kNoNode; and its relation.
  int32_t head(int32_t token) const { return nodes_[token].head; }
  uint8_t relation(int32_t token) const { return nodes_[token].relation; }

 private:
  struct Node {
    int32_t head = kNoNode;
    int32_t left[2] = {kNoNode, kNoNode};  // outermost and next dependent on the left
    int32_t right[2] = {kNoNode, kNoNode};
    uint8_t relation = 0;
    uint8_t left_count = 0, right_count = 0;
    uint64_t left_set = 0, right_set = 0;  // relations of its dependents, as bits
  };
  void attach(int32_t head, int32_t dependent, uint8_t relation);

  std::span<const ParserToken> tokens_;
  std::vector<Node> nodes_;
  std::vector<int32_t> stack_;
  int32_t buffer_ = 0;
  int32_t size_ = 0;
};

}  // namespace weft::nlp
