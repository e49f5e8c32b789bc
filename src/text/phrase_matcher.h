// Finds many phrases in a sequence of words at once: Aho-Corasick (Aho and Corasick 1975) over word
// ids. Compile once, match from any number of threads. Matching costs O(words + matches).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/span.h"
#include "core/string_pool.h"

namespace weft::text {

class PhraseMatcher {
 public:
  struct Match {
    core::TokenSpan tokens;
    uint32_t payload;
  };

  /// `words` must not be empty. One phrase may be added several times with different payloads.
  /// Before compile() only.
  void add(std::span<const std::string_view> words, uint32_t payload);
  /// Makes the automaton. Afterwards the object is immutable.
  void compile();

  /// Id of a word in the phrases' vocabulary, or core::StringPool::kNone for a word that is in no
  /// phrase.
  core::StringId word(std::string_view w) const { return words_.find(w); }
  /// Appends all matches (overlapping ones too), ordered by (begin, longer first, payload). `ids`
  /// are from word(); spans count from 0 in `ids`.
  void find(std::span<const core::StringId> ids, std::vector<Match>& out) const;
  size_t size() const { return phrase_count_; }

 private:
  struct Phrase {
    uint32_t begin, length, payload;  // words are pending_[begin .. begin + length)
  };
  struct Edge {
    core::StringId word;
    uint32_t state;
  };
  // A state's edges are edges_[edges .. next state's edges), sorted by word; its payloads likewise.
  struct State {
    uint32_t edges = 0;
    uint32_t payloads = 0;
    uint32_t fail = 0;
    uint32_t output =
        0;  // nearest state on the fail path (itself included) that ends a phrase; 0 if none
    uint32_t depth = 0;
  };
  void build_trie();
  void build_fails();
  uint32_t child(uint32_t state, core::StringId word) const;  // 0 if there is none
  uint32_t step(uint32_t state, core::StringId word) const;

  core::StringPool words_;
  std::vector<core::StringId> pending_;  // empty after compile()
  std::vector<Phrase> phrases_;          // empty after compile()
  std::vector<uint32_t> root_;           // child of the root by word, 0 if none
  std::vector<State> states_;            // one more at the end, which closes the last one's ranges
  std::vector<Edge> edges_;
  std::vector<uint32_t> payloads_;
  size_t phrase_count_ = 0;
};

}  // namespace weft::text
