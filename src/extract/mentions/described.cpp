// Things without a proper name that a text describes and speaks of again: "a symposium on ...",
// "the signing ceremony", "a 25-year concession", "the provincial government".
//
// Method: a noun of the list mention_described, with the modifiers before it, is a thing where a
// determiner shows that one is meant. "The meeting" alone is a new thing only if nothing named
// before could be meant; else reference/coreference.cpp finds what it refers to. The name is the
// phrase without its article; a complement with a name ("inspection tour in Chongqing") makes the
// label clearer. Linear in tokens, times the logarithm of the distinct words of names.
#include <algorithm>
#include <array>
#include <map>

#include "extract/mentions/sketch.h"
#include "text/date.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

constexpr uint32_t kMaxModifiers = 4;
constexpr uint32_t kMaxAmount = 8;       // tokens
constexpr uint32_t kMaxComplement = 16;  // tokens
constexpr uint32_t kMaxDepth = 8;
constexpr uint32_t kLately = 2;    // sentences
constexpr size_t kMaxDrafts = 32;  // looked at for what was described lately
constexpr char kSort[] = "~";      // before the sort of a noun, where words stand

struct DescribedFinder {
  explicit DescribedFinder(Sketch& sketch) : s(sketch), covered(sketch.in_drafts()) {
    for (uint32_t i = 0; i < s.drafts.size(); ++i) {
      begins.emplace(s.drafts[i].tokens.begin, i);
      note(s.drafts[i]);
    }
  }

  /// Remembers where each word of a name of each type stands first, and each sort of noun.
  void note(const Draft& d) {
    const auto note_word = [&](const std::string& word, uint32_t t) {
      const auto [it, fresh] = first.try_emplace({d.type.value, word}, t);
      if (!fresh) it->second = std::min(it->second, t);
    };
    // "Oslo Slope Laboratory", "Museum of Ghana": what a name ends with says what it names.
    if (d.form == doc::MentionForm::name)
      for (uint32_t t = d.tokens.begin + 1; t < d.tokens.end; ++t)
        if (t + 1 == d.tokens.end || s.lower[t + 1] == "of") {
          const auto [it, fresh] = ends.try_emplace(s.lower[t], t);
          if (!fresh) it->second = std::min(it->second, t);
          break;
        }
    for (uint32_t t = d.tokens.begin; t < d.tokens.end; ++t) {
      note_word(s.lower[t], t);
      if (const auto* sort = s.lists.same_thing.value(s.lower[t])) note_word(kSort + *sort, t);
    }
  }
  void run();
  void consider(uint32_t noun);
  void consider_owned(uint32_t noun);
  uint32_t name_behind(uint32_t t, uint32_t end) const;
  template <class Accept>
  uint32_t longest_name(uint32_t t, Accept accept) const;
  uint32_t name_called(uint32_t t, uint32_t end) const;
  uint32_t name_beside(uint32_t noun, uint32_t end) const;
  uint32_t described_lately(uint32_t noun, schema::TypeId type) const;
  void consider_called(uint32_t noun);
  bool consider_bare(uint32_t noun, schema::TypeId type);
  uint32_t left_edge(uint32_t noun) const;
  uint32_t fresh_edge(uint32_t begin) const;
  bool classifies(uint32_t t, uint32_t start) const;
  bool stands_bare(uint32_t begin, uint32_t noun) const;
  bool describes(uint32_t noun) const;
  bool superlative(uint32_t begin, uint32_t end) const;
  uint32_t amount_edge(uint32_t begin) const;
  uint32_t named_edge(uint32_t begin) const;
  bool part_of_body(uint32_t noun) const;
  bool makes(uint32_t verb, std::string_view type) const;
  bool is_made(uint32_t noun, std::string_view type) const;
  bool qualifies(uint32_t noun) const;
  bool named_before(uint32_t noun, schema::TypeId type) const;
  std::string with_complement(core::TokenSpan span) const;
  std::string whole_phrase(core::TokenSpan span) const;
  bool hangs_on(uint32_t t, uint32_t noun) const;
  bool is_time(uint32_t t) const;

