// One entity for one thing: joins the drafts of a document that name the same.
//
// Method: union-find over drafts. Joined are: bracketed short forms, equal names of one type, one
// gazetteer entry, a person's surname or given name with the one full name that holds it, a place
// with and without its kind ("Jiangxi Province"), acronyms with the name whose initials they are,
// and a short form with the longer name it begins or ends. A short form that fits two names is that
// of the one named before, clearly more often or in the title; else it stands apart. Names are
// compared with those that share a word, a beginning, an end or initials with them, found by maps,
// so that the cost stays near-linear in the drafts.
#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <span>
#include <tuple>
#include <utility>

#include "extract/frames/within.h"
#include "extract/mentions/sketch.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/words.h"

namespace weft::extract {

namespace {

constexpr size_t kMaxDrafts = 20000;  // of one document; what is beyond is left out

std::vector<std::string> words_of(std::string_view key) {
  const std::vector<std::string_view> words = text::words(key);
  return {words.begin(), words.end()};
}

struct Joiner {
  explicit Joiner(Sketch& sketch)
      : s(sketch), core(sketch.lists.schema.ontology.core()), parent(sketch.drafts.size()) {
    std::iota(parent.begin(), parent.end(), 0U);
  }

  uint32_t find(uint32_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  }
  /// `b` bears the name that the rule joins.
  void join(uint32_t a, uint32_t b, doc::JoinRule rule) {
    if (rule != doc::JoinRule::name) why.try_emplace(name_of(b), rule);
    a = find(a);
    b = find(b);
    if (a != b) parent[std::max(a, b)] = std::min(a, b);
  }

  using TypedName = std::pair<uint16_t, std::string>;
  TypedName name_of(uint32_t draft) const {
    return {s.drafts[draft].type.value, s.drafts[draft].key};
  }

  /// A distinct name: its key, type and the first draft that bears it.
  struct Name {
    uint32_t draft;
    std::vector<std::string> words;
  };

  void clean();
  void join_equal();
  void list_names();
  void adopt_surnames();
  std::map<std::string, std::vector<uint32_t>> people_by_word() const;
  void share_surname(const Name& part, const std::vector<uint32_t>& bearers,
                     const std::map<std::string, std::vector<uint32_t>>& drafts_of);
  void join_people();
  void join_places();
  void join_short_forms();
  bool part_of(const Name& body, const Name& longer) const;
  /// "Toyota Motor", "Toyota Ltd.": called so by their short forms too.
  bool company(const Name& name) const {
    const auto* sort = s.lists.organization_heads.shared.value(name.words.back());
    return (sort && *sort == "company") || s.lists.company_suffixes.has(name.words.back());
  }
  bool generic_start(const Name& name) const;
  static bool ends_with(const Name& full, size_t size, const Name& part);
  std::set<std::pair<uint32_t, uint32_t>> nested_names() const;
  uint32_t likeliest(const std::set<uint32_t>& candidates, uint32_t part) const;
  void join_phrases();
  bool owned(const Draft& office) const;
  uint32_t holder_behind(const Draft& office, const std::map<uint32_t, uint32_t>& people) const;
  bool held_by_others(uint32_t bare, uint32_t full, const std::map<uint32_t, uint32_t>& people,
                      const std::map<uint32_t, uint32_t>& people_ends,
                      const std::map<TypedName, std::vector<uint32_t>>& offices);
  void join_positions();
  void build();
  bool shouted(core::TokenSpan span) const;
  void build_entity(const std::vector<uint32_t>& members);
  void add_titled(uint32_t draft, doc::LocalEntity entity);

