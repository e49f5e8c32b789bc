// Problem: whom do "he", "its" and "whose" mean? Method: a personal pronoun means the person or
// thing of the last sentences with the best score of gender, role, nearness and number of mentions,
// but never the subject of its own verb; a relative one means the noun that its clause hangs on.
// Cost: linear in the entities of the window for each pronoun.
#include "extract/reference/pronouns.h"

#include <algorithm>

namespace weft::extract {

using doc::LocalEntity;
using doc::Mention;

/// "its foreign minister", "its ambassador": the office asks for a country.
bool PronounResolver::owns_office_of_state(uint32_t t) const {
  constexpr uint32_t kLongest = 6;
  const schema::WordList& scopes = s.lists.references.office_scopes;
  const std::string* scope = nullptr;
  const uint32_t end = std::min(s.sentence_end(t), t + kLongest);
  for (uint32_t k = t + 1; k < end && s.nominal(k); ++k)
    if (const std::string* value = scopes.value(s.lower[k])) scope = value;
  // "its deputy minister": a ministry's, unless the field is named.
  if (t + 2 < end && scopes.has(s.lower[t + 2])) {
    const auto* rank = s.lists.references.office_ranks.value(s.lower[t + 1]);
    if (rank && *rank == "deputy") return false;
  }
  return scope && scope->ends_with("Place:country") &&
         !scope->starts_with("Organization:university");
}

LocalEntity PronounResolver::likely_thing(uint32_t t) const {
  const LocalEntity self = talk.own_subject(t);
  const bool of_state = owns_office_of_state(t);
  // "The minister supports it": what somebody does something to, before who does.
  const bool object = d.deprel.size() == s.size() && d.deprel[t] == doc::Deprel::obj;
  const auto acted_on = [&](LocalEntity e) {
    const auto type = d.entities[e].type;
    return talk.seen[e].object && (type == core.work || type == core.event ||
                                   type == core.initiative || type == core.product);
  };
  LocalEntity best = doc::kNoEntity;
  float best_score = -100;
  for (const LocalEntity e : talk.recent) {
    const auto type = d.entities[e].type;
    if (type == core.person || type == core.position || type == core.theme ||
        type == core.industry || type == core.group || e == self || !talk.seen[e].prose) {
      continue;
    }
    const uint32_t distance = s.sentence[t] - talk.seen[e].last_sentence;
    if (distance > 1) continue;
    const float score =
        -2.0F * static_cast<float>(distance) + (talk.seen[e].subject ? 2.0F : 0.0F) +
        (type == core.organization ? 1.0F : 0.0F) + (object && acted_on(e) ? 3.5F : 0.0F) +
        (of_state && d.entities[e].kind == "country" ? 3.0F : 0.0F) +
        0.1F * static_cast<float>(std::min(talk.seen[e].count, 10U)) +
        0.0001F * static_cast<float>(talk.seen[e].last_token);
    if (score > best_score) {
      best = e;
      best_score = score;
    }
  }
  return best;
}

/// "the 52-year-old": whoever was spoken of last.
bool PronounResolver::by_age(uint32_t t) {
  if (s.lower[t] != "the") return false;
  const uint32_t end = std::min(s.sentence_end(t), t + 8);
  std::string word;
  uint32_t k = t + 1;
  while (k < end && (k == t + 1 || s.touches(k - 1, k))) word += s.lower[k++];
  constexpr std::string_view kAge = "-year-old";
  if (!word.ends_with(kAge) || word.size() <= kAge.size()) return false;
  // "the 52-year-old pediatrician" too, but not "the 52-year-old bridge".
  if (k < s.sentence_end(t) && s.nominal(k) && !talk.covered[k]) {
    if (!s.lists.position_heads.has(s.lower[k])) return false;
    ++k;
  }
  if (k < s.sentence_end(t) && talk.covered[k]) return false;
  const LocalEntity e = talk.likely_person(s.head_of({t, k}), 0);
  if (e == doc::kNoEntity) return false;
  talk.refer({t, k}, e, doc::JoinRule::description);
  return true;
}

/// "whose": of the noun that the relative clause hangs on.
bool PronounResolver::relative(uint32_t t) {
  if (s.lower[t] != "whose" || d.deprel.size() != s.size()) return false;
  uint32_t at = t;
  for (int steps = 0; steps < 6; ++steps) {
    const bool clause = d.deprel[at] == doc::Deprel::acl_relcl;
    at = d.head[at];
    if (at == doc::kNoToken || at >= s.size() || s.sentence[at] != s.sentence[t]) return false;
    if (!clause) continue;
    if (at > t) return false;
    const Mention* named = nullptr;
    for (auto it = std::upper_bound(d.mentions.begin(), d.mentions.end(), t,
                                    [](uint32_t b, const Mention&m) { return b < m.tokens.begin; });
         it != d.mentions.begin() && (--it)->tokens.begin + 40 > at;)
      if (it->tokens.contains(core::TokenSpan{at, at + 1}) &&
          (named == nullptr || it->tokens.size() > named->tokens.size()))
        named = &*it;
    if (named == nullptr) return false;
    talk.refer({t, t + 1}, named->entity, doc::JoinRule::pronoun);
    return true;
  }
  return false;
}

bool PronounResolver::personal(uint32_t t) {
  const std::string* who = s.lists.references.pronouns.value(s.lower[t]);
  if (who == nullptr) return false;
  LocalEntity e = doc::kNoEntity;
  if (*who == "thing") {
    e = likely_thing(t);
  } else if (*who == "thing or nothing") {  // "it rained"
    if (d.deprel.size() == s.size() && d.deprel[t] != doc::Deprel::expl) e = likely_thing(t);
  } else {
    const char gender = who->front();
    e = talk.likely_person(t, gender);
    if (e != doc::kNoEntity) talk.gender[e] = gender;
  }
  if (e == doc::kNoEntity) return false;
  talk.refer({t, t + 1}, e, doc::JoinRule::pronoun);
  return true;
}

}  // namespace weft::extract
