// Choosing one of several things told, or none: a conditional logit over features in words, whose
// weights lie in a lexicon. For the qualifiers of a fact.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "doc/document.h"
#include "schema/lexicon.h"

namespace weft::extract {

/// Longer "sentences" are tables and lists, which no tree describes.
inline constexpr uint32_t kMaxSentenceTokens = 400;

/// A thing to choose, and what speaks for and against it.
struct Choice {
  std::string value;
  std::vector<uint64_t> said;         // hashes of its features; one may be there twice
  std::vector<std::string> features;  // sorted, each once; empty but in training
};

/// For training: told of what each fact's qualifier is chosen from.
class ChoiceNotes {
 public:
  virtual ~ChoiceNotes() = default;
  virtual void note(const doc::Document& document, const doc::Fact& fact,
                    std::span<const Choice> choices) = 0;
};

/// Weights of features. Immutable.
class ChoiceWeights {
 public:
  /// The entry "least likely" of the list is no feature, but a probability.
  explicit ChoiceWeights(const schema::WordList& list);
  /// By the feature's hash (core::fnv1a).
  float of(uint64_t feature) const;
  /// What is less likely is not chosen.
  float least_likely() const { return least_likely_; }

 private:
  std::unordered_map<uint64_t, float> weights_;
  float least_likely_;
};

/// The choices of one qualifier, with their features. Not shared.
class Choices {
 public:
  /// With `keep`, features are kept as words.
  Choices(const ChoiceWeights& weights, bool keep) : weights_(weights), keep_(keep) {}
  void clear() { all_.clear(); }
  /// The choice of that value, a new one if there is none yet; null if there are too many.
  Choice* at(std::string_view value);
  /// Adds the feature of up to three parts.
  void say(Choice& c, std::string_view a, std::string_view b = {}, std::string_view d = {});
  /// Adds the feature by itself and with the relation.
  void say_both(Choice& c, std::string_view relation, std::string_view a, std::string_view b = {}) {
    say(c, a, b);
    say(c, a, b, relation);
  }
  /// The likeliest, or null if none is likely enough. What was said twice counts once, as in
  /// training.
  const Choice* likeliest();
  /// All of them, their features in order.
  std::span<Choice> noted();
  std::span<Choice> all() { return all_; }

 private:
  const ChoiceWeights& weights_;
  bool keep_;
  std::vector<Choice> all_;
  std::string buffer_;
};

/// A number as one of a few sizes: "0-1", "2-3", …, "more".
std::string_view size_class(uint32_t n);

/// A way from a word up the tree of its sentence: the words on it, itself first; bounded.
std::vector<doc::TokenIndex> way_up(const doc::Document& document, core::TokenSpan sentence,
                                    doc::TokenIndex from);
/// Where two ways meet: the steps on each; both kApart if they don't.
inline constexpr unsigned kApart = 12;
std::pair<unsigned, unsigned> meeting(std::span<const doc::TokenIndex> a,
                                      std::span<const doc::TokenIndex> b);
/// The labels of the first steps of a way: "obl>advcl", "itself", "far", "apart".
std::string labels(const doc::Document& document, std::span<const doc::TokenIndex> way,
                   unsigned steps);

/// One end of a fact in a sentence.
struct FactEnd {
  core::TokenSpan tokens;
  doc::TokenIndex head = doc::kNoToken;
  bool there() const { return head != doc::kNoToken; }
  /// Tokens between it and the span.
  uint32_t distance(core::TokenSpan other) const;
};
/// The subject and the object of a fact in the sentence: of an entity the mention nearest to the
/// other end, of a value its first number; none where it isn't there.
std::pair<FactEnd, FactEnd> ends_in(const doc::Document& document, core::TokenSpan sentence,
                                    const doc::Fact& fact);
/// "model" of the rule "model.visited".
std::string_view rule_family(const doc::Evidence& evidence);

}  // namespace weft::extract
