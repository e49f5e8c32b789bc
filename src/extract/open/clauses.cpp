// Problem: say what each clause says as (subject; relation; arguments), whatever it speaks of.
// Method: every verb, everything said with "be", every apposition and possessive is read off the
// tree once: the relation is the verb with its auxiliaries, particles and the infinitives that it
// governs; the preposition of the first argument joins it where there is no object. Joined
// arguments stay together in one triple. Cost: linear in the words below each predicate.
// Reference: Del Corro and Gemulla 2013 (ClausIE); White et al. 2016 (PredPatt).
#include "extract/open/clauses.h"

#include <algorithm>

#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoToken;
using doc::TokenIndex;
using doc::Upos;
using doc::Xpos;

const char* rule_of(Deprel r) {
  switch (r) {
    case Deprel::acl:
      return "open.participle";
    case Deprel::acl_relcl:
      return "open.relative";
    case Deprel::advcl:
      return "open.adverbial";
    case Deprel::ccomp:
      return "open.content";
    case Deprel::conj:
      return "open.conjunct";
    case Deprel::parataxis:
      return "open.parataxis";
    case Deprel::xcomp:
      return "open.control";
    default:
      return "open.verb";
  }
}

// Verbs that are words of a noun phrase or of grammar, not clauses.
bool is_clause(Deprel r) {
  return r == Deprel::root || r == Deprel::acl || r == Deprel::acl_relcl || r == Deprel::advcl ||
         r == Deprel::advcl_relcl || r == Deprel::ccomp || r == Deprel::conj ||
         r == Deprel::parataxis || r == Deprel::xcomp || r == Deprel::list || is_subject(r) ||
         r == Deprel::obj || r == Deprel::appos || r == Deprel::dep || r == Deprel::nmod_poss;
}

}  // namespace

bool ClauseReader::has_child(TokenIndex token, Deprel relation, std::string_view word) const {
  for (TokenIndex c : frames_.children(token))
    if (d_.deprel[c] == relation && (word.empty() || d_.norm_of(c) == word)) return true;
  return false;
}

bool ClauseReader::in_relation(TokenIndex token, const Clause& clause) const {
  const Tokens& words = clause.triple.relation.words;
  return std::find(words.begin(), words.end(), token) != words.end();
}

DraftPhrase ClauseReader::subject_phrase(TokenIndex head, TokenIndex clause) const {
  Tokens words = phrase_words(frames_, head, PhraseCut::subject, {clause});
  while (words.size() > 1 && d_.xpos[words.back()] == Xpos::POS) words.pop_back();
  return {std::move(words), head};
}

void ClauseReader::add(TokenIndex head, PhraseCut cut, Clause& clause) const {
  clause.triple.arguments.push_back({phrase_words(frames_, head, cut), head});
}

// Who fills the place of the subject: its own, what the clause hangs on, or the subject of the
// clause above.
ClauseReader::Subject ClauseReader::subject_of(TokenIndex predicate) const {
  TokenIndex below = kNoToken;
  for (TokenIndex at = predicate; at != kNoToken && frames_.sentence().contains(at);
       below = at, at = d_.head[at]) {
    const Deprel r = d_.deprel[at];
    if (below != kNoToken && d_.deprel[below] == Deprel::xcomp)
      if (const TokenIndex object = frames_.child(at, Deprel::obj);
          object != kNoToken && !words_.subject_control.has(d_.lemma_of(at)))
        return {object, below};
    for (TokenIndex c : frames_.children(at))
      if (d_.xpos[c] == Xpos::EX) return {};  // "there are roads"
    if (const TokenIndex own = own_subject(frames_, at); own != kNoToken) {
      if (r == Deprel::acl_relcl && (is_relative_word(d_, own) || d_.norm_of(own) == "that"))
        return {d_.head[at], at};
      return is_relative_word(d_, own) ? Subject{} : Subject{own, kNoToken};
    }
    if (has_child(at, Deprel::expl)) return {};
    if (r == Deprel::acl_relcl) return {d_.head[at], at};
    if (r == Deprel::acl)
      return has_child(at, Deprel::mark, "to") ? Subject{} : Subject{d_.head[at], at};
    if (r != Deprel::conj && r != Deprel::advcl && r != Deprel::parataxis && r != Deprel::xcomp)
      return {};
  }
  return {};
}

// "build" of "plans to build" and of "is able to build" is told with the word that governs it.
bool ClauseReader::is_part_of_chain(TokenIndex verb) const {
  if (d_.deprel[verb] != Deprel::xcomp || d_.head[verb] == kNoToken) return false;
  const TokenIndex above = d_.head[verb];
  if (d_.upos[above] == Upos::VERB) return frames_.child(above, Deprel::obj) == kNoToken;
  return d_.upos[above] == Upos::ADJ && has_child(above, Deprel::cop) &&
         !has_child(above, Deprel::obl) && !has_child(above, Deprel::obl_unmarked);
}

