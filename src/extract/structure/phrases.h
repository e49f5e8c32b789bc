// Facts that a noun phrase states by itself, whatever the clause around it says.
#pragma once

#include "extract/relations/matcher.h"
#include "schema/lexicon.h"
#include "schema/ontology.h"

namespace weft::extract {

struct StandingWords {
  const schema::WordList& facts;     // relations that a noun phrase states by itself
  const schema::WordList& creating;  // verbs whose object isn't there before
  const schema::WordList& wishes;    // "wants her as mayor", "runs for mayor": nobody holds it yet
};

/// "X must repair the port of Y": that the port lies there is no demand, and nobody's word. If the
/// relation is of that sort and the tree joins the two ends within one noun phrase, the evidence
/// becomes asserted, without the clause's time and, unless an end is a pronoun, its speaker. What
/// is not there yet ("plans to set up a centre in Y") is as firm as the clause that makes it, and a
/// planned event stays planned and keeps its time. `subject` and `object` are entities of the
/// reading's document. Thread-safe.
void free_from_clause(const SentenceReading& reading, const schema::Ontology& ontology,
                      const StandingWords& words, schema::RelationId relation,
                      doc::LocalEntity subject, doc::LocalEntity object, doc::Evidence& evidence);

}  // namespace weft::extract
