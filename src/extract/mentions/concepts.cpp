// Concepts and described things: themes and industries, described events, delegations, quoted
// titles.
//
// Method: areas by direction ("southwest China"), gazetteer entries that match whatever their case,
// noun phrases with a head word after an ordinal or a name, and short quoted phrases in capitals.
// Each finder is linear in tokens. What is found here is dropped where a name already covers it.
#include <algorithm>

#include "extract/mentions/sketch.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

/// One word alone ("coal", "services") says little, and nothing where it modifies another noun,
/// governs one ("construction of the port") or heads a list's item ("Finance: Ana Li").
bool says_little(const Sketch& s, uint32_t t) {
  if (s.lists.not_names.has(s.lower[t])) return true;
  if (t + 1 < s.sentence_end(t) && (s.lower[t + 1] == "of" || s.lower[t + 1] == ":")) return true;
  if (s.capital[t] && !s.first_in_sentence(t)) return true;
  return s.document.deprel.size() == s.size() && s.document.deprel[t] == doc::Deprel::compound;
}

/// "local protectionism", "cruise tourism": where the modifiers of a concept of one word begin.
uint32_t modifiers_begin(const Sketch& s, const std::vector<uint8_t>& covered, uint32_t word) {
  constexpr uint32_t kMost = 2;
  if (s.document.head.size() != s.size() || s.capital[word]) return word;
  uint32_t b = word;
  while (b > s.sentence_start(word) && word - b < kMost) {
    const uint32_t p = b - 1;
    const auto r = s.document.deprel[p];
    const bool modifies =
        s.document.head[p] == word && (r == doc::Deprel::amod || r == doc::Deprel::compound);
    if (s.lower[p] == "-") return word;  // "high-level security": half a modifier is none
    if (!modifies || covered[p] || s.capital[p] || !s.nominal(p) ||
        s.lists.weak_modifiers.has(s.lower[p]) || s.lists.description_stop.has(s.lower[p]))
      break;
    b = p;
  }
  return b;
}

/// "free trade" in "free trade zones": the concept only modifies what the text speaks of.
bool modifies_noun(const Sketch& s, core::TokenSpan span) {
  const uint32_t last = span.end - 1;
  if (s.document.deprel.size() != s.size() || span.end >= s.sentence_end(last)) return false;
  const uint32_t head = s.document.head[last];
  return s.document.deprel[last] == doc::Deprel::compound && head != doc::kNoToken &&
         head >= span.end && head <= span.end + 1 && !s.capital[span.begin] &&
         s.document.upos[head] == doc::Upos::NOUN;
}

/// Themes and industries of the gazetteer. One word counts only in a sentence that names a concept
/// of several words too, as policy prose does.
void gazetteer_concepts(Sketch& s) {
  auto covered = s.in_drafts();
  const auto& core = s.lists.schema.ontology.core();
  std::vector<uint8_t> policy(s.document.sentence_count(), 0);
  for (const auto& match : s.places) {
    const auto& e = s.lists.schema.gazetteer[match.entry];
    if (e.any_case && match.tokens.size() > 1) policy[s.sentence[match.tokens.begin]] = 1;
  }
  for (const auto& match : s.places) {
    const auto& e = s.lists.schema.gazetteer[match.entry];
    const uint32_t t = match.tokens.begin;
    if (!e.any_case || !s.usable[t]) continue;
    const bool concept_type = e.type == core.theme || e.type == core.industry;
    if (concept_type && match.tokens.size() == 1 && (!policy[s.sentence[t]] || says_little(s, t))) {
      continue;
    }
    if (e.type == core.theme && modifies_noun(s, match.tokens)) continue;
    bool free = true;
    for (uint32_t k = t; k < match.tokens.end; ++k) free &= !covered[k];
    if (!free) continue;
    const uint32_t begin =
        concept_type && match.tokens.size() == 1 ? modifiers_begin(s, covered, t) : t;
    auto& draft = s.add({begin, match.tokens.end}, e.type, 0.7F);
    if (begin == t) {
      draft.entry = match.entry;
      draft.kind = e.kind;
    }
    for (uint32_t k = begin; k < match.tokens.end; ++k) covered[k] = 1;
  }
}

/// "the central region", "southwest China", "the middle reaches of the Yangtze River": areas told
/// by direction.
void areas_by_direction(Sketch& s) {
  const auto& core = s.lists.schema.ontology.core();
  std::vector<uint32_t> place_end(s.size(), 0);  // by first token
  for (const auto& draft : s.drafts)
    if (draft.type == core.place)
      place_end[draft.tokens.begin] = std::max(place_end[draft.tokens.begin], draft.tokens.end);
  const auto covered = s.in_drafts();
  auto add = [&](core::TokenSpan span) {
    auto& draft = s.add(span, core.place, 0.6F);
    draft.kind = "region";
  };
  for (uint32_t t = 0; t + 1 < s.size(); ++t) {
    const uint32_t end = s.sentence_end(t);
    if (!s.usable[t] || covered[t] || t + 1 >= end) continue;
    if (s.lower[t] == "reaches" && s.lower[t + 1] == "of" && t + 3 < end) {
      const uint32_t name = s.lower[t + 2] == "the" ? t + 3 : t + 2;
      const bool side = t > s.sentence_start(t) && s.nominal(t - 1);
      if (place_end[name] != 0 && side) add({t - 1, place_end[name]});
      continue;
    }
    if (!s.lists.compass.has(s.lower[t])) continue;
    if (place_end[t + 1] != 0 && s.capital[t + 1]) {
      if (s.capital[t] || !s.lower[t].ends_with("ern")) add({t, place_end[t + 1]});
    } else if (s.lists.compass_heads.has(s.lower[t + 1]) && !covered[t + 1] && t > 0 &&
               (s.lower[t - 1] == "the" || s.lower[t - 1] == "'s"))
      add({t, t + 2});
  }
}

}  // namespace

void find_concepts(Sketch& sketch) {
  areas_by_direction(sketch);
  gazetteer_concepts(sketch);
}

}  // namespace weft::extract
