// Titles: "Secretary of the Jiangxi Provincial Party Committee", "Vice Chairman", "deputy foreign
// minister".
//
// Method: a head word of schema/lexicons/mentions.json (position_heads) grows to the left over
// modifiers and to the right over a portfolio ("of Finance"). This comes before names are looked
// for, so that a name does not swallow a title; positions.cpp makes offices of them afterwards.
// Linear in tokens.
#include <algorithm>

#include "extract/frames/within.h"
#include "extract/mentions/sketch.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

/// True if the capitalised words from `t` on end in a head word of a body, a site or a place:
/// "Justice Department".
bool names_a_body(const Sketch& s, uint32_t t) {
  const uint32_t end = s.sentence_end(t);
  uint32_t e = t;
  while (e < end && s.capital[e] && !s.lists.not_names.has(s.lower[e])) ++e;
  if (e == t) return false;
  if (s.lists.organization_heads.has(s.lower[e - 1])) return true;
  // "Interior Minister Ann Park"
  if (e - t > 1 && s.lists.given_names.has(s.lower[t]) && s.lists.surnames.has(s.lower[e - 1]))
    return false;
  return s.lists.facility_heads.has(s.lower[e - 1]) ||
         s.lists.place_heads.has("+" + s.lower[e - 1]);
}

/// True if the words at [t, end) end a name that is no office's: "International Court of [Justice]"
/// of the gazetteer, "Finnish Coast [Guard]" by its head words.
bool ends_known_name(const Sketch& s, uint32_t t, uint32_t end) {
  constexpr uint32_t kLongest = 8;
  if (!s.capital[t] || t == s.sentence_start(t) || !s.capital[end - 1]) return false;
  const uint32_t start = std::max(s.sentence_start(t), t > kLongest ? t - kLongest : 0);
  for (const auto& m : begin_in(std::span(std::as_const(s.places)), {start, t})) {
    const auto& entry = s.lists.schema.gazetteer[m.entry];
    if (m.tokens.end >= end && s.capital[m.tokens.begin] && !entry.any_case &&
        entry.type != s.lists.schema.ontology.core().group)  // "Republican senator" is one of them
      return true;
  }
  return s.capital[t - 1] && ending_entry(s, s.lists.organization_heads, t - 1, end) > end - t;
}

/// "Neil [King], Mark Bell", "[Dean] Holt, Ann Ray": a word of office that the tagger sees in a
/// person's name.
bool is_named_so(const Sketch& s, uint32_t t, uint32_t end) {
  constexpr uint32_t kLongest = 5;
  if (!s.capital[t]) return false;
  const uint32_t start = std::max(s.sentence_start(t), t > kLongest ? t - kLongest : 0);
  for (const auto& name : begin_in(std::span(std::as_const(s.document.names)), {start, t + 1})) {
    if (name.type != s.lists.schema.ontology.core().person) continue;
    const bool surname = name.tokens.begin < t && name.tokens.end == end && s.capital[t - 1] &&
                         !s.lists.position_heads.has(s.lower[t - 1]) &&
                         !s.lists.position_modifiers.has(s.lower[t - 1]);
    const bool given =
        name.tokens.begin == t && name.tokens.end > end && s.lists.given_names.has(s.lower[t]);
    if (surname || given) return true;
  }
  return false;
}

bool is_verb_here(const Sketch& s, uint32_t t) {
  return s.tagged() &&
         (s.document.upos[t] == doc::Upos::VERB || s.document.upos[t] == doc::Upos::AUX);
}

/// "the Communist [Party] and General Secretary": a modifier that ends a name belongs to the name.
bool ends_name(const Sketch& s, uint32_t t) {
  if (!s.capital[t] || t == s.sentence_start(t) || !s.capital[t - 1]) return false;
  return !s.lists.position_modifiers.has(s.lower[t - 1]) &&
         !s.lists.position_heads.has(s.lower[t - 1]) && !s.first_in_sentence(t - 1);
}