  Sketch& s;
  const schema::CoreTypes& core;
  std::vector<uint32_t> parent;
  std::vector<Name> names;
  std::map<TypedName, doc::JoinRule> why;                      // names joined to another one
  std::vector<uint32_t> mentions;                              // of each first draft of a thing
  std::vector<std::map<std::string, uint32_t>> counts;         // alias -> count, of each entity
  std::vector<std::vector<uint32_t>> title_ends, office_ends;  // titles, drafts of offices by end
};

/// Drops drafts that repeat a span, cross another or have no name.
void Joiner::clean() {
  std::vector<uint32_t> order(s.drafts.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
    const auto &x = s.drafts[a], &y = s.drafts[b];
    if (x.tokens.begin != y.tokens.begin) return x.tokens.begin < y.tokens.begin;
    if (x.tokens.end != y.tokens.end) return x.tokens.end > y.tokens.end;
    return x.confidence > y.confidence;
  });
  std::vector<uint32_t> renumber(s.drafts.size(), kNone);
  std::vector<Draft> kept;
  std::vector<core::TokenSpan> open;
  for (const uint32_t i : order) {
    auto& d = s.drafts[i];
    while (!open.empty() && open.back().end <= d.tokens.begin) open.pop_back();
    const bool crosses =
        !open.empty() && (d.tokens.end > open.back().end || d.tokens == open.back());
    if (d.key.empty() || crosses || kept.size() >= kMaxDrafts) continue;
    open.push_back(d.tokens);
    renumber[i] = static_cast<uint32_t>(kept.size());
    kept.push_back(std::move(d));
  }
  s.drafts = std::move(kept);
  std::vector<std::pair<uint32_t, uint32_t>> same;
  for (const auto& [a, b] : s.same) {
    if (renumber[a] != kNone && renumber[b] != kNone) same.emplace_back(renumber[a], renumber[b]);
  }
  s.same = std::move(same);
  parent.resize(s.drafts.size());
  std::iota(parent.begin(), parent.end(), 0U);
}

void Joiner::join_equal() {
  for (const auto& [a, b] : s.same) join(a, b, doc::JoinRule::bracket);
  std::map<TypedName, uint32_t> first;
  std::map<uint32_t, uint32_t> entries;
  for (uint32_t i = 0; i < s.drafts.size(); ++i) {
    const auto& d = s.drafts[i];
    const auto [it, fresh] = first.try_emplace(name_of(i), i);
    if (!fresh) join(it->second, i, doc::JoinRule::name);
    if (d.entry.valid()) {
      const auto [e, is_new] = entries.try_emplace(d.entry.value, i);
      if (!is_new) join(e->second, i, doc::JoinRule::gazetteer);
    }
  }
}

void Joiner::list_names() {
  std::map<std::pair<uint16_t, std::string>, bool> seen;
  names.clear();
  for (uint32_t i = 0; i < s.drafts.size(); ++i) {
    const auto& d = s.drafts[i];
    if (seen.emplace(std::pair{d.type.value, d.key}, true).second)
      names.push_back({i, words_of(d.key)});
  }
}

/// "Keller left early": a lone word of unsure type that is a person's first or last name is that
/// person.
void Joiner::adopt_surnames() {
  std::map<std::string, uint32_t> ends;
  for (const auto& d : s.drafts) {
    const auto words = d.type == core.person ? words_of(d.key) : std::vector<std::string>();
    if (words.size() < 2) continue;
    ends.emplace(words.back(), 0);
    ends.emplace(words.front(), 0);
  }
  for (auto& d : s.drafts) {
    if (d.type != core.person && d.tokens.size() == 1 && !d.entry.valid() && d.confidence < 0.6F &&
        !d.inner && ends.contains(d.key)) {
      d.type = core.person;
    }
  }
}

/// The names that bear each word, by their numbers in `names`.
std::map<std::string, std::vector<uint32_t>> Joiner::people_by_word() const {
  std::map<std::string, std::vector<uint32_t>> out;
  for (uint32_t n = 0; n < names.size(); ++n) {
    if (s.drafts[names[n].draft].type != core.person) continue;
    for (const auto& w : names[n].words) {
      auto& bearers = out[w];
      if (bearers.empty() || bearers.back() != n) bearers.push_back(n);
    }
  }
  return out;
}

/// Two people of one surname: each mention of it goes to the one named last.
void Joiner::share_surname(const Name& part, const std::vector<uint32_t>& bearers,
                           const std::map<std::string, std::vector<uint32_t>>& drafts_of) {
  const std::string& key = s.drafts[part.draft].key;
  std::vector<uint32_t> others;
  for (const uint32_t n : bearers)
    if (const std::string& other = s.drafts[names[n].draft].key; other != key)
      others.insert(others.end(), drafts_of.at(other).begin(), drafts_of.at(other).end());
  std::sort(others.begin(), others.end());
  for (const uint32_t i : drafts_of.at(key)) {
    const auto behind = std::lower_bound(others.begin(), others.end(), i);
    if (behind == others.begin()) continue;
    parent[i] = find(*(behind - 1));
    why.try_emplace(name_of(i), doc::JoinRule::personal_name);
  }
}

void Joiner::join_people() {
  const auto by_word = people_by_word();
  std::map<std::string, std::vector<uint32_t>> drafts_of;  // people's drafts by key
  for (uint32_t i = 0; i < s.drafts.size(); ++i)
    if (s.drafts[i].type == core.person) drafts_of[s.drafts[i].key].push_back(i);
  for (const auto& part : names) {
    if (s.drafts[part.draft].type != core.person || part.words.empty()) continue;
    const std::vector<uint32_t>* candidates = nullptr;
    for (const auto& w : part.words)
      if (const auto& bearers = by_word.at(w); !candidates || bearers.size() < candidates->size())
        candidates = &bearers;
    uint32_t found = kNone;
    bool unique = true;
    for (const uint32_t n : *candidates) {
      const Name& full = names[n];
      if (full.words.size() <= part.words.size()) continue;
      bool all = true;
      for (const auto& w : part.words)
        all &= std::find(full.words.begin(), full.words.end(), w) != full.words.end();
      // Of two words or more, the last must be the last or the first the first: "Hugo Aparicio" in
      // "Hugo Luis Aparicio".
      if (part.words.size() > 1)
        all &= part.words.back() == full.words.back() || part.words.front() == full.words.front();
      if (!all) continue;
      if (found != kNone && find(found) != find(full.draft)) unique = false;
      found = full.draft;
    }
    if (found == kNone) continue;
    if (unique) {
      join(found, part.draft, doc::JoinRule::personal_name);
      continue;
    }
    share_surname(part, by_word.at(part.words.front()), drafts_of);
  }
}

void Joiner::join_places() {
  auto bare = [this](const Name& name) {
    std::string out;
    size_t n = name.words.size();
    if (n > 1 && s.lists.place_heads.has("+" + name.words[n - 1])) --n;
    size_t b = 0;
    if (n > 1 && n == name.words.size() && s.lists.place_prefixes.has(name.words[0])) b = 1;
    for (size_t k = b; k < n; ++k) out += (k > b ? " " : "") + name.words[k];
    return out;
  };
  std::map<std::string, uint32_t> by_bare;
  for (const auto& name : names) {
    const auto& d = s.drafts[name.draft];
    if (d.type != core.place) continue;
    if (name.words.size() == 1 || bare(name) == d.key) by_bare.emplace(d.key, name.draft);
  }
  static constexpr std::string_view kSame[] = {"province", "city",         "county",  "district",
                                               "region",   "municipality", "country", "village"};
  for (const auto& name : names) {
    const auto& d = s.drafts[name.draft];
    if (d.type != core.place || bare(name) == d.key) continue;
    // "Gansu River" is not Gansu, but "Gansu Province" is.
    const auto* kind = s.lists.place_heads.value("+" + name.words.back());
    const auto* prefix = s.lists.place_prefixes.value(name.words.front());
    const std::string value = kind ? *kind : prefix ? *prefix : "";
    if (std::find(std::begin(kSame), std::end(kSame), std::string_view(value)) == std::end(kSame))
      continue;
    const auto it = by_bare.find(bare(name));
    if (it != by_bare.end()) {
      // "Mexico City" is not Mexico.
      const auto known = s.drafts[it->second].entry;
      if (known.valid() && d.entry.valid() && known != d.entry) continue;
      if (known.valid() && value == "city" && s.is_country(known)) continue;
      join(it->second, name.draft, doc::JoinRule::place_kind);
    } else {
      by_bare.emplace(bare(name), name.draft);
    }
  }
}

std::string initials(const std::vector<std::string>& words, bool all) {
  std::string out;
  for (const auto& w : words) {
    if (!all && (w == "of" || w == "the" || w == "for" || w == "and" || w == "on" || w == "in" ||
                 w == "de"))
      continue;
    size_t pos = 0;
    const char32_t c = text::next_char(w, pos);
    if (text::is_letter(c)) text::append_utf8(out, c);
  }
  return out;
}

/// The number of words before the first "of".
size_t head_words(const std::vector<std::string>& words) {
  return static_cast<size_t>(std::find(words.begin(), words.end(), "of") - words.begin());
}

/// "CPC Central Committee" and "CPC Central Committee General Office", "European Union" and "EU
/// Border Agency": a body and one of its own.
bool Joiner::part_of(const Name& body, const Name& longer) const {
  const Draft& d = s.drafts[body.draft];
  if (d.type != core.organization) return false;
  if (s.lists.owned_bodies.has(body.words.back()) &&
      s.lists.organization_heads.has(longer.words.back()))
    return true;
  // The head stands before "of": "UN Centre for Preventive Diplomacy".
  size_t end = body.words.size();
  while (end < longer.words.size() && longer.words[end] != "of" && longer.words[end] != "for" &&
         longer.words[end] != "on")
    ++end;
  const auto* part =
      end > body.words.size() ? s.lists.part_heads.value(longer.words[end - 1]) : nullptr;
  if (!part || (longer.words[end - 1] == "agency" && longer.words[end - 2] == "news")) return false;
  return *part == "any" || d.entry.valid() ||
         (d.tokens.size() == 1 && s.all_capitals[d.tokens.begin]);
}

/// "Banco Tivoli", "Oslo Lepra Mining": a company's name that begins with a place or with what sort
/// of company it is.
bool Joiner::generic_start(const Name& name) const {
  const Draft& d = s.drafts[name.draft];
  if (d.type != core.organization || name.words.size() < 2) return false;
  const uint32_t t = d.tokens.begin;
  const auto* sort = s.lists.typed_prefixes.value(name.words[0]);
  if (sort && *sort == "Organization") return true;
  const auto matches = begin_in(std::span(std::as_const(s.places)), {t, t + 1});
  return company(name) && std::any_of(matches.begin(), matches.end(), [&](const auto& m) {
           return m.tokens.size() == 1 && s.lists.schema.gazetteer[m.entry].type == core.place;
         });
}

/// True if the first `size` words end in the short form: "Sri Lanka Tea Board". But "Executive
/// Board of the National Trade Council" ends as the body does that it belongs to.
bool Joiner::ends_with(const Name& full, size_t size, const Name& part) {
  if (size <= part.words.size()) return false;
  size_t at = size - part.words.size();
  if (!std::equal(part.words.begin(), part.words.end(),
                  full.words.begin() + static_cast<std::ptrdiff_t>(at)))
    return false;
  while (at > 0 && full.words[at - 1] == "the") --at;
  if (at == 0) return false;
  const std::string& link = full.words[at - 1];
  return link != "of" && link != "for" && link != "on" && link != "and" && link != "&";
}

/// The names, by their numbers, of which some draft of the first covers one of the second: the text
/// shows that they are two.
std::set<std::pair<uint32_t, uint32_t>> Joiner::nested_names() const {
  std::map<TypedName, uint32_t> number;
  for (uint32_t n = 0; n < names.size(); ++n) number.emplace(name_of(names[n].draft), n);
  std::set<std::pair<uint32_t, uint32_t>> out;
  std::vector<uint32_t> open;  // drafts; clean() has put them in order, outer ones first
  for (uint32_t i = 0; i < s.drafts.size(); ++i) {
    const auto& d = s.drafts[i];
    while (!open.empty() && s.drafts[open.back()].tokens.end <= d.tokens.begin) open.pop_back();
    for (const uint32_t outer : open)
      if (const auto type = s.drafts[outer].type; type == d.type)
        out.emplace(number.at(name_of(outer)), number.at(name_of(i)));
    open.push_back(i);
  }
  return out;
}

/// Of several names that a short form fits, the draft of the one it stands for: what is named
/// before it, of those the one named clearly more often, else the one of the title or the first
/// sentence; kNone if none of these tells.
uint32_t Joiner::likeliest(const std::set<uint32_t>& candidates, uint32_t part) const {
  std::map<uint32_t, uint32_t> count;  // mentions, of each candidate's first draft
  for (const uint32_t c : candidates)
    if (c < part) count.emplace(c, mentions[c]);
  if (count.empty()) return kNone;
  if (count.size() == 1) return count.begin()->first;
  uint32_t best = kNone, second = 0, in_lead = kNone, leads = 0;
  for (const auto& [draft, n] : count) {
    if (best == kNone || n > count.at(best)) {
      if (best != kNone) second = std::max(second, count.at(best));
      best = draft;
    } else {
      second = std::max(second, n);
    }
    const uint32_t sentence = s.sentence[s.drafts[draft].tokens.begin];
    if (sentence == 0 || s.document.role_of(sentence) == doc::BlockRole::title) {
      in_lead = draft;
      ++leads;
    }
  }
  if (count.at(best) >= 2 * second) return best;
  return leads == 1 ? in_lead : kNone;
}

void Joiner::join_short_forms() {
  auto joinable = [this](const Draft& d) {
    return d.type != core.person && d.type != core.place && d.type != core.position;
  };
  // Longer names by how they begin, how they end and by their initials.
  constexpr size_t kMostWords = 12, kMostOfDescription = 3;
  std::map<std::pair<char, std::string>, std::vector<uint32_t>> longer;
  const auto joined = [](auto begin, auto end) {
    std::string out;
    for (; begin != end; ++begin) out += *begin + ' ';
    return out;
  };
  for (uint32_t n = 0; n < names.size(); ++n) {
    const auto& words = names[n].words;
    if (!joinable(s.drafts[names[n].draft])) continue;
    for (size_t k = 1; k <= kMostWords && k < words.size(); ++k) {
      const auto count = static_cast<std::ptrdiff_t>(k);
      longer[{'^', joined(words.begin(), words.begin() + count)}].push_back(n);
      longer[{'$', joined(words.end() - count, words.end())}].push_back(n);
    }
    // "Tivoli" of "Banco Tivoli", "Lepra" of "Oslo Lepra Mining".
    for (size_t k = 2; generic_start(names[n]) && k <= kMostWords && k <= words.size(); ++k)
      longer[{'2', joined(words.begin() + 1, words.begin() + static_cast<std::ptrdiff_t>(k))}]
          .push_back(n);
    // "Provincial Committee" of "Eleventh Hunan Provincial Committee of the Communist Party".
    const auto head_end = words.begin() + static_cast<std::ptrdiff_t>(head_words(words));
    for (auto from = words.begin() + 1; from < head_end && head_end != words.end(); ++from)
      if (head_end - from <= static_cast<std::ptrdiff_t>(kMostWords))
        longer[{'$', joined(from, head_end)}].push_back(n);
    for (const bool all : {false, true})
      if (words.size() >= 2) longer[{'i', initials(words, all)}].push_back(n);
  }
  const auto nested = nested_names();
  mentions.assign(s.drafts.size(), 0);
  for (uint32_t i = 0; i < s.drafts.size(); ++i) ++mentions[find(i)];
  // Longest first: "Nordwind Solar Power" is "Nordwind Solar Power Co., Ltd." before "Nordwind",
  // which begins both, is looked at.
  std::vector<uint32_t> order(names.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
    return names[a].words.size() > names[b].words.size();
  });
  for (const uint32_t p : order) {
    const Name& part = names[p];
    const auto& d = s.drafts[part.draft];
    const bool described = d.form == doc::MentionForm::description;
    if (!joinable(d) || part.words.size() > (described ? kMostOfDescription : kMostWords) ||
        part.words.empty())
      continue;
    const bool acronym = part.words.size() == 1 && s.all_capitals[d.tokens.begin];
    std::set<uint32_t> candidates;
    const auto consider = [&](char how, const std::string& key) {
      if (const auto it = longer.find({how, key}); it != longer.end())
        candidates.insert(it->second.begin(), it->second.end());
    };
    const std::string whole = joined(part.words.begin(), part.words.end());
    consider('^', whole);
    // "Federation head Yandal": of the Cameroonian Cycling Federation, if no other is named.
    const bool lone_head = part.words.size() == 1 && s.capital[d.tokens.begin] &&
                           d.type == core.organization &&
                           s.lists.organization_heads.has(part.words[0]);
    if (part.words.size() >= 2 || lone_head) consider('$', whole);
    if (acronym) consider('i', part.words[0]);
    const bool inside = part.words.size() > 1 || !s.lists.organization_heads.has(part.words[0]);
    if (inside && !described && !d.entry.valid()) consider('2', whole);
    std::set<uint32_t> found;
    bool spelled_out = false, in_part = false;
    for (const uint32_t n : candidates) {
      const Name& full = names[n];
      const auto& f = s.drafts[full.draft];
      if (f.type != d.type || full.words.size() <= part.words.size()) continue;
      if (d.entry.valid() && f.entry.valid() && d.entry != f.entry &&
          !s.lists.company_suffixes.has(full.words.back()))
        continue;
      const bool begins = std::equal(part.words.begin(), part.words.end(), full.words.begin());
      const bool stands_for = acronym && full.words.size() >= 2 &&
                              (initials(full.words, false) == part.words[0] ||
                               initials(full.words, true) == part.words[0]);
      // "the Tea Board" for "Sri Lanka Tea Board".
      const bool ends = (part.words.size() >= 2 || lone_head) && f.tokens.begin < d.tokens.begin &&
                        (ends_with(full, full.words.size(), part) ||
                         (!lone_head && ends_with(full, head_words(full.words), part)));
      const bool second = inside && !d.entry.valid() && f.tokens.begin < d.tokens.begin &&
                          generic_start(full) &&
                          std::equal(part.words.begin(), part.words.end(), full.words.begin() + 1);
      if (!begins && !stands_for && !ends && !second) continue;
      // "Ministry" is not yet the "Ministry of Commerce", but that is the "Ministry of Commerce of
      // China".
      const bool complete =
          std::find(part.words.begin(), part.words.end(), "of") != part.words.end();
      if (begins && !stands_for && !complete && !(lone_head && f.tokens.begin < d.tokens.begin) &&
          (full.words[part.words.size()] == "of" || full.words[part.words.size()] == "for"))
        continue;
      // A name in another one is another thing; but the "Hamas Movement" is Hamas.
      const bool only_head = begins && full.words.size() == part.words.size() + 1;
      if (!stands_for && !only_head && nested.contains({n, p}) && !company(full)) continue;
      if (begins && !stands_for && part_of(part, full)) continue;
      // "Orla" is rather "Orla Motors" than the "Orla Foundation".
      const bool weak = begins && !stands_for && s.lists.part_heads.has(full.words.back());
      if (weak && !found.empty() && !in_part) continue;
      if (!weak && in_part) found.clear();
      in_part = weak;
      spelled_out |= stands_for;
      found.insert(find(full.draft));
    }
    if (found.empty()) continue;
    const uint32_t own = find(part.draft);
    uint32_t best = *found.begin();
    if (found.size() > 1) {
      if (lone_head || spelled_out || found.contains(own)) continue;
      best = likeliest(found, own);
    }
    if (best == kNone || best == own) continue;
    const uint32_t sum = mentions[best] + mentions[own];
    join(best, part.draft, spelled_out ? doc::JoinRule::acronym : doc::JoinRule::short_form);
    mentions[find(best)] = sum;
  }
}

