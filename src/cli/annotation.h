// The layers of the language models as text for programs and people. All offsets are bytes of the
// document's text.
#pragma once

#include <string>

#include "cli/options.h"
#include "doc/document.h"
#include "nlp/stages.h"
#include "schema/ontology.h"
#include "schema/schema.h"

namespace weft::cli {

/// CoNLL-U (universaldependencies.org/format), a document after another. The last column holds
/// NER=B-PERSON or NER=I-PERSON, SpaceAfter=No, and Bytes=BEGIN:END.
void annotation_conllu(const doc::Document& document, const schema::Ontology& ontology,
                       std::string& out);
/// One JSON object and a line break: id, sentences with their tokens, names.
void annotation_json(const doc::Document& document, const schema::Ontology& ontology,
                     std::string& out);
/// A sentence a line, names as "[Person Maria Lopez]".
void annotation_text(const doc::Document& document, const schema::Ontology& ontology,
                     std::string& out);

/// The option --model, and the tier it names (or the best that is installed).
void declare_model(OptionSet& options, std::string& target);
nlp::Tier chosen_tier(const std::string& model, const schema::Schema& schema);

}  // namespace weft::cli
