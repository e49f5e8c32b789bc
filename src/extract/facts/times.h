// Times that sentences leave unsaid: an event is dated once and told in many sentences.
#pragma once

#include <string>
#include <vector>

#include "doc/document.h"
#include "extract/facts/collector.h"
#include "extract/relations/matcher.h"
#include "schema/lexicon.h"
#include "schema/ontology.h"

namespace weft::extract {

/// A day that the main clause of a sentence tells, and whose act it was.
struct DatedAct {
  uint32_t sentence = 0;
  doc::LocalEntity subject = doc::kNoEntity;
  std::string time;
  bool earlier = false;  // "had visited": it dates no other act
};

/// Relations and rules by their names ("visited", "model.works_for").
struct TimeCarriers {
  const schema::WordList& acts;      // acts of a day
  const schema::WordList& timeless;  // what holds whatever the day of its clause
  const schema::WordList& scores;    // what is counted in contests: "seats"
  const schema::WordList& contests;  // head nouns of elections and matches
  const schema::WordList& comments;  // what is said of an event and is no part of it
};

/// The day that the main clause of the sentence tells, or what is said in a lead that ends in who
/// says so ("…, officials said"), or a clause of what happened then ("… when a bomber attacked on
/// Friday"); without a time if none does.
DatedAct dated_act(const SentenceReading& reading);

/// Dates the offices that the sentence's names and titles tell ("X was elected mayor on Friday"):
/// a `holds_position` without a time takes that of a clause with both its ends.
void date_offices(const SentenceReading& reading, schema::RelationId holds_position,
                  const doc::Document& document, FactCollector& facts);

/// Gives asserted facts of the acts that have no time
/// the day of the latest dated act of the same subject before them, else that of a sentence shortly
/// before, else the one day of all that was told so far; an act of two is of either. `told` are the
/// days of main clauses, by sentence. Never a month or a year, and never over a dated act of the
/// same subject. What happened can't lie behind the document's own date: such a time belongs to
/// something else and is dropped. Facts about one event (held_in, attended, …) share its time. What
/// is timeless loses its own.
void carry_times(doc::Document& document, const schema::Ontology& ontology,
                 const TimeCarriers& lists, const std::vector<DatedAct>& told);

}  // namespace weft::extract
