// Problem: "B plans to open A", "A, which B opened" and "B came and opened A" leave "open" without
// a subject or object of its own. Method: each frame, when it is made, takes what grammar shares
// with it from the frame above, which is complete by then: the antecedent of a relative clause, the
// controller of an infinitive or participle, the subject of the first of several joined verbs, the
// subject of a light verb ("paid a visit"). Cost: linear in the arguments. Reference: Schuster and
// Manning 2016 (Enhanced UD).
#include <algorithm>
#include <string_view>

#include "extract/frames/frames.h"
#include "schema/lexicon.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoToken;
using doc::TokenIndex;
using doc::Upos;
using doc::Xpos;

constexpr TokenIndex kNearPronoun = 24;  // tokens from a noun to the "whose" of its clause

bool is_relative_pronoun(const doc::Document& d, TokenIndex t) {
  const Xpos x = d.xpos[t];
  if (x == Xpos::WDT || x == Xpos::WP || x == Xpos::WRB || x == Xpos::WP_S) return true;
  const std::string_view form = d.norm_of(t);
  return form == "which" || form == "who" || form == "whom" || form == "whose" || form == "where";
}

}  // namespace

bool SentenceFrames::has_mark(TokenIndex predicate, std::string_view word) const {
  const auto below = children(predicate);
  return std::any_of(below.begin(), below.end(), [&](TokenIndex c) {
    return document_->deprel[c] == Deprel::mark && document_->norm_of(c) == word;
  });
}

// "Ann Lee, whose father Otto founded the firm": who does it is the father. The noun of the "whose"
// between the antecedent and the verb; kNoToken if there is none.
TokenIndex SentenceFrames::owned_subject(TokenIndex antecedent, TokenIndex verb) const {
  for (TokenIndex t = antecedent + 1; t < verb && t < antecedent + kNearPronoun; ++t)
    if (document_->norm_of(t) == "whose") return document_->head[t];
  return kNoToken;
}

void SentenceFrames::fill_gap(Frame& frame) {
  TokenIndex antecedent = document_->head[frame.predicate];
  bool found = false;
  const TokenIndex owned =
      frame.link == ClauseLink::relative ? owned_subject(antecedent, frame.predicate) : kNoToken;
  if (owned != kNoToken && owned != frame.predicate) {
    const bool there = std::any_of(frame.arguments.begin(), frame.arguments.end(),
                                   [&](const Argument& a) { return a.head == owned; });
    if (there || owned > frame.predicate) return;
    antecedent = owned;
  }
  for (Argument& a : frame.arguments) {
    if (!is_relative_pronoun(*document_, a.head) && document_->norm_of(a.head) != "that") continue;
    a.head = antecedent;
    a.inherited = true;
    found = true;
  }
  // "Luanda, where a summit begins": it begins in Luanda.
  for (TokenIndex c : children(frame.predicate))
    if (document_->deprel[c] == Deprel::advmod && document_->norm_of(c) == "where" &&
        frame.link == ClauseLink::relative)
      frame.arguments.push_back({Role::prep, antecedent, "in", true});
  for (TokenIndex c : children(frame.predicate))  // "where", "in which" without a noun
    found = found || (document_->deprel[c] == Deprel::advmod && is_relative_pronoun(*document_, c));
  if (found) return;
  if (frame.kind != FrameKind::verb) {
    if (argument(frame, Role::bearer) == kNoToken)
      frame.arguments.push_back({Role::bearer, antecedent, {}, true});
    return;
  }
  const bool subject_there =
      argument(frame, frame.passive ? Role::patient : Role::agent) != kNoToken;
  if (frame.passive && !subject_there)
    frame.arguments.push_back({Role::patient, antecedent, {}, true});
  else if (!subject_there)
    frame.arguments.push_back({Role::agent, antecedent, {}, true});
  else if (!frame.passive && argument(frame, Role::patient) == kNoToken)
    frame.arguments.push_back({Role::patient, antecedent, {}, true});
}