/// "farm in Savar" and "the Savar farm": things of one head noun, where the words of one are among
/// the words of the other and a name is one of them.
void Joiner::join_phrases() {
  struct Phrase {
    uint32_t draft;
    std::string head;
    std::set<std::string> words, capitals;  // without the head
  };
  constexpr size_t kMostAlike = 64;  // things of one head noun and name that are compared
  std::vector<Phrase> phrases;
  std::map<std::tuple<uint16_t, std::string, std::string>, std::vector<uint32_t>> by_word;
  for (const auto& name : names) {
    const auto& d = s.drafts[name.draft];
    if (d.type != core.facility && d.type != core.event && d.type != core.initiative) continue;
    Phrase phrase{name.draft, {}, {}, {}};
    bool behind = false;  // a preposition of place
    for (const std::string_view form : text::words(d.label)) {
      std::string word = text::fold(form);
      if (word == "the") continue;
      if (word == "in" || word == "at" || word == "near" || word == "of") {
        behind = true;
        continue;
      }
      size_t pos = 0;
      const char32_t first = text::next_char(form, pos);
      if (text::is_upper(first) || (first >= '0' && first <= '9')) phrase.capitals.insert(word);
      if (!behind) phrase.head = word;
      phrase.words.insert(std::move(word));
    }
    phrase.words.erase(phrase.head);
    phrase.capitals.erase(phrase.head);
    if (phrase.head.empty() || phrase.capitals.empty()) continue;
    for (const auto& word : phrase.capitals)
      by_word[{d.type.value, phrase.head, word}].push_back(static_cast<uint32_t>(phrases.size()));
    phrases.push_back(std::move(phrase));
  }
  for (const Phrase& part : phrases) {
    const auto& d = s.drafts[part.draft];
    const auto& alike = by_word.at({d.type.value, part.head, *part.capitals.begin()});
    if (alike.size() > kMostAlike) continue;
    const uint32_t t = d.tokens.begin;
    const bool indefinite =
        t > 0 && (s.lower[t - 1] == "a" || s.lower[t - 1] == "an" || s.lower[t - 1] == "another");
    uint32_t found = kNone;
    bool unique = true;
    for (const uint32_t k : alike) {
      const Phrase& full = phrases[k];
      if (full.draft == part.draft || (indefinite && full.draft < part.draft) ||
          !std::includes(full.words.begin(), full.words.end(), part.words.begin(),
                         part.words.end()))
        continue;
      if (found != kNone && find(found) != find(full.draft)) unique = false;
      found = full.draft;
    }
    if (found != kNone && unique) join(found, part.draft, doc::JoinRule::short_form);
  }
}

