// Collects facts: one doc::Fact for each subject, relation and object (or value), with all its
// evidence.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "doc/document.h"

namespace weft::extract {

/// Writes into `document.facts`. A second finding of one fact in one sentence by any rule raises no
/// second evidence; the surer one stays.
class FactCollector {
 public:
  FactCollector(doc::Document& document, const schema::Ontology& ontology);

  void add(doc::LocalEntity subject, schema::RelationId relation, doc::LocalEntity object,
           doc::Evidence evidence);
  void add_value(doc::LocalEntity subject, schema::RelationId relation, std::string value,
                 doc::Evidence evidence);

  /// Subject and object of the latest finding of this relation in this sentence, or kNoEntity.
  std::pair<doc::LocalEntity, doc::LocalEntity> last(schema::RelationId relation,
                                                     uint32_t sentence) const;
  /// Places in Document::facts of the facts with evidence in the sentence.
  const std::vector<size_t>& of_sentence(uint32_t sentence) const;
  /// The evidence that the sentence gives for the fact at that place (it gives at most one); null
  /// if it gives none. Valid until the next add.
  doc::Evidence* evidence_in(size_t fact, uint32_t sentence) const;

 private:
  using Key = std::tuple<doc::LocalEntity, uint16_t, doc::LocalEntity, std::string>;
  void add(Key key, doc::Evidence evidence);

  doc::Document& document_;
  const schema::Ontology& ontology_;
  schema::RelationId located_in_;
  std::map<Key, size_t> index_;
  struct Last {
    uint32_t sentence = 0;
    doc::LocalEntity subject = doc::kNoEntity, object = doc::kNoEntity;
  };
  std::map<uint16_t, Last> last_;  // by relation
  std::map<uint32_t, std::vector<size_t>> by_sentence_;
  std::map<std::pair<size_t, uint32_t>, size_t> places_;  // of evidence, by fact and sentence
};

}  // namespace weft::extract
