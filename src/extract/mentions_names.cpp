// Proper names: where they begin and end, and of which type they are.
//
// Method: a chunk is a run of capitalised words, grown over particles ("de", "bin"), complements of
// head words ("Bank of Korea", "Ministry of Mining and Energy"), hyphens and a head word in lower
// case ("Camastra dam"); the name tagger's borders split or lengthen it. Types are chosen for all
// chunks of one name together: head words, legal forms, gazetteers, the tagger, titles before it
// and prepositions each give votes. Linear in tokens.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "extract/mentions_draft.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::extract {

namespace {

using doc::MentionForm;
using schema::TypeId;

constexpr size_t kTypes = 16;

struct Chunk {
  core::TokenSpan tokens;
  std::array<float, kTypes> votes{};
  schema::GazetteerId entry;
  std::string kind;
  bool titled = false;      // a title or form of address stands before it
  bool weak_start = false;  // its capital may be due to the sentence's beginning
  char gender = 0;
  uint32_t acronym_of = kNone;  // index of the chunk before the bracket
};

struct NameFinder {
  explicit NameFinder(Sketch& sketch)
      : s(sketch), lists(sketch.lists), core(lists.schema.ontology.core()) {}

  bool is_name_word(uint32_t t) const {
    return s.capital[t] && s.usable[t] && !s.title_token[t] && !lists.calendar.has(s.lower[t]);
  }
  bool is_number(uint32_t t) const {
    return !s.lower[t].empty() && s.lower[t].find_first_not_of("0123456789-") == std::string::npos;
  }
  bool is_roman(uint32_t t) const {
    return s.form(t).find_first_not_of("IVXLC") == std::string_view::npos;
  }
  bool has_head(uint32_t begin, uint32_t end) const {
    return ending_entry(s, lists.organization_heads, begin, end) ||
           ending_entry(s, lists.event_heads, begin, end) ||
           ending_entry(s, lists.work_heads, begin, end) ||
           ending_entry(s, lists.initiative_heads, begin, end) ||
           ending_entry(s, lists.facility_heads, begin, end) || place_kind(begin, end) != nullptr;
  }
  /// The kind that a place's head word gives, or nullptr.
  const std::string* place_kind(uint32_t begin, uint32_t end) const {
    for (uint32_t n = std::min(3U, end - begin); n > 0; --n) {
      std::string words = "+";
      for (uint32_t t = end - n; t < end; ++t) words += (t > end - n ? " " : "") + s.lower[t];
      if (const auto* kind = lists.place_heads.value(words)) return kind;
      if (const auto* kind = lists.place_heads.value(std::string_view(words).substr(1)))
        return kind;
    }
    return nullptr;
  }
  /// The longest gazetteer entry that is exactly this span and of this type, or any type.
  schema::GazetteerId entry(core::TokenSpan span, TypeId type = {}) const {
    auto it = std::lower_bound(s.places.begin(), s.places.end(), span.begin,
                               [](const auto& m, uint32_t b) { return m.tokens.begin < b; });
    schema::GazetteerId best;
    for (; it != s.places.end() && it->tokens.begin == span.begin; ++it) {
      if (it->tokens.end != span.end) continue;
      const auto& e = lists.schema.gazetteer[it->entry];
      if (type.valid() && e.type != type) continue;
      if (!best.valid() || e.population > lists.schema.gazetteer[best].population) best = it->entry;
    }
    return best;
  }
  bool is_place(core::TokenSpan span) const { return entry(span, core.place).valid(); }

  /// True if a gazetteer entry of two words or more begins here.
  bool begins_entry(uint32_t t) const {
    auto it = std::lower_bound(s.places.begin(), s.places.end(), t,
                               [](const auto& m, uint32_t b) { return m.tokens.begin < b; });
    return it != s.places.end() && it->tokens.begin == t &&
           !lists.schema.gazetteer[it->entry].any_case;
  }
  /// True if a complement's link stands inside the span behind a head word.
  bool complement_of(uint32_t begin, uint32_t end) const {
    for (uint32_t t = begin + 1; t < end; ++t) {
      if (s.lower[t] == "of" && has_head(begin, t)) return true;
    }
    return false;
  }
  uint32_t ordinal_length(uint32_t t) const;
  bool complement_follows(uint32_t begin, uint32_t t, uint32_t end) const;
  uint32_t and_continues(uint32_t begin, uint32_t t, uint32_t end, bool in_complement) const;
  bool given_name_continues(uint32_t begin, uint32_t hyphen, uint32_t end) const;
  bool plural_owner(uint32_t apostrophe, uint32_t end) const;
  uint32_t bracketed_middle(uint32_t begin, uint32_t end) const;
  uint32_t chunk_end(uint32_t begin) const;
  uint32_t lower_head(uint32_t begin, uint32_t end) const;
  void split(core::TokenSpan span);
  void collect();
  void vote(Chunk& chunk) const;
  void vote_person(Chunk& chunk) const;
  void vote_context(Chunk& chunk) const;
  void vote_tagger(Chunk& chunk) const;
  void settle();
  void emit();
  void add_inner_places(uint32_t draft);
  void add_complement(uint32_t draft);
  bool confirmed(const Chunk& chunk) const;

