// Themes that no list knows, but that what is said of them makes themes: "stressed women's safety",
// "should promote beekeeping", "called for direct flights"; what is joined to a theme by "and"; and
// what a colon lists behind "industries" or "priorities".
//
// Method: a bare common noun (no article, numeral or pronoun before it) with its modifiers that a
// verb of the list mention_theme_verbs acts on, or that a noun like "importance" hands on to one; a
// bare conjunct of a theme or sector; the items of a list behind a noun of the list
// mention_list_nouns. In policy prose, where all is demanded, only the last. A gazetteer concept of
// that very span gives the type. Linear in tokens. Reference: Resnik 1996 for what verbs select.
#include <algorithm>

#include "extract/frames/within.h"
#include "extract/mentions/sketch.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::Upos;
using doc::Xpos;

constexpr uint32_t kMaxClimb = 5;
constexpr uint32_t kMaxItem = 5;   // tokens of a listed item
constexpr size_t kLeastItems = 2;  // "two sectors: coal and steel"
constexpr float kConfidence = 0.4F;

struct StressedFinder {
  explicit StressedFinder(Sketch& sketch)
      : s(sketch),
        d(sketch.document),
        core(s.lists.schema.ontology.core()),
        covered(s.in_drafts()),
        announces(s.size(), 0) {}

  bool plain(uint32_t t) const {
    return s.usable[t] && !covered[t] && !s.capital[t] && d.upos[t] == Upos::NOUN &&
           !s.title_token[t];
  }

  uint32_t left_edge(uint32_t noun) const;
  bool bare(uint32_t begin) const;
  bool fits(uint32_t noun) const;
  bool asks(uint32_t verb) const;
  bool has_case(uint32_t noun, std::string_view word) const;
  bool is_stressed(uint32_t noun) const;
  schema::TypeId type_of(uint32_t noun) const;
  uint32_t first_conjunct(uint32_t noun) const;
  void add(uint32_t begin, uint32_t noun, schema::TypeId type);
  void list_items(uint32_t noun);
  void run();

  Sketch& s;
  const doc::Document& d;
  const schema::CoreTypes& core;
  std::vector<uint8_t> covered;
  std::vector<uint8_t> announces;  // the noun before the colon of a list
};

/// Modifiers before the noun: "direct flights", "water-saving wheat", "women's safety".
uint32_t StressedFinder::left_edge(uint32_t noun) const {
  const uint32_t start = s.sentence_start(noun);
  uint32_t b = s.phrase_begin(noun, covered, [&](uint32_t p, uint32_t) -> uint32_t {
    const bool genitive = s.lower[p] == "'s" && p > start && plain(p - 1);
    if (genitive || s.joins(p, covered)) return 2;
    const Deprel r = d.deprel[p];
    const bool modifies = r == Deprel::amod || r == Deprel::compound || r == Deprel::nmod_poss;
    const bool ends = s.capital[p] || !s.nominal(p) || s.lists.description_stop.has(s.lower[p]);
    return modifies && !ends ? 1 : 0;
  });
  while (b < noun && s.lists.weak_modifiers.has(s.lower[b])) ++b;
  return b;
}

/// No article, numeral, pronoun or further name before the phrase.
bool StressedFinder::bare(uint32_t begin) const {
  if (begin == s.sentence_start(begin)) return true;
  const uint32_t p = begin - 1;
  if (covered[p] && s.touches(p, begin)) return false;
  switch (d.upos[p]) {
    case Upos::DET:
    case Upos::NUM:
    case Upos::PRON:
    case Upos::PART:
    case Upos::PROPN:
      return s.lower[p] == "to";
    default:
      return s.lower[p] != "'" && s.lower[p] != "$" && s.lower[p] != "%";
  }
}

bool StressedFinder::fits(uint32_t noun) const {
  const auto& w = s.lower[noun];
  const auto lemma = text::fold(d.lemma_of(noun));
  for (const auto& form : {std::string_view(w), std::string_view(lemma)})
    if (s.lists.argument_stop.has(form) || s.lists.theme_stop.has(form) ||
        s.lists.policy_nouns.has(form) || s.lists.people.has(form) || s.lists.described.has(form) ||
        s.lists.descriptions.has(form) || s.lists.calendar.has(form))
      return false;
  return d.deprel[noun] != Deprel::compound && w.size() > 2;
}

/// What is to be done or is being pressed for, not what was done: "should promote", "promoting".
bool StressedFinder::asks(uint32_t verb) const {
  return d.xpos[verb] == Xpos::VB || d.xpos[verb] == Xpos::VBG;
}

bool StressedFinder::has_case(uint32_t noun, std::string_view word) const {
  const uint32_t start = s.sentence_start(noun);
  for (uint32_t t = noun; t-- > start && t + 8 > noun;)
    if (d.deprel[t] == Deprel::case_ && d.head[t] == noun) return s.lower[t] == word;
  return false;
}

