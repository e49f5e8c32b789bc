// Described things: the noun phrase. What the lists say of its noun, how far it reaches to the
// left, which determiner stands before it, which complements behind it, and whether a verb or
// another body shows that one thing is meant.
//
// Method: to the left by tags and lists, word by word, at most a few; to the right and for verbs by
// the dependency tree. Cost: constant a noun, for all searches have a bound.
#include <algorithm>
#include <array>

#include "extract/mentions/described.h"
#include "text/date.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::Upos;
using Use = HeadNoun::Use;
using Determiner = Phrase::Determiner;

constexpr uint32_t kMaxFigure = 8;       // tokens
constexpr uint32_t kMaxComplement = 16;  // tokens
constexpr uint32_t kMaxDepth = 8;        // steps up a tree

/// How a noun is used, by what follows the type in the list's value: "Place:part".
Use use_in(std::string_view value) {
  static constexpr std::array<std::pair<std::string_view, Use>, 6> kUses = {
      {{":modified", Use::modified},
       {":made", Use::made},
       {":mass", Use::mass},
       {":part", Use::part},
       {":of", Use::of},
       {":bare", Use::bare}}};
  for (const auto& [ending, use] : kUses)
    if (value.ends_with(ending)) return use;
  return Use::any;
}

Determiner determiner_in(std::string_view word) {
  if (word == "the" || word == "this" || word == "that") return Determiner::definite;
  if (word == "a" || word == "an") return Determiner::indefinite;
  if (word == "its" || word == "his" || word == "her" || word == "their")
    return Determiner::pronoun;
  return word == "'s" ? Determiner::genitive : Determiner::none;
}

/// "Grain talks resumed", "flash floods in Kenya": a plural without a determiner that names one
/// event, for it is of a kind or a clause is about it. Needs trees.
bool stands_bare(const Sketch& s, uint32_t begin, uint32_t noun) {
  const doc::Document& d = s.document;
  if (begin > s.sentence_start(noun)) {
    const Upos before = d.upos[begin - 1];
    if (before == Upos::DET || before == Upos::PRON || before == Upos::NUM || before == Upos::ADJ ||
        before == Upos::PART)
      return false;
  }
  return begin < noun || d.deprel[noun] == Deprel::nsubj || d.deprel[noun] == Deprel::nsubj_pass;
}

/// True if the verb brings about, runs or trades things of the type.
bool makes(const Sketch& s, uint32_t verb, std::string_view type) {
  if (s.document.upos[verb] != Upos::VERB) return false;
  const auto* value = s.lists.making.value(text::fold(s.document.lemma_of(verb)));
  return value && value->find(type) != std::string::npos;
}

/// "set up a venture fund", "published draft rules", "two parks built by X": who makes, runs or
/// buys something speaks of one thing, with a determiner or without. Needs trees.
bool is_made(const Sketch& s, uint32_t noun, std::string_view type) {
  const doc::Document& d = s.document;
  const uint32_t end = std::min(s.sentence_end(noun), noun + kMaxComplement);
  for (uint32_t t = noun + 1; t < end; ++t)
    if (d.head[t] == noun && d.deprel[t] == Deprel::acl && d.xpos[t] == doc::Xpos::VBN &&
        makes(s, t, type))
      return true;
  // "built a school and two [clinics]": what is joined is made by the same verb.
  uint32_t t = noun;
  for (uint32_t steps = 0; steps < kMaxDepth && d.deprel[t] == Deprel::conj; ++steps) {
    t = s.parent(t);
    if (t == doc::kNoToken) return false;
  }
  const uint32_t verb = s.parent(t);
  return verb != doc::kNoToken &&
         (d.deprel[t] == Deprel::obj || d.deprel[t] == Deprel::nsubj_pass) && makes(s, verb, type);
}

/// True if the word belongs to a complement of the noun by words that make no clause. Needs trees.
bool hangs_on(const Sketch& s, uint32_t t, uint32_t noun) {
  static constexpr std::array kInside = {
      Deprel::nmod,     Deprel::nmod_poss, Deprel::case_,  Deprel::det,  Deprel::amod,
      Deprel::compound, Deprel::flat,      Deprel::nummod, Deprel::conj, Deprel::cc};
  for (uint32_t steps = 0; steps < kMaxDepth && t > noun; ++steps) {
    const Deprel r = s.document.deprel[t];
    if (std::find(kInside.begin(), kInside.end(), r) == kInside.end()) return false;
    const uint32_t up = s.parent(t);
    if (up == noun) return r == Deprel::nmod;
    if (up == doc::kNoToken) return false;
    t = up;
  }
  return false;
}

