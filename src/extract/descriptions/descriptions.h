// Who or what is described as what: the places in a sentence where an entity is given a role, a
// function or a description, and how likely each one is a statement worth keeping.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/relations/matcher.h"
#include "schema/lexicon.h"
#include "schema/ontology.h"

namespace weft::schema {
class Lexicons;
}

namespace weft::extract {

/// Lists of schema/lexicons that descriptions need.
struct DescribingWords {
  const schema::WordList& verbs;       // that make something of somebody, and where they say what
  const schema::WordList& opinions;    // verbs that tell what somebody thinks something is
  const schema::WordList& winning;     // verbs and what they make of their object: "winner of"
  const schema::WordList& prizes;      // "award", "trophy"
  const schema::WordList& titles;      // forms of address between a description and a name
  const schema::WordList& noun_types;  // nouns of descriptions and the types they refer to
  const schema::WordList& offices;     // and occupations
  const schema::WordList& positions;   // last words of offices
  const schema::WordList& kin;
  const schema::WordList& people;  // nouns for a person whose gender is known
  const schema::WordList& bodies;
  const schema::WordList& places;
  const schema::WordList& sites;
  const schema::WordList& events;
  const schema::WordList& works;
  const schema::WordList& weights;  // of the features of a description, from training
  static DescribingWords from(const schema::Lexicons& lexicons);
};

/// A description of an entity, and what speaks for and against it.
struct Description {
  doc::LocalEntity entity = doc::kNoEntity;
  doc::TokenIndex head = doc::kNoToken;  // its noun or adjective
  std::string value;                     // "soil scientist"
  uint32_t frame = kNoFrame;  // the clause that says it; none: the text takes it for granted
  std::string rule;           // "serves_as.before"
  std::vector<std::string> features;  // sorted, each once
};

/// How likely it is a statement worth keeping, 0..1, by its features.
float likelihood_of(const Description& description, const DescribingWords& words);

/// For one sentence; holds views of its arguments.
class DescriptionFinder {
 public:
  /// `prizes`: the text spoke of prizes before, so that labels of names may be prizes.
  DescriptionFinder(const SentenceReading& reading, const schema::Ontology& ontology,
                    const DescribingWords& words, bool prizes);
  /// In order of their heads, each entity with each head once; their number is bounded.
  std::vector<Description> candidates() const;

 private:
  struct Draft {
    std::string way;
    doc::LocalEntity entity = doc::kNoEntity;
    doc::TokenIndex who = doc::kNoToken;  // the word that names it
    doc::TokenIndex head = doc::kNoToken;
    uint32_t frame = kNoFrame;
    core::TokenSpan words{};     // empty: the phrase of the head
    std::string prefix, suffix;  // "winner of ", " prize"
    std::vector<std::string> features;
  };
  void from_clauses(std::vector<Draft>& out) const;
  void from_verb(uint32_t frame, std::vector<Draft>& out) const;
  void from_noun(uint32_t frame, std::vector<Draft>& out) const;
  void beside_names(std::vector<Draft>& out) const;
  void before(const doc::Mention& m, std::vector<Draft>& out) const;
  void behind(const doc::Mention& m, std::vector<Draft>& out) const;
  void label(const doc::Mention& m, std::vector<Draft>& out) const;
  void add(std::string_view way, doc::TokenIndex who, doc::TokenIndex head, uint32_t frame,
           std::vector<Draft>& out) const;
  bool complete(Draft& draft, Description& out) const;
  void describe(const Draft& draft, Description& out) const;
  void describe_noun(const Draft& draft, Description& out) const;
  doc::TokenIndex phrase_head(doc::TokenIndex first) const;
  core::TokenSpan run_before(doc::TokenIndex last) const;
  const doc::Mention* mention_at(doc::TokenIndex t) const;
  bool is_time(doc::TokenIndex t) const;
  bool is_sign(doc::TokenIndex t, std::string_view signs) const;

  const SentenceReading& reading_;
  const schema::Ontology& ontology_;
  const DescribingWords& words_;
  const doc::Document& document_;
  core::TokenSpan sentence_;
  std::span<const doc::Mention> mentions_;
  bool prizes_;
};

}  // namespace weft::extract
