// Which of the parties around a fact the document has say it.
#pragma once

#include <set>

#include "doc/document.h"
#include "extract/facts/choices.h"
#include "schema/ontology.h"

namespace weft::extract {

/// Gives each piece of evidence the likeliest speaker of those around it, or none: a conditional
/// logit over the speaker that it has so far, the subjects of the sentence's clauses, those who
/// spoke just before, and the document itself. `sayings` are the relations that are acts of speech.
/// With `notes`, only tells what it would choose from.
void choose_speakers(doc::Document& document, const schema::Ontology& ontology,
                     const std::set<schema::RelationId>& sayings, const ChoiceWeights& weights,
                     ChoiceNotes* notes);

}  // namespace weft::extract
