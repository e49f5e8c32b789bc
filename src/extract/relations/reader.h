// Asks the relation model about every pair of entities of a document's sentences: its probability
// becomes the confidence of what patterns found, drops what is too unlikely, and adds facts that no
// pattern found, each with its sentence as evidence, within domain and range.
#pragma once

#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "extract/facts/collector.h"
#include "extract/relations/features.h"
#include "extract/relations/matcher.h"
#include "extract/relations/rule_confidence.h"
#include "extract/structure/phrases.h"
#include "stage/pair_scorer.h"

namespace weft::extract {

/// Which relations may hold between two types. Made once; shared by all threads.
class AllowedRelations {
 public:
  explicit AllowedRelations(const schema::Ontology& ontology);
  /// Ascending. `backward`: without symmetric relations, which the other order of the pair has.
  const std::vector<schema::RelationId>& between(schema::TypeId subject, schema::TypeId object,
                                                 bool backward) const {
    return lists_[(subject.value * types_ + object.value) * 2 + backward];
  }

 private:
  size_t types_;
  std::vector<std::vector<schema::RelationId>> lists_;
};

/// One a document; not shared. Without a scorer, facts keep their rules' measured confidence.
/// `sayings`: see Patterns::acts_of_saying(); `standing`: see free_from_clause(); `event_heads`:
/// nouns of events and their classes.
class RelationReader {
 public:
  RelationReader(const doc::Document& document, const schema::Ontology& ontology,
                 const AllowedRelations& allowed, const std::set<schema::RelationId>& sayings,
                 const StandingWords& standing, const schema::WordList& event_heads,
                 const RuleConfidence& rules, const stage::PairScorer* scorer);

  /// Scores the pairs of a sentence after `facts` got all that the patterns found in it.
  void read(const SentenceReading& reading, const FactCollector& facts);
  /// Writes confidences, drops facts and adds proposals. Call it once, after the last sentence.
  /// Gives what it doubts of events that sentences don't name: too unlikely to be said, but hints
  /// of when they took place.
  std::vector<doc::Fact> finish(doc::Document& document);

 private:
  using Key = std::tuple<doc::LocalEntity, uint16_t, doc::LocalEntity>;
  struct Proposal {
    doc::LocalEntity subject, object;
    schema::RelationId relation;
    doc::Evidence evidence;
    bool unnamed_event;  // with the event at hand, which the sentence doesn't name
  };

  Key key(doc::LocalEntity subject, schema::RelationId r, doc::LocalEntity object) const;
  std::vector<doc::LocalEntity> carried_into(const SentenceReading& reading,
                                             const std::vector<doc::LocalEntity>& named) const;
  std::vector<FiredRule> fired_in(uint32_t sentence, const FactCollector& facts) const;
  void score(const SentenceReading& reading, PairFeatures& features, doc::LocalEntity subject,
             doc::LocalEntity object, bool backward, std::span<const FiredRule> fired);
  void agree_in_lists(const SentenceReading& reading, std::span<const FiredRule> fired);
  doc::Evidence evidence(const SentenceReading& reading, uint32_t frame,
                         schema::RelationId relation, doc::LocalEntity subject,
                         doc::LocalEntity object, float p) const;
  bool only_owned_by_name(const SentenceReading& reading, doc::LocalEntity e) const;
  doc::LocalEntity holder_as(core::TokenSpan sentence, doc::LocalEntity office) const;
  bool excluded(const SentenceReading& reading, doc::LocalEntity entity) const;
  bool is_apart(const SentenceReading& reading, doc::LocalEntity office, bool held) const;
  bool gives_office(const SentenceReading& reading, uint32_t frame, doc::LocalEntity subject,
                    doc::LocalEntity office, std::span<const FiredRule> fired) const;
  double probability(const Key& key) const;

  const doc::Document& document_;
  const schema::Ontology& ontology_;
  const AllowedRelations& allowed_;
  const std::set<schema::RelationId>& sayings_;
  const StandingWords& standing_;
  const schema::WordList& event_heads_;
  const RuleConfidence& rules_;
  const stage::PairScorer* scorer_;
  schema::RelationId located_in_, holds_position_;
  std::vector<uint32_t> counts_;                     // mentions of each entity
  std::map<Key, std::map<uint32_t, float>> likely_;  // by sentence: the best probability
  std::set<Key> by_pattern_;
  bool unnamed_event_ = false;               // the sentence at hand doesn't name the latest event
  doc::LocalEntity event_ = doc::kNoEntity;  // the latest one before the sentence at hand
  std::vector<Proposal> proposals_;
  std::vector<float> probabilities_;
};

}  // namespace weft::extract
