// Policy themes as noun phrases: "market-oriented reforms", "the rise of the central region",
// "green and low-carbon industries".
//
// Problem: no list holds what a speech may promote. Method: the noun phrase that a policy verb acts
// on ("strengthen", "pursue"), or that a noun of such acting passes on ("the need for", "the
// development of"), is a theme if its head noun is a policy concept or a sector and carries a
// modifier or complement. Documents that name known concepts often are policy prose; in others
// only imperatives, demands and plans count. Gazetteer concepts inside such a phrase give way to
// it. Cost: linear in tokens, with a bounded look at each noun's dependents. Reference: Frantzi et
// al. 2000 for terms as modified nouns; the context replaces their term statistics.
#include <algorithm>

#include "extract/mentions/sketch.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::Upos;

constexpr uint32_t kMaxModifiers = 10;
constexpr uint32_t kMaxComplement = 9;
constexpr uint32_t kMaxClimb = 6;
constexpr size_t kPolicyConcepts = 4;  // known concepts that show policy prose
constexpr float kConfidence = 0.5F;

struct ThemeFinder {
  explicit ThemeFinder(Sketch& sketch)
      : s(sketch),
        d(sketch.document),
        core(s.lists.schema.ontology.core()),
        covered(s.in_drafts()) {
    policy_prose = is_policy_prose(s);
  }

  void run() {
    if (d.head.size() != s.size() || !s.tagged()) return;
    for (uint32_t t = 0; t < s.size(); ++t) consider(t);
  }

  schema::TypeId type_of(uint32_t head) const;
  bool in_policy_context(uint32_t head) const;
  bool demanded(uint32_t verb) const;
  uint32_t left_edge(uint32_t head) const;
  uint32_t right_edge(uint32_t head) const;
  bool hangs_on(uint32_t token, uint32_t head) const;
  bool acts(uint32_t token) const;
  bool known_longer(core::TokenSpan span) const;
  void consider(uint32_t head);

  Sketch& s;
  const doc::Document& d;
  const schema::CoreTypes& core;
  std::vector<uint8_t> covered;
  bool policy_prose = false;
};

schema::TypeId ThemeFinder::type_of(uint32_t head) const {
  const std::string lemma = text::fold(d.lemma_of(head));
  for (const auto& word : {s.lower[head], lemma}) {
    if (s.lists.sector_heads.has(word)) return core.industry;
    if (s.lists.theme_heads.has(word)) return core.theme;
    if (s.lists.initiative_heads.own.has(word)) {
      // "treatment facilities" are built, "the lending facility" is a programme by its name alone.
      const auto* thing = s.lists.described.value(word);
      return thing && thing->starts_with("Facility") ? core.facility : core.initiative;
    }
  }
  return {};
}

/// "should improve", "to improve", "improving", "Improve …": not what was done already.
bool ThemeFinder::demanded(uint32_t verb) const {
  const auto x = d.xpos[verb];
  return x == doc::Xpos::VB || x == doc::Xpos::VBG || x == doc::Xpos::VBN;
}

/// Climbs from the noun through conjuncts and passing nouns to the verb that acts on it.
bool ThemeFinder::in_policy_context(uint32_t head) const {
  uint32_t t = head;
  for (uint32_t steps = 0; steps < kMaxClimb; ++steps) {
    const Deprel r = d.deprel[t];
    const uint32_t up = d.head[t];
    if (up == doc::kNoToken || s.sentence[up] != s.sentence[t]) return false;
    const std::string lemma = text::fold(d.lemma_of(up));
    if (d.upos[up] == Upos::VERB) {
      if (r == Deprel::conj) {
        t = up;
        continue;
      }
      const bool role = r == Deprel::obj || r == Deprel::nsubj_pass || r == Deprel::obl;
      if (!role || !s.lists.policy_verbs.has(lemma)) return false;
      if (r == Deprel::obl && *s.lists.policy_verbs.value(lemma) != "prep") return false;
      return policy_prose || demanded(up);
    }
    const bool complement = r == Deprel::nmod && s.lists.policy_nouns.has(lemma);
    if (complement && policy_prose) return true;
    if (r != Deprel::conj && !complement) return false;
    t = up;
  }
  return false;
}

/// True if the token is part of the modifiers before the head.
bool ThemeFinder::hangs_on(uint32_t token, uint32_t head) const {
  for (uint32_t steps = 0; steps < 4; ++steps) {
    switch (d.deprel[token]) {
      case Deprel::amod:
      case Deprel::compound:
      case Deprel::nmod_desc:
      case Deprel::conj:
      case Deprel::cc:
      case Deprel::punct:
      case Deprel::advmod:
      case Deprel::flat:
      case Deprel::obl:
        break;
      default:
        return false;
    }
    token = d.head[token];
    if (token == head) return true;
    if (token == doc::kNoToken || s.sentence[token] != s.sentence[head] || token > head)
      return false;
  }
  return false;
}

