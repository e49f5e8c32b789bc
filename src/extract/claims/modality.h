// Modality and polarity of each clause: is it stated as so, called for, planned or held possible,
// and is it denied?
#pragma once

#include <vector>

#include "doc/fact.h"
#include "extract/frames/frames.h"

namespace weft::schema {
class Lexicons;
class WordList;
}  // namespace weft::schema

namespace weft::extract {

/// The word lists behind the judgement (schema/lexicons/facts.json). Values are names of
/// modalities.
struct ModalityWords {
  const schema::WordList& auxiliaries;     // should, will, may
  const schema::WordList& governors;       // plan, urge, necessary, need: what their complement is
  const schema::WordList& reporting;       // say, report: their complement stands on its own
  const schema::WordList& negators;        // not, never, no
  const schema::WordList& negative_verbs;  // deny, refuse: their complement is denied
  const schema::WordList& circumstances;   // during, after: when or where something was said
  const schema::WordList& buying;          // order: with a number or "from", it buys
  const schema::WordList& calling;         // call: only "for" a noun, or a clause, is a demand
  const schema::WordList& conditions;      // if, whether: their clause may be so or not
  const schema::WordList& occasions;       // when, until: with a present tense, of what is to come
  const schema::WordList& truths;          // true: of what isn't, the clause is denied
  const schema::WordList& doubts;          // allegedly, perhaps
  const schema::WordList& replaced;        // instead of, rather than: what isn't done
  static ModalityWords from(const schema::Lexicons& lexicons);
};

struct ClauseStatus {
  doc::Modality modality = doc::Modality::asserted;
  doc::Polarity polarity = doc::Polarity::positive;
};

/// One status a frame, in the order of `frames.frames()`.
std::vector<ClauseStatus> judge_clauses(const SentenceFrames& frames, const ModalityWords& words);

}  // namespace weft::extract
