// Open triples: what each clause of a text says, in the text's own words, whether or not the
// ontology has a relation for it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "doc/document.h"
#include "schema/schema.h"

namespace weft::extract {

/// A part of a triple. Where `stretches` is empty, the words are not in the text but implied by its
/// grammar ("is" of an apposition, "has" of a possessive).
struct OpenPhrase {
  std::string text;                          // on one line
  std::vector<core::ByteSpan> stretches;     // in text order, disjoint
  doc::LocalEntity entity = doc::kNoEntity;  // that the head word names, if any
};

struct OpenTriple {
  OpenPhrase subject, relation;
  std::vector<OpenPhrase> arguments;  // objects first, then the others; none for "The port opened."
  doc::Evidence evidence;
};

/// Immutable; shared by threads.
class OpenReader {
 public:
  explicit OpenReader(const schema::Schema& schema);
  ~OpenReader();
  /// Triples in text order. Needs trees, mentions and times; the document's facts are not looked
  /// at.
  std::vector<OpenTriple> read(const doc::Document& document) const;

 private:
  struct Words;
  std::unique_ptr<Words> words_;
};

}  // namespace weft::extract
