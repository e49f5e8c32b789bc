// Word pieces of BERT's uncased vocabulary (Devlin et al. 2019; WordPiece of Wu et al. 2016).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weft::nlp {

/// Immutable; shared by all threads.
class WordPieces {
 public:
  /// A token gives no more pieces than this; what is behind them is left out.
  static constexpr size_t kMostPieces = 16;

  /// `vocabulary` is BERT's: a piece's number is its place; pieces inside a word begin with "##".
  /// It must hold [UNK], [CLS] and [SEP]: throws std::invalid_argument if not, or if there are more
  /// than 65,536 pieces.
  explicit WordPieces(const std::vector<std::string>& vocabulary);

  /// Appends the 1 … kMostPieces pieces of a token (valid UTF-8). O(bytes of the token).
  void split(std::string_view token, std::vector<uint16_t>& out) const;

  uint16_t unknown() const { return unknown_; }
  uint16_t begin() const { return begin_; }
  uint16_t end() const { return end_; }

 private:
  static constexpr uint32_t kEmpty = 0xffffffff;
  struct Slot {
    uint64_t hash = 0;
    uint32_t piece = kEmpty;
  };

  uint32_t find(uint64_t hash) const;
  bool split_word(std::string_view word, size_t most, std::vector<uint16_t>& out) const;

  std::vector<Slot> slots_;
  uint16_t unknown_ = 0, begin_ = 0, end_ = 0;
  size_t longest_ = 0;  // bytes of the longest piece, without "##"
};

}  // namespace weft::nlp
