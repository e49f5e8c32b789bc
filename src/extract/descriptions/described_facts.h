// Descriptions: serves_as facts, what somebody or something is or is to be ("soil scientist").
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "extract/descriptions/descriptions.h"
#include "extract/facts/collector.h"

namespace weft::extract {

/// Is told of every candidate of a document; for training.
class DescriptionNotes {
 public:
  virtual ~DescriptionNotes() = default;
  virtual void note(const doc::Document& document, std::span<const Description> candidates) = 0;
};

/// One a document; not shared. Holds views of its arguments.
class DescriptionReader {
 public:
  /// `notes` may be null.
  DescriptionReader(const schema::Ontology& ontology, const DescribingWords& words,
                    DescriptionNotes* notes)
      : ontology_(ontology), words_(words), notes_(notes) {}
  /// Finds the candidates of a sentence.
  void read(const SentenceReading& reading);
  /// Adds a serves_as fact for each candidate that is likely enough, now that it is known what else
  /// is said of each entity. Call it once, after the last sentence.
  void finish(const doc::Document& document, FactCollector& out);

 private:
  /// Whose opinion the clause tells: "the senator called the levy a tax".
  doc::LocalEntity opinion_of(const SentenceReading& reading, uint32_t frame) const;

  const schema::Ontology& ontology_;
  const DescribingWords& words_;
  DescriptionNotes* notes_;
  std::vector<Description> found_;
  std::vector<doc::Evidence> evidence_;  // of each
  bool prizes_ = false;                  // the text has spoken of prizes
};

}  // namespace weft::extract