/// "the report in June", "the talks on Wednesday": when it was belongs to no name.
bool is_time(const Sketch& s, uint32_t t) {
  return text::month_number(s.lower[t]) > 0 || text::weekday_number(s.lower[t]) >= 0 ||
         s.lists.time_units.has(s.lower[t]);
}

}  // namespace

HeadNoun DescribedFinder::head_noun(uint32_t noun) const {
  static const std::string kPluralEvent = "Event:modified";
  const auto& list = s.lists.described;
  HeadNoun head;
  head.plural = s.tagged() && s.document.xpos[noun] == doc::Xpos::NNS;
  head.plural_event = s.lists.described_bare.has(s.lower[noun]);
  const auto* value = list.value(s.lower[noun]);
  if (!value && noun > s.sentence_start(noun))  // "task force"
    value = list.value(s.lower[noun - 1] + ' ' + s.lower[noun]);
  if (!value && head.plural_event) value = &kPluralEvent;
  if (!value && head.plural) {
    head.by_singular = true;
    value = list.value(text::fold(s.document.lemma_of(noun)));
  }
  if (!value) return head;
  head.type_name = std::string_view(*value).substr(0, value->find(':'));
  head.type = s.lists.schema.ontology.type(head.type_name);
  head.use = use_in(*value);
  head.body = head.type == core.organization;
  head.facility = head.type == core.facility;
  return head;
}

Phrase DescribedFinder::phrase_of(uint32_t noun, const HeadNoun& head) const {
  Phrase p;
  p.noun = noun;
  p.modifiers = left_edge(noun);
  p.name = head.body ? place_edge(p.modifiers) : p.modifiers;
  // Bodies stay: the new board is the board.
  p.whole = head.body ? p.name : fresh_edge(p.name);
  p.figure = figure_edge(p.whole);
  if (p.figure > s.sentence_start(noun)) p.determiner = determiner_in(s.lower[p.figure - 1]);
  p.made = parsed() && is_made(s, noun, head.type_name);
  p.made_bare = p.made && (head.plural || head.use == Use::mass);
  p.bare = head.plural_event && parsed() && stands_bare(s, p.whole, noun);
  p.part = head.body && part_of_body(noun);
  p.to_name = to_name(p.tokens());
  p.to_end = to_end(p.tokens());
  return p;
}

/// First token of the noun phrase, without its determiner.
uint32_t DescribedFinder::left_edge(uint32_t noun) const {
  const uint32_t start = s.sentence_start(noun);
  return s.phrase_begin(noun, covered, [&](uint32_t p, uint32_t b) -> uint32_t {
    // "three-year", "cross-border"; "a shareholders' meeting", "the women's final"
    if ((s.joins(p, covered) && s.touches(p - 1, p)) || classifies(p, start)) return 2;
    // "published draft rules"
    if (s.tagged() && s.document.upos[p] == Upos::VERB && s.document.head[noun] == p) return 0;
    if (s.lists.ordinals.has(s.lower[p])) return 1;
    // "the provincial Party committee"
    if (p > start && s.capital[p] && !s.capital[p - 1] && !s.capital[b] && s.nominal(p) &&
        s.lists.organization_heads.has(s.lower[p]))
      return 1;
    if (s.capital[p] || !s.nominal(p) || s.lists.description_stop.has(s.lower[p])) return 0;
    // A currency is part of an amount, unless it is joined to a word: "a non-euro country".
    const bool joined = p > start && s.lower[p - 1] == "-";
    return s.lists.currency_words.has(s.lower[p]) && !joined ? 0 : 1;
  });
}

/// "a shareholders' meeting", "the women's final": the genitive mark of a plural that tells what
/// sort of thing it is, not whose.
bool DescribedFinder::classifies(uint32_t mark, uint32_t start) const {
  return (s.lower[mark] == "'" || s.lower[mark] == "'s") && mark > start + 1 && s.tagged() &&
         s.document.xpos[mark - 1] == doc::Xpos::NNS && s.touches(mark - 1, mark) &&
         !s.capital[mark - 1] && !covered[mark - 1];
}

