// Applies the patterns to the frames of one sentence.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "extract/claims/attribution.h"
#include "extract/claims/modality.h"
#include "extract/facts/collector.h"
#include "extract/frames/fillers.h"
#include "extract/frames/frames.h"
#include "extract/relations/patterns.h"

namespace weft::extract {

/// All that is known of one sentence when its facts are read.
struct SentenceReading {
  const SentenceFrames& frames;
  const FillerFinder& fillers;
  const std::vector<ClauseStatus>& statuses;
  const std::vector<Attribution>& attributions;
  doc::LocalEntity addressee = doc::kNoEntity;  // who was last called on
  doc::LocalEntity topic = doc::kNoEntity;      // the place that the document is about
  doc::LocalEntity principal = doc::kNoEntity;  // who made the latest visit
  uint32_t sentence = 0;
  doc::LocalEntity implied = doc::kNoEntity;  // subject of a main verb that has none (list items)
};

/// Time of the fact that a frame states, from the time expressions of its sentence; empty if none.
std::string time_of(const SentenceReading& reading, uint32_t frame);
/// Evidence for a fact stated by `frame`.
doc::Evidence make_evidence(const SentenceReading& reading, uint32_t frame, const std::string& rule,
                            float confidence);
/// The words of a noun phrase as a value: without article, relative clause, apposition and
/// punctuation around it.
/// A phrase with "to", "for", "of" or "between" right behind it, which a parser hung on `verb`, is
/// part of it ("serves as a gateway to Africa").
std::string phrase_text(const SentenceFrames& frames, doc::TokenIndex head, doc::TokenIndex verb);

class PatternMatcher {
 public:
  /// `event_heads`: nouns of events with their classes.
  PatternMatcher(const Patterns& patterns, const schema::Ontology& ontology,
                 const schema::WordList& event_heads)
      : patterns_(patterns), ontology_(ontology), event_heads_(event_heads) {}

  void match(const SentenceReading& reading, FactCollector& out) const;

 private:
  struct Found {
    const Pattern* pattern;
    doc::LocalEntity subject, object;
    std::string value;
    float confidence;
    bool loose = false;  // a side was taken from nearby words because the tree gave none
  };
  using Conjuncts = std::vector<Readings>;

  void match_frame(const SentenceReading& reading, uint32_t frame, std::vector<Found>& found) const;
  bool applies(const Pattern& pattern, const SentenceReading& reading, uint32_t frame) const;
  Conjuncts fill(const RoleSpec& spec, const SentenceReading& reading, uint32_t frame,
                 bool own_words) const;
  void add_role(const RoleSpec& spec, const SentenceReading& reading, const Frame& frame,
                bool own_words, Conjuncts& out) const;
  void add_companions(const SentenceReading& reading, const Frame& frame, Conjuncts& out) const;
  void extend_list(const SentenceReading& reading, const Frame& frame, doc::TokenIndex head,
                   Conjuncts& out) const;
  void add_recent(const RoleSpec& spec, const SentenceReading& reading, doc::TokenIndex predicate,
                  Conjuncts& out) const;
  void add_content(const SentenceReading& reading, uint32_t frame, Conjuncts& out) const;
  void add_clause_mentions(const SentenceReading& reading, uint32_t frame, Conjuncts& out) const;
  void pair(const Pattern& pattern, const SentenceReading& reading, uint32_t frame,
            std::vector<Found>& found) const;
  bool pair_entities(const Pattern& pattern, const SentenceReading& reading,
                     const Conjuncts& subjects, const Conjuncts& objects,
                     std::vector<Found>& found) const;
  void pair_mutual(const Pattern& pattern, const SentenceReading& reading,
                   const Conjuncts& subjects, std::vector<Found>& found) const;
  bool pair_values(const Pattern& pattern, const SentenceReading& reading,
                   const Conjuncts& subjects, const RoleSpec& value, uint32_t frame,
                   std::vector<Found>& found) const;
  Conjuncts nearby(const Pattern& pattern, const SentenceReading& reading, uint32_t frame,
                   bool subject) const;
  const Filler* choose(const Pattern& pattern, const doc::Document& document,
                       const Readings& readings, bool subject) const;

  const Patterns& patterns_;
  const schema::Ontology& ontology_;
  const schema::WordList& event_heads_;
};

}  // namespace weft::extract