/// "its director": the office of a body that the text just named, whatever else has one.
bool Joiner::owned(const Draft& office) const {
  const uint32_t t = office.tokens.begin;
  if (t == 0 || s.first_in_sentence(t)) return false;
  const std::string& before = s.lower[t - 1];
  return before == "its" || before == "their" || before == "'s";
}

/// The person's name that stands right behind an office, or behind a form of address there: kNone
/// if there is none. `people`: drafts of people by where they begin.
uint32_t Joiner::holder_behind(const Draft& office,
                               const std::map<uint32_t, uint32_t>& people) const {
  for (uint32_t t = office.tokens.end; t < office.tokens.end + 3; ++t) {
    if (const auto it = people.find(t); it != people.end()) return it->second;
    if (t >= s.size() || !s.lists.personal_titles.has(s.lower[t])) break;
  }
  return kNone;
}

/// "President Ann Lee" beside "Thomas Beck, president of the Federation": the bare title is
/// another's if every holder of the fuller office that is named beside it is another person.
bool Joiner::held_by_others(uint32_t bare, uint32_t full,
                            const std::map<uint32_t, uint32_t>& people,
                            const std::map<uint32_t, uint32_t>& people_ends,
                            const std::map<TypedName, std::vector<uint32_t>>& offices) {
  constexpr uint32_t kBeside = 4;  // tokens: ", 52, the"
  std::set<uint32_t> holders;
  for (const uint32_t i : offices.at(name_of(full))) {
    const auto& span = s.drafts[i].tokens;
    if (const uint32_t p = holder_behind(s.drafts[i], people); p != kNone) holders.insert(find(p));
    if (const auto it = people.find(span.end + 1);
        it != people.end() && s.sentence[it->first] == s.sentence[span.begin])
      holders.insert(find(it->second));
    for (uint32_t t = span.begin; t + kBeside > span.begin && t > 0; --t)
      if (const auto it = people_ends.find(t);
          it != people_ends.end() && s.sentence[t - 1] == s.sentence[span.begin])
        holders.insert(find(it->second));
  }
  if (holders.empty()) return false;
  for (const uint32_t i : offices.at(name_of(bare)))
    if (const uint32_t p = holder_behind(s.drafts[i], people);
        p != kNone && !holders.contains(find(p)))
      return true;
  return false;
}

