// Times that sentences leave unsaid: an event is dated once and told in many sentences.
#pragma once

#include <string>
#include <vector>

#include "doc/document.h"
#include "schema/ontology.h"

namespace weft::schema {
class WordList;
}  // namespace weft::schema

namespace weft::extract {

/// A day that the main clause of a sentence tells, and whose act it was.
struct DatedAct {
  uint32_t sentence = 0;
  doc::LocalEntity subject = doc::kNoEntity;
  std::string time;
};

/// Gives asserted facts of the `acts` relations (names: visited, called_on, …) that have no time
/// the day of the latest dated act of the same subject before them, else that of a sentence shortly
/// before, else the one day of all that was told so far. `told` are the days of main clauses, by
/// sentence. Never a month or a year, and never over a dated act of the same subject. What happened
/// can't lie behind the document's own date: such a time belongs to something else and is dropped.
/// Facts about one event (held_in, attended, …) then share its time.
void carry_times(doc::Document& document, const schema::Ontology& ontology,
                 const schema::WordList& acts, const std::vector<DatedAct>& told);

}  // namespace weft::extract
