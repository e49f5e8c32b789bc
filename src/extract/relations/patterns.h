// Patterns: what makes a relation, as data (schema/relations/*.json, one file a relation;
// schema/meta/relation.schema.json).
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "doc/fact.h"
#include "extract/frames/frames.h"
#include "schema/schema.h"

namespace weft::extract {

/// Where a pattern takes its subject, object or value from.
enum class Source : uint8_t {
  role,             // an argument of the frame
  self,             // the frame's own word
  speaker,          // to whom the clause is attributed
  clause_agent,     // the agent of a clause that the frame governs ("asked X to …")
  matrix_agent,     // the agent of the clause that the frame, which has none, hangs on
  matrix_subject,   // the same, whether or not the frame has an agent of its own
  clause_content,   // everything that a clause governed by the frame is about
  clause_mentions,  // every entity in the frame's own clause, whatever its role
  addressee,        // who was last called on
  topic,            // the place that the document is about
  recent,  // the latest entity of a type before the predicate, in this sentence or the few before
  principal,  // who made the latest visit
};

struct RoleSpec {
  Source source = Source::role;
  Role role = Role::agent;
  std::string preposition;                  // for Role::prep; "*" is any
  schema::TypeId type;                      // for Source::recent
  const schema::WordList* heads = nullptr;  // of Source::recent: null if any head word will do
};

enum class Trigger : uint8_t { verb, noun, adjective, any, entity, reported };

struct ExampleFact {
  std::string subject, relation, object, modality, polarity;
};

struct Example {
  std::string text;
  std::vector<ExampleFact> facts;
};

struct Pattern {
  std::string id;
  schema::RelationId relation;
  Trigger trigger = Trigger::verb;
  std::vector<std::string>
      lemmas;  // "visit", "carry out"; "*" is any; for Trigger::reported the speech verbs
  std::vector<schema::TypeId> entity_types;  // for Trigger::entity
  std::vector<RoleSpec> subject,
      object;               // in order of preference: the first that gives a fact is taken
  bool value = false;       // `object` gives a text value
  bool nearby = false;      // a lost side may be taken from nearby words
  bool infinitive = false;  // only with an infinitive: "wants X to …"
  bool affirmed = false;    // only in clauses that affirm
  bool mutual = false;      // holds between the conjuncts of the subject
  std::vector<std::string> needs, forbids;  // words that must, must not hang below the predicate
  std::vector<schema::TypeId> subject_types,
      object_types;  // narrower than the ontology; empty: as there
  bool has_modality = false, has_polarity = false, has_when = false;
  doc::Modality modality = doc::Modality::asserted, when = doc::Modality::asserted;
  doc::Polarity polarity = doc::Polarity::positive;
  float confidence = 0.8f;
  std::vector<Example> examples;
};

/// All patterns, found by lemma. Immutable after loading; shared by all threads.
class Patterns {
 public:
  /// Reads every relation file below `schema.dir`/relations in order of name. Throws SetupError
  /// with file and pattern id.
  static Patterns load(const schema::Schema& schema);

  const std::vector<Pattern>& all() const { return patterns_; }
  /// First words of the verb triggers.
  std::set<std::string, std::less<>> verbs() const;
  /// Relations whose subject is, first of all, who says the sentence: that it was said is the fact.
  std::set<schema::RelationId> acts_of_saying() const;
  /// Calls `use(pattern)` for each pattern whose trigger word is the frame's, in file order.
  template <class F>
  void for_each(const Frame& frame, F&& use) const {
    if (const auto it = by_lemma_.find(frame.lemma); it != by_lemma_.end())
      for (uint32_t i : it->second)
        if (fits(patterns_[i], frame.kind)) use(patterns_[i]);
    for (uint32_t i : any_lemma_)
      if (fits(patterns_[i], frame.kind)) use(patterns_[i]);
  }

 private:
  static bool fits(const Pattern& pattern, FrameKind kind);

  std::vector<Pattern> patterns_;
  std::map<std::string, std::vector<uint32_t>, std::less<>> by_lemma_;
  std::vector<uint32_t> any_lemma_;
};

/// True if the words of a multi-word trigger ("carry out") and the pattern's needs are there, and
/// its forbidden words not.
bool words_fit(const Pattern& pattern, const SentenceFrames& frames, const Frame& frame);

}  // namespace weft::extract
