// Where tokens end inside a stretch without white space (a chunk): a linear model that is asked
// after the rules of tokenizer.cpp, which it may overrule. "its" may be two words, ":-)" one, and
// "TEXT.htm" a file. The same features are made when training (tools/train/train_tokens.cpp).
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/span.h"
#include "nlp/model_file.h"

namespace weft::nlp {

/// Chunks longer than this (bytes) are left to the rules.
inline constexpr uint32_t kLongestDoubt = 96;

/// Words written as one that may be two, by hash_bytes of the lower-cased form: bytes of the first.
using JoinedWords = std::unordered_map<uint64_t, uint32_t>;

/// The first stretch without white space at or behind `at` inside `text` up to `end`; empty at
/// `end` if there is none.
core::ByteSpan next_chunk(std::string_view text, uint32_t at, uint32_t end);

/// The places of one chunk where a token may end, and what speaks for and against each. Reused; one
/// a thread.
class ChunkBorders {
 public:
  static constexpr size_t kFeatures = 26;
  using Features = std::array<uint32_t, kFeatures>;  // rows of the table of weights

  /// Looks at `chunk` of `text`, whose neighbours lie inside `limits`. `rule_begins` are the bytes
  /// at which tokens begin by the rules, in order. False if nothing can be in doubt.
  bool read(std::string_view text, core::ByteSpan limits, core::ByteSpan chunk,
            std::span<const uint32_t> rule_begins, const JoinedWords& joined);

  /// Number of places.
  size_t count() const { return atoms_.size() - 1; }
  /// The byte before which a token may end.
  uint32_t place(size_t k) const { return atoms_[k + 1].begin; }
  bool by_rule(size_t k) const { return atoms_[k + 1].rule_begin; }
  /// What is known of place `k` when the token that goes on or ends there began at `token_begin`.
  void features(size_t k, uint32_t token_begin, Features& out) const;

 private:
  /// What can't be cut: a run of letters, of digits, of one repeated sign.
  struct Atom {
    uint32_t begin = 0;
    uint64_t lower = 0;  // hash of the lower-cased form
    uint64_t kind = 0;   // hash of its class: kind of letters, number of digits, or the sign
    bool rule_begin = false;
  };
  void add_atom(core::ByteSpan span, const JoinedWords& joined);
  void describe(Atom& atom, uint32_t end) const;

  std::string_view text_;
  core::ByteSpan chunk_;
  std::vector<Atom> atoms_;
  uint64_t before_ = 0, before_kind_ = 0, behind_ = 0, behind_kind_ = 0;  // of the neighbours
  uint64_t whole_ = 0, whole_kinds_ = 0;
};

/// The trained weights. Immutable; shared by all threads.
class TokenBorders {
 public:
  static constexpr uint32_t kRows = 1u << 17;

  /// Opens tokens.bin. SetupError if anything is wrong with it.
  explicit TokenBorders(const std::filesystem::path& file);
  /// True if a token ends before the place that the features describe.
  bool splits(const ChunkBorders::Features& features) const;

 private:
  ModelFile file_;
  std::span<const int16_t> weights_;
};

}  // namespace weft::nlp