/// "uphold Chinese modernization": a verb that a tree hung on its object.
bool ThemeFinder::acts(uint32_t token) const {
  return d.upos[token] == Upos::VERB && d.xpos[token] != doc::Xpos::VBN &&
         s.lists.policy_verbs.has(text::fold(d.lemma_of(token)));
}

uint32_t ThemeFinder::left_edge(uint32_t head) const {
  uint32_t b = head;
  const uint32_t start = s.sentence_start(head);
  while (b > start && head - b < 2 * kMaxModifiers) {
    const uint32_t p = b - 1;
    // "large-scale": both halves or none.
    const bool half = s.lower[b] == "-" || (s.lower[p] == "-" && p > start && s.touches(p, b));
    if (!half &&
        (head - b >= kMaxModifiers || !hangs_on(p, head) || d.upos[p] == Upos::NUM || acts(p)))
      break;
    b = p;
  }
  // The phrase begins with a word of its own that says something.
  while (b < head && (!s.nominal(b) || s.lists.weak_modifiers.has(s.lower[b]) || acts(b))) {
    // "moderately scaled operations"
    if (d.upos[b] == Upos::ADV && d.head[b] == b + 1 && d.xpos[b + 1] == doc::Xpos::VBN &&
        s.lower[b].ends_with("ly"))
      break;
    const bool compound = b + 2 < head && s.lower[b + 1] == "-";
    if (compound && s.nominal(b)) break;
    ++b;
  }
  return b;
}

/// The end of "of …" behind the head: the tokens that hang on it without a gap or verb.
uint32_t ThemeFinder::right_edge(uint32_t head) const {
  const uint32_t end = s.sentence_end(head);
  if (head + 2 >= end || s.lower[head + 1] != "of") return head + 1;
  uint32_t e = head + 2, last = head + 1;
  for (; e < end && e < head + 2 + kMaxComplement; ++e) {
    if (d.upos[e] == Upos::VERB && d.xpos[e] != doc::Xpos::VBN) break;
    if (d.upos[e] == Upos::ADP && s.lower[e] != "of" && s.lower[e] != "for") break;
    uint32_t t = e;
    for (uint32_t steps = 0; steps < 8 && t != head && t != doc::kNoToken && t > head; ++steps)
      t = d.head[t];
    if (t != head) break;
    if (d.upos[e] == Upos::NOUN || d.upos[e] == Upos::PROPN) last = e + 1;
  }
  return last;
}

/// True if a known concept of several words holds the span: the gazetteer's borders are better.
bool ThemeFinder::known_longer(core::TokenSpan span) const {
  return std::any_of(s.places.begin(), s.places.end(), [&](const auto& match) {
    return match.tokens != span && match.tokens.contains(span) &&
           s.lists.schema.gazetteer[match.entry].any_case;
  });
}

void ThemeFinder::consider(uint32_t head) {
  if (!s.usable[head] || covered[head] || s.capital[head] || d.upos[head] != Upos::NOUN) return;
  const auto type = type_of(head);
  if (!type.valid()) return;
  // The last noun of a compound is its head.
  if (d.deprel[head] == Deprel::compound) return;
  if (!in_policy_context(head)) return;
  const uint32_t begin = left_edge(head);
  const uint32_t end = type == core.theme ? right_edge(head) : head + 1;
  const bool modified = begin<head, complemented = end> head + 1;
  if (!modified && (!complemented || s.lists.policy_nouns.has(s.lower[head]))) return;
  for (uint32_t t = begin; t <= head; ++t)
    if (covered[t]) return;
  const core::TokenSpan base{begin, head + 1}, full{begin, end};
  if (known_longer(base)) return;
  auto& draft = s.add(modified ? base : full, type, kConfidence);
  for (uint32_t t = begin; t <= head; ++t) covered[t] = 1;
  if (modified && complemented) draft.aliases.push_back(s.text(full));
  for (const auto& match : s.places)  // a known concept with further modifiers is itself
    if (match.tokens == draft.tokens) {
      const auto& e = s.lists.schema.gazetteer[match.entry];
      if (!e.any_case) continue;
      draft.entry = match.entry;
      draft.type = e.type;
      draft.confidence = 0.7F;
    }
}

}  // namespace

bool is_policy_prose(const Sketch& sketch) {
  const auto& core = sketch.lists.schema.ontology.core();
  size_t concepts = 0;
  for (const auto& match : sketch.places) {
    const auto& e = sketch.lists.schema.gazetteer[match.entry];
    concepts += e.any_case && match.tokens.size() > 1 &&
                (e.type == core.theme || e.type == core.initiative);
  }
  return concepts >= kPolicyConcepts;
}

void find_themes(Sketch& sketch) { ThemeFinder(sketch).run(); }

}  // namespace weft::extract