void ClauseReader::add_verb_words(TokenIndex verb, Clause& clause) const {
  Tokens& words = clause.triple.relation.words;
  words.push_back(verb);
  for (TokenIndex c : frames_.children(verb)) {
    const Deprel r = d_.deprel[c];
    if (r == Deprel::aux || r == Deprel::aux_pass || r == Deprel::cop || r == Deprel::compound_prt)
      words.push_back(c);
    if (r != Deprel::advmod || !frames_.children(c).empty() || d_.xpos[c] == Xpos::WRB) continue;
    // "had slowly declined", "died suddenly"; not "However, …".
    if (c == verb + 1 || d_.upos[c] == Upos::PART || (c < verb && d_.upos[c + 1] != Upos::PUNCT))
      words.push_back(c);
  }
}

// "was elected and (was) knighted", "to build and (to) open".
void ClauseReader::share_auxiliaries(TokenIndex verb, Clause& clause) const {
  const Xpos x = d_.xpos[verb];
  if (d_.deprel[verb] != Deprel::conj || (x != Xpos::VB && x != Xpos::VBN && x != Xpos::VBG) ||
      own_subject(frames_, verb) != kNoToken || has_child(verb, Deprel::aux) ||
      has_child(verb, Deprel::aux_pass))
    return;
  for (TokenIndex c : frames_.children(d_.head[verb])) {
    const Deprel r = d_.deprel[c];
    if (r == Deprel::aux || r == Deprel::aux_pass ||
        (x == Xpos::VB && r == Deprel::mark && d_.norm_of(c) == "to"))
      clause.triple.relation.words.push_back(c);
  }
}

// "that …" of "said that …": the word joins the relation.
void ClauseReader::add_complement(TokenIndex head, Clause& clause) const {
  Tokens words = phrase_words(frames_, head, PhraseCut::clause);
  for (TokenIndex c : frames_.children(head))
    if (d_.deprel[c] == Deprel::mark && d_.norm_of(c) == "that" && words.size() > 1) {
      clause.triple.relation.words.push_back(c);
      std::erase(words, c);
    }
  clause.triple.arguments.push_back({std::move(words), head});
  clause.object = true;
}

void ClauseReader::add_dependents(TokenIndex verb, Clause& clause) const {
  const bool has_object = frames_.child(verb, Deprel::obj) != kNoToken;
  Tokens obliques;
  for (TokenIndex c : frames_.children(verb)) {
    if (d_.xpos[c] == Xpos::WDT || d_.xpos[c] == Xpos::WP) continue;
    switch (d_.deprel[c]) {
      case Deprel::obj:
      case Deprel::iobj:
        add(c, PhraseCut::argument, clause);
        clause.object = true;
        break;
      case Deprel::xcomp:
        if (has_object || (d_.upos[c] != Upos::VERB && d_.upos[c] != Upos::AUX)) {
          add(c, PhraseCut::clause, clause);
          clause.object = true;
          break;
        }
        for (TokenIndex m : frames_.children(c))
          if (d_.deprel[m] == Deprel::mark) clause.triple.relation.words.push_back(m);
        add_verb_words(c, clause);
        add_dependents(c, clause);
        break;
      case Deprel::ccomp:
        add_complement(c, clause);
        break;
      case Deprel::obl:
      case Deprel::obl_agent:
      case Deprel::obl_unmarked:
      case Deprel::nmod:
        obliques.push_back(c);
        break;
      case Deprel::advmod:
        if (!in_relation(c, clause) && d_.xpos[c] != Xpos::WRB &&
            !(c < verb && d_.upos[c + 1] == Upos::PUNCT))
          obliques.push_back(c);
        break;
      default:
        break;
    }
  }
  add_obliques(verb, std::move(obliques), clause);
}

// Without an object, the first phrase behind the verb gives its preposition to the relation ("was
// named after"), rather not one that tells when or where ("in 1900"); those before the verb come
// last.
void ClauseReader::add_obliques(TokenIndex verb, Tokens obliques, Clause& clause) const {
  if (!clause.object && clause.triple.arguments.empty()) {
    const auto order = [&](TokenIndex c) { return c < verb ? 2 : 1; };
    std::stable_sort(obliques.begin(), obliques.end(),
                     [&](TokenIndex a, TokenIndex b) { return order(a) < order(b); });
    const auto first = std::find_if(obliques.begin(), obliques.end(), [&](TokenIndex c) {
      const std::string_view p = frames_.preposition(c);
      return c > verb && !p.empty() && !words_.stay_with_verb.has(p);
    });
    if (first != obliques.end()) std::rotate(obliques.begin(), first, first + 1);
  }
  for (TokenIndex c : obliques)
    if (c > verb && !clause.object && clause.triple.arguments.empty())
      add_with_preposition(c, clause);
    else
      add(c, PhraseCut::argument, clause);
}

