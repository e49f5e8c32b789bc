// The clauses of one sentence as open triples, without their qualifiers. Internal to extract/; the
// door is open/triples.h.
#pragma once

#include <string>
#include <vector>

#include "extract/open/phrases.h"
#include "schema/lexicon.h"

namespace weft::extract {

struct DraftPhrase {
  Tokens words;
  doc::TokenIndex head = doc::kNoToken;
  std::string_view implied = {};  // a word that the grammar implies, before the others; static
};

/// A triple and the frame that its qualifiers come from.
struct DraftTriple {
  uint32_t frame = kNoFrame;
  const char* rule = "open.verb";
  DraftPhrase subject, relation;
  std::vector<DraftPhrase> arguments;
};

struct OpenWords {
  const schema::WordList& subject_control;  // promise: its infinitive belongs to the subject
  const schema::WordList& reporting;        // say: "…, X said"
  const schema::WordList& stay_with_verb;   // prepositions that rather stay arguments: in 1900
};

/// For one sentence; holds views of its arguments.
class ClauseReader {
 public:
  ClauseReader(const SentenceFrames& frames, const OpenWords& words)
      : frames_(frames), d_(frames.document()), words_(words) {}

  /// In the order of their predicates.
  std::vector<DraftTriple> read();

 private:
  struct Subject {
    doc::TokenIndex head = doc::kNoToken;
    doc::TokenIndex clause = doc::kNoToken;  // the dependent of `head` that the triple is read from
  };
  struct Clause {
    DraftTriple triple;
    bool object = false;  // has a direct object or a complement
  };

  void verb(doc::TokenIndex verb);
  void copula(doc::TokenIndex predicate);
  void apposition(doc::TokenIndex noun);
  void possessive(doc::TokenIndex owner);
  void imply(const char* rule, doc::TokenIndex noun, DraftPhrase subject, std::string_view relation,
             DraftPhrase argument);
  void emit(Clause clause, const Subject& subject);

  Subject subject_of(doc::TokenIndex predicate) const;
  bool is_part_of_chain(doc::TokenIndex verb) const;
  doc::TokenIndex missing_object(doc::TokenIndex verb) const;
  void share_auxiliaries(doc::TokenIndex verb, Clause& clause) const;
  void add_verb_words(doc::TokenIndex verb, Clause& clause) const;
  void add_dependents(doc::TokenIndex verb, Clause& clause) const;
  void add_complement(doc::TokenIndex head, Clause& clause) const;
  void add_obliques(doc::TokenIndex verb, Tokens obliques, Clause& clause) const;
  void add_with_preposition(doc::TokenIndex head, Clause& clause) const;
  void add(doc::TokenIndex head, PhraseCut cut, Clause& clause) const;
  DraftPhrase subject_phrase(doc::TokenIndex head, doc::TokenIndex clause) const;
  bool has_child(doc::TokenIndex token, doc::Deprel relation, std::string_view word = {}) const;
  bool in_relation(doc::TokenIndex token, const Clause& clause) const;

  const SentenceFrames& frames_;
  const doc::Document& d_;
  const OpenWords& words_;
  std::vector<DraftTriple> out_;
};

}  // namespace weft::extract