/// Grows the title to the left over modifiers that belong to the office.
uint32_t left_edge(const Sketch& s, uint32_t head) {
  uint32_t b = head;
  const uint32_t start = s.sentence_start(head);
  const bool has_portfolio =
      starting_entry(s, s.lists.portfolio_heads, head, s.sentence_end(head)) > 0;
  const auto modifies = [&](uint32_t t) {
    return s.lists.position_modifiers.has(s.lower[t]) ||
           (has_portfolio && s.capital[t] && s.lists.portfolio_words.has(s.lower[t]));
  };
  while (b > start) {
    const uint32_t p = b - 1;
    const auto& w = s.lower[p];
    // "the Communist Party and General Secretary": what is in a name belongs to no office behind
    // it.
    const uint32_t next = w == "and" && p > start ? p - 1 : p;
    if (s.lists.position_not.has(w) || (s.tagged_name[next] && !s.tagged_name[head])) break;
    if (w == "-" && p > start && s.touches(p, b) && s.touches(p - 1, p)) {
      if (s.lists.position_not.has(s.lower[p - 1])) break;
      b = p - 1;
      continue;
    }
    const bool modifier = modifies(p) || s.lists.position_heads.has(w);
    if (w == "and" && p > start && b - p <= 1 && modifies(b) && modifies(p - 1) &&
        !ends_name(s, p - 1)) {
      b = p - 1;
      continue;
    }
    // "acting mayor": what only looks like a verb hangs on the office.
    const bool verb = is_verb_here(s, p) && !s.capital[p] &&
                      !(s.document.head.size() == s.size() && s.document.head[p] == head &&
                        s.document.deprel[p] == doc::Deprel::amod);
    if (modifier && !verb) {
      b = p;
      continue;
    }
    // "Chief Election Commissioner", "Chief Financial Officer": whatever a chief's field is.
    if (w != "chief" && s.capital[p] && s.capital[head] && p > start && s.lower[p - 1] == "chief" &&
        s.capital[p - 1]) {
      b = p - 1;
      continue;
    }
    // "The next day chairman Per Dahl resigned": the day is no part of the office.
    if (!s.capital[p] && s.tagged() && !s.punctuation(p) && !s.lists.time_units.has(w) &&
        (s.document.upos[p] == doc::Upos::NOUN || s.document.upos[p] == doc::Upos::ADJ)) {
      b = p;
      continue;
    }
    break;
  }
  return b;
}

/// The words of a portfolio from `t` on: "Foreign Affairs", "Water, Sanitation and Irrigation".
uint32_t portfolio_words_end(const Sketch& s, uint32_t t, uint32_t limit) {
  const auto known = [&](uint32_t k) {
    return k < limit && s.capital[k] == s.capital[t] &&
           (s.lists.portfolio_words.has(s.lower[k]) || s.lists.position_modifiers.has(s.lower[k]));
  };
  const auto joins = [&](uint32_t k) { return s.lower[k] == "and" || s.lower[k] == "&"; };
  // A comma goes on only where an "and" ends the list: "Minister of Health, Labour leader" has
  // none.
  const auto lists_on = [&](uint32_t k) {
    for (; k < limit; ++k) {
      if (joins(k)) return known(k + 1);
      if (s.lower[k] != "," && !known(k)) return false;
    }
    return false;
  };
  uint32_t last = t;
  while (last < limit) {
    if (known(last)) {
      ++last;
    } else if (last > t && known(last + 1) &&
               (joins(last) || (s.lower[last] == "," && lists_on(last)) ||
                (s.lower[last] == "-" && s.touches(last - 1, last)))) {
      last += 2;
    } else if (last > t && last + 2 < limit && s.lower[last] == "," && joins(last + 1) &&
               known(last + 2)) {
      last += 3;  // "Health, Welfare, and Sports"
    } else {
      break;
    }
  }
  return last;
}

/// End of "of Finance", "for Energy and Mines", "of foreign affairs" after a title, or `end` if
/// what follows is a body.
uint32_t portfolio_end(const Sketch& s, uint32_t begin, uint32_t end) {
  const uint32_t limit = s.sentence_end(end - 1);
  if (end + 1 >= limit) return end;
  const auto& link = s.lower[end];
  if (link != "of" && link != "for" && link != "to") return end;
  uint32_t t = end + 1;
  const bool has_portfolio = (s.lists.portfolio_heads.has(s.lower[end - 1]) ||
                              starting_entry(s, s.lists.portfolio_heads, begin, end) > 0) &&
                             !(end >= 2 && s.lower[end - 2] == "prime") && link != "to";
  if (s.lower[t] == "the") {  // "Minister of the Interior"
    if (!has_portfolio || t + 1 >= limit || !s.capital[t + 1]) return end;
    ++t;
    const uint32_t last = portfolio_words_end(s, t, limit);
    return last == t || (last < limit && s.capital[last] && names_a_body(s, last)) ? end : last;
  }
  // Known portfolio words may be followed by a person's name: stop where they stop.
  uint32_t last = t;
  if (has_portfolio) {
    last = portfolio_words_end(s, t, limit);
  } else {
    while (last < limit) {
      const auto& w = s.lower[last];
      if (s.lists.position_modifiers.has(w) || w == "affairs" || w == "rural" || w == "natural") {
        ++last;
      } else if ((w == "and" || w == ",") && last + 1 < limit && last > t &&
                 s.capital[last + 1] == s.capital[t] &&
                 (s.lists.position_modifiers.has(s.lower[last + 1]) ||
                  s.lower[last + 1] == "rural")) {
        ++last;
      } else {
        break;
      }
    }
  }
  if (last < limit && last > t && s.capital[last] && names_a_body(s, last)) return end;
  if (last > t) return last;
  // A minister's portfolio may be any word: "Minister of Hydraulics", "Minister of Marine Affairs
  // and Fisheries".
  const auto& head = s.lower[end - 1];
  if (head != "minister" || !s.capital[t]) return end;
  if (end >= 2 && s.lower[end - 2] == "prime") return end;
  for (const auto& match : s.places) {
    if (match.tokens.begin == t &&
        s.lists.schema.gazetteer[match.entry].type == s.lists.schema.ontology.core().place)
      return end;
  }
  for (uint32_t k = t; k < limit && k < t + 4 && s.capital[k]; ++k)
    if (s.lists.portfolio_words.has(s.lower[k])) last = k + 1;
  if (last == t) last = t + 1;
  if (last + 1 < limit && s.lower[last] == "and" && s.capital[last + 1]) last += 2;
  return last;
}

