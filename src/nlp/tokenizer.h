// Words of a stretch of text, after the manner of the Universal Dependencies treebanks of English
// (EWT, GUM): "don't" is do + n't, "Xi's" is Xi + 's, "high-quality" is high + - + quality, "U.S."
// and "3.5" are one token.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/span.h"
#include "nlp/token_borders.h"
#include "schema/lexicon.h"

namespace weft::nlp {

/// What a token's full stop says about the end of a sentence.
enum class Stop : uint8_t {
  none,          // no full stop, or one inside
  end,           // ". ! ?" and their runs: ends a sentence unless what follows speaks against it
  ellipsis,      // "..." or "…": ends a sentence where a capital follows
  abbreviation,  // its full stop belongs to it and nothing ends here
  may_end,       // its full stop belongs to it and may also end the sentence
  initial,       // one capital letter and a full stop
};

struct Token {
  core::ByteSpan span;
  Stop stop = Stop::none;
  bool space_before = false;
};

/// No token is longer than this; a longer "word" is cut at a character border.
inline constexpr uint32_t kLongestToken = 1000;

/// Immutable after construction; shared by threads.
class Tokenizer {
 public:
  /// By rules, and by tokens.bin where `models_dir` (may be empty) holds it. SetupError if that
  /// file is broken.
  explicit Tokenizer(const schema::Lexicons& lexicons,
                     const std::filesystem::path& models_dir = {});
  /// Appends the tokens of `span` of `text` (valid UTF-8); to `by_rules`, if it is given, those
  /// that the rules alone make.
  void tokenize(std::string_view text, core::ByteSpan span, std::vector<Token>& out,
                std::vector<Token>* by_rules = nullptr) const;
  /// Words that may be two: those that the rules cut, and those that only the model may cut.
  const JoinedWords& joined_words() const { return joined_; }
  /// True if this word's capital means that a sentence begins (lower case).
  bool starts_sentences(std::string_view lower) const;

 private:
  struct Chunk;
  enum class Abbreviation : uint8_t { never, number, final };

  uint32_t take(Chunk& chunk, std::vector<Token>& out) const;
  uint32_t take_word(Chunk& chunk, std::vector<Token>& out) const;
  bool goes_on(const Chunk& chunk, uint32_t begin, uint32_t at) const;
  Stop full_stop(const Chunk& chunk, uint32_t begin, uint32_t at) const;
  void split_word(const Chunk& chunk, core::ByteSpan word, Stop stop,
                  std::vector<Token>& out) const;
  void reconsider(std::string_view text, core::ByteSpan limits, core::ByteSpan chunk, size_t first,
                  ChunkBorders& borders, std::vector<Token>& out) const;
  static bool is_address(std::string_view chunk);

  std::unordered_map<uint64_t, Abbreviation> abbreviations_;  // by hash of the lower-cased form
  JoinedWords contractions_, joined_;
  std::unordered_map<uint64_t, bool> prefixes_, units_, starters_;
  std::optional<TokenBorders> model_;
};

}  // namespace weft::nlp
