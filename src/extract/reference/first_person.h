// "I", "we", "our" in what somebody says: mentions of the one who speaks, or of the speaker's body.
#pragma once

#include "doc/document.h"
#include "extract/claims/attribution.h"
#include "extract/claims/modality.h"
#include "extract/frames/frames.h"
#include "schema/schema.h"

namespace weft::extract {

/// The one whose answers a text in questions and answers prints without naming the speaker each
/// time; kNoEntity if it is no interview. `from`: the sentence of the first question.
struct Interview {
  doc::LocalEntity answers = doc::kNoEntity;
  uint32_t from = 0;
};
Interview find_interview(const doc::Document& document, const AttributionWords& words);

/// Adds a mention (form and rule `pronoun`) for each word of the first person in a clause that is
/// somebody's word. Needs trees, mentions and the facts that the structure of names shows; keeps
/// mentions in text order.
void resolve_first_person(doc::Document& document, const schema::Ontology& ontology,
                          const FrameWords& frames, const ModalityWords& modality,
                          const AttributionWords& attribution, const FillerWords& fillers);

}  // namespace weft::extract