void Joiner::join_positions() {
  std::map<uint32_t, uint32_t> people, people_ends;  // drafts of people by their borders
  std::map<TypedName, std::vector<uint32_t>> offices;
  for (uint32_t i = 0; i < s.drafts.size(); ++i) {
    const auto& d = s.drafts[i];
    if (d.type == core.position) offices[name_of(i)].push_back(i);
    if (d.type != core.person) continue;
    people.emplace(d.tokens.begin, i);
    people_ends.emplace(d.tokens.end, i);
  }
  // A bare title goes to the one fuller office that holds it.
  std::map<std::string, std::vector<uint32_t>> by_alias;
  for (uint32_t n = 0; n < names.size(); ++n) {
    const auto& f = s.drafts[names[n].draft];
    if (f.type != core.position) continue;
    for (const auto& a : f.aliases) {
      auto& holders = by_alias[text::name_key(a)];
      if (holders.empty() || holders.back() != n) holders.push_back(n);
    }
  }
  for (const auto& part : names) {
    const auto& d = s.drafts[part.draft];
    const auto holders = by_alias.find(d.key);
    if (d.type != core.position || holders == by_alias.end() || owned(d)) continue;
    uint32_t found = kNone;
    bool unique = true;
    for (const uint32_t n : holders->second) {
      const Name& full = names[n];
      if (full.draft == part.draft || s.drafts[full.draft].tokens.size() <= d.tokens.size())
        continue;
      if (found != kNone && find(found) != find(full.draft)) unique = false;
      found = full.draft;
    }
    if (found != kNone && unique &&
        !held_by_others(part.draft, found, people, people_ends, offices))
      join(found, part.draft, doc::JoinRule::office);
  }
}

