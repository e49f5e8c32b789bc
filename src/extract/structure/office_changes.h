// Offices that change hands: who is succeeded held the same office, who resigns held it until then,
// and who took office held it from then on.
#pragma once

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/facts/collector.h"
#include "extract/relations/matcher.h"
#include "schema/lexicon.h"

namespace weft::extract {

/// True for the rules whose evidence has the time at which an office was entered, held or left.
bool dates_office(std::string_view rule);

/// Verbs by lemma and particle, and who they are about; must outlive their readers.
struct OfficeVerbs {
  explicit OfficeVerbs(const schema::Lexicons& lexicons);
  const schema::WordList& succeeding;
  const schema::WordList& leaving;   // "subject" or "object" leaves
  const schema::WordList& entering;  // likewise; "office": only with a word of `tenures`
  const schema::WordList& tenures;   // "office", "power"
};

/// Adds holds_position for whom somebody succeeds in an office that the text names in the sentence
/// or shortly before, and for who enters or leaves an office at a time that is told, with that
/// time. Fed with a document's sentences in order. One for each document and thread.
class OfficeChanges {
 public:
  /// All must outlive the finder. `document`: with the facts that its layout and its names alone
  /// tell.
  OfficeChanges(const schema::Ontology& ontology, const OfficeVerbs& verbs,
                const doc::Document& document);

  void read(const SentenceReading& reading, const doc::Document& document, FactCollector& out);
  /// After the last sentence: who entered an office and left it held it from then to then.
  void finish(doc::Document& document) const;

 private:
  void read_then(const SentenceReading& reading, const doc::Document& document,
                 FactCollector& out) const;
  void read_succession(const SentenceReading& reading, uint32_t frame, FactCollector& out);
  void read_leaving(const SentenceReading& reading, uint32_t frame, Role leaver,
                    const doc::Document& document, FactCollector& out) const;
  void read_entering(const SentenceReading& reading, uint32_t frame, const std::string& who,
                     const doc::Document& document, FactCollector& out) const;
  void date(const SentenceReading& reading, uint32_t frame, std::string_view rule,
            doc::LocalEntity person, bool anywhere, const doc::Document& document,
            FactCollector& out) const;
  void note(const doc::Fact& fact);
  doc::LocalEntity office_in(const doc::Document& document, uint32_t sentence,
                             doc::LocalEntity person, const FactCollector& facts) const;
  doc::LocalEntity holder_of(const SentenceReading& reading, const Frame& frame, Role role,
                             const doc::Document& document, const FactCollector& facts) const;
  doc::LocalEntity office_as(const SentenceReading& reading, const Frame& frame) const;
  std::vector<doc::LocalEntity> people_of(const SentenceReading& reading, const Frame& frame,
                                          Role role) const;
  doc::LocalEntity person_of(const SentenceReading& reading, const Frame& frame, Role role) const;

  const schema::Ontology& ontology_;
  const OfficeVerbs& verbs_;
  schema::RelationId holds_position_;
  std::map<doc::LocalEntity, std::pair<uint32_t, doc::LocalEntity>> latest_;  // sentence, office
  std::map<doc::LocalEntity, doc::LocalEntity> only_;  // each person's office; kNoEntity: several
};

}  // namespace weft::extract