void ClauseReader::add_with_preposition(TokenIndex head, Clause& clause) const {
  Tokens words = phrase_words(frames_, head, PhraseCut::argument);
  for (TokenIndex c : frames_.children(head)) {
    if (d_.deprel[c] != Deprel::case_ || d_.xpos[c] == Xpos::POS || c > head) continue;
    Tokens preposition = phrase_words(frames_, c, PhraseCut::clause);
    for (TokenIndex p : preposition) std::erase(words, p);
    auto& relation = clause.triple.relation.words;
    relation.insert(relation.end(), preposition.begin(), preposition.end());
  }
  clause.triple.arguments.push_back({std::move(words), head});
}

// The object of "the post that he held", "designed and built a port", "buy and sell shares".
TokenIndex ClauseReader::missing_object(TokenIndex verb) const {
  const Deprel r = d_.deprel[verb];
  const auto children = frames_.children(verb);
  bool plain = true, gap_filled = false, object = false;
  for (TokenIndex c : children) {
    const Deprel k = d_.deprel[c];
    const bool relative = is_relative_word(d_, c);
    object = object || k == Deprel::obj || k == Deprel::ccomp || k == Deprel::xcomp;
    plain = plain && (k != Deprel::obj || relative) && k != Deprel::aux_pass;
    gap_filled = gap_filled || (relative && k != Deprel::obj);
  }
  const TokenIndex own = own_subject(frames_, verb);
  if (r == Deprel::acl_relcl && own != kNoToken && d_.norm_of(own) != "that" && plain &&
      !gap_filled)
    return d_.head[verb];
  if (object) return kNoToken;
  if (r == Deprel::conj) {
    const TokenIndex shared = frames_.child(d_.head[verb], Deprel::obj);
    if (shared != kNoToken && shared > verb) return shared;
  }
  const TokenIndex joined = frames_.child(verb, Deprel::conj);
  if (joined == kNoToken || joined != verb + 2) return kNoToken;
  return frames_.child(joined, Deprel::obj);
}

void ClauseReader::verb(TokenIndex verb) {
  const Deprel r = d_.deprel[verb];
  if (!is_clause(r) || is_part_of_chain(verb)) return;
  const Subject subject = subject_of(verb);
  if (subject.head == kNoToken) return;
  const TokenIndex own = own_subject(frames_, verb);
  const bool bare_form = (d_.xpos[verb] == Xpos::VBN || d_.xpos[verb] == Xpos::VBG) &&
                         own == kNoToken && !has_child(verb, Deprel::aux) &&
                         !has_child(verb, Deprel::aux_pass);
  // "by building a port" says how, of nobody in particular.
  if (r == Deprel::advcl && own == kNoToken && d_.xpos[verb] == Xpos::VBG &&
      (has_child(verb, Deprel::mark) || has_child(verb, Deprel::case_)))
    return;
  Clause clause;
  clause.triple.frame = frames_.frame_of(verb);
  clause.triple.rule = rule_of(r);
  DraftPhrase& relation = clause.triple.relation;
  relation.head = verb;
  if (bare_form && (r == Deprel::acl || r == Deprel::advcl || r == Deprel::parataxis))
    relation.implied = "is";
  if (r == Deprel::acl || r == Deprel::xcomp)
    for (TokenIndex c : frames_.children(verb))
      if (d_.deprel[c] == Deprel::mark && d_.norm_of(c) == "to") relation.words.push_back(c);
  add_verb_words(verb, clause);
  share_auxiliaries(verb, clause);
  if (const TokenIndex object = missing_object(verb); object != kNoToken) {
    clause.triple.arguments.push_back(
        {phrase_words(frames_, object, PhraseCut::argument, {verb}), object});
    clause.object = true;
  }
  if (r == Deprel::parataxis && own != kNoToken && words_.reporting.has(d_.lemma_of(verb)) &&
      !has_child(verb, Deprel::obj) && !has_child(verb, Deprel::ccomp)) {  // "…, X said"
    clause.triple.rule = "open.said";
    add(d_.head[verb], PhraseCut::clause, clause);
    clause.object = true;
  }
  add_dependents(verb, clause);
  if (clause.triple.arguments.empty()) clause.triple.rule = "open.bare";
  emit(std::move(clause), subject);
}