/// "General Secretary Xi Jinping": the longer mention and its alias.
void Joiner::add_titled(uint32_t index, doc::LocalEntity entity) {
  const auto& d = s.drafts[index];
  uint32_t begin = d.tokens.begin;
  const uint32_t start = s.sentence_start(begin);
  while (begin > start && s.lists.personal_titles.has(s.lower[begin - 1]) && s.capital[begin - 1])
    --begin;
  for (uint32_t from = 0;;) {  // the first title that ends there, then the first behind it
    const auto& ends = title_ends[begin];
    const auto next = std::lower_bound(ends.begin(), ends.end(), from);
    if (next == ends.end()) break;
    from = *next + 1;
    begin = s.titles[*next].tokens.begin;
  }
  // The office's draft may take in its body: "FSC Vice Chairman Kwon Dae-hyun".
  uint32_t office = kNone;
  for (uint32_t end = begin; end <= d.tokens.begin; ++end)
    for (const uint32_t i : office_ends[end])
      if (s.drafts[i].tokens.begin < begin) office = std::min(office, i);
  if (office != kNone) {
    if (begin < d.tokens.begin) ++counts[entity][s.text({begin, d.tokens.end})];
    begin = s.drafts[office].tokens.begin;
  }
  if (begin == d.tokens.begin) return;
  const core::TokenSpan span{begin, d.tokens.end};
  ++counts[entity][s.text(span)];
  doc::Mention mention;
  mention.tokens = span;
  mention.head = s.head_of(span);
  mention.entity = entity;
  mention.type = core.person;
  mention.rule = doc::JoinRule::titled;
  mention.confidence = d.confidence;
  s.document.mentions.push_back(mention);
}

