// What extraction finds in a document as JSON Lines or text. All offsets are bytes of the
// document's text.
#pragma once

#include <string>
#include <vector>

#include "doc/document.h"
#include "extract/open/triples.h"
#include "schema/ontology.h"

namespace weft::cli {

/// One JSON object a line. Facts have the names and types of their entities, a relation of the
/// ontology, and every piece of evidence; open triples have the words of the text with their
/// stretches, and one piece of evidence; times have their bytes and ISO 8601 value (null: unknown).
void facts_json(const doc::Document& document, const schema::Ontology& ontology, std::string& out);
void triples_json(const doc::Document& document, const std::vector<extract::OpenTriple>& triples,
                  const schema::Ontology& ontology, std::string& out);
void times_json(const doc::Document& document, std::string& out);

/// For reading: a line each, below the sentence that it is from.
void facts_text(const doc::Document& document, const schema::Ontology& ontology, std::string& out);
void triples_text(const doc::Document& document, const std::vector<extract::OpenTriple>& triples,
                  std::string& out);
void times_text(const doc::Document& document, std::string& out);

}  // namespace weft::cli