/// "the [Berlin] branch", "the [Mannheim] local division": where the place before the phrase begins
/// that tells one body of its sort from others; `begin` if none stands there.
uint32_t DescribedFinder::place_edge(uint32_t begin) const {
  const uint32_t start = s.sentence_start(begin);
  if (begin == start || !covered[begin - 1]) return begin;
  for (auto it = begins.lower_bound(begin > start + kMaxModifiers ? begin - kMaxModifiers : start);
       it != begins.end() && it->first < begin; ++it) {
    const Draft& name = s.drafts[it->second];
    if (name.tokens.end == begin && name.type == core.place && it->first > start &&
        !covered[it->first - 1] && name.form == doc::MentionForm::name)
      return it->first;
  }
  return begin;
}

/// "the [new, next, largest] plant": where words begin that tell of one not named before; `begin`
/// if none stands there.
uint32_t DescribedFinder::fresh_edge(uint32_t begin) const {
  const uint32_t start = s.sentence_start(begin);
  uint32_t b = begin;
  while (b > start && begin - b < kMaxModifiers && !covered[b - 1] &&
         s.lists.description_fresh.has(s.lower[b - 1]))
    --b;
  return b;
}

/// "a [2.1 billion euro] plant", "the [2024] atlas": where the figure before the phrase begins;
/// `begin` if none stands there.
uint32_t DescribedFinder::figure_edge(uint32_t begin) const {
  if (!s.tagged()) return begin;
  const uint32_t start = s.sentence_start(begin);
  const auto& upos = s.document.upos;
  uint32_t b = begin, numbers = 0;
  for (; b > start && begin - b < kMaxFigure && !covered[b - 1]; --b) {
    const auto& w = s.lower[b - 1];
    const bool number = upos[b - 1] == Upos::NUM;
    if (!number && upos[b - 1] != Upos::SYM && w != "-" && !s.lists.currency_words.has(w) &&
        !s.lists.currency_codes.has(s.form(b - 1)))
      break;
    numbers += number;
  }
  return numbers > 0 ? b : begin;
}

/// "a mission of the World Bank", "a panel of the European Parliament": a body that is one of
/// another's.
bool DescribedFinder::part_of_body(uint32_t noun) const {
  const uint32_t end = s.sentence_end(noun);
  if (noun + 2 >= end || s.lower[noun + 1] != "of") return false;
  const uint32_t next = s.lower[noun + 2] == "the" ? noun + 3 : noun + 2;
  for (auto [it, to] = begins.equal_range(next); it != to; ++it)
    if (s.drafts[it->second].type == core.organization) return true;
  return false;
}

/// "inspection tour in Chongqing": the phrase with a name that follows, or empty.
std::string DescribedFinder::to_name(core::TokenSpan span) const {
  const uint32_t end = s.sentence_end(span.begin);
  if (span.end + 1 >= end) return {};
  const auto& link = s.lower[span.end];
  if (link != "of" && link != "on" && link != "in" && link != "at" && link != "with" &&
      link != "into" && link != "for")
    return {};
  const uint32_t next = s.lower[span.end + 1] == "the" ? span.end + 2 : span.end + 1;
  const auto it = begins.find(next);
  if (it == begins.end()) return {};
  const uint32_t last = s.drafts[it->second].tokens.end;
  // "the ceremony with Guangdong governor Wang": the name belongs to the noun behind it.
  if (link == "with" && last < end && !s.capital[last] && s.nominal(last)) return {};
  return s.text({span.begin, last});
}

/// "theft of vaccines at the port": the phrase with all its complements, or empty if it has none.
std::string DescribedFinder::to_end(core::TokenSpan span) const {
  if (!parsed()) return {};
  const auto& upos = s.document.upos;
  const uint32_t noun = span.end - 1;
  const uint32_t end = std::min(s.sentence_end(noun), span.end + kMaxComplement);
  uint32_t t = span.end;
  while (t < end && hangs_on(s, t, noun) && !is_time(s, t)) ++t;
  // Cut off by the bound, it would end anywhere.
  if (t == span.end || (t == span.end + kMaxComplement && t < s.sentence_end(noun))) return {};
  while (t > span.end && upos[t - 1] != Upos::NOUN && upos[t - 1] != Upos::PROPN) --t;
  return t > span.end ? s.text({span.begin, t}) : std::string();
}

}  // namespace weft::extract