/// Climbs from the noun through conjuncts and nouns of stress to the verb. The list's value says
/// how a verb takes its theme: "any" of its tenses, "asked" for, or behind a preposition.
bool StressedFinder::is_stressed(uint32_t noun) const {
  uint32_t t = noun;
  for (uint32_t steps = 0; steps < kMaxClimb; ++steps) {
    const uint32_t head = s.parent(t);
    if (head == doc::kNoToken) return false;
    const Deprel r = d.deprel[t];
    if (r == Deprel::conj) {
      t = head;
      continue;
    }
    if (d.upos[head] == Upos::VERB) {
      const auto* value = s.lists.theme_verbs.value(text::fold(d.lemma_of(head)));
      if (!value) return false;
      const bool object = r == Deprel::obj || r == Deprel::nsubj_pass;
      if (*value == "any") return object;
      if (*value == "asked") return object && asks(head);
      return r == Deprel::obl && has_case(t, *value);
    }
    const std::string lemma = text::fold(d.lemma_of(head));
    if (r != Deprel::nmod || !s.lists.stress_nouns.has(lemma)) return false;
    t = head;
  }
  return false;
}

schema::TypeId StressedFinder::type_of(uint32_t noun) const {
  const std::string lemma = text::fold(d.lemma_of(noun));
  return s.lists.industry_heads.has(s.lower[noun]) || s.lists.industry_heads.has(lemma) ||
                 s.lists.sector_heads.has(s.lower[noun])
             ? core.industry
             : core.theme;
}

/// The first of the nouns that the noun is joined to by "and"; the noun itself if there are none.
uint32_t StressedFinder::first_conjunct(uint32_t noun) const {
  for (uint32_t steps = 0; steps < kMaxClimb && d.deprel[noun] == Deprel::conj; ++steps) {
    const uint32_t head = s.parent(noun);
    if (head == doc::kNoToken) break;
    noun = head;
  }
  return noun;
}

void StressedFinder::add(uint32_t begin, uint32_t noun, schema::TypeId type) {
  auto& draft = s.add({begin, noun + 1}, type, kConfidence);
  draft.form = doc::MentionForm::description;
  for (const auto& match : begin_in(std::span(std::as_const(s.places)), {begin, begin + 1}))
    if (match.tokens == draft.tokens && s.lists.schema.gazetteer[match.entry].any_case) {
      draft.entry = match.entry;
      draft.type = s.lists.schema.gazetteer[match.entry].type;
    }
  for (uint32_t t = begin; t <= noun; ++t) covered[t] = 1;
}

/// "three leading industries: recycled copper, gemstone processing and herbal tea": the items, if
/// all that stands behind the colon is such.
void StressedFinder::list_items(uint32_t noun) {
  const auto* value = s.lists.list_nouns.value(s.lower[noun]);
  const uint32_t end = s.sentence_end(noun);
  if (!value || noun + 3 >= end || s.lower[noun + 1] != ":") return;
  const auto type = s.lists.schema.ontology.type(*value);
  if (!type.valid()) return;
  std::vector<core::TokenSpan> items;
  uint32_t begin = noun + 2;
  for (uint32_t t = begin; t < end; ++t) {
    const auto& w = s.lower[t];
    const bool border = w == "," || w == ";" || w == "and" || w == "." || t + 1 == end;
    if (!border) {
      if (s.capital[t] || !s.usable[t] || (!s.nominal(t) && w != "-" && w != "'s")) return;
      continue;
    }
    const uint32_t stop = t + 1 == end && s.nominal(t) ? t + 1 : t;
    if (stop > begin) {
      if (stop - begin > kMaxItem || d.upos[stop - 1] != Upos::NOUN) return;
      items.push_back({begin, stop});
    }
    begin = t + 1;
  }
  if (items.size() < kLeastItems) return;
  for (const auto& item : items)
    if (std::none_of(covered.begin() + item.begin, covered.begin() + item.end,
                     [](uint8_t c) { return c != 0; }))
      add(item.begin, item.end - 1, type);
  announces[noun] = 1;
}

void StressedFinder::run() {
  if (d.head.size() != s.size() || !s.tagged()) return;
  for (uint32_t t = 0; t < s.size(); ++t) list_items(t);
  for (auto& draft : s.drafts)  // a noun that only announces others; without a key it is dropped
    if (announces[draft.tokens.end - 1] &&
        (draft.type == core.theme || draft.type == core.industry))
      draft.key.clear();
  // Policy prose demands everything; there only what the other finders know is a theme.
  if (is_policy_prose(s)) return;
  std::vector<schema::TypeId> joined(s.size());  // of a list of themes, at its first noun
  for (const auto& draft : s.drafts)
    if (draft.type == core.theme || draft.type == core.industry)
      joined[first_conjunct(s.head_of(draft.tokens))] = draft.type;
  for (uint32_t t = 0; t < s.size(); ++t) {
    if (!plain(t) || !fits(t)) continue;
    const uint32_t begin = left_edge(t);
    if (!bare(begin)) continue;
    if (is_stressed(t))
      add(begin, t, type_of(t));
    else if (const auto type = joined[first_conjunct(t)]; type.valid())
      add(begin, t, type);
  }
}

}  // namespace

void find_stressed(Sketch& sketch) { StressedFinder(sketch).run(); }

}  // namespace weft::extract
