// Things without a proper name that a text describes and speaks of again: "a symposium on ...",
// "the signing ceremony", "a 25-year concession", "the provincial government".
//
// Method: a noun of the list mention_described, with the modifiers before it, is a thing where a
// determiner shows that one is meant. "The meeting" alone is a new thing only if nothing named
// before could be meant; else reference/coreference.cpp finds what it refers to. The name is the
// phrase without its article; a complement with a name ("inspection tour in Chongqing") makes the
// label clearer. Linear in tokens, times the logarithm of the distinct words of names.
#include "extract/mentions/described.h"

#include <algorithm>

#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::Upos;
using Use = HeadNoun::Use;
using Determiner = Phrase::Determiner;

constexpr char kSort[] = "~";  // before the sort of a noun, where words stand

/// Keeps the first of all tokens that are told of the key.
template <class Map>
void keep_first(Map& map, typename Map::key_type key, uint32_t token) {
  const auto [it, fresh] = map.try_emplace(std::move(key), token);
  if (!fresh) it->second = std::min(it->second, token);
}

/// "a pilot free trade zone": a noun that only tells what sort of thing a later one is. Needs
/// trees.
bool qualifies(const DescribedFinder& finder, uint32_t noun) {
  const Sketch& s = finder.s;
  const uint32_t up = s.document.head[noun];
  return s.document.deprel[noun] == Deprel::compound && up != doc::kNoToken && up > noun &&
         up < noun + DescribedFinder::kMaxModifiers && !s.capital[up] && !finder.covered[up] &&
         s.document.upos[up] == Upos::NOUN;
}

/// True for the noun of an apposition and the predicate of "X is its biggest reform". Needs trees.
bool describes(const Sketch& s, uint32_t noun) {
  const doc::Document& d = s.document;
  if (d.deprel[noun] == Deprel::appos) return true;
  for (uint32_t t = s.sentence_start(noun); t < noun; ++t)
    if (d.head[t] == noun && d.deprel[t] == Deprel::cop) return true;
  return false;
}

bool has_superlative(const Sketch& s, uint32_t begin, uint32_t end) {
  for (uint32_t t = begin; t < end; ++t)
    if (s.lower[t].ends_with("est")) return true;
  return false;
}

}  // namespace

DescribedFinder::DescribedFinder(Sketch& sketch)
    : s(sketch), core(sketch.lists.schema.ontology.core()), covered(sketch.in_drafts()) {
  for (uint32_t i = 0; i < s.drafts.size(); ++i) {
    begins.emplace(s.drafts[i].tokens.begin, i);
    note(s.drafts[i]);
  }
}

/// Remembers where each word of a name of each type stands first, and each sort of noun.
void DescribedFinder::note(const Draft& d) {
  // "Oslo Slope Laboratory", "Museum of Ghana": what a name ends with says what it names.
  if (d.form == doc::MentionForm::name)
    for (uint32_t t = d.tokens.begin + 1; t < d.tokens.end; ++t)
      if (t + 1 == d.tokens.end || s.lower[t + 1] == "of") {
        keep_first(ends, s.lower[t], t);
        break;
      }
  for (uint32_t t = d.tokens.begin; t < d.tokens.end; ++t) {
    keep_first(first, {d.type.value, s.lower[t]}, t);
    if (const auto* sort = s.lists.same_thing.value(s.lower[t]))
      keep_first(first, {d.type.value, kSort + *sort}, t);
  }
}

/// True if a name of this type that holds the noun, or one of its sort, stands before: "the
/// meeting" then refers to it.
bool DescribedFinder::named_before(uint32_t noun, schema::TypeId type) const {
  const auto stands = [&](const std::string& word) {
    const auto it = first.find({type.value, word});
    return it != first.end() && it->second < noun;
  };
  if (const auto it = ends.find(s.lower[noun]); it != ends.end() && it->second < noun) return true;
  const auto* sort = s.lists.same_thing.value(s.lower[noun]);
  return stands(s.lower[noun]) || (sort && stands(kSort + *sort));
}

