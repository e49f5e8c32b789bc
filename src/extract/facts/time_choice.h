// Which of the times told in a document is a fact's own.
#pragma once

#include <vector>

#include "doc/document.h"
#include "extract/facts/choices.h"
#include "extract/facts/times.h"
#include "schema/lexicon.h"
#include "schema/ontology.h"

namespace weft::extract {

/// Gives each piece of evidence the likeliest of the times told around it, or none: a conditional
/// logit over the times of its sentence, those that stories carry on (`told`: the days of main
/// clauses, by sentence), what it has so far, and no time. What is timeless stays as
/// they are. With `notes`, only tells what it would choose from.
void choose_times(doc::Document& document, const schema::Ontology& ontology,
                  const TimeCarriers& lists, const std::vector<DatedAct>& told,
                  const ChoiceWeights& weights, ChoiceNotes* notes);

}  // namespace weft::extract
