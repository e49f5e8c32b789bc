// Problem: "Kenya and Ghana held talks. Both sides signed the pact": who signed stands in no one
// mention. Method: of each sentence, the names that "and" joins, and the subject and the partner of
// a mutual verb ("met", "signed with"; a word list), are a set if they are two to four of one type
// and nothing unnamed is among them. A plural phrase means a set that agrees with its number and
// noun. "They" may mean any plural noun: where another one stands between, nothing is said.
// Cost: linear in the sentence; what stands between set and phrase is bounded.
#include "extract/reference/sets.h"

#include <algorithm>

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;
using doc::kNoToken;
using doc::LocalEntity;
using doc::Upos;

constexpr size_t kMostMembers = 4;
constexpr uint32_t kMostBetween = 150;    // tokens from a set to the word that means it
constexpr uint32_t kMostModifiers = 2;    // "the two Nordic countries"
constexpr uint32_t kMostSubjectGap = 60;  // tokens from a subject to its verb's complement

bool is_subject(Deprel r) { return r == Deprel::nsubj || r == Deprel::nsubj_pass; }

}  // namespace

LocalEntity SetFinder::at(uint32_t head) const { return named_[head - sentence_.begin]; }

void SetFinder::add(const std::vector<uint32_t>& heads, bool acts, bool core,
                    std::vector<NamedSet>& out) {
  NamedSet set;
  set.acts = acts;
  set.core = core;
  for (const uint32_t h : heads) {
    const LocalEntity e = at(h);
    if (e == kNoEntity) return;
    if (std::find(set.members.begin(), set.members.end(), e) != set.members.end()) return;
    if (!set.members.empty() && d_.entities[e].type != d_.entities[set.members.front()].type)
      return;
    set.members.push_back(e);
    set.end = std::max(set.end, h + 1);
  }
  const auto& core_types = s_.lists.schema.ontology.core();
  if (set.members.size() < 2 || set.members.size() > kMostMembers) return;
  const auto type = d_.entities[set.members.front()].type;
  if (type == core_types.person || type == core_types.organization || type == core_types.place)
    out.push_back(std::move(set));
}

/// "met X", "signed a pact with X", "held talks with X": `other` does with the verb's subject what
/// the verb says.
bool SetFinder::mutual(uint32_t verb, uint32_t other) const {
  const auto& list = s_.lists.references.mutual;
  const auto value = [&](uint32_t t) { return list.value(std::string(d_.lemma_of(t))); };
  const Deprel r = d_.deprel[other];
  const std::string* own = value(verb);
  if (r == Deprel::obj && d_.head[other] == verb) return own && *own == "object";
  if (r != Deprel::obl && r != Deprel::nmod) return false;
  bool with = false;
  for (uint32_t t = other; t > sentence_.begin && other - t < kMostSubjectGap && !with; --t)
    with = s_.lower[t - 1] == "with" && d_.head[t - 1] == other;
  if (!with) return false;
  const uint32_t up = d_.head[other];
  if (up == verb && own) return true;
  for (uint32_t t = verb + 1; t < other && t < verb + kMostSubjectGap; ++t)
    if (d_.deprel[t] == Deprel::obj && d_.head[t] == verb && (up == verb || up == t))
      return value(t) != nullptr;
  return false;
}

