// Record: what one document gives to the graph; a pure function of that document, the models and
// the schema.
//
// Serialised as one JSON object (UTF-8, keys in fixed order, no white space), so that a Record can
// be cached by content hash, sent between machines and read by anything. Type and relation names
// stand in it, not numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"

namespace weft::doc {

struct Record {
  Metadata meta;
  std::vector<Entity> entities;
  std::vector<Fact> facts;
  std::vector<core::ByteSpan> sentences;  // bytes of each sentence, for showing context
  std::string sketch;  // tells near copies of a text (read/sketch.h); empty: unknown

  friend bool operator==(const Record&, const Record&) = default;
};

/// Moves entities and facts out of an extracted Document.
Record make_record(Document&& document);

std::string to_json(const Record& record, const schema::Ontology& ontology);
/// Throws SetupError (broken_file) if the text is not a record of this format.
Record record_from_json(std::string_view json, const schema::Ontology& ontology);

}  // namespace weft::doc
