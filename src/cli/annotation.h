// The layers of the language models as text for programs and people. All offsets are bytes of the
// document's text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "doc/document.h"
#include "extract/figures/amounts.h"
#include "nlp/stages.h"
#include "schema/ontology.h"
#include "schema/schema.h"

namespace weft::cli {

/// A stretch of tokens with its type: a name of the net, a date, an amount.
struct Label {
  core::TokenSpan tokens;
  std::string type;        // a type of the ontology, Date, Money, Percent or Quantity
  float score = -1;        // of names
  std::string_view value;  // of dates: ISO 8601; may be empty
};
/// All of a document in text order, without overlap: where two would, the longer stays if it holds
/// the other, else the name, or else the date. Numbers that are amounts of nothing are left out.
std::vector<Label> labels_of(const doc::Document& document, const schema::Ontology& ontology,
                             const extract::AmountFinder& amounts);

/// CoNLL-U (universaldependencies.org/format), a document after another. The last column holds
/// NER=B-PERSON or NER=I-PERSON, SpaceAfter=No, and Bytes=BEGIN:END.
void annotation_conllu(const doc::Document& document, const std::vector<Label>& labels,
                       std::string& out);
/// One JSON object and a line break: id, sentences with their tokens, names (names with their
/// score, dates with their value where it is known).
void annotation_json(const doc::Document& document, const std::vector<Label>& labels,
                     std::string& out);
/// A sentence a line, names as "[Person Maria Lopez]".
void annotation_text(const doc::Document& document, const std::vector<Label>& labels,
                     std::string& out);

/// The option --model, and the tier it names (or the best that is installed).
void declare_model(OptionSet& options, std::string& target);
nlp::Tier chosen_tier(const std::string& model, const schema::Schema& schema);

}  // namespace weft::cli
