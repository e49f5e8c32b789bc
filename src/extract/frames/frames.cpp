// Problem: "A was opened by B" and "B opened A" say the same of A and B, and a pattern should need
// one line for both. Method: heads are visited before their dependents; each content word becomes a
// frame and takes the arguments that Universal Dependencies hangs on it, passives undone; the ones
// that grammar shares between clauses are added in frames/sharing.cpp. Cost: linear in tokens and
// arguments. Reference: de Marneffe et al. 2021, "Universal Dependencies".
#include "extract/frames/frames.h"

#include <algorithm>
#include <array>
#include <string>

#include "schema/lexicon.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoToken;
using doc::TokenIndex;
using doc::Upos;
using doc::Xpos;

constexpr unsigned kMaxToClause = 6;  // steps from "whose" up to its relative clause

// "Xi also called on Chongqing to …": a clause of its own whose subject stands before a participle
// without any auxiliary is past tense, whatever the parser said; a headline leaves auxiliaries out.
bool is_past_tense(const SentenceFrames& f, TokenIndex t) {
  const doc::Document& d = f.document();
  const Deprel r = d.deprel[t];
  if (!is_participle(d, t) || (r != Deprel::root && r != Deprel::ccomp)) return false;
  if (d.role_of(d.sentence_of(t)) == doc::BlockRole::title) return false;
  bool subject = false;
  for (TokenIndex c : f.children(t)) {
    if (d.deprel[c] == Deprel::aux || d.deprel[c] == Deprel::aux_pass ||
        d.deprel[c] == Deprel::obl_agent || f.preposition(c) == "by")
      return false;
    subject = subject || (d.deprel[c] == Deprel::nsubj_pass && c < t);
  }
  return subject;
}

// The first word of a sentence but for numbers and signs, and its root.
bool opens_item(const SentenceFrames& f, TokenIndex t) {
  const doc::Document& d = f.document();
  if (d.deprel[t] != Deprel::root) return false;
  for (TokenIndex b = f.sentence().begin; b < t; ++b)
    if (d.upos[b] != Upos::PUNCT && d.upos[b] != Upos::NUM && d.upos[b] != Upos::SYM &&
        d.upos[b] != Upos::X)
      return false;
  return true;
}

bool is_passive_verb(const SentenceFrames& f, TokenIndex t) {
  const doc::Document& d = f.document();
  if (is_past_tense(f, t)) return false;
  for (TokenIndex c : f.children(t)) {
    const Deprel r = d.deprel[c];
    if (r == Deprel::nsubj_pass || r == Deprel::aux_pass || r == Deprel::csubj_pass ||
        r == Deprel::obl_agent)
      return true;
  }
  // "4. called upon X to …", "opened a new line": what opens a list's item is told of its author.
  if (opens_item(f, t)) return false;
  const bool bare_participle = is_participle(d, t) && f.child(t, Deprel::aux) == kNoToken;
  return bare_participle && f.child(t, Deprel::obj) == kNoToken &&
         f.child(t, Deprel::nsubj) == kNoToken;
}

ClauseLink link_of(Deprel r) {
  switch (r) {
    case Deprel::ccomp:
    case Deprel::csubj:
    case Deprel::csubj_pass:
    case Deprel::csubj_outer:
      return ClauseLink::complement;
    case Deprel::xcomp:
      return ClauseLink::open_complement;
    case Deprel::advcl:
    case Deprel::advcl_relcl:
      return ClauseLink::adverbial;
    case Deprel::acl_relcl:
      return ClauseLink::relative;
    case Deprel::acl:
      return ClauseLink::participle;
    case Deprel::conj:
      return ClauseLink::conjunct;
    case Deprel::parataxis:
    case Deprel::list:
      return ClauseLink::parataxis;
    default:
      return ClauseLink::none;
  }
}

}  // namespace

FrameWords FrameWords::from(const schema::Lexicons& lexicons) {
  return {lexicons.list("subject_control_verbs"), lexicons.list("light_verbs"),
          lexicons.list("directing_verbs"),       lexicons.list("listing_verbs"),
          lexicons.list("irregular_verbs"),       lexicons.list("time_bounding_verbs"),
          lexicons.list("time_numbers")};
}

SentenceFrames::SentenceFrames(const doc::Document& document, core::TokenSpan sentence,
                               const FrameWords& words)
    : document_(&document), sentence_(sentence), words_(&words) {
  index_children();
  order_tokens();
  prepositions_.assign(sentence_.size(), core::StringPool::kNone);
  for (TokenIndex t = sentence_.begin; t < sentence_.end; ++t)
    prepositions_[t - sentence_.begin] = join_preposition(t);
  frame_of_.assign(sentence_.size(), kNoFrame);
  frames_.reserve(order_.size());
  for (TokenIndex t : order_) add_frame(t);
}