/// True for a listed noun at the end of its words that belongs to no name.
bool DescribedFinder::heads_phrase(uint32_t noun, const HeadNoun& head) const {
  if (!head.type.valid() || covered[noun] || !s.usable[noun] || !s.nominal(noun)) return false;
  // "Talks broke down": the capital is the sentence's.
  if (s.capital[noun] && !(head.plural_event && noun == s.sentence_start(noun))) return false;
  if (hyphen_follows(noun) || (noun_follows(noun) && !s.capital[noun + 1])) return false;
  return !(parsed() && qualifies(*this, noun));
}

/// "Parliament voted", "police said": a body that is spoken of without an article.
bool DescribedFinder::acts_bare(uint32_t noun, schema::TypeId type) const {
  if (!parsed()) return false;
  const Deprel r = s.document.deprel[noun];
  const bool acts =
      r == Deprel::nsubj || r == Deprel::nsubj_pass || r == Deprel::obj || r == Deprel::obl;
  if (!acts || named_before(noun, type)) return false;
  if (noun == s.sentence_start(noun)) return true;
  const Upos before = s.document.upos[noun - 1];
  return before != Upos::DET && before != Upos::PRON && before != Upos::NUM &&
         s.lower[noun - 1] != "'s" && !s.nominal(noun - 1);
}

/// True if the phrase tells of one thing, which the text has not named yet.
bool DescribedFinder::is_thing(const Phrase& phrase, const HeadNoun& head) const {
  const bool one = phrase.determiner != Determiner::none || phrase.bare || phrase.made_bare;
  return one && use_allows(phrase, head) && plural_allows(phrase, head) &&
         body_allows(phrase, head) && !refers_back(phrase, head) &&
         !said_of_another(phrase, head) && !names_nothing(phrase, head);
}

/// True if the phrase has what the list asks for with the noun.
bool DescribedFinder::use_allows(const Phrase& p, const HeadNoun& head) const {
  switch (head.use) {
    case Use::modified: {
      // "a law on boarding" is called so; "a road to the port", "a visit to Bohol" may be any.
      const bool told =
          (head.type == core.work || head.type == core.initiative) && !p.to_end.empty();
      return p.modified() || !p.to_name.empty() || told || p.bare;
    }
    case Use::made:
      return p.made || (p.possessive() && head.facility);  // "its three bakeries"
    case Use::part:
      return p.part || p.placed() || (p.possessive() && p.modified());
    case Use::of:
      return p.part || p.placed();
    case Use::any:
    case Use::mass:
    case Use::bare:
      return true;
  }
  return true;
}

/// True unless the phrase is of several things of which only one by itself is listed.
bool DescribedFinder::plural_allows(const Phrase& p, const HeadNoun& head) const {
  if (!head.by_singular) return true;
  if (head.body || head.type == core.event) return false;
  // "runs terminals in Aden" tells where who runs them is at work.
  if (head.facility && !p.to_name.empty()) return false;
  // "its three bakeries", but "pays its bills" issues none.
  return p.made || (p.possessive() && head.facility);
}

/// True unless the phrase is of a body and means none in particular, as "a ministry" does, or one
/// that is found elsewhere.
bool DescribedFinder::body_allows(const Phrase& p, const HeadNoun& head) const {
  if (!head.body || p.definite() || p.part) return true;
  if (p.indefinite()) return p.made;  // "set up a venture fund"
  if (p.possessive() && p.placed()) return true;
  // "its board" is the board that was named before; "Fiji's parliament" is for consider_owned.
  return p.determiner == Determiner::pronoun && !named_before(p.noun, head.type);
}

/// "the meeting", "talks": nothing tells it from what was named before.
bool DescribedFinder::refers_back(const Phrase& p, const HeadNoun& head) const {
  const bool alone = (p.bare && !p.modified()) || (p.definite() && p.figure == p.noun);
  return alone && named_before(p.noun, head.type);
}