  Sketch& s;
  const MentionLists& lists;
  const schema::CoreTypes& core;
  std::vector<Chunk> chunks;
  std::set<std::string> known_in_text;  // keys of chunks outside headings
  std::set<std::string> parts_in_text;  // capitalised words of names of two words and more
};

/// True if "of" or "for" at `t` carries the name on: its left side is headed by a body, work, event
/// or place word.
bool NameFinder::complement_follows(uint32_t begin, uint32_t t, uint32_t end) const {
  const auto& w = s.lower[t];
  uint32_t next = t + 1;
  if (next < end && s.lower[next] == "the") ++next;
  if (next >= end || !is_name_word(next) || lists.not_names.has(s.lower[next])) return false;
  // "Fiona Marsh of the Royal Navy": a person's name takes no complement.
  if (w == "of" && t == begin + 2 && lists.given_names.has(s.lower[begin])) return false;
  if (w == "of") return has_head(begin, t) || lists.place_prefixes.has(s.lower[t - 1]);
  // "Floods on the Licungo River": one word at a sentence's beginning is no name yet.
  if (t == begin + 1 && s.opens_clause(begin)) return false;
  const bool body = ending_entry(s, lists.organization_heads, begin, t) ||
                    ending_entry(s, lists.work_heads, begin, t) ||
                    ending_entry(s, lists.initiative_heads, begin, t);
  if (w == "for") return body;
  if (w == "on") return body || ending_entry(s, lists.event_heads, begin, t);
  return false;
}

/// For "and" at `t`: the token behind the conjunct if both conjuncts are one name, else 0.
uint32_t NameFinder::and_continues(uint32_t begin, uint32_t t, uint32_t end,
                                   bool in_complement) const {
  uint32_t next = t + 1;
  if (next >= end || !is_name_word(next) || lists.not_names.has(s.lower[next])) return 0;
  uint32_t e = next;
  while (e < end && is_name_word(e)) ++e;
  const core::TokenSpan left{begin, t}, right{next, e};
  // "Ministry of Industry and Information Technology": a portfolio may be an industry too.
  const auto names_a_thing = [&](core::TokenSpan span) {
    const auto found = entry(span);
    return found.valid() && !(in_complement && lists.schema.gazetteer[found].any_case);
  };
  if (names_a_thing(left) || names_a_thing(right)) return 0;
  // "Erhai Lake and Dianchi Lake" are two.
  if (place_kind(begin, t) && place_kind(next, e)) return 0;
  for (const auto& name : s.document.names) {
    if (name.tokens.begin <= begin && name.tokens.end > t + 1) return std::min(e, name.tokens.end);
    if (name.tokens.end == t || name.tokens.begin == next) return 0;
  }
  const bool left_known = is_place({t - 1, t}) || lists.surnames.has(s.lower[t - 1]) ||
                          lists.given_names.has(s.lower[begin]);
  if (left_known) return 0;
  if (in_complement) return e - next <= 3 && (e - next == 1 || !has_head(next, e)) ? e : 0;
  const bool right_head = ending_entry(s, lists.organization_heads, next, e) ||
                          ending_entry(s, lists.work_heads, next, e);
  return right_head && e - next >= 2 && t - begin <= 4 && !has_head(begin, t) ? e : 0;
}

/// A head word in lower case behind the capitalised words: "Camastra dam", "Chengdu-Chongqing
/// economic circle".
uint32_t NameFinder::lower_head(uint32_t begin, uint32_t end) const {
  const uint32_t limit = std::min(s.sentence_end(begin), end + 4);
  uint32_t best = end;
  for (uint32_t e = end + 1; e <= limit; ++e) {
    const uint32_t t = e - 1;
    if (s.capital[t] || !s.nominal(t) || s.title_token[t]) break;
    const HeadList products{lists.product_heads, lists.product_heads};
    for (const auto* list : {&lists.facility_heads, &lists.organization_heads, &lists.event_heads,
                             &lists.work_heads, &lists.initiative_heads, &products}) {
      const std::string* value = nullptr;
      if (ending_entry(s, {list->own, list->own}, end, e, &value) && *value == "lower") best = e;
    }
    for (uint32_t n = 1; n <= std::min(3U, e - end); ++n) {
      std::string words = "+";
      for (uint32_t k = e - n; k < e; ++k) words += (k > e - n ? " " : "") + s.lower[k];
      if (lists.place_heads.has(words)) best = e;
    }
  }
  return best;
}

/// "Kwon Dae-hyun": a given name whose second half is in lower case.
bool NameFinder::given_name_continues(uint32_t begin, uint32_t hyphen, uint32_t end) const {
  if (hyphen != begin + 2 || hyphen + 1 >= end || !s.touches(hyphen - 1, hyphen) ||
      !s.touches(hyphen, hyphen + 1))
    return false;
  const auto& half = s.lower[hyphen + 1];
  return !s.capital[hyphen + 1] && half.size() >= 2 && half.size() <= 6 &&
         s.lower[hyphen - 1].size() <= 6 && !lists.hyphen_suffixes.has(half) &&
         lists.surnames.has(s.lower[begin]) && !is_place({begin, hyphen});
}

/// "Onagawa Oyster Growers' Association": the genitive of a plural before a body's head word.
bool NameFinder::plural_owner(uint32_t apostrophe, uint32_t end) const {
  const auto& owner = s.lower[apostrophe - 1];
  if (!owner.ends_with('s') || !s.touches(apostrophe - 1, apostrophe) ||
      entry({apostrophe - 1, apostrophe}).valid())
    return false;
  uint32_t e = apostrophe + 1;
  while (e < end && e < apostrophe + 4 && is_name_word(e)) ++e;
  for (; e > apostrophe + 1; --e) {
    if (ending_entry(s, lists.organization_heads, apostrophe + 1, e)) return true;
  }
  return false;
}

uint32_t NameFinder::chunk_end(uint32_t begin) const {
  const uint32_t end = s.sentence_end(begin);
  uint32_t t = begin + 1;
  bool in_complement = false;
  while (t < end) {
    const auto& w = s.lower[t];
    const bool next_name =
        t + 1 < end && is_name_word(t + 1) && !lists.not_names.has(s.lower[t + 1]);
    if (is_name_word(t)) {
      // "Sugar Co., Ltd. Xi said": a legal form ends the name.
      if (s.lower[t - 1].ends_with('.') && s.lower[t - 1].size() > 2 && t > begin + 1 &&
          lists.company_suffixes.has(s.lower[t - 1]) && !lists.company_suffixes.has(w)) {
        break;
      }
      if (s.headline[s.sentence[t]] && lists.not_names.has(w) && !s.all_capitals[t]) break;
      ++t;
    } else if (s.touches(t - 1, t) && t + 1 < end && s.touches(t, t + 1) &&
               (w == "-" || w == "/" || w == "'" || w == "&") && (next_name || is_number(t + 1))) {
      t += 2;  // a lower-case second half ("China-led") ends the name before the hyphen
    } else if (w == "-" && given_name_continues(begin, t, end)) {
      t += 2;
    } else if ((w == "'s" || w == "'") && lists.genitives.has(s.lower[t - 1]) && next_name) {
      t += 2;
    } else if (w == "'" && next_name && plural_owner(t, end)) {
      t += 2;
    } else if (w == "&" && next_name) {
      t += 2;
    } else if (w == "," && t + 1 < end && lists.company_suffixes.has(s.lower[t + 1]) &&
               s.capital[t + 1]) {
      t += 2;
    } else if (const auto* particle = lists.particles.value(w);
               particle && !s.capital[t] && *particle == "person" &&
               (next_name ||
                (t + 2 < end && lists.particles.has(s.lower[t + 1]) && is_name_word(t + 2)))) {
      t += 1;
      while (t < end && !s.capital[t]) ++t;
    } else if ((w == "of" || w == "for" || w == "on") && complement_follows(begin, t, end)) {
      t += s.lower[t + 1] == "the" ? 3 : 2;
      in_complement = true;
    } else if (w == "and") {
      const uint32_t e = and_continues(begin, t, end, in_complement);
      if (e == 0) break;
      t = e;
    } else if (is_number(t) && w.size() <= 4 && (t + 1 >= end || !s.nominal(t + 1)) &&
               w[0] != '-' &&
               (w.size() == 4 ? has_head(begin, t) || s.all_capitals[t - 1]
                              : w.size() <= 2 && !is_place({t - 1, t}))) {
      ++t;
      break;
    } else {
      break;
    }
  }
  return t;
}

/// Cuts a chunk where the tagger or the gazetteer shows two names in a row, and stores the parts.
void NameFinder::split(core::TokenSpan span) {
  auto push = [this](core::TokenSpan part) {
    if (part.empty()) return;
    Chunk chunk;
    chunk.tokens = part;
    chunk.weak_start = s.opens_clause(part.begin);
    chunks.push_back(std::move(chunk));
  };
  // A place or a body's head word, then a person: "Matera Ines Colucci", "... Party Committee Wei
  // Guodong".
  for (uint32_t cut = span.end - 1; cut > span.begin; --cut) {
    if (span.end - cut > 4 || span.end - cut < 2) continue;
    const bool person = lists.given_names.has(s.lower[cut]) || lists.surnames.has(s.lower[cut]);
    const core::TokenSpan left{span.begin, cut};
    const bool body =
        is_place(left) || (span.end - cut >= 2 && left.size() >= 2 &&
                           ending_entry(s, lists.organization_heads, left.begin, left.end));
    bool tail = !has_head(cut, span.end);
    for (uint32_t t = cut; t < span.end; ++t)
      tail &= s.capital[t] != 0 || lists.particles.has(s.lower[t]) || s.lower[t] == "-";
    if (person && body && tail) {
      push(left);
      push({cut, span.end});
      return;
    }
  }
  for (const auto& name : s.document.names) {
    if (name.tokens.begin > span.begin && name.tokens.begin < span.end &&
        name.tokens.end <= span.end && name.type == core.person && name.score > 0.6F &&
        s.capital[name.tokens.begin - 1]) {
      push({span.begin, name.tokens.begin});
      push({name.tokens.begin, span.end});
      return;
    }
  }
  push(span);
}

/// Numbers and ordinals that open a name: "15th Five-Year Plan", "21st Meeting of ...".
uint32_t NameFinder::ordinal_length(uint32_t t) const {
  const auto& w = s.lower[t];
  const uint32_t end = s.sentence_end(t);
  const bool digits = !w.empty() && w[0] >= '0' && w[0] <= '9' && w.size() <= 5 &&
                      w.find_first_of("htds") != std::string::npos;
  const bool word = s.capital[t] && lists.ordinals.has(w);
  if (!s.usable[t] || (!digits && !word) || t + 1 >= end) return 0;
  if (is_name_word(t + 1)) return 1;
  return 0;
}

void NameFinder::collect() {
  for (uint32_t t = 0; t < s.size();) {
    const uint32_t ordinal = ordinal_length(t);
    if (ordinal > 0) {
      const uint32_t end = std::max(chunk_end(t + ordinal), t + ordinal + 1);
      const uint32_t longer = std::max(end, lower_head(t, end));
      if (has_head(t, longer) || complement_of(t, longer)) {
        split({t, longer});
        t = longer;
        continue;
      }
    }
    const bool opens = is_name_word(t) && s.opens_clause(t);
    if (!is_name_word(t) ||
        (opens && lists.not_names.has(s.lower[t]) && !begins_entry(t) && !s.all_capitals[t] &&
         !(t + 2 < s.size() && s.lower[t + 1] == "-" && s.touches(t, t + 1) && s.capital[t + 2]))) {
      ++t;
      continue;
    }
    // Forms of address begin no name.
    if (lists.personal_titles.has(s.lower[t]) && t + 1 < s.sentence_end(t) && s.capital[t + 1] &&
        !lists.organization_heads.has(s.lower[t + 1])) {
      ++t;
      continue;
    }
    uint32_t end = chunk_end(t);
    const uint32_t longer = lower_head(t, end);
    // The first word of a sentence that the document also writes in lower case is no part of a
    // name.
    if (opens && end - t > 1 && s.lower_words.contains(s.lower[t]) && s.capital[t + 1] &&
        !has_head(t, end) && !begins_entry(t)) {
      ++t;
      continue;
    }
    // An adjective of a country alone names nothing; "Indian government" does.
    if (lists.demonyms.has(s.lower[t]) && longer == t + 1) {
      ++t;
      continue;
    }
    if (const uint32_t outer = bracketed_middle(t, end); outer > 0) {
      chunks.push_back({});
      chunks.back().tokens = {t, outer};
      split({t, end});
      split({end + 1, end + 2});
      t = outer;
      continue;
    }
    split({t, std::max(end, longer)});
    t = std::max(end, longer);
  }
}

/// "Communist Party of China (CPC) Central Committee": the end of the body behind the bracket, or
/// 0.
uint32_t NameFinder::bracketed_middle(uint32_t begin, uint32_t end) const {
  const uint32_t limit = s.sentence_end(begin);
  if (end + 3 >= limit || s.lower[end] != "(" || !s.all_capitals[end + 1] ||
      s.lower[end + 2] != ")" || !is_name_word(end + 3) || end - begin < 2)
    return 0;
  uint32_t e = end + 3;
  while (e < limit && e < end + 7 && is_name_word(e)) ++e;
  for (; e > end + 4; --e) {
    if (ending_entry(s, lists.organization_heads, end + 3, e)) return e;
  }
  return 0;
}

void NameFinder::vote_tagger(Chunk& chunk) const {
  for (const auto& name : s.document.names) {
    if (name.tokens.begin >= chunk.tokens.end || name.tokens.end <= chunk.tokens.begin) continue;
    const uint32_t shared = std::min(name.tokens.end, chunk.tokens.end) -
                            std::max(name.tokens.begin, chunk.tokens.begin);
    const uint32_t all = std::max(name.tokens.end, chunk.tokens.end) -
                         std::min(name.tokens.begin, chunk.tokens.begin);
    if (name.type.value < kTypes) {
      chunk.votes[name.type.value] +=
          2.5F * name.score * static_cast<float>(shared) / static_cast<float>(all);
    }
  }
}

void NameFinder::vote_person(Chunk& chunk) const {
  const auto span = chunk.tokens;
  float v = 0;
  uint32_t words = 0;
  for (uint32_t t = span.begin; t < span.end; ++t) words += s.capital[t];
  if (const auto* gender = lists.given_names.value(s.lower[span.begin])) {
    v += words >= 2 && words <= 4 ? 2.0F : 0.4F;
    if (*gender == "m" || *gender == "f") chunk.gender = (*gender)[0];
  }
  if (words >= 2 && words <= 5 && lists.surnames.has(s.lower[span.end - 1])) v += 1.2F;
  if (words >= 2 && words <= 3 && lists.surnames.has(s.lower[span.begin])) v += 1.2F;
  if (words >= 2 && s.lower[span.begin].size() == 2 && s.lower[span.begin][1] == '.') v += 1;
  if (span.begin > s.sentence_start(span.begin)) {
    const uint32_t p = span.begin - 1;
    if (const auto* gender = lists.personal_titles.value(s.lower[p])) {
      v += 3;
      chunk.titled = true;
      if (*gender == "m" || *gender == "f") chunk.gender = (*gender)[0];
    } else if (s.title_token[p] && s.lower[p] != "of") {
      v += 2.5F;
      chunk.titled = true;
    }
  }
  const uint32_t end = s.sentence_end(span.begin);
  const bool comma_after = span.end + 1 < end && s.lower[span.end] == ",";
  if (words >= 2 && words <= 4 && !has_head(span.begin, span.end)) {
    // "Luc Dierckx, chairman of", "Merv Stokes, 82,", "Ana Quirós (chair)"
    if (comma_after || (span.end + 1 < end && s.lower[span.end] == "(")) {
      uint32_t t = span.end + 1;
      if (s.lower[t] == "the" || s.lower[t] == "a" || s.lower[t] == "an" || s.lower[t] == "then" ||
          s.lower[t] == "former")
        ++t;
      const bool age = is_number(t) && s.lower[t].size() == 2 && t + 1 < end &&
                       (s.lower[t + 1] == "," || s.lower[t + 1] == ")");
      if (age) v += 2.5F;
      if (t < end && s.title_token[t] && !s.capital[t]) v += 1.5F;
    }
    // "Its chairman, Luc Dierckx", "CEO: Li Ming"
    const uint32_t start = s.sentence_start(span.begin);
    if (span.begin >= start + 2 &&
        (s.lower[span.begin - 1] == "," || s.lower[span.begin - 1] == ":") &&
        s.title_token[span.begin - 2]) {
      v += 1.5F;
    }
    if (span.end < end && lists.speech.has(s.lower[span.end])) v += 0.8F;
  }
  if (words == 1) v *= chunk.titled ? 1.0F : 0.7F;
  if (words > 5 || is_number(span.end - 1)) v = 0;
  chunk.votes[core.person.value] += v;
}

void NameFinder::vote_context(Chunk& chunk) const {
  const auto span = chunk.tokens;
  const uint32_t start = s.sentence_start(span.begin), end = s.sentence_end(span.begin);
  if (span.begin > start) {
    const auto& before = s.lower[span.begin - 1];
    if (before == "in" || before == "near" || before == "at" || before == "around")
      chunk.votes[core.place.value] += 0.8F;
    if (before == "from" || before == "to" || before == "towards")
      chunk.votes[core.place.value] += 0.3F;
  }
  if (span.end < end) {
    const auto& after = s.lower[span.end];
    if (after == "'s") chunk.votes[core.place.value] += 0.05F;
    if (after == "said" || after == "says" || after == "told")
      chunk.votes[core.person.value] += 0.5F;
    // "Jiujiang, Jiangxi"
    if (after == "," && span.end + 1 < end && is_place({span.end + 1, span.end + 2}))
      chunk.votes[core.place.value] += 0.6F;
  }
  // "the tanker Volna Star", "shipbuilder Aura Marine"
  if (span.begin > start && !s.capital[span.begin - 1]) {
    if (const auto* value = lists.descriptions.value(s.lower[span.begin - 1])) {
      const auto type = lists.schema.ontology.type(value->substr(0, value->find(':')));
      if (type.valid() && type.value < kTypes && s.nominal(span.begin - 1))
        chunk.votes[type.value] += 2.0F;
    }
  }
  for (uint32_t t = span.begin + 1; t + 1 < span.end; ++t) {
    if (s.lower[t] == "&") chunk.votes[core.organization.value] += 2.5F;
  }
  // "Typhoon Pepito", "Banque du Souss", "HMNZS Canterbury"
  if (span.size() > 1) {
    const std::string* value = nullptr;
    if (starting_entry(s, lists.typed_prefixes, span.begin, span.end, &value)) {
      const auto type = lists.schema.ontology.type(*value);
      if (type.valid() && type.value < kTypes) chunk.votes[type.value] += 2.5F;
    }
  }
  bool caps = true;
  for (uint32_t t = span.begin; t < span.end; ++t) caps &= s.all_capitals[t] != 0;
  if (caps && span.size() == 1 && !s.headline[s.sentence[span.begin]])
    chunk.votes[core.organization.value] += 0.6F;
}

void NameFinder::vote(Chunk& chunk) const {
  const auto span = chunk.tokens;
  // The head of "Ministry of Mining and Energy" stands before "of".
  uint32_t head_end = span.end;
  for (uint32_t t = span.begin + 1; t < span.end; ++t) {
    if (!s.capital[t] && (s.lower[t] == "of" || s.lower[t] == "for" || s.lower[t] == "on") &&
        has_head(span.begin, t)) {
      head_end = t;
      break;
    }
  }
  const bool more = span.size() > 1;
  while (head_end > span.begin + 1 && is_number(head_end - 1)) --head_end;
  auto add = [&](const HeadList& list, TypeId type, float weight) {
    if (const uint32_t n = ending_entry(s, list, span.begin, head_end); n > 0 && (more || n > 1)) {
      chunk.votes[type.value] += weight + 0.1F * static_cast<float>(n);
    }
  };
  if (head_end > span.begin) {
    add(lists.company_suffixes, core.organization, 3.0F);
    add(lists.organization_heads, core.organization, 2.0F);
    add(lists.facility_heads, core.facility, 2.0F);
    add(lists.event_heads, core.event, 1.9F);
    add(lists.work_heads, core.work, 2.0F);
    add(lists.initiative_heads, core.initiative, 1.9F);
    add({lists.product_heads, lists.product_heads}, core.product, 1.8F);
    add({lists.group_names, lists.group_names}, core.group, 1.8F);
    if (more) {
      if (const auto* kind = place_kind(span.begin, head_end)) {
        chunk.votes[core.place.value] += 2.1F;
        chunk.kind = *kind;
      } else if (const auto* first = lists.place_prefixes.value(s.lower[span.begin])) {
        chunk.votes[core.place.value] += 1.5F;
        chunk.kind = *first;
      }
    }
  }
  if (const auto found = entry(span); found.valid()) {
    const auto& e = lists.schema.gazetteer[found];
    chunk.entry = found;
    chunk.votes[e.type.value] += e.common ? 0.9F : 3.0F;
  }
  vote_person(chunk);
  vote_context(chunk);
  vote_tagger(chunk);
  if (lists.group_names.has(s.lower[span.begin]) && !more) chunk.votes[core.group.value] += 1.5F;
}

/// All chunks of one name choose one type.
void NameFinder::settle() {
  std::map<std::string, std::array<float, kTypes>> sums;
  std::map<std::string, bool> strong;
  std::vector<std::string> keys(chunks.size());
  for (size_t i = 0; i < chunks.size(); ++i) {
    auto& c = chunks[i];
    vote(c);
    keys[i] = text::name_key(s.text(c.tokens));
    auto& sum = sums[keys[i]];
    for (size_t k = 0; k < kTypes; ++k) sum[k] += c.votes[k];
    if (!c.weak_start && !s.headline[s.sentence[c.tokens.begin]]) strong[keys[i]] = true;
    if (s.headline[s.sentence[c.tokens.begin]]) continue;
    known_in_text.insert(keys[i]);
    for (uint32_t t = c.tokens.begin; c.tokens.size() > 1 && t < c.tokens.end; ++t) {
      if (s.capital[t] && !s.lower_words.contains(s.lower[t])) parts_in_text.insert(s.lower[t]);
    }
  }
  for (size_t i = 0; i < chunks.size(); ++i) {
    auto& c = chunks[i];
    auto votes = sums[keys[i]];
    // Its own context counts twice: "Hordavik" the city and "Hordavik Hospital" are chosen apart
    // anyway.
    for (size_t k = 0; k < kTypes; ++k) votes[k] += c.votes[k];
    c.votes = votes;
    if (strong[keys[i]]) c.weak_start = false;
  }
}

/// "Standing Committee of the Yunnan Provincial People's Congress": the body behind "of" is one of
/// its own.
void NameFinder::add_complement(uint32_t index) {
  const auto outer = s.drafts[index].tokens;
  if (s.drafts[index].type == core.place || s.drafts[index].type == core.person) return;
  for (uint32_t t = outer.begin + 1; t + 2 < outer.end; ++t) {
    if (s.lower[t] != "of" || s.capital[t]) continue;
    const uint32_t begin = s.lower[t + 1] == "the" ? t + 2 : t + 1;
    if (outer.end - begin < 2 || !ending_entry(s, lists.organization_heads, begin, outer.end))
      return;
    for (uint32_t k = begin; k < outer.end; ++k) {
      if (s.lower[k] == "and") return;
    }
    auto& draft = s.add({begin, outer.end}, core.organization, 0.6F);
    draft.entry = entry({begin, outer.end}, core.organization);
    draft.inner = true;
    return;
  }
}

void NameFinder::add_inner_places(uint32_t index) {
  const auto outer = s.drafts[index].tokens;
  if (s.drafts[index].type == core.place || s.drafts[index].type == core.person) return;
  auto it = std::lower_bound(s.places.begin(), s.places.end(), outer.begin,
                             [](const auto& m, uint32_t b) { return m.tokens.begin < b; });
  uint32_t covered = outer.begin;
  for (; it != s.places.end() && it->tokens.begin < outer.end; ++it) {
    const auto match = *it;
    if (match.tokens.end > outer.end || match.tokens == outer || match.tokens.begin < covered)
      continue;
    const auto& e = lists.schema.gazetteer[match.entry];
    if ((e.type != core.place && e.type != core.organization) || e.common ||
        !s.capital[match.tokens.begin])
      continue;
    const auto key = text::name_key(s.text(match.tokens));
    // What a body is called after ("University of Chittagong") is a thing of its own only where the
    // text speaks of it or the body governs it.
    const uint32_t after = match.tokens.end;
    const bool governed = after < outer.end && lists.governing.has(s.lower[after]);
    if (!governed && !known_in_text.contains(key)) continue;
    auto& draft = s.add(match.tokens, e.type, 0.7F);
    draft.entry = match.entry;
    draft.inner = true;
    covered = match.tokens.end;
  }
}

/// A name from a heading counts if running text, the gazetteer or the tagger knows it too.
bool NameFinder::confirmed(const Chunk& chunk) const {
  if (entry(chunk.tokens).valid() && !lists.schema.gazetteer[entry(chunk.tokens)].common)
    return true;
  for (const auto& name : s.document.names) {
    if (name.tokens == chunk.tokens && name.score > 0.5F) return true;
  }
  return known_in_text.contains(text::name_key(s.text(chunk.tokens)));
}

void NameFinder::emit() {
  for (auto& c : chunks) {
    size_t best = core.organization.value;
    for (size_t k = 0; k < kTypes; ++k) {
      if (c.votes[k] > c.votes[best]) best = k;
    }
    float top = c.votes[best];
    uint32_t words = 0;
    for (uint32_t t = c.tokens.begin; t < c.tokens.end; ++t) words += s.capital[t];
    const bool headline = s.headline[s.sentence[c.tokens.begin]] != 0;
    if (c.weak_start && words == 1 && top < 1.0F &&
        !parts_in_text.contains(s.lower[c.tokens.begin])) {
      continue;
    }
    if (headline && !confirmed(c)) continue;
    if (c.tokens.size() == 1 && s.document.byte_span(c.tokens).size() < 2) continue;
    if (c.tokens.size() == 1 && is_roman(c.tokens.begin)) continue;
    // A lone head word ("the Commission") refers back; what it refers to is found later.
    if (c.tokens.size() == 1 && has_head(c.tokens.begin, c.tokens.end) &&
        !s.all_capitals[c.tokens.begin] && !c.entry.valid() && top < 2.0F &&
        lists.descriptions.has(s.lower[c.tokens.begin])) {
      continue;
    }
    if (best == core.group.value && c.tokens.size() == 1) continue;  // "Arab" is an adjective
    if (top < 0.35F) {
      best = core.organization.value;  // nothing known: bodies and companies have the freest names
      top = 0.3F;
    }
    // "LIVE", "CORRECTION:" at the head of an item are labels of its part, not names.
    if (c.weak_start && c.tokens.size() == 1 && s.all_capitals[c.tokens.begin] &&
        !c.entry.valid() && s.form(c.tokens.begin).size() >= 4 && top < 2.0F &&
        s.lower_words.contains(s.lower[c.tokens.begin])) {
      continue;
    }
    auto& draft =
        s.add(c.tokens, TypeId(static_cast<uint16_t>(best)), std::min(0.95F, 0.3F + 0.2F * top));
    draft.kind = best == core.place.value ? c.kind : std::string();
    draft.gender = c.gender;
    if (c.entry.valid() && lists.schema.gazetteer[c.entry].type == draft.type)
      draft.entry = c.entry;
    const auto index = static_cast<uint32_t>(s.drafts.size() - 1);
    // "Communist Party of China (CPC) Central Committee" is the CPC Central Committee.
    for (uint32_t t = c.tokens.begin + 2; t + 3 < c.tokens.end; ++t) {
      if (s.lower[t] != "(" || s.lower[t + 2] != ")") continue;
      draft.aliases.push_back(draft.label);
      draft.label = std::string(s.form(t + 1)) + ' ' + s.text({t + 3, c.tokens.end});
      draft.key = text::name_key(draft.label);
      draft.type = core.organization;
    }
    // "National Institute for Disaster Management (INGD)"
    if (index > 0 && c.tokens.begin >= 1 && s.lower[c.tokens.begin - 1] == "(" &&
        c.tokens.end < s.size() && s.lower[c.tokens.end] == ")" &&
        s.form(c.tokens.begin).size() <= 12) {
      for (uint32_t k = index; k-- > 0 && k + 4 > index;) {
        if (s.drafts[k].tokens.end == c.tokens.begin - 1 &&
            s.drafts[k].tokens.size() > c.tokens.size() && c.tokens.size() <= 2) {
          draft.type = s.drafts[k].type;
          s.same.emplace_back(k, index);
          break;
        }
      }
    }
    add_complement(index);
    add_inner_places(index);
  }
}

}  // namespace

void find_names(Sketch& sketch) {
  NameFinder finder(sketch);
  finder.collect();
  finder.settle();
  finder.emit();
}

}  // namespace weft::extract
