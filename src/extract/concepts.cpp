// Concepts and described things: themes and industries, described events, delegations, quoted
// titles.
//
// Method: gazetteer entries that match whatever their case, noun phrases with a head word after an
// ordinal or a name, and short quoted phrases in capitals. Each finder is linear in tokens. What is
// found here is dropped where a name already covers it.
#include <algorithm>

#include "extract/mentions_draft.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

std::vector<uint8_t> covered_tokens(const Sketch& s) {
  std::vector<uint8_t> covered(s.size(), 0);
  for (const auto& d : s.drafts) {
    for (uint32_t t = d.tokens.begin; t < d.tokens.end; ++t) covered[t] = 1;
  }
  return covered;
}

/// One word alone ("coal", "services") says little, and nothing where it modifies another noun,
/// governs one ("construction of the port") or heads a list's item ("Finance: Ana Li").
bool says_little(const Sketch& s, uint32_t t) {
  if (s.lists.not_names.has(s.lower[t])) return true;
  if (t + 1 < s.sentence_end(t) && (s.lower[t + 1] == "of" || s.lower[t + 1] == ":")) return true;
  if (s.capital[t] && !s.first_in_sentence(t)) return true;
  return s.document.deprel.size() == s.size() && s.document.deprel[t] == doc::Deprel::compound;
}

/// Themes and industries of the gazetteer. One word counts only in a sentence that names a concept
/// of several words too, as policy prose does.
void gazetteer_concepts(Sketch& s) {
  auto covered = covered_tokens(s);
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
    bool free = true;
    for (uint32_t k = t; k < match.tokens.end; ++k) free &= !covered[k];
    if (!free) continue;
    auto& draft = s.add(match.tokens, e.type, 0.7F);
    draft.entry = match.entry;
    draft.kind = e.kind;
    for (uint32_t k = t; k < match.tokens.end; ++k) covered[k] = 1;
  }
}

}  // namespace

void find_concepts(Sketch& sketch) { gazetteer_concepts(sketch); }

}  // namespace weft::extract
