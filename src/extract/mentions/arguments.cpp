// Things that no list knows by their noun, but that what is done to them makes things: what is
// manufactured is a product, who is urged a group of people.
//
// Method: the noun that a verb of the list mention_acted_on acts on, with the modifiers before it;
// for groups it must be a plural that is on the list of people. Linear in tokens.
// Reference: Resnik 1996 for what verbs select.
#include <algorithm>

#include "extract/mentions/sketch.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::Upos;
using doc::Xpos;

constexpr uint32_t kMaxToName = 6;    // tokens from a noun to the name in apposition
constexpr uint32_t kMaxToVerb = 12;   // tokens from who is told to what they are to do
constexpr uint32_t kMaxToMaker = 20;  // tokens from a verb back to its subject

struct ArgumentFinder {
  explicit ArgumentFinder(Sketch& sketch)
      : s(sketch),
        d(sketch.document),
        covered(s.in_drafts()),
        makers(s.in_drafts(s.lists.schema.ontology.core().organization)) {}

  /// The verb that acts on the noun; kNoToken if none does.
  uint32_t verb_over(uint32_t noun) const {
    uint32_t t = noun;
    for (int steps = 0; steps < 3 && d.deprel[t] == Deprel::conj; ++steps) {
      t = d.head[t];
      if (t == doc::kNoToken || s.sentence[t] != s.sentence[noun]) return doc::kNoToken;
    }
    const uint32_t up = d.head[t];
    if (up == doc::kNoToken || s.sentence[up] != s.sentence[noun] || d.upos[up] != Upos::VERB)
      return doc::kNoToken;
    const Deprel r = d.deprel[t];
    const bool object = r == Deprel::obj || r == Deprel::iobj || r == Deprel::nsubj_pass;
    return object || (r == Deprel::obl && follows_call(t)) ? up : doc::kNoToken;
  }

  bool is_oblique(uint32_t noun) const {
    uint32_t t = noun;
    for (int steps = 0; steps < 3 && d.deprel[t] == Deprel::conj; ++steps) t = d.head[t];
    return d.deprel[t] == Deprel::obl;
  }

  /// "called on members", "appealed to supporters".
  bool follows_call(uint32_t noun) const {
    const uint32_t start = s.sentence_start(noun);
    for (uint32_t t = noun; t-- > start && t + 4 > noun;)
      if (d.deprel[t] == Deprel::case_ && d.head[t] == noun)
        return s.lower[t] == "on" || s.lower[t] == "upon" || s.lower[t] == "to";
    return false;
  }

  /// "three mayors: Ann Lee and …": the names behind the noun say who they are.
  bool is_named(uint32_t noun) const {
    const uint32_t end = std::min(s.sentence_end(noun), noun + kMaxToName);
    for (uint32_t t = noun + 1; t < end; ++t)
      if (d.head[t] == noun && d.deprel[t] == Deprel::appos && covered[t]) return true;
    return false;
  }

  /// "members of the European Union": the body stands for them.
  bool of_body(uint32_t noun) const {
    const uint32_t end = s.sentence_end(noun);
    if (noun + 2 >= end || s.lower[noun + 1] != "of") return false;
    const uint32_t name = s.lower[noun + 2] == "the" ? noun + 3 : noun + 2;
    return name < end && makers[name] != 0;
  }

  /// "told traders to reopen", not "told reporters".
  bool is_told_to(uint32_t noun, uint32_t verb) const {
    const uint32_t end = std::min(s.sentence_end(noun), noun + kMaxToVerb);
    for (uint32_t t = noun + 1; t < end; ++t)
      if (d.head[t] == verb && d.deprel[t] == Deprel::xcomp) return true;
    return false;
  }

  /// "Acme makes circuit boards": what a company makes is goods if it is a bare plural, as "makes
  /// a difference" and "makes two points" aren't.
  bool are_goods(uint32_t begin, uint32_t noun, uint32_t verb) const {
    if (d.xpos[noun] != Xpos::NNS) return false;
    if (begin > s.sentence_start(noun)) {
      const Upos before = d.upos[begin - 1];
      if (before == Upos::DET || before == Upos::NUM || before == Upos::PRON ||
          before == Upos::PART || before == Upos::PROPN)
        return false;
    }
    const auto is_maker = [&](uint32_t t) { return makers[t] || s.lists.makers.has(s.lower[t]); };
    const uint32_t first = verb > kMaxToMaker ? verb - kMaxToMaker : 0;
    for (uint32_t t = verb; t-- > std::max(first, s.sentence_start(verb));)
      if (d.head[t] == verb && d.deprel[t] == Deprel::nsubj)
        return is_maker(t) || (d.deprel[verb] == Deprel::acl_relcl && d.head[verb] < verb &&
                               is_maker(d.head[verb]));
    return d.deprel[verb] == Deprel::acl && d.head[verb] < verb && is_maker(d.head[verb]);
  }

  uint32_t left_edge(uint32_t noun) const {
    return s.phrase_begin(noun, covered, [&](uint32_t p, uint32_t) -> uint32_t {
      if (s.joins(p, covered)) return 2;
      return s.capital[p] || !s.nominal(p) || s.lists.description_stop.has(s.lower[p]) ? 0 : 1;
    });
  }

  void consider(uint32_t noun) {
    if (covered[noun] || !s.usable[noun] || s.capital[noun] || d.upos[noun] != Upos::NOUN) return;
    if (s.lists.argument_stop.has(s.lower[noun])) return;
    // "nine tenths of the chips": the thing stands behind "of".
    if (noun + 1 < s.sentence_end(noun) && s.lower[noun + 1] == "of" &&
        s.lists.measures.has(text::fold(d.lemma_of(noun))))
      return;
    const uint32_t verb = verb_over(noun);
    if (verb == doc::kNoToken) return;
    const auto* value = s.lists.acted_on.value(text::fold(d.lemma_of(verb)));
    if (!value) return;
    const auto type = s.lists.type_in(s.lists.acted_on, text::fold(d.lemma_of(verb)));
    if (!type.valid()) return;
    const bool people = s.lists.people.has(s.lower[noun]);
    if (people != value->starts_with("Group") || (people && (is_named(noun) || of_body(noun))))
      return;
    // "supplies water to homes": whom a thing goes to is no thing.
    if (!people && is_oblique(noun)) return;
    const uint32_t begin = left_edge(noun);
    if (value->ends_with(":several") && d.xpos[noun] != Xpos::NNS) return;
    if (value->ends_with(":to") && !is_told_to(noun, verb)) return;
    if (value->ends_with(":plural") && !are_goods(begin, noun, verb)) return;
    s.add_described({begin, noun + 1}, type, 0.4F);
    for (uint32_t t = begin; t <= noun; ++t) covered[t] = 1;
  }

  void run() {
    if (d.head.size() != s.size() || !s.tagged()) return;
    for (uint32_t t = 0; t < s.size(); ++t) consider(t);
  }

  Sketch& s;
  const doc::Document& d;
  std::vector<uint8_t> covered;
  std::vector<uint8_t> makers;  // in the mention of an organization
};

}  // namespace

void find_arguments(Sketch& sketch) { ArgumentFinder(sketch).run(); }

}  // namespace weft::extract