std::vector<NamedSet> SetFinder::sets(core::TokenSpan sentence,
                                      const std::vector<doc::Mention>& mentions) {
  std::vector<NamedSet> out;
  if (d_.deprel.size() != s_.size() || d_.head.size() != s_.size()) return out;
  sentence_ = sentence;
  const auto& core = s_.lists.schema.ontology.core();
  named_.assign(sentence.size(), kNoEntity);
  joined_.assign(sentence.size(), {});
  std::vector<uint8_t> several(sentence.size(), 0);
  const auto put = [&](uint32_t head, LocalEntity e) {
    auto& there = named_[head - sentence.begin];
    if (there != kNoEntity && there != e && d_.entities[there].type == d_.entities[e].type)
      several[head - sentence.begin] = 1;
    if (there == kNoEntity) there = e;
  };
  // "Foreign Minister Anna Berg": the office is the head of the phrase, the person is meant.
  for (const bool inner : {false, true})
    for (const doc::Mention& m : mentions) {
      if (m.entity == kNoEntity || m.head == kNoToken || !sentence.contains(m.head) ||
          m.type == core.position)
        continue;
      if (!inner) {
        put(m.head, m.entity);
      } else if (const uint32_t up = d_.head[m.head];
                 up != kNoToken && sentence.contains(up) &&
                 d_.entities[m.entity].type == core.person &&
                 (d_.deprel[m.head] == Deprel::flat || d_.deprel[m.head] == Deprel::appos) &&
                 named_[up - sentence.begin] == kNoEntity) {
        put(up, m.entity);
      }
    }
  for (uint32_t t = 0; t < sentence.size(); ++t)
    if (several[t]) named_[t] = kNoEntity;
  for (uint32_t t = sentence.begin; t < sentence.end; ++t)
    if (d_.deprel[t] == Deprel::conj && d_.head[t] != kNoToken && sentence.contains(d_.head[t]))
      joined_[d_.head[t] - sentence.begin].push_back(t);
  std::vector<uint32_t> subject(sentence.size(), kNoToken);  // of each verb
  for (uint32_t t = sentence.begin; t < sentence.end; ++t)
    if (is_subject(d_.deprel[t]) && d_.head[t] != kNoToken && sentence.contains(d_.head[t]))
      subject[d_.head[t] - sentence.begin] = t;
  const auto with_joined = [&](uint32_t head) {
    std::vector<uint32_t> heads{head};
    const auto& more = joined_[head - sentence.begin];
    heads.insert(heads.end(), more.begin(), more.end());
    return heads;
  };
  for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
    if (at(t) == kNoEntity) continue;
    const Deprel r = d_.deprel[t];
    if (!joined_[t - sentence.begin].empty()) {
      bool between = false;
      if (r == Deprel::nmod || r == Deprel::obl)
        for (uint32_t k = t; k > sentence.begin && t - k < kMostModifiers + 2; --k)
          between |= s_.lower[k - 1] == "between" && d_.head[k - 1] == t;
      const bool core_role = is_subject(r) || r == Deprel::obj || r == Deprel::iobj;
      add(with_joined(t), is_subject(r) || between, core_role || between, out);
    }
    // The verb that the phrase belongs to, itself or through the verb's object.
    uint32_t verb = d_.head[t];
    if (r == Deprel::nmod && verb != kNoToken && sentence.contains(verb)) verb = d_.head[verb];
    if (verb == kNoToken || !sentence.contains(verb) || verb > t) continue;
    const uint32_t who = subject[verb - sentence.begin];
    if (who == kNoToken || who > verb || !mutual(verb, t)) continue;
    std::vector<uint32_t> heads = with_joined(who);
    for (const uint32_t h : with_joined(t)) heads.push_back(h);
    add(heads, true, true, out);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const NamedSet& a, const NamedSet& b) { return a.end < b.end; });
  return out;
}

