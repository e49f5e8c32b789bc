// What weft-train writes as JSON, a line a thing, for the trainers in Python.
#pragma once

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"
#include "nlp/word_pieces.h"
#include "schema/ontology.h"

namespace weft::train {

using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

inline void text(JsonWriter& writer, std::string_view s) {
  writer.String(s.data(), static_cast<rapidjson::SizeType>(s.size()));
}

inline void texts(JsonWriter& writer, const std::vector<std::string>& items) {
  writer.StartArray();
  for (const std::string& item : items) text(writer, item);
  writer.EndArray();
}

/// Subject, relation, object or null, and value of a fact, as items of the array that is open.
void ends(JsonWriter& writer, const doc::Fact& fact, const schema::Ontology& ontology);

/// A line about the document: id, entities (type, label, aliases), facts [subject, relation, object
/// or null, value] and, with `word_pieces`, the pieces of each word of each sentence.
std::string line_of(const doc::Document& document, const schema::Ontology& ontology,
                    const nlp::WordPieces* word_pieces);

}  // namespace weft::train