// "is a port", "was in Paris", "is able to build", "is close to it".
void ClauseReader::copula(TokenIndex predicate) {
  const Subject subject = subject_of(predicate);
  if (subject.head == kNoToken) return;
  Clause clause;
  clause.triple.frame = frames_.frame_of(predicate);
  clause.triple.rule = "open.copula";
  Tokens& relation = clause.triple.relation.words;
  clause.triple.relation.head = predicate;
  for (TokenIndex c : frames_.children(predicate)) {
    const Deprel r = d_.deprel[c];
    if (r == Deprel::cop || r == Deprel::aux || (r == Deprel::advmod && d_.upos[c] == Upos::PART))
      relation.push_back(c);
  }
  if (relation.empty()) return;
  const TokenIndex be = relation.back();
  Tokens without = relation, more;
  for (TokenIndex c : frames_.children(predicate)) {
    const Deprel r = d_.deprel[c];
    if (r == Deprel::obl || r == Deprel::obl_unmarked) more.push_back(c);
    if (r == Deprel::obl || r == Deprel::obl_unmarked || (r == Deprel::advmod && c < be))
      without.push_back(c);
  }
  Tokens words = phrase_words(frames_, predicate, PhraseCut::predicate, without);
  const bool adjective = d_.upos[predicate] == Upos::ADJ;
  const TokenIndex infinitive = frames_.child(predicate, Deprel::xcomp);
  if (adjective && infinitive != kNoToken && is_part_of_chain(infinitive) &&
      d_.upos[infinitive] == Upos::VERB) {
    clause.triple.rule = "open.adjective";
    relation.push_back(predicate);
    for (TokenIndex c : frames_.children(infinitive))
      if (d_.deprel[c] == Deprel::mark) relation.push_back(c);
    add_verb_words(infinitive, clause);
    add_dependents(infinitive, clause);
    more.clear();
  } else if (adjective && !more.empty() && more.front() > predicate) {
    clause.triple.rule = "open.adjective";
    relation.insert(relation.end(), words.begin(), words.end());
    add_with_preposition(more.front(), clause);
    more.erase(more.begin());
  } else if (has_child(predicate, Deprel::case_)) {
    clause.triple.rule = "open.place";
    for (TokenIndex c : frames_.children(predicate)) {
      if (d_.deprel[c] != Deprel::case_ || d_.xpos[c] == Xpos::POS || c > predicate) continue;
      for (TokenIndex p : phrase_words(frames_, c, PhraseCut::clause)) {
        relation.push_back(p);
        std::erase(words, p);
      }
    }
    clause.triple.arguments.push_back({std::move(words), predicate});
  } else {
    clause.triple.arguments.push_back({std::move(words), predicate});
  }
  for (TokenIndex c : more) add(c, PhraseCut::argument, clause);
  emit(std::move(clause), subject);
}

void ClauseReader::emit(Clause clause, const Subject& subject) {
  clause.triple.subject = subject_phrase(subject.head, subject.clause);
  out_.push_back(std::move(clause.triple));
}

void ClauseReader::imply(const char* rule, TokenIndex noun, DraftPhrase subject,
                         std::string_view relation, DraftPhrase argument) {
  DraftTriple& t = out_.emplace_back();
  t.frame = frames_.frame_of(noun);
  t.rule = rule;
  t.subject = std::move(subject);
  t.relation.head = noun;
  t.relation.implied = relation;
  t.arguments.push_back(std::move(argument));
}

// "X, the mayor": X is the mayor.
void ClauseReader::apposition(TokenIndex noun) {
  const TokenIndex head = d_.head[noun];
  if (head == kNoToken || !frames_.sentence().contains(head)) return;
  imply("open.apposition", noun, subject_phrase(head, noun), "is", subject_phrase(noun, kNoToken));
}

// "the mayor's plan": the mayor has a plan. Pronouns say no more than the sentence.
void ClauseReader::possessive(TokenIndex owner) {
  const TokenIndex head = d_.head[owner];
  if (head == kNoToken || !frames_.sentence().contains(head) || d_.upos[owner] == Upos::PRON)
    return;
  Tokens words = phrase_words(frames_, head, PhraseCut::subject, {owner});
  imply("open.possessive", head, subject_phrase(owner, kNoToken), "has", {std::move(words), head});
}

std::vector<DraftTriple> ClauseReader::read() {
  const core::TokenSpan sentence = frames_.sentence();
  for (TokenIndex t = sentence.begin; t < sentence.end; ++t) {
    const uint32_t frame = frames_.frame_of(t);
    if (frame == kNoFrame) continue;
    const Frame& f = frames_.frames()[frame];
    if (f.kind == FrameKind::verb)
      verb(t);
    else if (has_child(t, Deprel::cop))
      copula(t);
    if (d_.deprel[t] == Deprel::appos) apposition(t);
    if (d_.deprel[t] == Deprel::nmod_poss) possessive(t);
  }
  std::erase_if(
      out_, [](const DraftTriple& t) { return t.subject.words.empty() || t.frame == kNoFrame; });
  return std::move(out_);
}

}  // namespace weft::extract
