// Whose figure it is: of which entity it is a property, and what it measures.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/figures/figures.h"
#include "extract/relations/matcher.h"
#include "schema/ontology.h"

namespace weft::extract {

/// Lists of schema/lexicons that finding owners needs.
struct OwnerWords {
  const schema::WordList& transfers;     // verbs whose figures measure what is paid for
  const schema::WordList& measures;      // what a country has: "inflation"
  const schema::WordList& descriptions;  // nouns of descriptions and the types they refer to
  const schema::WordList& scores;        // what is won in contests: "seats"
  const schema::WordList& measuring;     // verbs whose subject says what is measured
  const schema::WordList& weights;       // of the features of a candidate, from training
};

/// An entity that a figure may be of, and what speaks for and against it.
struct OwnerCandidate {
  doc::LocalEntity entity = doc::kNoEntity;
  std::vector<std::string> features;  // sorted, each once
  std::string property;               // "output value"; empty if the text names none
  doc::TokenIndex verb = doc::kNoToken;
  bool here = false;  // the sentence names it
};

/// What was told of before, sentence by sentence: figures are often of a thing that their own
/// sentence doesn't name. For one document.
class ToldBefore {
 public:
  ToldBefore(const doc::Document& document, const schema::Ontology& ontology);
  /// The sentence was read.
  void add(const SentenceReading& reading);

 private:
  friend class FigureOwners;
  struct Seen {
    uint32_t mentions = 0;  // in the whole document
    uint32_t sentence = 0;  // of the last mention before
    bool met = false;       // before
    bool subject = false;   // of a clause of that sentence
    bool title = false;     // named in the first sentence
    bool most = false;      // no thing of its type is named more often
  };
  const doc::Document& document_;
  const schema::Ontology& ontology_;
  std::vector<Seen> seen_;                // of each entity
  std::vector<doc::LocalEntity> recent_;  // last mentioned first, each once, bounded
};

class FigureOwners {
 public:
  FigureOwners(const SentenceReading& reading, const schema::Ontology& ontology,
               const OwnerWords& words, const ToldBefore& before);
  /// All entities that the figure may be of, those of the sentence first; bounded.
  std::vector<OwnerCandidate> candidates(const Figure& figure) const;
  /// How likely the figure is of each of its candidates; what is left to 1 is nobody's share.
  std::vector<float> likelihoods(std::span<const OwnerCandidate> candidates) const;
  /// A figure whose likeliest owner is less likely is nobody's.
  float least_likely() const { return least_likely_; }

 private:
  struct Walk;  // what the way up the tree met
  void walk(const Figure& f, Walk& out) const;
  void meet_noun(doc::TokenIndex noun, const Figure& f, std::string_view how, bool names,
                 Walk& out) const;
  void meet_clause(const Frame& frame, doc::TokenIndex below, const Figure& f, Walk& out) const;
  void meet(doc::TokenIndex head, const std::string& how, const std::string& property,
            Walk& out) const;
  void describe_place(const Figure& f, OwnerCandidate& c) const;
  void describe_past(const Walk& walk, OwnerCandidate& c) const;
  void describe_kind(const Figure& f, const Walk& walk, OwnerCandidate& c) const;
  bool measurable(doc::LocalEntity e) const;
  std::string property_words(doc::TokenIndex noun, const Figure& f) const;
  bool scores(const Figure& f) const;
  bool measures_country(const std::string& property) const;
  std::string type_of(doc::LocalEntity e) const;

  const SentenceReading& reading_;
  const OwnerWords& words_;
  const ToldBefore& before_;
  const schema::Ontology& ontology_;
  const doc::Document& document_;
  core::TokenSpan sentence_;
  std::span<const doc::Mention> mentions_;
  float least_likely_;
};

}  // namespace weft::extract