PluralPhrase SetFinder::phrase(uint32_t t) const {
  PluralPhrase p;
  if (d_.deprel.size() != s_.size()) return p;
  const auto& w = s_.lower[t];
  const uint32_t end = s_.sentence_end(t);
  const Deprel r = d_.deprel[t];
  const auto argument = [&](uint32_t k) {
    const Deprel role = d_.deprel[k];
    return is_subject(role) || role == Deprel::obj || role == Deprel::obl;
  };
  const bool each = w == "each" && is_subject(r);
  if (w == "they" || w == "them" || w == "their" || each) {
    if (r == Deprel::expl || (each && t + 1 < end && s_.lower[t + 1] == "of")) return p;
    p.pronoun = true;
    p.tokens = {t, t + 1};
    p.head = t;
    return p;
  }
  uint32_t at = t;
  const auto number = [&](uint32_t k) -> uint32_t {
    const auto* v = k < end ? s_.lists.references.numbers.value(s_.lower[k]) : nullptr;
    return v ? static_cast<uint32_t>((*v)[0] - '0') : 0;
  };
  const bool both = w == "both", all = w == "all";
  if (!both && !all && w != "the" && w != "these" && w != "those") return p;
  p.number = both ? 2 : 0;
  if (++at < end && s_.lower[at] == "the" && (both || all)) ++at;
  if (const uint32_t n = number(at); n != 0 && !both) {
    p.number = n;
    ++at;
  }
  if (all && p.number == 0) return p;
  for (uint32_t noun = at; noun < end && noun <= at + kMostModifiers; ++noun) {
    if (const auto* pair = s_.lists.references.pairs.value(s_.lower[noun]); pair && noun == at) {
      if (!is_subject(d_.deprel[noun])) return p;
      p.number = static_cast<uint32_t>((*pair)[0] - '0');
      p.wanted = "Person";
      p.tokens = {t, noun + 1};
      p.head = noun;
      return p;
    }
    const auto* value = s_.lists.references.plurals.value(s_.lower[noun]);
    if (value && !s_.capital[noun] && (noun + 1 >= end || !s_.nominal(noun + 1))) {
      // "the ministers of trade", "the companies that": others than those named.
      if (noun + 1 < end && (s_.lower[noun + 1] == "of" || s_.lower[noun + 1] == "that" ||
                             s_.lower[noun + 1] == "who" || s_.lower[noun + 1] == "which" ||
                             s_.lower[noun + 1] == "in" || s_.lower[noun + 1] == "-"))
        return p;
      if (p.number == 0 && noun > at) return p;
      p.wanted = *value == "any" ? std::string_view() : std::string_view(*value);
      p.tokens = {t, noun + 1};
      p.head = noun;
      return p;
    }
    if (!s_.nominal(noun) || s_.lists.description_stop.has(s_.lower[noun])) break;
  }
  // "Both signed", "The two signed".
  const uint32_t last = at - 1;
  if (p.number != 0 && !all && argument(last) && (at >= end || !s_.nominal(at))) {
    if (at < end && (s_.lower[at] == "of" || s_.lower[at] == "and" || s_.lower[at] == "-"))
      return p;
    p.tokens = {t, at};
    p.head = last;
  }
  return p;
}

bool SetFinder::fits(const NamedSet& set, const PluralPhrase& p) const {
  if (p.number != 0 && set.members.size() != p.number) return false;
  const auto& ontology = s_.lists.schema.ontology;
  const size_t colon = std::min(p.wanted.find(':'), p.wanted.size());
  const auto type = p.wanted.empty() ? schema::TypeId() : ontology.type(p.wanted.substr(0, colon));
  const auto kind = colon < p.wanted.size() ? p.wanted.substr(colon + 1) : std::string_view();
  return std::all_of(set.members.begin(), set.members.end(), [&](LocalEntity e) {
    const auto& entity = d_.entities[e];
    if (type.valid() && entity.type != type) return false;
    // Of places only countries act.
    if (entity.type == ontology.core().place && (p.wanted.empty() || !kind.empty()))
      return entity.kind == "country";
    return true;
  });
}

bool SetFinder::rivalled(uint32_t from, const NamedSet& set, const PluralPhrase& phrase) const {
  const uint32_t token = phrase.tokens.begin;
  if (token - from > kMostBetween) return token - set.end > kMostBetween || phrase.pronoun;
  if (!phrase.pronoun) {
    // "The ministers met Anna Berg and Tom Hill. The ministers signed the pact."
    for (uint32_t t = from; t < token && phrase.number == 0; ++t)
      if (s_.lower[t] == s_.lower[phrase.head]) return true;
    return false;
  }
  const uint32_t verb = d_.head[phrase.head];
  const bool speaks = verb != kNoToken && d_.deprel[phrase.head] == Deprel::nsubj &&
                      (s_.lists.speech.has(s_.lower[verb]) ||
                       s_.lists.government_acts.has(std::string(d_.lemma_of(verb))));
  for (uint32_t t = from; t < token; ++t) {
    if (d_.upos[t] != Upos::NOUN || (d_.morph[t] & doc::kPlural) == 0) continue;
    const Deprel r = d_.deprel[t];
    if (is_subject(r)) return true;
    if (t < set.end) continue;
    const std::string lemma(d_.lemma_of(t));
    if (s_.lists.people.has(s_.lower[t]) || s_.lists.position_heads.has(lemma)) return true;
    if (r == Deprel::obj && !speaks && !s_.lists.same_thing.has(s_.lower[t])) return true;
  }
  return false;
}

}  // namespace weft::extract