void SentenceFrames::share_light_verb(Frame& frame) {
  if (frame.kind != FrameKind::noun || document_->upos[frame.predicate] == Upos::PROPN) return;
  if (frame.parent == kNoFrame) return;
  const Frame& verb = frames_[frame.parent];
  const Deprel r = document_->deprel[frame.predicate];
  if (r == Deprel::conj && verb.kind == FrameKind::noun) {  // "paid a visit and an inspection"
    for (const Argument& a : verb.arguments)
      if (a.inherited) frame.arguments.push_back(a);
    return;
  }
  const bool object =
      r == Deprel::obj || r == Deprel::nsubj_pass || r == Deprel::obl || r == Deprel::xcomp;
  if (!object || verb.kind != FrameKind::verb || !words_->light_verbs.has(verb.lemma)) return;
  for (const Argument& a : verb.arguments) {
    if (a.head == frame.predicate) continue;
    const TokenIndex own = argument(frame, Role::agent);
    if (a.role == Role::agent && (own == kNoToken || document_->upos[own] == Upos::PRON))
      frame.arguments.push_back({Role::agent, a.head, {}, true});
    if (a.role == Role::prep) frame.arguments.push_back({Role::prep, a.head, a.preposition, true});
    if (a.role == Role::patient && r != Deprel::obj && r != Deprel::nsubj_pass)
      frame.arguments.push_back({Role::patient, a.head, {}, true});
  }
}

void SentenceFrames::share_arguments(Frame& frame) {
  if (frame.link == ClauseLink::relative || frame.link == ClauseLink::participle) {
    if (frame.link == ClauseLink::relative || !has_mark(frame.predicate, "to")) {
      fill_gap(frame);
      return;
    }
  }
  if (frame.kind == FrameKind::noun) share_light_verb(frame);
  if (frame.parent == kNoFrame || frame.link == ClauseLink::none || frame.own_subject) return;
  const Frame& matrix = frames_[frame.parent];
  if (frame.kind != FrameKind::verb && !frame.copula && frame.link != ClauseLink::open_complement &&
      !(frame.link == ClauseLink::conjunct && matrix.copula))
    return;
  auto give = [&](TokenIndex head) {
    if (head == kNoToken || head == frame.predicate) return;
    const Role role = frame.kind != FrameKind::verb ? Role::bearer
                      : frame.passive               ? Role::patient
                                                    : Role::agent;
    if (argument(frame, role) == kNoToken) frame.arguments.push_back({role, head, {}, true});
  };
  const TokenIndex matrix_agent =
      argument(matrix, matrix.kind == FrameKind::verb ? Role::agent : Role::bearer);
  const TokenIndex matrix_patient = argument(matrix, Role::patient);
  switch (frame.link) {
    case ClauseLink::open_complement: {
      if (matrix.passive || words_->subject_control.has(matrix.lemma))
        give(matrix.passive ? matrix_patient : matrix_agent);
      else
        give(matrix_patient != kNoToken ? matrix_patient : matrix_agent);
      break;
    }
    case ClauseLink::participle:  // "efforts to build": whose efforts they are
      give(argument(matrix, Role::agent));
      break;
    case ClauseLink::adverbial: {
      // "supports X in building Y", "prevented it from building Y": X builds, or doesn't.
      const bool of_patient =
          !matrix.passive && matrix_patient != kNoToken &&
          (has_mark(frame.predicate, "from") ||
           (document_->upos[matrix_patient] == Upos::PROPN && has_mark(frame.predicate, "in")));
      give(matrix.passive || of_patient ? matrix_patient : matrix_agent);
      break;
    }
    case ClauseLink::conjunct: {
      // "was built and opened by": a bare participle joined to a passive is one too.
      if (frame.kind == FrameKind::verb && matrix.passive && !frame.passive &&
          is_participle(*document_, frame.predicate) && argument(frame, Role::patient) == kNoToken)
        frame.passive = true;
      if (frame.kind == FrameKind::verb && matrix.kind == FrameKind::verb &&
          frame.passive != matrix.passive && matrix.passive)
        give(matrix_patient);
      else
        give(matrix.passive && frame.passive ? matrix_patient : matrix_agent);
      // "designed and built X": the object hangs on the first verb but follows the last.
      if (frame.kind == FrameKind::verb && !frame.passive &&
          argument(frame, Role::patient) == kNoToken && matrix_patient != kNoToken &&
          matrix_patient > frame.predicate)
        frame.arguments.push_back({Role::patient, matrix_patient, {}, true});
      break;
    }
    default:
      break;
  }
}

}  // namespace weft::extract
