// Things that no list knows by their noun, but that what is done to them makes things: what is
// manufactured is a product, who is urged a group of people.
//
// Method: the noun that a verb of the list mention_acted_on acts on, with the modifiers before it;
// for groups it must be a plural that is on the list of people. Linear in tokens.
// Reference: Resnik 1996 for what verbs select.
#include <algorithm>

#include "extract/mentions_draft.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::Upos;
using doc::Xpos;

constexpr uint32_t kMaxModifiers = 4;

struct ArgumentFinder {
  explicit ArgumentFinder(Sketch& sketch) : s(sketch), d(sketch.document), covered(s.size(), 0) {
    for (const auto& draft : s.drafts)
      for (uint32_t t = draft.tokens.begin; t < draft.tokens.end; ++t) covered[t] = 1;
  }

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

  /// "called on members", "appealed to supporters".
  bool follows_call(uint32_t noun) const {
    const uint32_t start = s.sentence_start(noun);
    for (uint32_t t = noun; t-- > start && t + 4 > noun;)
      if (d.deprel[t] == Deprel::case_ && d.head[t] == noun)
        return s.lower[t] == "on" || s.lower[t] == "upon" || s.lower[t] == "to";
    return false;
  }

  uint32_t left_edge(uint32_t noun) const {
    const uint32_t start = s.sentence_start(noun);
    uint32_t b = noun;
    while (b > start && noun - b < kMaxModifiers) {
      const uint32_t p = b - 1;
      if (covered[p]) break;
      const bool hyphen = s.lower[p] == "-" && p > start && s.touches(p, b) && !covered[p - 1];
      if (hyphen) {
        b = p - 1;
        continue;
      }
      if (s.capital[p] || !s.nominal(p) || s.lists.description_stop.has(s.lower[p])) break;
      b = p;
    }
    return b;
  }

  void consider(uint32_t noun) {
    if (covered[noun] || !s.usable[noun] || s.capital[noun] || d.upos[noun] != Upos::NOUN) return;
    if (s.lists.argument_stop.has(s.lower[noun])) return;
    const uint32_t verb = verb_over(noun);
    if (verb == doc::kNoToken) return;
    const auto* value = s.lists.acted_on.value(text::fold(d.lemma_of(verb)));
    if (!value) return;
    const auto type = s.lists.schema.ontology.type(*value);
    if (!type.valid()) return;
    const bool people = s.lists.people.has(s.lower[noun]);
    if (people != (*value == "Group")) return;
    const uint32_t begin = left_edge(noun);
    auto& draft = s.add({begin, noun + 1}, type, 0.4F);
    draft.form = doc::MentionForm::description;
    if (begin > s.sentence_start(noun) &&
        (d.upos[begin - 1] == Upos::DET || d.upos[begin - 1] == Upos::NUM))
      draft.aliases.push_back(s.text({begin - 1, noun + 1}));
    for (uint32_t t = begin; t <= noun; ++t) covered[t] = 1;
  }

  void run() {
    if (d.head.size() != s.size() || !s.tagged()) return;
    for (uint32_t t = 0; t < s.size(); ++t) consider(t);
  }

  Sketch& s;
  const doc::Document& d;
  std::vector<uint8_t> covered;
};

}  // namespace

void find_arguments(Sketch& sketch) { ArgumentFinder(sketch).run(); }

}  // namespace weft::extract