void SentenceFrames::index_children() {
  const uint32_t n = sentence_.size();
  child_begin_.assign(n + 1, 0);
  auto inside = [&](TokenIndex t) { return t != kNoToken && sentence_.contains(t); };
  for (TokenIndex t = sentence_.begin; t < sentence_.end; ++t)
    if (inside(document_->head[t])) ++child_begin_[document_->head[t] - sentence_.begin + 1];
  for (uint32_t i = 0; i < n; ++i) child_begin_[i + 1] += child_begin_[i];
  children_.resize(child_begin_[n]);
  std::vector<uint32_t> next(child_begin_.begin(), child_begin_.end() - 1);
  for (TokenIndex t = sentence_.begin; t < sentence_.end; ++t)
    if (inside(document_->head[t])) children_[next[document_->head[t] - sentence_.begin]++] = t;
}

// Breadth first from the roots; tokens of a cycle (a broken tree) are never reached and make no
// frames.
void SentenceFrames::order_tokens() {
  for (TokenIndex t = sentence_.begin; t < sentence_.end; ++t)
    if (document_->head[t] == kNoToken || !sentence_.contains(document_->head[t]))
      order_.push_back(t);
  for (size_t i = 0; i < order_.size(); ++i)
    for (TokenIndex c : children(order_[i])) order_.push_back(c);
}

std::span<const TokenIndex> SentenceFrames::children(TokenIndex token) const {
  const uint32_t i = token - sentence_.begin;
  return std::span(children_).subspan(child_begin_[i], child_begin_[i + 1] - child_begin_[i]);
}

TokenIndex SentenceFrames::child(TokenIndex token, Deprel relation) const {
  for (TokenIndex c : children(token))
    if (document_->deprel[c] == relation) return c;
  return kNoToken;
}

bool SentenceFrames::excluded(TokenIndex conjunct) const {
  if (document_->upos[conjunct] == Upos::VERB) return false;
  const auto denies = [&](TokenIndex c) { return c < conjunct && document_->norm_of(c) == "not"; };
  for (const TokenIndex c : children(conjunct)) {
    if (denies(c)) return true;
    if (document_->deprel[c] == Deprel::cc &&
        std::any_of(children(c).begin(), children(c).end(), denies))
      return true;
  }
  return false;
}

std::vector<TokenIndex> SentenceFrames::conjuncts(TokenIndex head) const {
  std::vector<TokenIndex> out{head};
  for (size_t i = 0; i < out.size(); ++i)
    for (TokenIndex c : children(out[i]))
      if (document_->deprel[c] == Deprel::conj && !excluded(c)) out.push_back(c);
  return out;
}

std::string SentenceFrames::with_fixed(TokenIndex word) const {
  std::string out = text::lower_ascii(document_->norm_of(word));
  for (TokenIndex f : children(word))
    if (document_->deprel[f] == Deprel::fixed)
      out += ' ' + text::lower_ascii(document_->norm_of(f));
  return out;
}

uint32_t SentenceFrames::clause_over(TokenIndex token) const {
  constexpr unsigned kMaxSteps = 32;
  for (unsigned steps = 0; steps < kMaxSteps; ++steps) {
    const uint32_t frame = frame_of(token);
    if (frame != kNoFrame && (frames_[frame].kind == FrameKind::verb || frames_[frame].copula))
      return frame;
    const TokenIndex up = document_->head[token];
    if (up == kNoToken || !sentence_.contains(up)) return frame;
    token = up;
  }
  return kNoFrame;
}

std::string SentenceFrames::with_particle(const Frame& frame) const {
  const TokenIndex particle = child(frame.predicate, Deprel::compound_prt);
  std::string out(frame.lemma);
  if (particle != kNoToken) out += ' ' + text::lower_ascii(document_->norm_of(particle));
  return out;
}

core::StringId SentenceFrames::join_preposition(TokenIndex head) {
  std::string out;
  for (TokenIndex c : children(head)) {
    if (document_->deprel[c] != Deprel::case_ || document_->xpos[c] == Xpos::POS) continue;
    if (!out.empty()) out += ' ';
    out += with_fixed(c);
  }
  return strings_.intern(out);
}

std::string_view SentenceFrames::preposition(TokenIndex head) const {
  return strings_[prepositions_[head - sentence_.begin]];
}

TokenIndex SentenceFrames::argument(const Frame& frame, Role role) const {
  for (const Argument& a : frame.arguments)
    if (a.role == role) return a.head;
  return kNoToken;
}