/// True if all words are in capitals, as in datelines.
bool Joiner::shouted(core::TokenSpan span) const {
  for (uint32_t t = span.begin; t < span.end; ++t)
    if (s.all_capitals[t] == 0) return false;
  return true;
}

void Joiner::build_entity(const std::vector<uint32_t>& members) {
  auto& document = s.document;
  const auto id = static_cast<doc::LocalEntity>(document.entities.size());
  doc::Entity entity;
  // The members' types vote by confidence; the label is the fullest form of that type.
  std::map<uint16_t, float> votes;
  for (const uint32_t i : members) votes[s.drafts[i].type.value] += s.drafts[i].confidence;
  const auto best = std::max_element(votes.begin(), votes.end(),
                                     [](auto& a, auto& b) { return a.second < b.second; });
  entity.type = schema::TypeId(best->first);
  size_t length = 0;
  bool plain = false, loud_label = false;
  counts.emplace_back();
  for (const uint32_t i : members) {
    const auto& d = s.drafts[i];
    ++counts[id][d.label];
    for (const auto& a : d.aliases) ++counts[id][a];
    const size_t size = d.key.size();
    const bool loud = entity.type == core.place && shouted(d.tokens);
    const bool better = !d.headline && !plain          ? true
                        : d.headline && plain          ? false
                        : size == length && loud_label ? !loud
                                                       : size > length;
    if (entity.label.empty() || better) {
      entity.label = d.label;
      length = size;
      plain = !d.headline;
      loud_label = loud;
    }
    if (entity.kind.empty()) entity.kind = d.kind;
    if (d.entry.valid() && entity.link.empty() &&
        s.lists.schema.gazetteer[d.entry].type == entity.type) {
      const auto& e = s.lists.schema.gazetteer[d.entry];
      entity.link = e.key;
      if (!e.kind.empty()) entity.kind = e.kind;
      // A dateline alone names it: "NANNING, Dec. 15".
      if (loud_label && text::fold(e.name) == text::fold(entity.label)) entity.label = e.name;
    }
  }
  if (entity.type == core.place && entity.kind.empty()) entity.kind = "other";
  if (entity.type != core.place) entity.kind.clear();
  for (const uint32_t i : members) {
    auto& d = s.drafts[i];
    d.entity = id;
    doc::Mention mention;
    mention.tokens = d.tokens;
    mention.head = s.head_of(d.tokens);
    mention.entity = id;
    mention.type = entity.type;
    mention.form = d.form;
    mention.rule = d.rule;
    if (const auto it = why.find(name_of(i)); it != why.end() && d.label != entity.label)
      mention.rule = it->second;
    mention.confidence = d.confidence;
    document.mentions.push_back(mention);
    if (entity.type == core.person) add_titled(i, id);
  }
  document.entities.push_back(std::move(entity));
}

void Joiner::build() {
  title_ends.resize(s.size() + 1);
  office_ends.resize(s.size() + 1);
  for (uint32_t i = 0; i < s.titles.size(); ++i) title_ends[s.titles[i].tokens.end].push_back(i);
  for (uint32_t i = 0; i < s.drafts.size(); ++i)
    if (s.drafts[i].type == core.position) office_ends[s.drafts[i].tokens.end].push_back(i);
  std::map<uint32_t, std::vector<uint32_t>> clusters;
  for (uint32_t i = 0; i < s.drafts.size(); ++i) clusters[find(i)].push_back(i);
  for (const auto& [root, members] : clusters) build_entity(members);
  for (size_t e = 0; e < counts.size(); ++e) {
    auto& aliases = s.document.entities[e].aliases;
    for (const auto& [form, count] : counts[e]) aliases.push_back({form, count});
  }
}

}  // namespace

void make_entities(Sketch& sketch) {
  Joiner joiner(sketch);
  joiner.clean();
  joiner.adopt_surnames();
  joiner.list_names();
  joiner.join_equal();
  joiner.join_people();
  joiner.join_places();
  joiner.join_short_forms();
  joiner.join_phrases();
  joiner.join_positions();
  joiner.build();
}

}  // namespace weft::extract
