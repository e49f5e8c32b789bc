// Times that sentences leave unsaid: an event is dated once and told in many sentences.
#pragma once

#include "doc/document.h"
#include "schema/ontology.h"

namespace weft::schema {
class WordList;
}  // namespace weft::schema

namespace weft::extract {

/// Gives asserted facts of the `acts` relations (names: visited, called_on, …) that have no time
/// the day of the latest dated act of the same subject before them, else that of the sentence
/// before. Never a month or a year, and never over a dated act of the same subject.
void carry_times(doc::Document& document, const schema::Ontology& ontology,
                 const schema::WordList& acts);

}  // namespace weft::extract