void SentenceFrames::add_frame(TokenIndex token) {
  const Upos upos = document_->upos[token];
  Frame frame;
  frame.predicate = token;
  frame.lemma = strings_[strings_.intern(text::lower_ascii(document_->lemma_of(token)))];
  const bool full_auxiliary =
      upos == Upos::AUX && frame.lemma != "be" && child(token, Deprel::obj) != kNoToken;
  if (upos == Upos::VERB || full_auxiliary)  // "has its seat in"
    frame.kind = FrameKind::verb;
  else if (upos == Upos::NOUN || upos == Upos::PROPN || upos == Upos::PRON || upos == Upos::NUM ||
           upos == Upos::SYM)
    frame.kind = FrameKind::noun;
  else if (upos == Upos::ADJ || (upos == Upos::AUX && child(token, Deprel::nsubj) != kNoToken))
    frame.kind = FrameKind::adjective;
  else if (child(token, Deprel::cop) != kNoToken)  // "is in Paris", "is about"
    frame.kind = FrameKind::adjective;
  else
    return;
  if (frame.kind == FrameKind::verb) {
    frame.lemma = strings_[strings_.intern(verb_lemma(token))];
    fill_verb(frame);
  } else {
    fill_noun(frame);
  }
  link_clause(frame);
  lift_object(frame);
  share_arguments(frame);
  frame_of_[token - sentence_.begin] = static_cast<uint32_t>(frames_.size());
  frames_.push_back(std::move(frame));
}

// The lemma as tagged, unless no list knows it but knows what the form comes from ("urged" from
// "urge", "struck" from "strike").
std::string SentenceFrames::verb_lemma(TokenIndex token) const {
  std::string lemma = text::lower_ascii(document_->lemma_of(token));
  if (!words_->known_verbs || words_->known_verbs->contains(lemma)) return lemma;
  const std::string form = text::lower_ascii(document_->norm_of(token));
  if (const std::string* base = words_->irregular.value(form)) return *base;
  static constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
      {"ied", "y"}, {"ed", ""}, {"ed", "e"}, {"ies", "y"},
      {"es", ""},   {"s", ""},  {"ing", ""}, {"ing", "e"}};
  for (const auto& [ending, stem] : kEndings) {
    if (form.size() < ending.size() + 2 || !form.ends_with(ending)) continue;
    std::string base = form.substr(0, form.size() - ending.size());
    if (words_->known_verbs->contains(base + std::string(stem))) return base + std::string(stem);
    if (base.size() > 2 && base[base.size() - 1] == base[base.size() - 2]) {  // "stopped"
      base.pop_back();
      if (words_->known_verbs->contains(base)) return base;
    }
  }
  return lemma;
}

void SentenceFrames::fill_verb(Frame& frame) {
  frame.passive = is_passive_verb(*this, frame.predicate);
  for (TokenIndex c : children(frame.predicate)) {
    const std::string_view p = preposition(c);
    switch (document_->deprel[c]) {
      case Deprel::nsubj:
      case Deprel::nsubj_outer:
        // A bare subject of a passive is a parser's slip often enough to be read as one.
        frame.arguments.push_back({frame.passive ? Role::patient : Role::agent, c, {}, false});
        frame.own_subject = true;
        break;
      case Deprel::nsubj_pass:
        frame.arguments.push_back({frame.passive ? Role::patient : Role::agent, c, {}, false});
        frame.own_subject = true;
        break;
      case Deprel::obj:
        frame.arguments.push_back({Role::patient, c, {}, false});
        break;
      case Deprel::iobj: {
        // The one object of a verb is its object, whatever the tree calls it ("urged Kenya to go").
        const bool only = child(frame.predicate, Deprel::obj) == kNoToken;
        frame.arguments.push_back({only ? Role::patient : Role::recipient, c, {}, false});
        break;
      }
      case Deprel::obl_agent:
        frame.arguments.push_back({Role::agent, c, {}, false});
        break;
      case Deprel::obl:
      case Deprel::nmod:
        if (p == "by" && frame.passive)
          frame.arguments.push_back({Role::agent, c, {}, false});
        else if (!p.empty())
          frame.arguments.push_back({Role::prep, c, p, false});
        break;
      case Deprel::advmod:
      case Deprel::compound_prt:
        // "stayed away from the talks", "flew back to Oslo": the adverb carries what the verb
        // takes.
        for (TokenIndex below : children(c))
          if (const std::string_view q = preposition(below);
              !q.empty() &&
              (document_->deprel[below] == Deprel::obl || document_->deprel[below] == Deprel::nmod))
            frame.arguments.push_back({Role::prep, below, q, false});
        break;
      default:
        break;
    }
  }
}

