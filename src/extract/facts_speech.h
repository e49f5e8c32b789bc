// What a speech puts weight on, and what it is about.
#pragma once

#include <vector>

#include "extract/facts_collector.h"
#include "extract/facts_matcher.h"

namespace weft::schema {
class WordList;
}  // namespace weft::schema

namespace weft::extract {

/// Reads the speeches of one document, sentence by sentence in order. Holds views of its arguments.
class SpeechReader {
 public:
  SpeechReader(const doc::Document& document, const schema::Ontology& ontology,
               const schema::WordList& stress_verbs);

  /// Adds emphasized(speaker, X) for each theme, industry and initiative X that stands in stressed
  /// or demanded content of the sentence.
  void read(const SentenceReading& reading, FactCollector& out) const;

  /// The place that the document is about, its demands too, as far as they name nobody: the most
  /// mentioned one of the title and lead that is no country; kNoEntity if there is none.
  doc::LocalEntity topic() const { return topic_; }

 private:
  doc::LocalEntity find_topic() const;

  const doc::Document& document_;
  const schema::WordList& stress_verbs_;
  schema::RelationId emphasized_;
  schema::TypeId place_;
  std::vector<schema::TypeId> weighty_;  // types of what is stressed
  doc::LocalEntity topic_;
};

}  // namespace weft::extract
