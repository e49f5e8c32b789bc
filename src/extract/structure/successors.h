// Offices that pass from one person to another: who is succeeded held the same office.
#pragma once

#include <map>
#include <utility>

#include "extract/facts/collector.h"
#include "extract/relations/matcher.h"
#include "schema/lexicon.h"

namespace weft::extract {

/// Adds holds_position for whom somebody succeeds in an office that the text names in the sentence
/// or shortly before. Fed with a document's sentences in order. One for each document and thread.
class SuccessorFinder {
 public:
  /// `verbs`: verbs of succeeding, by lemma. Both references must outlive the finder.
  SuccessorFinder(const schema::Ontology& ontology, const schema::WordList& verbs);

  void read(const SentenceReading& reading, doc::Document& document, FactCollector& out);

 private:
  doc::LocalEntity office_as(const SentenceReading& reading, const Frame& frame) const;
  doc::LocalEntity person_of(const SentenceReading& reading, const Frame& frame, Role role) const;

  const schema::Ontology& ontology_;
  const schema::WordList& verbs_;
  schema::RelationId holds_position_;
  std::map<doc::LocalEntity, std::pair<uint32_t, doc::LocalEntity>> latest_;  // sentence, office
};

}  // namespace weft::extract