// "the trust, whose founder, Alaric Dunn, died": "whose" is the noun before it that its clause or
// noun hangs on; any other possessor is itself.
TokenIndex SentenceFrames::owner(TokenIndex possessor) const {
  if (document_->norm_of(possessor) != "whose") return possessor;
  TokenIndex t = document_->head[possessor];
  for (unsigned steps = 0; steps < kMaxToClause && t != kNoToken && sentence_.contains(t);
       ++steps) {
    const TokenIndex head = document_->head[t];
    const Deprel r = document_->deprel[t];
    if (head != kNoToken && sentence_.contains(head) && head < possessor)
      return r == Deprel::acl_relcl || r == Deprel::appos ? head : possessor;
    t = head;
  }
  return possessor;
}

// "its backers include X": what the noun is said of, though no copula says it.
void SentenceFrames::add_listed(Frame& frame) {
  const TokenIndex verb = document_->head[frame.predicate];
  if (document_->deprel[frame.predicate] != Deprel::nsubj || verb == kNoToken ||
      !sentence_.contains(verb) || !words_->listing_verbs.has(verb_lemma(verb)))
    return;
  if (const TokenIndex object = child(verb, Deprel::obj); object != kNoToken)
    frame.arguments.push_back({Role::bearer, object, {}, false});
}

void SentenceFrames::fill_noun(Frame& frame) {
  frame.copula = child(frame.predicate, Deprel::cop) != kNoToken;
  for (TokenIndex c : children(frame.predicate)) {
    const std::string_view p = preposition(c);
    switch (document_->deprel[c]) {
      case Deprel::nsubj:
      case Deprel::nsubj_outer:
      case Deprel::nsubj_pass:
        frame.arguments.push_back({Role::bearer, c, {}, false});
        frame.own_subject = true;
        break;
      case Deprel::nmod_poss:
        frame.arguments.push_back({Role::agent, owner(c), {}, false});
        break;
      case Deprel::appos:
        frame.arguments.push_back({Role::bearer, c, {}, false});
        break;
      case Deprel::compound:
      case Deprel::amod:
      case Deprel::nmod_desc:
      case Deprel::flat:
        frame.arguments.push_back({Role::compound, c, {}, false});
        break;
      case Deprel::nmod:
      case Deprel::obl:
      case Deprel::obl_agent:
        if (p == "by")
          frame.arguments.push_back({Role::agent, c, p, false});
        else if (!p.empty())
          frame.arguments.push_back({Role::prep, c, p, false});
        break;
      default:
        break;
    }
  }
  if (document_->deprel[frame.predicate] == Deprel::appos &&
      sentence_.contains(document_->head[frame.predicate]))
    frame.arguments.push_back({Role::bearer, document_->head[frame.predicate], {}, false});
  add_listed(frame);
}

// "urged neighbouring X to share Y": an object before the "to" of an infinitive is that of the verb
// above, whatever the tree says.
void SentenceFrames::lift_object(Frame& frame) {
  if (frame.link != ClauseLink::open_complement || frame.parent == kNoFrame) return;
  TokenIndex mark = kNoToken;
  for (TokenIndex c : children(frame.predicate))
    if (document_->deprel[c] == Deprel::mark && document_->norm_of(c) == "to") mark = c;
  Frame& above = frames_[frame.parent];
  if (mark == kNoToken || above.kind != FrameKind::verb || above.passive ||
      argument(above, Role::patient) != kNoToken)
    return;
  for (size_t i = 0; i < frame.arguments.size(); ++i) {
    const Argument a = frame.arguments[i];
    if (a.role != Role::patient || a.head > mark || a.head < above.predicate) continue;
    above.arguments.push_back(a);
    frame.arguments.erase(frame.arguments.begin() + static_cast<ptrdiff_t>(i));
    return;
  }
}

// The frame of the nearest head, seen through words that make no frame.
void SentenceFrames::link_clause(Frame& frame) {
  const TokenIndex head = document_->head[frame.predicate];
  if (head == kNoToken || !sentence_.contains(head)) return;
  frame.parent = frame_of(head);
  frame.link = link_of(document_->deprel[frame.predicate]);
  // "Founded in 2016 by X, Ruihe is a maker of cells": said of who "is", not of the makers.
  if (frame.link == ClauseLink::participle && frame.predicate < head)
    if (const TokenIndex subject = child(head, Deprel::nsubj);
        subject != kNoToken && subject > frame.predicate)
      frame.link = ClauseLink::adverbial;
  // "urged Kenya to build" asks Kenya, though a parser may read the infinitive as a purpose.
  if (frame.link != ClauseLink::adverbial || frame.parent == kNoFrame || frame.own_subject) return;
  const Frame& above = frames_[frame.parent];
  if (above.kind != FrameKind::verb || !words_->directing.has(above.lemma)) return;
  for (TokenIndex c : children(frame.predicate))
    if (document_->deprel[c] == Deprel::mark && document_->norm_of(c) == "to" &&
        frame.predicate > above.predicate)
      frame.link = ClauseLink::open_complement;
}

}  // namespace weft::extract
