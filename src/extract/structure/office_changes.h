// Offices that change hands: who is succeeded held the same office, and who resigns held it until
// then.
#pragma once

#include <map>
#include <string_view>
#include <utility>

#include "extract/facts/collector.h"
#include "extract/relations/matcher.h"
#include "schema/lexicon.h"

namespace weft::extract {

/// Evidence of these rules has the time that the verb of leaving tells, or none.
inline constexpr std::string_view kLeavingRule = "leaving.";

/// Adds holds_position for whom somebody succeeds in an office that the text names in the sentence
/// or shortly before, and for who leaves an office on a day that is told, with that day. Fed with a
/// document's sentences in order. One for each document and thread.
class OfficeChanges {
 public:
  /// `succeeding`: verbs of succeeding, by lemma; `leaving`: verbs of leaving an office, with who
  /// leaves ("subject", "object"). All must outlive the finder. `document`: with the facts that its
  /// layout and its names alone tell.
  OfficeChanges(const schema::Ontology& ontology, const schema::WordList& succeeding,
                const schema::WordList& leaving, const doc::Document& document);

  void read(const SentenceReading& reading, const doc::Document& document, FactCollector& out);

 private:
  void read_succession(const SentenceReading& reading, uint32_t frame, FactCollector& out);
  void read_leaving(const SentenceReading& reading, uint32_t frame, Role leaver,
                    const doc::Document& document, FactCollector& out) const;
  void note(const doc::Fact& fact);
  doc::LocalEntity office_in(const doc::Document& document, uint32_t sentence,
                             doc::LocalEntity person, const FactCollector& facts) const;
  doc::LocalEntity holder_of(const SentenceReading& reading, const Frame& frame, Role role,
                             const doc::Document& document, const FactCollector& facts) const;
  doc::LocalEntity office_as(const SentenceReading& reading, const Frame& frame) const;
  doc::LocalEntity person_of(const SentenceReading& reading, const Frame& frame, Role role) const;

  const schema::Ontology& ontology_;
  const schema::WordList &succeeding_, &leaving_;
  schema::RelationId holds_position_;
  std::map<doc::LocalEntity, std::pair<uint32_t, doc::LocalEntity>> latest_;  // sentence, office
  std::map<doc::LocalEntity, doc::LocalEntity> only_;  // each person's office; kNoEntity: several
};

}  // namespace weft::extract