/// "Exercise Silver Wave, the largest drill", "Green Sky, a strategy announced by X", "Norsol, a
/// subsidiary of Maersk", "X is its biggest reform": what the noun is said of is a thing already.
bool DescribedFinder::said_of_another(const Phrase& p, const HeadNoun& head) const {
  const bool telling =
      p.fresh() || head.use == Use::made || head.use == Use::part || head.use == Use::of;
  return telling && parsed() && describes(s, p.noun);
}

/// True if the words mean no thing of the world that the text tells of.
bool DescribedFinder::names_nothing(const Phrase& p, const HeadNoun& head) const {
  const uint32_t start = s.sentence_start(p.noun), end = s.sentence_end(p.noun);
  // The building of "the building of smart cities" is what somebody does.
  if (head.facility && s.lower[p.noun].ends_with("ing") && p.noun + 1 < end &&
      s.lower[p.noun + 1] == "of")
    return true;
  if (p.modified()) return false;
  if (ending_entry(s, {s.lists.idioms, s.lists.idioms}, start, p.noun + 1) > 0) return true;
  // "the largest plant": of those that somebody thinks of.
  return p.definite() && p.to_name.empty() && has_superlative(s, p.whole, p.name);
}

void DescribedFinder::add_bare(uint32_t noun, schema::TypeId type) {
  auto& draft = s.add({noun, noun + 1}, type, 0.45F);
  draft.form = doc::MentionForm::description;
  note(draft);
  cover(draft.tokens);
}

/// The clearest of its names is the label; the others are aliases.
void DescribedFinder::add_phrase(const Phrase& p, const HeadNoun& head) {
  auto& draft = s.add(p.tokens(), head.type, 0.45F);
  draft.form = doc::MentionForm::description;
  // As it stands, with its figure and its determiner: "its 2.1 billion euro plant".
  const bool with_determiner =
      !p.bare && p.determiner != Determiner::none && p.determiner != Determiner::genitive;
  draft.aliases.push_back(s.text({p.figure - (with_determiner ? 1 : 0), p.noun + 1}));
  if (p.fresh()) draft.aliases.push_back(s.text({p.name, p.noun + 1}));
  // "its latest outlook" is its outlook.
  for (uint32_t t = p.name; t < p.noun && s.lists.description_fresh.has(s.lower[t]); ++t)
    draft.aliases.push_back(s.text({t + 1, p.noun + 1}));
  // "law" alone says too little.
  const std::string& clearer = p.to_name.empty() && !p.modified() ? p.to_end : p.to_name;
  if (!clearer.empty()) {
    draft.aliases.push_back(draft.label);
    draft.label = clearer;
  }
  // Two banks' missions are two.
  if (p.part && !p.to_name.empty()) draft.key = text::name_key(p.to_name);
  if (!p.to_end.empty() && p.to_end != draft.label) draft.aliases.push_back(p.to_end);
  note(draft);
  cover(draft.tokens);
}

void DescribedFinder::consider(uint32_t noun) {
  const HeadNoun head = head_noun(noun);
  if (!heads_phrase(noun, head)) return;
  const Phrase phrase = phrase_of(noun, head);
  if (head.use == Use::bare && phrase.modifiers == noun && acts_bare(noun, head.type))
    add_bare(noun, head.type);
  else if (is_thing(phrase, head))
    add_phrase(phrase, head);
}

void DescribedFinder::run() {
  for (uint32_t t = 0; t < s.size(); ++t) consider_owned(t);
  for (uint32_t t = 0; t < s.size(); ++t) {
    consider_called(t);
    consider(t);
  }
  for (Draft& d : s.drafts)
    if (const auto it = better.find({d.type.value, d.key}); it != better.end() && !d.entry.valid())
      d.type = it->second;
}

void find_described(Sketch& sketch) { DescribedFinder(sketch).run(); }

}  // namespace weft::extract
