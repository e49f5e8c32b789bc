// Described things with a name beside them: what is called by it ("the plant, named Gigawerk
// Weser") and bodies by whose they are ("Fiji's parliament").
//
// Method: the phrase becomes a draft with the name's label, so that both are one thing; what the
// noun says of its type is surer than what the name says. Cost: a few look-ups a listed noun.
#include "extract/mentions/described.h"

namespace weft::extract {

namespace {

constexpr uint32_t kMaxOwner = 8;  // tokens, with the genitive mark and the modifiers
constexpr uint32_t kLately = 2;    // sentences
constexpr size_t kMaxDrafts = 32;  // looked at for what was described lately

/// The longest accepted name in capitals that begins at `t`; kNone if none does.
template <class Accept>
uint32_t longest_name(const DescribedFinder& finder, uint32_t t, Accept accept) {
  const Sketch& s = finder.s;
  uint32_t best = kNone;
  for (auto [it, to] = finder.begins.equal_range(t); it != to; ++it) {
    const Draft& name = s.drafts[it->second];
    if (name.form == doc::MentionForm::name && !name.key.empty() && s.capital[t] && accept(name) &&
        (best == kNone || name.tokens.size() > s.drafts[best].tokens.size()))
      best = it->second;
  }
  return best;
}

}  // namespace

/// A thing that is called by a name: the noun tells the type of both.
void DescribedFinder::consider_called(uint32_t noun) {
  if (covered[noun] || !s.usable[noun] || s.capital[noun] || !s.nominal(noun)) return;
  // "trading house Corvane", "the dairy Alpmilk": a body that runs what the noun means.
  const auto* value = s.lists.described.value(s.lower[noun]);
  if (value && value->ends_with(":made") && !value->starts_with("Organization")) return;
  const auto told = s.lists.type_in(s.lists.described, s.lower[noun]);
  const auto meant = s.lists.type_in(s.lists.descriptions, s.lower[noun]);
  if (!told.valid() && !meant.valid()) return;
  uint32_t number = name_called(noun + 1, s.sentence_end(noun));
  if (number == kNone) number = name_beside(noun, s.sentence_end(noun));
  if (number == kNone) return;
  Draft& name = s.drafts[number];
  // A studio is a place of work or who works there: the name tells.
  const auto type = name.type == meant || !told.valid() ? meant : told;
  if (name.type != type) {
    if (name.entry.valid()) return;
    better.emplace(std::pair{name.type.value, name.key}, type);
    name.type = type;
  }
  add_called(noun, number);
}

void DescribedFinder::add_called(uint32_t noun, uint32_t name) {
  // Copies: the new draft may move the old ones.
  const std::string label = s.drafts[name].label, key = s.drafts[name].key;
  const auto type = s.drafts[name].type;
  const core::TokenSpan span{left_edge(noun), noun + 1};
  const bool definite = span.begin > s.sentence_start(noun) && s.lower[span.begin - 1] == "the";
  const uint32_t earlier = definite ? described_lately(noun, type) : kNone;
  const auto made = static_cast<uint32_t>(s.drafts.size());
  auto& draft = s.add(span, type, 0.5F);
  draft.form = doc::MentionForm::description;
  draft.aliases.push_back(draft.label);
  draft.label = label;
  draft.key = key;
  draft.rule = doc::JoinRule::called;
  note(draft);
  cover(span);
  if (earlier == kNone) return;
  s.same.emplace_back(earlier, made);
  s.drafts[earlier].rule = doc::JoinRule::called;
}

/// "the plant, named Gigawerk Weser", "a rule known as the Components Rule": the draft of the name;
/// kNone if none follows.
uint32_t DescribedFinder::name_called(uint32_t t, uint32_t end) const {
  if (t < end && s.lower[t] == ",") ++t;
  const uint32_t words = starting_entry(s, s.lists.called, t, end);
  if (words == 0) return kNone;
  t += words;
  if (t < end && s.lower[t] == "the") ++t;
  if (t < end && (s.lower[t] == "\"" || s.lower[t] == "'")) ++t;
  return longest_name(*this, t, [](const Draft&) { return true; });
}

/// "the technology park Porto Digital", "a training scheme, Shule Bora,": the draft of the name
/// beside the noun; kNone if there is none. What may be a person is none: people stand beside much.
uint32_t DescribedFinder::name_beside(uint32_t noun, uint32_t end) const {
  if (!parsed()) return kNone;
  const doc::Document& d = s.document;
  const bool comma = noun + 1 < end && s.lower[noun + 1] == ",";
  return longest_name(*this, noun + (comma ? 2 : 1), [&](const Draft& name) {
    if (name.type == core.person || name.type == core.position || name.tokens.end >= end)
      return false;
    const uint32_t head = s.head_of(name.tokens);
    const bool apposed = d.head[head] == noun && (d.deprel[head] == doc::Deprel::appos ||
                                                  d.deprel[head] == doc::Deprel::flat);
    const bool before = d.head[noun] == head && d.deprel[noun] == doc::Deprel::compound;
    if (!apposed && (comma || !before)) return false;
    const auto& next = s.lower[name.tokens.end];
    return comma ? next == "," || next == "." : next != "'s";
  });
}

/// "opened a cell factory near Halle. The plant, …": what the text just described as one of a sort.
uint32_t DescribedFinder::described_lately(uint32_t noun, schema::TypeId type) const {
  const auto* sort = s.lists.same_thing.value(s.lower[noun]);
  for (size_t i = s.drafts.size(), steps = 0; sort && i-- > 0 && steps < kMaxDrafts; ++steps) {
    const Draft& d = s.drafts[i];
    if (d.form != doc::MentionForm::description || d.tokens.begin > noun) return kNone;
    if (s.sentence[d.tokens.begin] + kLately < s.sentence[noun]) return kNone;
    const auto* own = s.lists.same_thing.value(s.lower[d.tokens.end - 1]);
    if (d.type == type && own && *own == *sort) return static_cast<uint32_t>(i);
  }
  return kNone;
}

/// "Fiji's parliament", "Sweden's coast guard": a body by whose it is.
void DescribedFinder::consider_owned(uint32_t noun) {
  if (!s.lists.owned_bodies.has(s.lower[noun]) || !s.usable[noun]) return;
  const uint32_t lone = body_alone(noun);
  if (covered[noun] && lone == kNone) return;
  // "Fiji's parliament building", "Fiji's parliament's budget": the phrase goes on.
  const bool genitive = noun + 1 < s.sentence_end(noun) && s.lower[noun + 1] == "'s";
  if (hyphen_follows(noun) || genitive || noun_follows(noun)) return;
  const uint32_t start = s.sentence_start(noun);
  uint32_t b = noun;
  while (b > start && noun - b < kMaxModifiers && !covered[b - 1] && s.nominal(b - 1) &&
         !s.lists.description_stop.has(s.lower[b - 1]))
    --b;
  if (b < start + 2 || s.lower[b - 1] != "'s" || !covered[b - 2]) return;
  if (const uint32_t owner = owner_before(b); owner != kNone) add_owned({b, noun + 1}, owner, lone);
}

void DescribedFinder::add_owned(core::TokenSpan phrase, uint32_t owner, uint32_t lone) {
  const uint32_t name = body_behind(phrase.end, s.sentence_end(phrase.begin));
  const auto made = static_cast<uint32_t>(s.drafts.size());
  auto& draft = s.add({s.drafts[owner].tokens.begin, phrase.end}, core.organization, 0.5F);
  draft.aliases.push_back(s.text(phrase));
  if (name != kNone) {
    draft.aliases.push_back(draft.label);
    draft.label = s.drafts[name].label;
    draft.key = s.drafts[name].key;
  }
  note(draft);
  cover(phrase);
  if (lone != kNone) s.same.emplace_back(lone, made);
}

/// "Ghana's Parliament": the name of the noun alone is that of the same body. Its draft; kNone if
/// it is no name.
uint32_t DescribedFinder::body_alone(uint32_t noun) const {
  uint32_t lone = kNone;
  for (auto [it, to] = begins.equal_range(noun); it != to; ++it)
    if (const Draft& d = s.drafts[it->second];
        d.tokens.end == noun + 1 && d.type == core.organization)
      lone = it->second;
  return lone;
}

/// The place or body whose the phrase is that begins at `begin`, behind a genitive mark; kNone if
/// it is another's.
uint32_t DescribedFinder::owner_before(uint32_t begin) const {
  const uint32_t start = s.sentence_start(begin);
  for (auto it = begins.lower_bound(begin > start + kMaxOwner ? begin - kMaxOwner : start);
       it != begins.end() && it->first < begin; ++it) {
    const Draft& owner = s.drafts[it->second];
    if (owner.tokens.end == begin - 1 &&
        (owner.type == core.place || owner.type == core.organization))
      return it->second;
  }
  return kNone;
}

/// "Senegal's space agency ASES", "Peru's regulator, Osiptel": the body's own name; kNone if none
/// follows.
uint32_t DescribedFinder::body_behind(uint32_t t, uint32_t end) const {
  if (t < end && s.lower[t] == ",") ++t;
  if (t >= end) return kNone;
  const auto it = begins.find(t);
  return it != begins.end() && s.drafts[it->second].type == core.organization ? it->second : kNone;
}

}  // namespace weft::extract