  Sketch& s;
  std::vector<uint8_t> covered;
  std::multimap<uint32_t, uint32_t> begins;                    // token -> draft
  std::map<std::pair<uint16_t, std::string>, uint32_t> first;  // type, word -> first token
  std::map<std::string, uint32_t> ends;                        // last word of a name -> first token
  std::map<std::pair<uint16_t, std::string>, schema::TypeId> better;  // of a type, name
};

/// "a shareholders' meeting", "the women's final": the genitive mark at `t` of a plural that tells
/// what sort of thing it is, not whose.
bool DescribedFinder::classifies(uint32_t t, uint32_t start) const {
  return (s.lower[t] == "'" || s.lower[t] == "'s") && t > start + 1 && s.tagged() &&
         s.document.xpos[t - 1] == doc::Xpos::NNS && s.touches(t - 1, t) && !s.capital[t - 1] &&
         !covered[t - 1];
}

/// First token of the noun phrase, without its determiner.
uint32_t DescribedFinder::left_edge(uint32_t noun) const {
  const uint32_t start = s.sentence_start(noun);
  return s.phrase_begin(noun, covered, [&](uint32_t p, uint32_t b) -> uint32_t {
    // "three-year", "cross-border"; "a shareholders' meeting", "the women's final"
    if ((s.joins(p, covered) && s.touches(p - 1, p)) || classifies(p, start)) return 2;
    // "published draft rules"
    if (s.tagged() && s.document.upos[p] == doc::Upos::VERB && s.document.head[noun] == p) return 0;
    const bool ordinal = s.lists.ordinals.has(s.lower[p]);
    // "the provincial Party committee"
    const bool head = p > start && s.capital[p] && !s.capital[p - 1] && !s.capital[b] &&
                      s.nominal(p) && s.lists.organization_heads.has(s.lower[p]);
    if (!ordinal && !head &&
        (s.capital[p] || !s.nominal(p) || s.lists.description_stop.has(s.lower[p]) ||
         (s.lists.currency_words.has(s.lower[p]) && (p == start || s.lower[p - 1] != "-"))))
      return 0;
    return 1;
  });
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

/// "Exercise Silver Wave, the largest drill", "X is its biggest reform": what the noun is said of
/// is a thing already.
bool DescribedFinder::describes(uint32_t noun) const {
  const doc::Document& d = s.document;
  if (!s.tagged() || d.deprel.size() != s.size()) return false;
  if (d.deprel[noun] == doc::Deprel::appos) return true;
  for (uint32_t t = s.sentence_start(noun); t < noun; ++t)
    if (d.head[t] == noun && d.deprel[t] == doc::Deprel::cop) return true;
  return false;
}

/// "Grain talks resumed", "flash floods in Kenya": a plural without a determiner that names one
/// event, for it is of a kind or a clause is about it.
bool DescribedFinder::stands_bare(uint32_t begin, uint32_t noun) const {
  const doc::Document& d = s.document;
  if (!s.lists.described_bare.has(s.lower[noun]) || !s.tagged() || d.deprel.size() != s.size())
    return false;
  const uint32_t start = s.sentence_start(noun);
  if (begin > start &&
      (d.upos[begin - 1] == doc::Upos::DET || d.upos[begin - 1] == doc::Upos::PRON ||
       d.upos[begin - 1] == doc::Upos::NUM || d.upos[begin - 1] == doc::Upos::ADJ ||
       d.upos[begin - 1] == doc::Upos::PART))
    return false;
  if (begin < noun) return true;
  const auto r = d.deprel[noun];
  return r == doc::Deprel::nsubj || r == doc::Deprel::nsubj_pass;
}

/// True if one of the words is a superlative.
bool DescribedFinder::superlative(uint32_t begin, uint32_t end) const {
  for (uint32_t t = begin; t < end; ++t)
    if (s.lower[t].ends_with("est")) return true;
  return false;
}

/// "a [2.1 billion euro] plant", "the [2024] atlas": where the figure before the phrase begins;
/// `begin` if none stands there.
uint32_t DescribedFinder::amount_edge(uint32_t begin) const {
  if (!s.tagged()) return begin;
  const uint32_t start = s.sentence_start(begin);
  const auto& upos = s.document.upos;
  uint32_t b = begin, figures = 0;
  for (; b > start && begin - b < kMaxAmount && !covered[b - 1]; --b) {
    const auto& w = s.lower[b - 1];
    const bool figure = upos[b - 1] == doc::Upos::NUM;
    if (!figure && upos[b - 1] != doc::Upos::SYM && w != "-" && !s.lists.currency_words.has(w) &&
        !s.lists.currency_codes.has(s.form(b - 1)))
      break;
    figures += figure;
  }
  return figures > 0 ? b : begin;
}

/// "the [Berlin] branch", "the [Mannheim] local division": where the place before the phrase begins
/// that tells one body of its sort from others; `begin` if none stands there.
uint32_t DescribedFinder::named_edge(uint32_t begin) const {
  const uint32_t start = s.sentence_start(begin);
  if (begin == start || !covered[begin - 1]) return begin;
  const auto place = s.lists.schema.ontology.core().place;
  for (auto it = begins.lower_bound(begin > start + kMaxModifiers ? begin - kMaxModifiers : start);
       it != begins.end() && it->first < begin; ++it) {
    const Draft& name = s.drafts[it->second];
    if (name.tokens.end == begin && name.type == place && it->first > start &&
        !covered[it->first - 1] && name.form == doc::MentionForm::name)
      return it->first;
  }
  return begin;
}

/// "a mission of the World Bank", "a panel of the European Parliament": a body that is one of
/// another's.
bool DescribedFinder::part_of_body(uint32_t noun) const {
  const uint32_t end = s.sentence_end(noun);
  if (noun + 2 >= end || s.lower[noun + 1] != "of") return false;
  const uint32_t next = s.lower[noun + 2] == "the" ? noun + 3 : noun + 2;
  for (auto [it, to] = begins.equal_range(next); it != to; ++it)
    if (s.drafts[it->second].type == s.lists.schema.ontology.core().organization) return true;
  return false;
}

/// True if the verb brings about, runs or trades things of the type.
bool DescribedFinder::makes(uint32_t verb, std::string_view type) const {
  if (s.document.upos[verb] != doc::Upos::VERB) return false;
  const auto* value = s.lists.making.value(text::fold(s.document.lemma_of(verb)));
  return value && value->find(type) != std::string::npos;
}

/// "set up a venture fund", "published draft rules", "two parks built by X": who makes, runs or
/// buys something speaks of one thing, with a determiner or without.
bool DescribedFinder::is_made(uint32_t noun, std::string_view type) const {
  const doc::Document& d = s.document;
  if (!s.tagged() || d.deprel.size() != s.size() || d.head.size() != s.size()) return false;
  const uint32_t end = std::min(s.sentence_end(noun), noun + kMaxComplement);
  for (uint32_t t = noun + 1; t < end; ++t)
    if (d.head[t] == noun && d.deprel[t] == doc::Deprel::acl && d.xpos[t] == doc::Xpos::VBN &&
        makes(t, type))
      return true;
  uint32_t t = noun;
  for (uint32_t steps = 0; steps < kMaxDepth && d.deprel[t] == doc::Deprel::conj; ++steps) {
    const uint32_t up = d.head[t];
    if (up == doc::kNoToken || s.sentence[up] != s.sentence[noun]) return false;
    t = up;
  }
  const uint32_t up = d.head[t];
  return up != doc::kNoToken && s.sentence[up] == s.sentence[noun] &&
         (d.deprel[t] == doc::Deprel::obj || d.deprel[t] == doc::Deprel::nsubj_pass) &&
         makes(up, type);
}

/// "a pilot free trade zone": a noun that only tells what sort of thing a later one is.
bool DescribedFinder::qualifies(uint32_t noun) const {
  const doc::Document& d = s.document;
  if (!s.tagged() || d.deprel.size() != s.size() || d.head.size() != s.size()) return false;
  const uint32_t up = d.head[noun];
  return d.deprel[noun] == doc::Deprel::compound && up != doc::kNoToken && up > noun &&
         up < noun + kMaxModifiers && !s.capital[up] && !covered[up] &&
         d.upos[up] == doc::Upos::NOUN;
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

/// The longest accepted name in capitals that begins at `t`; kNone if none does.
template <class Accept>
uint32_t DescribedFinder::longest_name(uint32_t t, Accept accept) const {
  uint32_t best = kNone;
  for (auto [it, to] = begins.equal_range(t); it != to; ++it) {
    const Draft& name = s.drafts[it->second];
    if (name.form == doc::MentionForm::name && !name.key.empty() && s.capital[t] && accept(name) &&
        (best == kNone || name.tokens.size() > s.drafts[best].tokens.size()))
      best = it->second;
  }
  return best;
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
  return longest_name(t, [](const Draft&) { return true; });
}

/// "the technology park Porto Digital", "a training scheme, Shule Bora,": the draft of the name
/// beside the noun; kNone if there is none. What may be a person is none: people stand beside much.
uint32_t DescribedFinder::name_beside(uint32_t noun, uint32_t end) const {
  const doc::Document& d = s.document;
  if (!s.tagged() || d.deprel.size() != s.size() || d.head.size() != s.size()) return kNone;
  const auto& core = s.lists.schema.ontology.core();
  uint32_t t = noun + 1;
  const bool comma = t < end && s.lower[t] == ",";
  if (comma) ++t;
  return longest_name(t, [&](const Draft& name) {
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

/// What a noun says of the type of the thing that it is called by is surer than what the name says.
void DescribedFinder::consider_called(uint32_t noun) {
  if (covered[noun] || !s.usable[noun] || s.capital[noun] || !s.nominal(noun)) return;
  // "trading house Corvane", "the dairy Alpmilk": a body that runs what the noun means.
  const auto* value = s.lists.described.value(s.lower[noun]);
  if (value && value->ends_with(":made") && !value->starts_with("Organization")) return;
  const auto told = s.lists.type_in(s.lists.described, s.lower[noun]),
             meant = s.lists.type_in(s.lists.descriptions, s.lower[noun]);
  if (!told.valid() && !meant.valid()) return;
  uint32_t name = name_called(noun + 1, s.sentence_end(noun));
  if (name == kNone) name = name_beside(noun, s.sentence_end(noun));
  if (name == kNone) return;
  // A studio is a place of work or who works there: the name tells.
  const auto type = s.drafts[name].type == meant || !told.valid() ? meant : told;
  const std::string key = s.drafts[name].key, label = s.drafts[name].label;
  if (s.drafts[name].entry.valid() && s.drafts[name].type != type) return;
  if (s.drafts[name].type != type) better.emplace(std::pair{s.drafts[name].type.value, key}, type);
  s.drafts[name].type = type;
  const core::TokenSpan span{left_edge(noun), noun + 1};
  const bool definite = span.begin > s.sentence_start(noun) && s.lower[span.begin - 1] == "the";
  const uint32_t earlier = definite ? described_lately(noun, type) : kNone;
  auto& draft = s.add(span, type, 0.5F);
  draft.form = doc::MentionForm::description;
  draft.aliases.push_back(draft.label);
  draft.label = label;
  draft.key = key;
  draft.rule = doc::JoinRule::called;
  note(draft);
  const auto made = static_cast<uint32_t>(s.drafts.size() - 1);
  if (earlier != kNone) {
    s.same.emplace_back(earlier, made);
    s.drafts[earlier].rule = doc::JoinRule::called;
  }
  for (uint32_t t = span.begin; t < span.end; ++t) covered[t] = 1;
}

/// "inspection tour in Chongqing": the phrase with a name that follows, or empty.
std::string DescribedFinder::with_complement(core::TokenSpan span) const {
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
  if (s.lower[span.end] == "with" && last < end && !s.capital[last] && s.nominal(last)) return {};
  return s.text({span.begin, last});
}

/// True if the word belongs to a complement of the noun by words that make no clause.
bool DescribedFinder::hangs_on(uint32_t t, uint32_t noun) const {
  using doc::Deprel;
  static constexpr std::array kInside = {
      Deprel::nmod,     Deprel::nmod_poss, Deprel::case_,  Deprel::det,  Deprel::amod,
      Deprel::compound, Deprel::flat,      Deprel::nummod, Deprel::conj, Deprel::cc};
  const doc::Document& d = s.document;
  for (uint32_t steps = 0; steps < kMaxDepth && t > noun; ++steps) {
    const Deprel r = d.deprel[t];
    const uint32_t up = d.head[t];
    if (std::find(kInside.begin(), kInside.end(), r) == kInside.end()) return false;
    if (up == noun) return r == Deprel::nmod;
    if (up == doc::kNoToken || s.sentence[up] != s.sentence[noun]) return false;
    t = up;
  }
  return false;
}

/// "the report in June", "the talks on Wednesday": when it was belongs to no name.
bool DescribedFinder::is_time(uint32_t t) const {
  return text::month_number(s.lower[t]) > 0 || text::weekday_number(s.lower[t]) >= 0 ||
         s.lists.time_units.has(s.lower[t]);
}

/// "theft of vaccines at the port": the phrase with all its complements, or empty if it has none.
std::string DescribedFinder::whole_phrase(core::TokenSpan span) const {
  const doc::Document& d = s.document;
  if (!s.tagged() || d.deprel.size() != s.size() || d.head.size() != s.size()) return {};
  const uint32_t noun = span.end - 1;
  const uint32_t end = std::min(s.sentence_end(noun), span.end + kMaxComplement);
  uint32_t t = span.end;
  while (t < end && hangs_on(t, noun) && !is_time(t)) ++t;
  // Cut off by the bound, it would end anywhere.
  if (t == span.end || (t == span.end + kMaxComplement && t < s.sentence_end(noun))) return {};
  while (t > span.end && d.upos[t - 1] != doc::Upos::NOUN && d.upos[t - 1] != doc::Upos::PROPN) --t;
  return t > span.end ? s.text({span.begin, t}) : std::string();
}

/// "Senegal's space agency ASES", "Peru's regulator, Osiptel": the body's own name; kNone if none
/// follows.
uint32_t DescribedFinder::name_behind(uint32_t t, uint32_t end) const {
  if (t < end && s.lower[t] == ",") ++t;
  if (t >= end) return kNone;
  const auto it = begins.find(t);
  const auto body = s.lists.schema.ontology.core().organization;
  return it != begins.end() && s.drafts[it->second].type == body ? it->second : kNone;
}

/// "Fiji's parliament", "Sweden's coast guard": a body by whose it is.
void DescribedFinder::consider_owned(uint32_t noun) {
  if (!s.lists.owned_bodies.has(s.lower[noun]) || !s.usable[noun]) return;
  // "Ghana's Parliament": the name of the noun alone is that of the same body.
  uint32_t lone = kNone;
  for (auto [it, to] = begins.equal_range(noun); it != to; ++it)
    if (const Draft& d = s.drafts[it->second];
        d.tokens.end == noun + 1 && d.type == s.lists.schema.ontology.core().organization)
      lone = it->second;
  if (covered[noun] && lone == kNone) return;
  const uint32_t start = s.sentence_start(noun), end = s.sentence_end(noun);
  if (noun + 1 < end && (s.lower[noun + 1] == "-" || s.lower[noun + 1] == "'s" ||
                         (s.nominal(noun + 1) && !covered[noun + 1] && s.tagged() &&
                          s.document.upos[noun + 1] == doc::Upos::NOUN)))
    return;
  uint32_t b = noun;
  while (b > start && noun - b < kMaxModifiers && !covered[b - 1] && s.nominal(b - 1) &&
         !s.lists.description_stop.has(s.lower[b - 1]))
    --b;
  if (b < start + 2 || s.lower[b - 1] != "'s" || !covered[b - 2]) return;
  const auto& core = s.lists.schema.ontology.core();
  for (auto it = begins.lower_bound(b > start + 8 ? b - 8 : start);
       it != begins.end() && it->first < b; ++it) {
    const Draft& owner = s.drafts[it->second];
    if (owner.tokens.end != b - 1 || (owner.type != core.place && owner.type != core.organization))
      continue;
    const uint32_t name = name_behind(noun + 1, end);
    auto& draft = s.add({owner.tokens.begin, noun + 1}, core.organization, 0.5F);
    draft.aliases.push_back(s.text({b, noun + 1}));
    if (name != kNone) {
      draft.aliases.push_back(draft.label);
      draft.label = s.drafts[name].label;
      draft.key = s.drafts[name].key;
    }
    note(draft);
    const auto made = static_cast<uint32_t>(s.drafts.size() - 1);
    if (lone != kNone) s.same.emplace_back(lone, made);
    for (uint32_t t = b; t <= noun; ++t) covered[t] = 1;
    return;
  }
}

/// "Parliament voted", "police said": a body that is spoken of without an article.
bool DescribedFinder::consider_bare(uint32_t noun, schema::TypeId type) {
  if (!s.tagged() || s.document.deprel.size() != s.size()) return false;
  const auto r = s.document.deprel[noun];
  const bool acts = r == doc::Deprel::nsubj || r == doc::Deprel::nsubj_pass ||
                    r == doc::Deprel::obj || r == doc::Deprel::obl;
  if (!acts || named_before(noun, type)) return false;
  const uint32_t start = s.sentence_start(noun);
  if (noun > start && (s.document.upos[noun - 1] == doc::Upos::DET ||
                       s.document.upos[noun - 1] == doc::Upos::PRON ||
                       s.document.upos[noun - 1] == doc::Upos::NUM || s.lower[noun - 1] == "'s" ||
                       s.nominal(noun - 1)))
    return false;
  auto& draft = s.add({noun, noun + 1}, type, 0.45F);
  draft.form = doc::MentionForm::description;
  note(draft);
  covered[noun] = 1;
  return true;
}

void DescribedFinder::consider(uint32_t noun) {
  const auto* value = s.lists.described.value(s.lower[noun]);
  if (!value && noun > s.sentence_start(noun))  // "task force"
    value = s.lists.described.value(s.lower[noun - 1] + ' ' + s.lower[noun]);
  static const std::string kEvent = "Event:modified";
  const bool bare_plural = s.lists.described_bare.has(s.lower[noun]);
  if (!value && bare_plural) value = &kEvent;
  // "two bakeries", "new textbooks"
  bool several = s.tagged() && s.document.xpos[noun] == doc::Xpos::NNS;
  const bool of_one = !value && several;
  if (of_one) value = s.lists.described.value(text::fold(s.document.lemma_of(noun)));
  const bool opens_sentence = noun == s.sentence_start(noun) && bare_plural;  // "Talks broke down"
  if (!value || covered[noun] || !s.usable[noun] || (s.capital[noun] && !opens_sentence) ||
      !s.nominal(noun))
    return;
  const uint32_t start = s.sentence_start(noun), end = s.sentence_end(noun);
  if (noun + 1 < end && (s.lower[noun + 1] == "-" ||
                         (s.nominal(noun + 1) && !s.capital[noun + 1] && !covered[noun + 1] &&
                          s.tagged() && s.document.upos[noun + 1] == doc::Upos::NOUN)))
    return;
  if (qualifies(noun)) return;
  uint32_t begin = left_edge(noun);
  if (begin == noun && value->ends_with(":bare") &&
      consider_bare(noun, s.lists.schema.ontology.type(value->substr(0, value->find(':')))))
    return;
  const auto type = s.lists.schema.ontology.type(value->substr(0, value->find(':')));
  if (!type.valid()) return;
  const bool body = type == s.lists.schema.ontology.core().organization;
  const bool made = is_made(noun, value->substr(0, value->find(':')));
  if (of_one && (body || type == s.lists.schema.ontology.core().event)) return;
  // "Green Sky, a strategy announced by X" is that strategy.
  const bool only_made = value->ends_with(":made");
  if (only_made && describes(noun)) return;
  several = made && (several || value->ends_with(":mass"));
  const uint32_t placed = body ? named_edge(begin) : begin;
  const bool named = placed < begin;
  begin = placed;
  // Bodies stay: the new board is the board.
  const uint32_t fresh = body ? begin : fresh_edge(begin);
  if (fresh < begin && describes(noun)) return;
  const uint32_t determiner = amount_edge(fresh);
  const bool bare = bare_plural && stands_bare(fresh, noun);
  if (determiner == start && !bare && !several) return;
  const std::string before = determiner == start ? std::string() : s.lower[determiner - 1];
  if (begin == noun && ending_entry(s, {s.lists.idioms, s.lists.idioms}, start, noun + 1)) return;
  const bool definite = before == "the" || before == "this" || before == "that";
  const bool indefinite = before == "a" || before == "an";
  const bool possessive =
      before == "its" || before == "his" || before == "her" || before == "their" || before == "'s";
  if (!definite && !indefinite && !possessive && !bare && !several) return;
  if (bare && begin == noun && named_before(noun, type)) return;
  const bool facility = type == s.lists.schema.ontology.core().facility;
  // "its three bakeries"
  if (only_made && !made && !(possessive && facility)) return;
  // "pays its bills" issues none.
  if (of_one && !made && !(possessive && facility)) return;
  // "the building of smart cities" is what somebody does.
  if (type == s.lists.schema.ontology.core().facility && s.lower[noun].ends_with("ing") &&
      noun + 1 < end && s.lower[noun + 1] == "of")
    return;
  const bool part = body && part_of_body(noun);
  if (body && !definite && !part && !(made && indefinite) && !(possessive && named) &&
      (!possessive || before == "'s" || named_before(noun, type)))
    return;
  if (value->ends_with(":part") || value->ends_with(":of")) {
    const bool owned = possessive && begin < noun && value->ends_with(":part");
    // "Norsol, a subsidiary of Maersk"
    if ((!part && !named && !owned) || describes(noun)) return;
  }
  if (definite && determiner == noun && named_before(noun, type)) return;
  const core::TokenSpan span{fresh, noun + 1};
  const auto longer = with_complement(span);
  // "the largest plant": of those that somebody thinks of.
  if (definite && fresh < begin && begin == noun && longer.empty() && superlative(fresh, begin))
    return;
  // "runs terminals in Aden" tells where who runs them is at work.
  if (of_one && !longer.empty() && facility) return;
  auto whole = whole_phrase(span);
  // "a law on boarding" is called so; "a road to the port", "a visit to Bohol" may be any.
  const auto& core = s.lists.schema.ontology.core();
  const bool told = type == core.work || type == core.initiative ? !whole.empty() : false;
  if (begin == noun && longer.empty() && !told && !bare && value->ends_with(":modified")) return;
  auto& draft = s.add(span, type, 0.45F);
  draft.form = doc::MentionForm::description;
  const bool outside =
      before.empty() || bare || before == "'s" || !(definite || indefinite || possessive);
  draft.aliases.push_back(s.text({determiner - (outside ? 0 : 1), noun + 1}));
  if (fresh < begin) draft.aliases.push_back(s.text({begin, noun + 1}));
  // "its latest outlook" is its outlook.
  for (uint32_t t = begin; t < noun && s.lists.description_fresh.has(s.lower[t]); ++t)
    draft.aliases.push_back(s.text({t + 1, noun + 1}));
  if (!longer.empty()) {
    draft.aliases.push_back(draft.label);
    draft.label = longer;
    // Two banks' missions are two.
    if (part) draft.key = text::name_key(longer);
  }
  if (longer.empty() && begin == noun && !whole.empty()) {
    draft.aliases.push_back(draft.label);
    draft.label = whole;
  }
  if (!whole.empty() && whole != draft.label) draft.aliases.push_back(std::move(whole));
  note(draft);
  for (uint32_t t = span.begin; t < span.end; ++t) covered[t] = 1;
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

}  // namespace

void find_described(Sketch& sketch) { DescribedFinder(sketch).run(); }

}  // namespace weft::extract
