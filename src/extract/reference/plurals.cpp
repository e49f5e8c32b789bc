// Problem: "They signed it" speaks of several who were named together. Method: the sets of the last
// sentences (sets.h), and those that phrases like this one took up again; the one that agrees in
// number and type and acts, unless another set of its sentence may as well be meant. Cost: bounded
// for each phrase; a sentence's sets are found twice.
#include "extract/reference/plurals.h"

#include <algorithm>

namespace weft::extract {

using doc::LocalEntity;
using doc::Mention;

namespace {

constexpr uint32_t kSetWindow = 2;  // sentences back to what "the two" may be
constexpr size_t kMostSets = 32;    // of a sentence that are remembered

}  // namespace

/// The sets that a sentence names; its mentions must be known.
std::vector<NamedSet> PluralResolver::sets_in(uint32_t sentence) {
  const core::TokenSpan span = d.sentence(sentence);
  std::vector<Mention> mentions;
  for (const std::vector<Mention>* list : {&std::as_const(d.mentions), &std::as_const(talk.found)})
    for (auto it = std::lower_bound(list->begin(), list->end(), span.begin,
                                    [](const Mention&m, uint32_t b) { return m.tokens.begin < b; });
         it != list->end() && it->tokens.begin < span.end; ++it)
      if (!shared.count(it->tokens.begin)) mentions.push_back(*it);
  std::vector<NamedSet> out = finder.sets(span, mentions);
  if (out.size() > kMostSets) out.resize(kMostSets);
  return out;
}

/// Keeps the sets of the sentences just read; those of the last one now with what it refers to.
void PluralResolver::enter(uint32_t sentence) {
  if (!sets.empty()) {
    std::vector<NamedSet> whole = sets_in(sets.back().first);
    for (NamedSet& set : sets.back().second)
      if (shared.count(set.end - 1)) whole.push_back(std::move(set));
    sets.back().second = std::move(whole);
  }
  sets.emplace_back(sentence, sets_in(sentence));
  while (sets.front().first + kSetWindow < sentence) sets.pop_front();
}

/// "the former", "the latter": of two that the text named together last.
bool PluralResolver::one_of_two(uint32_t t) {
  if (s.lower[t] != "the" || t + 1 >= s.sentence_end(t) || talk.covered[t + 1]) return false;
  const std::string* which = s.lists.references.of_two.value(s.lower[t + 1]);
  if (which == nullptr) return false;
  if (t + 2 < s.sentence_end(t) && (s.nominal(t + 2) || talk.covered[t + 2])) return false;
  for (size_t i = sets.size(); i-- > 0 && sets[i].first + 1 >= s.sentence[t];)
    for (size_t k = sets[i].second.size(); k-- > 0;) {
      const NamedSet& set = sets[i].second[k];
      if (set.end > t || set.members.size() != 2) continue;
      talk.refer({t, t + 2}, *which == "second" ? set.members.back() : set.members.front(),
                 doc::JoinRule::pronoun);
      return true;
    }
  return false;
}

/// "they", "both sides", "the two ministers": those that the text named together last.
bool PluralResolver::several(uint32_t t) {
  const PluralPhrase phrase = finder.phrase(t);
  if (phrase.tokens.empty()) return false;
  for (uint32_t k = phrase.tokens.begin; k < phrase.tokens.end; ++k)
    if (talk.covered[k]) return false;
  const uint32_t window = phrase.pronoun || phrase.number == 0 ? 1 : kSetWindow;
  const LocalEntity self = talk.own_subject(phrase.head);
  const NamedSet* best = nullptr;
  uint32_t from = t;
  bool rivals = false;
  const auto share = [](const NamedSet& a, const NamedSet& b) {
    return std::any_of(a.members.begin(), a.members.end(), [&](LocalEntity e) {
      return std::find(b.members.begin(), b.members.end(), e) != b.members.end();
    });
  };
  for (size_t i = sets.size(); i-- > 0 && best == nullptr;) {
    if (sets[i].first + window < s.sentence[t]) break;
    from = d.sentence_begin[sets[i].first];
    for (const NamedSet& set : sets[i].second) {
      if (set.end > t || !finder.fits(set, phrase)) continue;
      const bool place =
          d.entities[set.members.front()].type == s.lists.schema.ontology.core().place;
      if (phrase.number == 0 && !set.acts && (!set.core || place)) continue;
      if (std::find(set.members.begin(), set.members.end(), self) != set.members.end()) continue;
      if (best == nullptr || set.acts >= best->acts) best = &set;
    }
    // "Norway and Sweden criticised Kenya and Uganda. They …": either; of people who visited Kenya
    // and Uganda it is the people who go on to act.
    const auto people = [&](const NamedSet& set) {
      return d.entities[set.members.front()].type == s.lists.schema.ontology.core().person;
    };
    for (const NamedSet& set : sets[i].second)
      rivals =
          rivals || (best != nullptr && set.core && set.end <= t && !share(set, *best) &&
                     (people(set) || !people(*best) || !best->acts) && finder.fits(set, phrase));
  }
  if (best == nullptr || rivals || finder.rivalled(from, *best, phrase)) return false;
  NamedSet again = *best;
  again.end = phrase.head + 1;
  for (const LocalEntity e : again.members) talk.refer(phrase.tokens, e, doc::JoinRule::pronoun);
  shared.insert(phrase.tokens.begin);
  shared.insert(phrase.head);
  auto& here = sets.back().second;
  if (here.size() >= 2 * kMostSets) here.erase(here.begin());
  here.push_back(std::move(again));
  return true;
}

}  // namespace weft::extract
