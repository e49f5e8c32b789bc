// Proper names: where they begin and end.
//
// Method: a chunk is a run of capitalised words, grown over particles ("de", "bin"), complements of
// head words ("Bank of Korea", "Ministry of Mining and Energy"), hyphens and a head word in lower
// case ("Camastra dam"); the name tagger's borders split or lengthen it. Linear in tokens.
#include "extract/mentions/names.h"

#include "extract/frames/within.h"
#include "text/words.h"

namespace weft::extract {

/// True if "of" or "for" at `t` carries the name on: its left side is headed by a body, work, event
/// or place word.
bool NameFinder::complement_follows(uint32_t begin, uint32_t t, uint32_t end) const {
  const auto& w = s.lower[t];
  uint32_t next = t + 1;
  if (next < end && s.lower[next] == "the") ++next;
  if (w == "of" && titled_complement_end(begin, t, end) > t) return true;
  if (next >= end || !is_name_word(next) || lists.not_names.has(s.lower[next])) return false;
  // "Council of Health Ministers of the Gulf of Guinea Community"
  if (w == "of" && titles_end(begin, t)) return true;
  // "Helen Ford of the Royal Navy": a person's name takes no complement.
  if (w == "of" && t == begin + 2 && lists.given_names.has(s.lower[begin])) return false;
  if (w == "of")
    return (has_head(begin, t) || lists.place_prefixes.has(s.lower[t - 1])) &&
           !place_within(begin, t, end) && !company_of_place(begin, t, end);
  // "Floods on the Licungo River": one word at a sentence's beginning is no name yet.
  if (t == begin + 1 && s.opens_clause(begin)) return false;
  const bool body = ending_entry(s, lists.organization_heads, begin, t) ||
                    ending_entry(s, lists.work_heads, begin, t) ||
                    ending_entry(s, lists.initiative_heads, begin, t);
  if (w == "for") return body;
  if (w == "on") return body || ending_entry(s, lists.event_heads, begin, t);
  return false;
}

/// "Department of [Justice]", "Office of the [Prime Minister]", "Conference of [Health Ministers]":
/// the end of the title that a body is called by, or `of` if none follows. "Office of President
/// Ruto" is not called so.
uint32_t NameFinder::titled_complement_end(uint32_t begin, uint32_t of, uint32_t end) const {
  const bool body = s.capital[of - 1] && (ending_entry(s, lists.organization_heads, begin, of) ||
                                          ending_entry(s, lists.event_heads, begin, of));
  const uint32_t next = of + 1 < end && s.lower[of + 1] == "the" ? of + 2 : of + 1;
  if (!body || next >= end || !s.capital[next] || !s.title_token[next]) return of;
  uint32_t e = next;
  while (e < end && s.title_token[e] && (s.capital[e] || s.lower[e] == "-")) ++e;
  const bool plural = s.lower[e - 1].ends_with('s');
  return plural || e >= end || !is_name_word(e) ? e : of;
}

/// True if the word before `t` is the plural of an office in the complement of a body's head.
bool NameFinder::titles_end(uint32_t begin, uint32_t t) const {
  const std::string_view word = s.lower[t - 1];
  if (t < begin + 3 || !word.ends_with('s') || !s.capital[t - 1]) return false;
  if (!lists.position_heads.has(word) && !lists.position_heads.has(word.substr(0, word.size() - 1)))
    return false;
  uint32_t of = t - 1;
  while (of > begin + 1 && t - of < 4 && s.lower[of] != "of") --of;
  return s.lower[of] == "of" && ending_entry(s, lists.organization_heads, begin, of) > 0;
}

/// "Liangqing District of Nanning": two places, one in the other. But "Metropolitan City of Turin"
/// and "Gulf of Mexico" are one.
bool NameFinder::place_within(uint32_t begin, uint32_t of, uint32_t end) const {
  uint32_t next = of + 1;
  if (next < end && s.lower[next] == "the") ++next;
  if (s.lower[of] != "of" || next >= end || of < begin + 2) return false;
  const auto* kind = place_kind(begin, of);
  if (kind == nullptr || *kind == "country" || *kind == "region" || *kind == "river" ||
      *kind == "other")
    return false;
  for (uint32_t t = begin; t + 1 < of; ++t)
    if (lists.place_classes.has(s.lower[t])) return false;
  uint32_t e = next;
  while (e < end && is_name_word(e)) ++e;
  for (; e > next; --e)
    if (is_place({next, e})) return true;
  return false;
}

/// "Lindenhof of Zurich", "Dangora Group of Nigeria": a company and where it sits are two names. A
/// body whose head word is no company's ("Bank of Ghana", "Church of Sweden") is called so, as is a
/// state's company ("Oil Company of Gabon") and what the list place_complements has ("Sons of
/// Norway").
bool NameFinder::company_of_place(uint32_t begin, uint32_t of, uint32_t end) const {
  constexpr uint32_t kLongest = 8;  // tokens of either
  if (s.lower[of] != "of" || s.capital[of] || of == begin || of + 1 >= end || !s.capital[of + 1] ||
      of - begin > kLongest)
    return false;
  uint32_t e = std::min(end, of + kLongest);  // the place must end the name
  while (e > of + 1 && !is_place({of + 1, e})) --e;
  if (e == of + 1 || (e < end && is_name_word(e))) return false;
  const auto& found = lists.schema.gazetteer[entry({of + 1, e}, core.place)];
  if (entry({begin, e}).valid()) return false;
  for (uint32_t t = begin; t < of; ++t)
    if (!s.capital[t] && s.lower[t] != "&" && s.lower[t] != "-") return false;
  const auto& last = s.lower[of - 1];
  if (lists.company_suffixes.has(last) && last != "company" && last != "corporation")
    return of > begin + 1;
  const auto* sort = lists.organization_heads.shared.value(last);
  if (sort != nullptr) return *sort == "company" && of > begin + 1 && found.kind == "city";
  if (has_head(begin, of) || lists.place_prefixes.has(last) || lists.place_complements.has(last) ||
      s.title_token[of - 1] || entry({begin, of}).valid())
    return false;
  // A single word is a company's only where the tagger says so.
  for (const auto& name : names_meeting(s.document, {begin, of}))
    if (name.tokens.begin == begin)
      return name.type == core.organization && (found.kind == "city" || of > begin + 1);
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
  if (in_complement && entry(right).valid()) return e;
  // "Erhai Lake and Dianchi Lake" are two.
  if (place_kind(begin, t) && place_kind(next, e)) return 0;
  for (const auto& name : names_meeting(s.document, {begin, next + 1})) {
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
    // "by-election" is one word, whatever its parts are.
    if (e + 1 < limit && s.lower[e] == "-" && s.touches(e - 1, e) && s.touches(e, e + 1) &&
        !s.touches(e - 2, e - 1) && !s.capital[e - 1])
      e += 2;
    const uint32_t t = e - 1;
    if (s.capital[t] || !s.nominal(t) || s.title_token[t] || s.opens_cell(t)) break;
    // "Leeds primary care": an adjective is no head.
    if (s.tagged() && s.document.upos[t] == doc::Upos::ADJ) continue;
    const HeadList products{lists.product_heads, lists.product_heads};
    for (const auto* list : {&lists.facility_heads, &lists.organization_heads, &lists.event_heads,
                             &lists.work_heads, &lists.initiative_heads, &products}) {
      const std::string* value = nullptr;
      if (ending_entry(s, {list->own, list->own}, end, e, &value) && *value == "lower") best = e;
    }
    // "Anhui provincial discipline inspection commission"
    if (e > end + 1 && lists.governing.has(s.lower[end]) && lists.owned_bodies.has(s.lower[t]))
      best = e;
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
         (lists.surnames.has(s.lower[begin]) || lists.given_names.has(half)) &&
         !is_place({begin, hyphen});
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

/// "Public Consultation No. 7/2026": the end of the number, or `t` if none follows.
uint32_t NameFinder::numbered_end(uint32_t begin, uint32_t t, uint32_t end) const {
  if (!is_numero(t) || !has_head(begin, t)) return t;
  uint32_t e = t + 2;
  while (e + 1 < end && s.lower[e] == "/" && s.touches(e - 1, e) && is_figure(e + 1)) e += 2;
  return e;
}

/// "Labour MPs": an acronym of people is no name and no part of their body's.
bool NameFinder::people_acronym(uint32_t t) const {
  const std::string_view form = s.form(t);
  return form.size() > 2 && form.back() == 's' && form[1] >= 'A' && form[1] <= 'Z' &&
         lists.member_roles.has(s.lower[t]);
}

/// The end of the longest name of several words in capitals that the gazetteer knows at `t`: "Law
/// and Justice", "International Court of Justice"; `t` if it knows none. "China's Ministry of
/// Commerce" and "Communist Party (CPC) Committee" are two names each.
uint32_t NameFinder::known_end(uint32_t t) const {
  uint32_t end = t;
  const auto parts = [](const std::string& w) { return w == "(" || w == "'s" || w == ","; };
  for (const auto& m : begin_in(std::span(std::as_const(s.places)), {t, t + 1}))
    if (s.capital[t] && s.capital[m.tokens.end - 1] && !lists.schema.gazetteer[m.entry].any_case &&
        std::none_of(s.lower.begin() + t, s.lower.begin() + m.tokens.end, parts))
      end = std::max(end, m.tokens.end);
  return end;
}

/// "ten Iberian lynxes": an adjective before what it describes, which no list knows.
bool NameFinder::mere_adjective(uint32_t t) const {
  const doc::Document& d = s.document;
  return s.tagged() && d.deprel.size() == s.size() && d.upos[t] == doc::Upos::ADJ &&
         d.deprel[t] == doc::Deprel::amod && t + 1 < s.sentence_end(t) && !s.capital[t + 1] &&
         !s.all_capitals[t] && !s.tagged_name[t] && !entry({t, t + 1}).valid();
}

/// "the Italian region of Puglia", "the Spanish vessel Mar Azul": the class nouns in [begin, end)
/// tell what the name behind them is; those of bodies may name one ("Canadian government").
bool NameFinder::describes_name(uint32_t begin, uint32_t end) const {
  if (place_kind(begin, end)) return true;
  if (ending_entry(s, lists.organization_heads, begin, end)) return false;
  uint32_t t = end;
  const uint32_t last = s.sentence_end(begin);
  if (t < last && s.lower[t] == "of") t += t + 1 < last && s.lower[t + 1] == "the" ? 2 : 1;
  return t < last && is_name_word(t) && !lists.calendar.has(s.lower[t]);
}

/// "beat Partizan 3-1"
bool NameFinder::is_score(uint32_t t, uint32_t end) const {
  return t + 2 < end && s.lower[t + 1] == "-" && s.touches(t, t + 1) && s.touches(t + 1, t + 2) &&
         is_number(t + 2);
}

uint32_t NameFinder::chunk_end(uint32_t begin) const {
  const uint32_t end = s.sentence_end(begin);
  uint32_t t = std::max(begin + 1, known_end(begin));
  bool in_complement = false;
  while (t < end) {
    const auto& w = s.lower[t];
    if (s.opens_cell(t)) break;
    if (const uint32_t known = known_end(t); known > t && is_name_word(t)) {
      t = known;
      continue;
    }
    const bool next_name =
        t + 1 < end && is_name_word(t + 1) && !lists.not_names.has(s.lower[t + 1]);
    if (is_name_word(t)) {
      // "Sugar Co., Ltd. Xi said": a legal form ends the name.
      if (s.lower[t - 1].ends_with('.') && s.lower[t - 1].size() > 2 && t > begin + 1 &&
          lists.company_suffixes.has(s.lower[t - 1]) && !lists.company_suffixes.has(w)) {
        break;
      }
      if (s.headline[s.sentence[t]] && lists.not_names.has(w) && !s.all_capitals[t]) break;
      if (people_acronym(t)) break;
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
    } else if (is_numero(t)) {
      t = numbered_end(begin, t, end);
      break;
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
      const uint32_t titled = w == "of" ? titled_complement_end(begin, t, end) : t;
      const uint32_t behind = titles_end(begin, t) ? 0 : 1;  // of the complement's first word
      t = titled > t ? titled : t + (s.lower[t + 1] == "the" ? 2 : 1) + behind;
      in_complement = true;
    } else if (w == "and") {
      const uint32_t e = and_continues(begin, t, end, in_complement);
      if (e == 0) break;
      t = e;
    } else if (is_number(t) && !is_score(t, end) && w.size() <= 4 && !counts_seats(begin, t) &&
               (t + 1 >= end || !(s.nominal(t + 1) || is_numeral(t + 1))) && w[0] != '-' &&
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

/// True if a name of the gazetteer goes on at `t`: "Papua | New Guinea", "Mato Grosso | do Sul".
bool NameFinder::inside_entry(uint32_t begin, uint32_t t, schema::TypeId type) const {
  const auto matches = begin_in(std::span(std::as_const(s.places)), {begin, t});
  return std::any_of(matches.begin(), matches.end(), [&](const schema::GazetteerMatch& m) {
    return m.tokens.end > t && (!type.valid() || lists.schema.gazetteer[m.entry].type == type);
  });
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
    if (span.end - cut > 4 || span.end - cut < 2 || inside_entry(span.begin, cut)) continue;
    // "Carolina Flores Reyes", "Metro do Porto"
    if (cut == span.begin + 1 && (lists.given_names.has(s.lower[span.begin]) || !s.capital[cut]))
      continue;
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
  for (const auto& name : names_meeting(s.document, span)) {
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

/// "won 45 seats, the Free Bloc 7": a number behind a party's name is no part of it.
bool NameFinder::counts_seats(uint32_t begin, uint32_t t) const {
  if (t <= begin || !is_number(t)) return false;
  for (uint32_t k = begin; k < t; ++k)
    if (lists.party_words.has(s.lower[k])) return true;
  return false;
}

uint32_t NameFinder::tagged_end(uint32_t t) const {
  if (!s.tagged_name[t] || !s.usable[t]) return 0;
  const auto names = names_meeting(s.document, {t, t + 1});
  if (names.empty() || names.front().tokens.begin != t) return 0;
  const core::TokenSpan span = names.front().tokens;
  uint32_t titled = span.begin;  // the end of a title that a body in the name is called by
  for (uint32_t k = span.begin + 1; k + 1 < span.end; ++k)
    if (s.lower[k] == "of")
      titled = std::max(titled, titled_complement_end(span.begin, k, span.end));
  for (uint32_t k = span.begin; k < span.end; ++k)
    if ((k > span.begin && s.opens_cell(k)) || (s.title_token[k] && k >= titled) ||
        (s.lower[k] == "'s" && is_place({span.begin, k})))
      return 0;
  // "Halden – Siv Dahl": a dash between spaces stands between two names.
  const bool person = names.front().type == core.person;
  for (uint32_t k = span.begin + 1; person && k + 1 < span.end; ++k)
    if (text::is_dash(s.lower[k]) && !s.touches(k - 1, k) && !s.touches(k, k + 1)) return k;
  if (counts_seats(span.begin, span.end - 1)) return span.end - 1;
  for (uint32_t k = span.begin + 1; k + 1 < span.end; ++k)
    if ((k > span.begin + 1 && place_within(span.begin, k, span.end)) ||
        company_of_place(span.begin, k, span.end))
      return k;
  return span.end;
}

/// "Smt.", "Brigadier", "Dame" before the name of a person that the tagger begins with it; "Lady
/// Gaga" is called so, and "Major" may be a given name.
bool NameFinder::addresses_person(uint32_t t) const {
  const std::string* gender = lists.personal_titles.value(s.lower[t]);
  if (!s.capital[t] || !gender || t + 1 >= s.sentence_end(t) || !s.capital[t + 1] ||
      known_end(t) > t)
    return false;
  const auto names = names_meeting(s.document, {t, t + 1});
  if (names.empty() || names.front().type != core.person || names.front().tokens.begin != t)
    return false;
  if (s.lower[t].ends_with('.')) return true;
  const bool name = lists.given_names.has(s.lower[t]) || lists.surnames.has(s.lower[t]);
  return !name && names.front().tokens.size() > (gender->empty() ? 1U : 2U);
}

/// "Senators Ann Ray and Tom Ek": what several people are begins no name.
bool NameFinder::addresses_several(uint32_t t) const {
  const std::string& w = s.lower[t];
  if (!s.capital[t] || !w.ends_with('s') || t + 1 >= s.sentence_end(t) || !s.capital[t + 1] ||
      !lists.given_names.has(s.lower[t + 1]))
    return false;
  const std::string one = w.substr(0, w.size() - 1);
  return lists.position_heads.has(one) || lists.personal_titles.has(one);
}

/// "(R-AZ)", "(D-Calif.)": the end of a party's letter and its holder's state; 0 if there is
/// none.
uint32_t NameFinder::affiliation_end(uint32_t t) const {
  const uint32_t end = s.sentence_end(t);
  const bool letter = s.lower[t] == "r" || s.lower[t] == "d" || s.lower[t] == "i";
  return letter && s.capital[t] && t > s.sentence_start(t) && s.lower[t - 1] == "(" &&
                 t + 2 < end && text::is_dash(s.lower[t + 1]) && s.touches(t, t + 1) &&
                 s.touches(t + 1, t + 2) && s.capital[t + 2]
             ? t + 3
             : 0;
}

/// "al-Qaeda", "el-Sisi", "von der Leyen": the first capital of a name whose article or particle is
/// written small; 0 if none begins at `t`. What no hyphen joins must be a name to the tagger.
uint32_t NameFinder::behind_small_word(uint32_t t) const {
  const uint32_t end = s.sentence_end(t);
  if (s.capital[t] || !s.usable[t]) return 0;
  const bool inside = t > s.sentence_start(t) && s.touches(t - 1, t) && s.lower[t - 1] == "-";
  if (lists.name_articles.has(s.lower[t]) && !inside && t + 2 < end && s.lower[t + 1] == "-" &&
      s.touches(t, t + 1) && s.touches(t + 1, t + 2) && s.capital[t + 2])
    return t + 2;
  const auto* particle = lists.particles.value(s.lower[t]);
  if (particle == nullptr || *particle != "person") return 0;
  const uint32_t tagged = tagged_end(t);
  uint32_t first = t + 1;
  while (first < tagged && !s.capital[first] && lists.particles.has(s.lower[first])) ++first;
  return first < tagged && s.capital[first] ? first : 0;
}

void NameFinder::collect() {
  for (uint32_t t = 0; t < s.size();) {
    if (addresses_person(t) || addresses_several(t)) {
      ++t;
      continue;
    }
    if (const uint32_t end = affiliation_end(t); end > 0) {
      t = end;
      continue;
    }
    if (const uint32_t first = behind_small_word(t); first > 0) {
      t = push_bracketed(t, std::max(tagged_end(t), chunk_end(first)));
      continue;
    }
    // "Friday's remittances forum", "November's elections": when it was is no part of the name.
    if (lists.calendar.has(s.lower[t]) && t + 2 < s.sentence_end(t) && s.lower[t + 1] == "'s" &&
        !s.capital[t + 2] && !begins_entry(t)) {
      ++t;
      continue;
    }
    // "He Lifeng, a vice premier", "Sri Lanka Tea Board": the tagger knows more than a first word
    // tells.
    if (const uint32_t tagged = tagged_end(t); tagged > 0 && s.capital[t]) {
      const uint32_t end = std::max({tagged, chunk_end(t), lower_head(t, tagged)});
      t = push_bracketed(t, end);
      continue;
    }
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
    // "Christmas Day"
    const bool calendar_day = t > s.sentence_start(t) && lists.calendar.has(s.lower[t - 1]) &&
                              s.capital[t - 1] && lists.calendar_heads.has(s.lower[t]);
    if (people_acronym(t) || calendar_day) {
      ++t;
      continue;
    }
    // Forms of address begin no name.
    if (lists.personal_titles.has(s.lower[t]) && t + 1 < s.sentence_end(t) && s.capital[t + 1] &&
        !lists.organization_heads.has(s.lower[t + 1]) && known_end(t) == t) {
      ++t;
      continue;
    }
    uint32_t end = chunk_end(t);
    // "1. Commends Gabon": a verb that begins a clause is no part of the name behind it.
    if (opens && end - t > 1 && s.tagged() && s.document.upos[t] == doc::Upos::VERB &&
        !s.tagged_name[t] && s.capital[t + 1] && !begins_entry(t)) {
      ++t;
      continue;
    }
    const uint32_t longer = lower_head(t, end);
    // The first word of a sentence that the document also writes in lower case is no part of a
    // name.
    if (opens && end - t > 1 && s.lower_words.contains(s.lower[t]) && s.capital[t + 1] &&
        !has_head(t, end) && !begins_entry(t)) {
      ++t;
      continue;
    }
    // "OSLO, 3 May - The minister": an article alone names nothing.
    if (longer == t + 1 && lists.not_names.has(s.lower[t]) && !s.all_capitals[t] &&
        !entry({t, t + 1}).valid() && names_meeting(s.document, {t, t + 1}).empty()) {
      ++t;
      continue;
    }
    // An adjective of a country alone names nothing, nor does "the Italian region"; "Indian
    // government" does.
    if (longer == t + 1 && mere_adjective(t)) {
      ++t;
      continue;
    }
    // "completed in English"
    const bool language = longer == t + 1 && t > s.sentence_start(t) &&
                          lists.languages.has(s.lower[t]) &&
                          (s.lower[t - 1] == "in" || s.lower[t - 1] == "into");
    if (language) {
      ++t;
      continue;
    }
    if (lists.demonyms.has(s.lower[t]) &&
        (longer == t + 1 || (end == t + 1 && describes_name(end, longer)))) {
      ++t;
      continue;
    }
    t = bracketed_middle(t, end) > 0 ? push_bracketed(t, end)
                                     : push_bracketed(t, std::max(end, longer));
  }
}

/// Stores the name, and the larger one that goes on behind a bracket in it; gives where it ends.
uint32_t NameFinder::push_bracketed(uint32_t begin, uint32_t end) {
  const uint32_t outer = bracketed_middle(begin, end);
  if (outer > 0) {
    chunks.push_back({});
    chunks.back().tokens = {begin, outer};
  }
  split({begin, end});
  if (outer > 0) split({end + 1, end + 2});
  return std::max(outer, end);
}

/// "team", "election observation mission": the end of the common words at `t` that end in a body's
/// head written in lower case after a name; 0 if they don't.
uint32_t NameFinder::lower_body(uint32_t t) const {
  constexpr uint32_t kLongest = 4;  // tokens
  const HeadList heads{lists.organization_heads.own, lists.organization_heads.own};
  const uint32_t limit = std::min(s.sentence_end(t), t + kLongest);
  uint32_t best = 0;
  for (uint32_t e = t; e < limit && !s.capital[e] && s.nominal(e) && !s.title_token[e]; ++e) {
    const std::string* value = nullptr;
    if (ending_entry(s, heads, t, e + 1, &value) && *value == "lower") best = e + 1;
  }
  return best;
}

/// "Communist Party of China (CPC) Central Committee", "International Monetary Fund (IMF) team":
/// the end of the body behind the bracket, or 0.
uint32_t NameFinder::bracketed_middle(uint32_t begin, uint32_t end) const {
  const uint32_t limit = s.sentence_end(begin);
  if (end + 3 >= limit || s.lower[end] != "(" || !s.all_capitals[end + 1] ||
      s.lower[end + 2] != ")" || end - begin < 2)
    return 0;
  if (const uint32_t team = lower_body(end + 3); team > 0) return team;
  if (!is_name_word(end + 3)) return 0;
  uint32_t e = end + 3;
  while (e < limit && e < end + 7 && is_name_word(e)) ++e;
  for (; e > end + 4; --e) {
    if (ending_entry(s, lists.organization_heads, end + 3, e)) return e;
  }
  return 0;
}

}  // namespace weft::extract
