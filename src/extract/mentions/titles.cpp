// Offices and the people who hold them: "Secretary of the Jiangxi Provincial Party Committee", "FSC
// Vice Chairman Kwon", "its chief executive", "Kazakhstan's deputy foreign minister".
//
// Method: a head word of schema/lexicons/mentions.json (position_heads) grows to the left over
// modifiers and to the right over a portfolio ("of Finance"); mark_titles() does so before names
// are looked for, so that a name does not swallow a title; find_positions() then takes in the body
// beside it, which by then is a name of its own. Drafts are looked up by where they begin and end,
// so that the cost is linear.
#include <algorithm>

#include "extract/frames/within.h"
#include "extract/mentions/sketch.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

bool is_punctuation(const Sketch& s, uint32_t t) {
  const auto& w = s.lower[t];
  return w.size() <= 3 && w.find_first_not_of(",;:.!?()[]\"'-/|*") == std::string::npos;
}

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
    if (!s.capital[p] && s.tagged() && !is_punctuation(s, p) &&
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
        modifies_noun(s, t + n - 1)) {
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
    title.weak = *value == "weak";
    title.name_only = *value == "name";
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

namespace {

/// Which draft begins or ends at a token.
class DraftBorders {
 public:
  explicit DraftBorders(const Sketch& s)
      : sketch_(s),
        begins_(s.size() + 1, kNone),
        bodies_(s.size() + 1, kNone),
        person_ends_(s.size() + 1, 0),
        person_at_(s.size() + 1, 0) {
    for (uint32_t i = 0; i < s.drafts.size(); ++i) note(i);
  }
  /// A draft that was added since.
  void note(uint32_t i) {
    const auto& core = sketch_.lists.schema.ontology.core();
    const Draft& d = sketch_.drafts[i];
    uint32_t& begins = begins_[d.tokens.begin];
    if (begins == kNone || d.tokens.end > sketch_.drafts[begins].tokens.end) begins = i;
    if (d.type == core.person) {
      person_ends_[d.tokens.end] = 1;
      std::fill(person_at_.begin() + d.tokens.begin, person_at_.begin() + d.tokens.end, 1);
    }
    if (d.type != core.organization && d.type != core.place && d.type != core.facility) return;
    uint32_t& body = bodies_[d.tokens.end];
    if (body == kNone || d.tokens.begin < sketch_.drafts[body].tokens.begin) body = i;
  }
  /// The longest draft that begins at the token; kNone if there is none.
  uint32_t beginning(uint32_t token) const { return begins_[token]; }
  /// The longest draft of a type that may own an office, that ends before the token.
  uint32_t body_ending(uint32_t token) const { return bodies_[token]; }
  bool person_ends(uint32_t token) const { return person_ends_[token] != 0; }
  bool person_at(uint32_t token) const { return person_at_[token] != 0; }

 private:
  const Sketch& sketch_;
  std::vector<uint32_t> begins_, bodies_;
  std::vector<uint8_t> person_ends_, person_at_;
};

/// True if the tree makes the office that of a person: "X is its chief executive", "X, who was
/// culture minister", "X signed as its director", "the council elected X president", "she became
/// mayor".
class OfficeTree {
 public:
  OfficeTree(const Sketch& s, const DraftBorders& drafts)
      : s_(s), d_(s.document), drafts_(drafts), usable_(d_.head.size() == s.size()) {}

  bool of_person(uint32_t head) const {
    if (!usable_) return false;
    // "deputy secretary of the committee and acting mayor": as the first of them.
    uint32_t office = head;
    for (uint32_t steps = 0; steps < kSteps && d_.deprel[office] == Deprel::conj; ++steps)
      if (d_.head[office] == doc::kNoToken || d_.upos[d_.head[office]] == doc::Upos::VERB)
        break;
      else
        office = d_.head[office];
    if (described(office) || has_person(office, false)) return true;
    const uint32_t verb = d_.head[office];
    if (verb == doc::kNoToken || s_.sentence[verb] != s_.sentence[head]) return false;
    const bool as = marked_as(office) || marked_as(head);
    const bool made = (d_.deprel[office] == Deprel::xcomp || d_.deprel[office] == Deprel::obj ||
                       d_.deprel[office] == Deprel::obl) &&
                      s_.lists.office_verbs.has(d_.lemma_of(verb));
    return (as || made) && governed(verb, made || s_.lists.office_verbs.has(d_.lemma_of(verb)));
  }

 private:
  using Deprel = doc::Deprel;
  static constexpr uint32_t kReach = 30;  // tokens
  static constexpr uint32_t kSteps = 3;

  /// A person's name, or a pronoun that can only be a person's.
  bool person(uint32_t t) const {
    static constexpr std::string_view kPersonal[] = {"he", "she", "him", "her"};
    return drafts_.person_at(t) || std::find(std::begin(kPersonal), std::end(kPersonal),
                                             std::string_view(s_.lower[t])) != std::end(kPersonal);
  }
  /// A person whom the clause or noun at `t` describes.
  bool described(uint32_t t) const {
    return d_.head[t] != doc::kNoToken &&
           (d_.deprel[t] == Deprel::appos || d_.deprel[t] == Deprel::acl_relcl ||
            d_.deprel[t] == Deprel::acl) &&
           drafts_.person_at(d_.head[t]);
  }
  bool has_person(uint32_t predicate, bool objects) const {
    const uint32_t begin =
        std::max(s_.sentence_start(predicate), predicate > kReach ? predicate - kReach : 0);
    const uint32_t end = std::min(s_.sentence_end(predicate), predicate + kReach);
    for (uint32_t t = begin; t < end; ++t)
      if (d_.head[t] == predicate &&
          (d_.deprel[t] == Deprel::nsubj || d_.deprel[t] == Deprel::nsubj_pass ||
           (objects && (d_.deprel[t] == Deprel::obj || d_.deprel[t] == Deprel::iobj))) &&
          person(t))
        return true;
    return false;
  }
  bool marked_as(uint32_t office) const {
    const uint32_t begin = office > kReach ? office - kReach : 0;
    for (uint32_t t = std::max(s_.sentence_start(office), begin); t < office; ++t)
      if (d_.head[t] == office && d_.deprel[t] == Deprel::case_ && s_.lower[t] == "as") return true;
    return false;
  }
  /// "is expected to resign as president": the person stands with the verb or one above it.
  bool governed(uint32_t verb, bool objects) const {
    for (uint32_t steps = 0; steps <= kSteps; ++steps) {
      if (has_person(verb, objects) || described(verb)) return true;
      const Deprel r = d_.deprel[verb];
      objects = r == Deprel::xcomp;  // "asked him to become president"
      const bool shares = r == Deprel::xcomp || r == Deprel::conj || r == Deprel::advcl;
      if (!shares || d_.head[verb] == doc::kNoToken) return false;
      verb = d_.head[verb];
    }
    return false;
  }

  const Sketch& s_;
  const doc::Document& d_;
  const DraftBorders& drafts_;
  const bool usable_;
};

/// True if a person is named right after, or beside with a comma ("the governor, Néstor Quilca").
bool person_beside(const Sketch& s, const DraftBorders& drafts, core::TokenSpan title) {
  const auto person = s.lists.schema.ontology.core().person;
  const uint32_t end = s.sentence_end(title.begin), start = s.sentence_start(title.begin);
  for (uint32_t t = title.end; t < end && t < title.end + 8; ++t) {
    const uint32_t d = drafts.beginning(t);
    if (d != kNone && s.drafts[d].type == person) return true;
    const auto& w = s.lower[t];
    if (w != "," && w != "(" && w != ":" && !s.lists.personal_titles.has(w) && !s.title_token[t] &&
        !(s.capital[t] && s.lists.demonyms.has(w)))
      break;
  }
  for (uint32_t t = title.begin; t > start && t + 5 > title.begin; --t) {
    if (drafts.person_ends(t)) return true;
    const auto& w = s.lower[t - 1];
    const bool passes = w == "," || w == "(" || w == ":" || w == "-" || w == "as" || w == "the" ||
                        w == "a" || w == "an" || w == "and" || s.lists.position_not.has(w) ||
                        w.find_first_not_of("0123456789") == std::string::npos;
    if (!passes) break;
  }
  return false;
}

/// "the Republic", "the State", "the Senate": one capitalised word that alone stands for the body.
bool names_state(const Sketch& s, uint32_t t, uint32_t end) {
  if (t >= end || !s.capital[t] || s.lower[t - 1] != "the" || s.all_capitals[t]) return false;
  if (t + 1 < end && (s.capital[t + 1] || s.nominal(t + 1))) return false;
  return s.lists.organization_heads.has(s.lower[t]) || s.lists.place_heads.has(s.lower[t]) ||
         s.lists.place_heads.has("+" + s.lower[t]);
}

/// "the provincial [Party] committee": a head word in capitals that modifies a common noun.
bool lone_head(const Sketch& s, uint32_t t, uint32_t begin, uint32_t end) {
  return t > begin && t + 1 < end && !s.capital[t - 1] && !s.capital[t + 1] && s.nominal(t + 1) &&
         s.lists.organization_heads.has(s.lower[t]);
}

/// "head of the UN's [election unit]", "member of the House [health committee]", "head of the
/// China-led [fund]": where the noun phrase ends that a body's name only opens, or `t`, the name's
/// end.
uint32_t owned_end(const Sketch& s, uint32_t t, uint32_t end) {
  const auto common = [&](uint32_t k) {
    return k < end && !s.capital[k] && s.nominal(k) && !s.title_token[k] &&
           !s.lists.position_not.has(s.lower[k]) && !is_punctuation(s, k);
  };
  uint32_t u = t;
  const bool genitive = u < end && (s.lower[u] == "'s" || s.lower[u] == "'");
  const bool hyphen = u + 1 < end && s.lower[u] == "-" && s.touches(u - 1, u) &&
                      s.touches(u, u + 1) && !s.capital[u + 1];
  if (genitive) ++u;
  if (hyphen) u += 2;
  const uint32_t noun = u;
  while (common(u) && u < t + 6) ++u;
  if (u == noun) return t;
  if (genitive || hyphen) return u;
  return ending_entry(s, s.lists.organization_heads, noun, u) > 0 ? u : t;
}

/// What such a phrase ends in is a body: an office, a bank, a unit.
bool ends_in_body(const Sketch& s, uint32_t begin, uint32_t end) {
  const auto& core = s.lists.schema.ontology.core();
  return ending_entry(s, s.lists.organization_heads, begin, end) > 0 ||
         s.lists.owned_bodies.has(s.lower[end - 1]) ||
         s.lists.type_in(s.lists.descriptions, s.lower[end - 1]) == core.organization ||
         s.lists.type_in(s.lists.described, s.lower[end - 1]) == core.organization;
}

void add_position(Sketch& s, DraftBorders& drafts, const TitleSpan& title) {
  const auto& core = s.lists.schema.ontology.core();
  const uint32_t end = s.sentence_end(title.head);
  const uint32_t start = s.sentence_start(title.head);
  core::TokenSpan span = title.tokens;
  std::vector<std::string> aliases;
  bool with_body = false;
  // The body to the right: "of the Sri Lanka Tea Board", "in Bishkek" (ambassadors), "at the
  // Institute".
  if (span.end + 1 < end) {
    const auto& link = s.lower[span.end];
    uint32_t t = span.end + 1;
    const std::string& head = s.lower[title.head_end - 1];
    if (link == "of" || link == "for" || (link == "to" && s.lists.position_to.has(head)) ||
        (link == "in" && head == "ambassador")) {
      if (t < end && s.lower[t] == "the") ++t;
      uint32_t body = t < end ? drafts.beginning(t) : kNone;
      // "the dairy cooperative Coopelácteos": common words before the name.
      uint32_t skipped = 0;
      uint32_t u = t;
      while (body == kNone && u < end && skipped < 4 && s.nominal(u) &&
             (!s.capital[u] || lone_head(s, u, t, end))) {
        ++u;
        ++skipped;
        if (u < end) body = drafts.beginning(u);
      }
      if (body != kNone && s.drafts[body].type != core.person) {
        const core::TokenSpan name = s.drafts[body].tokens;
        span.end = owned_end(s, name.end, end);
        with_body = true;
        // A "Nanning-based carrier" was named before.
        const bool based = name.end + 1 < end && s.lower[name.end + 1] == "based";
        if (span.end > name.end && !based && ends_in_body(s, name.end, span.end)) {
          auto& owned = s.add({name.begin, span.end}, core.organization, 0.5F);
          if (const uint32_t t1 = name.end + 1; s.lower[name.end] == "'s")
            owned.aliases.push_back(s.text({t1, span.end}));
          owned.inner = true;
          drafts.note(static_cast<uint32_t>(s.drafts.size() - 1));
        }
      } else if (body == kNone && names_state(s, t, end)) {
        span.end = t + 1;  // "President of the Republic"
        with_body = true;
      } else if (u > t) {
        span.end = u;  // "chair of the management board"
      }
    }
  }
  // The body to the left: "FSC Vice Chairman", "Kazakhstan's deputy foreign minister".
  const uint32_t plain_begin = span.begin;
  if (!with_body && span.begin > start) {
    uint32_t e = span.begin;
    if (s.lower[e - 1] == "'s" || s.lower[e - 1] == "'") --e;
    const uint32_t body = drafts.body_ending(e);
    if (body != kNone) {
      span.begin = s.drafts[body].tokens.begin;
      with_body = true;
    }
  }
  // "Chinese ambassador in Bishkek"
  if (span.begin == plain_begin && span.begin > start && s.capital[span.begin - 1] &&
      s.lists.demonyms.has(s.lower[span.begin - 1])) {
    --span.begin;
    with_body = true;
  }
  const bool beside = person_beside(s, drafts, span) || person_beside(s, drafts, title.tokens) ||
                      OfficeTree(s, drafts).of_person(s.head_of(title.tokens));
  const bool portfolio = title.tokens.end > title.head_end;
  const bool capital = s.capital[title.head] && !s.first_in_sentence(title.head) &&
                       !s.headline[s.sentence[title.head]];
  const bool multi = title.head > title.tokens.begin || title.head_end > title.head + 1;
  const bool definite = span.begin > start && s.lower[span.begin - 1] == "the";
  bool take = beside || with_body || portfolio || (capital && multi && !definite);
  if (title.weak) take = beside && with_body;
  if (title.name_only) {
    const uint32_t behind = title.tokens.end < end ? drafts.beginning(title.tokens.end) : kNone;
    take = behind != kNone && s.drafts[behind].type == core.person;
  }
  if (!take) return;
  auto& draft = s.add(span, core.position, title.weak ? 0.5F : 0.8F);
  if (span != title.tokens) {
    draft.aliases.push_back(s.text({plain_begin, span.end}));
    draft.aliases.push_back(s.text(title.tokens));
  }
  draft.aliases.push_back(s.text({title.head, title.head_end}));
  drafts.note(static_cast<uint32_t>(s.drafts.size() - 1));
}

}  // namespace

void find_positions(Sketch& s) {
  DraftBorders drafts(s);
  // "Office of the Prime Minister": the title in a body's name is no office of its own.
  std::vector<uint8_t> named(s.size(), 0);
  for (const Draft& d : s.drafts)
    for (uint32_t t = d.tokens.begin; t < d.tokens.end; ++t) named[t] |= s.title_token[t];
  for (const auto& title : s.titles)
    if (!named[title.head]) add_position(s, drafts, title);
}

}  // namespace weft::extract
