// Several things that a text names together and then speaks of in the plural: "they", "both sides",
// "the two ministers".
#pragma once

#include <string_view>
#include <vector>

#include "extract/mentions/sketch.h"

namespace weft::extract {

/// Two to four entities of one type that a sentence names together.
struct NamedSet {
  std::vector<doc::LocalEntity> members;  // in text order, each once
  uint32_t end = 0;                       // the token behind the head of the last one
  bool acts = false;                      // subject of a clause, or the parties to a mutual act
  bool core = false;                      // subject or object
};

/// A phrase that speaks of several things.
struct PluralPhrase {
  core::TokenSpan tokens;  // empty: there is none
  uint32_t head = 0;
  uint32_t number = 0;      // of things; 0: not said
  std::string_view wanted;  // type or "type:kind" of each; empty: any
  bool pronoun = false;     // "they", "them", "their"
};

/// Finds both in one document. Holds a view of the sketch, whose tree must not change meanwhile.
/// Not shared between threads.
class SetFinder {
 public:
  explicit SetFinder(const Sketch& sketch) : s_(sketch), d_(sketch.document) {}

  /// The sets of the sentence among `mentions`, which are those of the sentence in text order
  /// (several on one head count for none). In text order. Linear in the sentence.
  std::vector<NamedSet> sets(core::TokenSpan sentence, const std::vector<doc::Mention>& mentions);
  /// The plural phrase that begins at the token.
  PluralPhrase phrase(uint32_t token) const;
  /// True if the set may be what the phrase means, by number and type.
  bool fits(const NamedSet& set, const PluralPhrase& phrase) const;
  /// True if another plural noun, at `from` or later, may as well be meant by the phrase; `from` is
  /// the beginning of the sentence that names the set.
  bool rivalled(uint32_t from, const NamedSet& set, const PluralPhrase& phrase) const;

 private:
  doc::LocalEntity at(uint32_t head) const;
  void add(const std::vector<uint32_t>& heads, bool acts, bool core, std::vector<NamedSet>& out);
  bool mutual(uint32_t verb, uint32_t other) const;

  const Sketch& s_;
  const doc::Document& d_;
  core::TokenSpan sentence_;
  std::vector<doc::LocalEntity> named_;        // by token of the sentence: whom it is the head of
  std::vector<std::vector<uint32_t>> joined_;  // likewise: the heads joined to it by "and"
};

}  // namespace weft::extract