/// "ASEAN [member] states", "a [governor] candidate": a word of office that only modifies a common
/// noun.
bool modifies_noun(const Sketch& s, uint32_t head) {
  const doc::Document& d = s.document;
  if (!s.tagged() || d.deprel.size() != s.size() || d.head.size() != s.size()) return false;
  const uint32_t noun = head + 1;
  return d.deprel[head] == doc::Deprel::compound && d.head[head] == noun && noun < s.size() &&
         !s.capital[noun] && d.upos[noun] == doc::Upos::NOUN &&
         !s.lists.position_heads.has(s.lower[noun]);
}

}  // namespace

void mark_titles(Sketch& s) {
  for (uint32_t t = 0; t < s.size();) {
    if (!s.usable[t]) {
      ++t;
      continue;
    }
    const std::string* value = nullptr;
    const uint32_t end = s.sentence_end(t);
    const uint32_t n = starting_entry(s, s.lists.position_heads, t, end, &value);
    if (n == 0 || is_verb_here(s, t + n - 1) || ends_known_name(s, t, t + n) ||
        is_named_so(s, t, t + n) || modifies_noun(s, t + n - 1)) {
      ++t;
      continue;
    }
    TitleSpan title;
    title.head = t;
    title.head_end = t + n;
    // "deputy secretary" + "secretary general": what ends later is the head.
    for (uint32_t k = t + 1; k < t + n; ++k)
      title.head_end =
          std::max(title.head_end, k + starting_entry(s, s.lists.position_heads, k, end));
    title.job = *value == "job";
    title.weak = title.job || *value == "weak";
    title.name_only = *value == "name";
    title.rank = *value == "rank";
    // "Minister" + "-designate", "Governor" + "-elect".
    if (title.head_end + 1 < end && s.lower[title.head_end] == "-" &&
        s.touches(title.head_end - 1, title.head_end) &&
        s.touches(title.head_end, title.head_end + 1)) {
      title.head_end += 2;
    }
    // A capitalised title word that ends in a body's or a site's name is part of that name:
    // "Justice Department".
    const bool inside_name = s.capital[t] && title.head_end < end && s.capital[title.head_end] &&
                             !s.headline[s.sentence[t]] && names_a_body(s, title.head_end) &&
                             (n == 1 && (title.weak || title.name_only || *value != "multi"));
    uint32_t e = title.head_end;
    if (!inside_name) {
      title.tokens.begin = left_edge(s, t);
      title.tokens.end = title.name_only || title.weak ? e : portfolio_end(s, t, e);
      e = title.tokens.end;
      if (!s.titles.empty() && s.titles.back().tokens.end > title.tokens.begin) {
        // "President" + "Director": one title with two heads.
        auto& before = s.titles.back();
        if (before.tokens.end <= t && before.tokens.begin <= title.tokens.begin + 6) {
          title.tokens.begin = before.tokens.begin;
          s.titles.pop_back();
        }
      }
      const bool marks = s.capital[t] || !title.weak || (e < end && s.capital[e]);
      if (marks) {
        for (uint32_t k = title.tokens.begin; k < title.tokens.end; ++k) s.title_token[k] = 1;
      }
      s.titles.push_back(title);
    }
    t = std::max(e, t + 1);
  }
}

}  // namespace weft::extract
