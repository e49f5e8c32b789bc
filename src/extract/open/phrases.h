// Phrases of open triples: which words of a sentence belong to the head of an argument. Internal to
// extract/; the door is open/triples.h.
#pragma once

#include <vector>

#include "extract/frames/frames.h"
#include "extract/open/triples.h"

namespace weft::extract {

using Tokens = std::vector<doc::TokenIndex>;

/// What of a head's dependents is left out of its phrase. What hangs loosely on a clause
/// (parataxis, discourse) always is.
enum class PhraseCut : uint8_t {
  argument,   // a noun phrase with its preposition: no apposition, no relative clause
  subject,    // the same without a preposition
  predicate,  // what is said with "be": without its subject, auxiliaries and clauses beside it
  clause,     // nothing: a whole clause
};

/// The words of `head` and what hangs below it, ascending, without punctuation at the edges;
/// `without` names dependents of `head` to leave out too.
Tokens phrase_words(const SentenceFrames& frames, doc::TokenIndex head, PhraseCut cut,
                    const Tokens& without = {});

/// The words as the document writes them, a blank between those that don't stand together, and
/// their stretches as bytes. `words` may be in any order.
OpenPhrase phrase_of(const doc::Document& document, Tokens words);

/// True if a dependent of `head` holds its subject.
bool is_subject(doc::Deprel relation);
/// The subject that hangs on `head` itself, unless it only fills the place ("there is").
doc::TokenIndex own_subject(const SentenceFrames& frames, doc::TokenIndex head);
bool is_relative_word(const doc::Document& document, doc::TokenIndex token);

}  // namespace weft::extract
