// Problem: "Nordwind", "NSP" and "Nordwind Solar Power Co., Ltd." are one body, but "Orla" and the
// "Orla Foundation" are two. Method: maps from the beginnings, ends and initials of names to those
// that have them; a short form goes to the one longer name that fits, or to the one named before
// it, clearly more often or in the title. A name that is a body of another one's own, or stands
// inside it, is another thing. Cost: near-linear in the names, whose words count up to a limit.
#include <algorithm>
#include <span>
#include <string_view>

#include "extract/frames/within.h"
#include "extract/mentions/joiner.h"
#include "text/utf8.h"

namespace weft::extract {

namespace {

constexpr size_t kMostWords = 12;         // of a name that is looked up
constexpr size_t kMostOfDescription = 3;  // likewise, if it is a description

template <class Words>
std::string joined(Words begin, Words end) {
  std::string out;
  for (; begin != end; ++begin) out += *begin + ' ';
  return out;
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

/// True if the first `size` words end in the short form: "Sri Lanka Tea Board". But "Executive
/// Board of the National Trade Council" ends as the body does that it belongs to.
bool ends_with(const std::vector<std::string>& full, size_t size,
               const std::vector<std::string>& part) {
  if (size <= part.size()) return false;
  size_t at = size - part.size();
  if (!std::equal(part.begin(), part.end(), full.begin() + static_cast<std::ptrdiff_t>(at)))
    return false;
  while (at > 0 && full[at - 1] == "the") --at;
  if (at == 0) return false;
  const std::string& link = full[at - 1];
  return link != "of" && link != "for" && link != "on" && link != "and" && link != "&";
}

}  // namespace

/// The place of the gazetteer that a single word may be; an invalid id if it is none.
schema::GazetteerId Joiner::place_at(uint32_t token) const {
  for (const auto& m : begin_in(std::span(std::as_const(s.places)), {token, token + 1}))
    if (m.tokens.size() == 1 && s.lists.schema.gazetteer[m.entry].type == core.place)
      return m.entry;
  return {};
}

/// "Jinghe" of "Hefei Jinghe Optics": what stands behind a place in a body's name and lies in no
/// place near that one is the body's own word, though places elsewhere are called so.
std::set<std::string> Joiner::own_words() const {
  const schema::Gazetteer& gazetteer = s.lists.schema.gazetteer;
  const auto region_of = [&](schema::GazetteerId place) {
    const schema::GazetteerId country = gazetteer.country_of(place);
    while (gazetteer[place].parent.valid() && gazetteer[place].parent != country)
      place = gazetteer[place].parent;
    return place;
  };
  std::set<std::string> out;
  for (const auto& d : s.drafts) {
    if (d.type != core.organization || d.form != doc::MentionForm::name || d.tokens.size() < 2)
      continue;
    const auto first = place_at(d.tokens.begin), second = place_at(d.tokens.begin + 1);
    if (first.valid() && second.valid() && region_of(first) != region_of(second))
      out.insert(s.lower[d.tokens.begin + 1]);
  }
  return out;
}

/// The place within "Hefei Jinghe Optics" is Hefei alone.
void Joiner::drop_own_words() {
  body_words = own_words();
  for (auto& d : s.drafts)
    if (d.inner && d.type == core.place && d.tokens.size() == 1 &&
        body_words.contains(s.lower[d.tokens.begin]))
      d.key.clear();
}

/// First words of what stands as a place somewhere: "in Jinghe", "Jinghe County".
std::set<std::string> Joiner::standing_as_places() const {
  const schema::WordList& links = s.lists.schema.lexicons.list("mention_place_links");
  std::set<std::string> out;
  for (const auto& d : s.drafts) {
    const uint32_t t = d.tokens.begin;
    if (d.type == core.place &&
        (d.tokens.size() > 1 || (t > s.sentence_start(t) && links.has(s.lower[t - 1]))))
      out.insert(s.lower[t]);
  }
  return out;
}

/// "Qinghe, which was founded by X": a lone word that no gazetteer has as a place, and that stands
/// where no place does, is the body whose name begins with it; so is a body's own word.
void Joiner::adopt_bodies() {
  std::set<std::string> begins, known, bearers;
  const std::set<std::string> places = standing_as_places();
  for (const auto& d : s.drafts) {
    const auto words = words_of(d.key);
    if (words.empty()) continue;
    if (d.type == core.organization && d.form == doc::MentionForm::name && !d.headline &&
        words.size() > 1)
      begins.insert(words.front());
    if (d.type == core.place && d.entry.valid()) known.insert(words.front());
    if (d.type == core.person && words.size() > 1) bearers.insert(words.begin(), words.end());
  }
  for (auto& d : s.drafts) {
    if (d.tokens.size() != 1 || d.inner) continue;
    const std::string& word = s.lower[d.tokens.begin];
    const bool of_body = body_words.contains(word) && !bearers.contains(word);
    const bool first = d.type == core.place && begins.contains(word) && !known.contains(word);
    if (places.contains(word) || !(first || of_body)) continue;
    if (d.type != core.place && d.type != core.person) continue;
    d.type = core.organization;
    d.entry = {};
  }
}

bool Joiner::has_short_forms(const Draft& d) const {
  return d.type != core.person && d.type != core.place && d.type != core.position;
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
  return company(name) && place_at(t).valid();
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

/// Longer names by how they begin, go on, end and by their initials.
void Joiner::index_longer_names() {
  longer.clear();
  for (uint32_t n = 0; n < names.size(); ++n) {
    const auto& words = names[n].words;
    if (!has_short_forms(s.drafts[names[n].draft])) continue;
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
}

Joiner::ShortForm Joiner::short_form(uint32_t name) const {
  const Name& part = names[name];
  const Draft& d = s.drafts[part.draft];
  ShortForm out{name, false, false, false};
  out.acronym = part.words.size() == 1 && s.all_capitals[d.tokens.begin];
  // "Federation head Yandal": of the Cameroonian Cycling Federation, if no other is named.
  out.lone_head = part.words.size() == 1 && s.capital[d.tokens.begin] &&
                  d.type == core.organization && s.lists.organization_heads.has(part.words[0]);
  out.inside =
      !d.entry.valid() && (part.words.size() > 1 || !s.lists.organization_heads.has(part.words[0]));
  return out;
}

/// The longer names, by their numbers, that may have the short form.
std::set<uint32_t> Joiner::longer_names(const ShortForm& form) const {
  const Name& part = names[form.name];
  std::set<uint32_t> out;
  const auto consider = [&](char how, const std::string& key) {
    if (const auto it = longer.find({how, key}); it != longer.end())
      out.insert(it->second.begin(), it->second.end());
  };
  const std::string whole = joined(part.words.begin(), part.words.end());
  consider('^', whole);
  if (part.words.size() >= 2 || form.lone_head) consider('$', whole);
  if (form.acronym) consider('i', part.words[0]);
  if (form.inside && s.drafts[part.draft].form != doc::MentionForm::description)
    consider('2', whole);
  return out;
}

/// How the short form stands for the longer name.
Joiner::Fit Joiner::fit(const ShortForm& form, uint32_t name) const {
  const Name& part = names[form.name];
  const Name& full = names[name];
  const Draft &d = s.drafts[part.draft], &f = s.drafts[full.draft];
  if (f.type != d.type || full.words.size() <= part.words.size()) return Fit::none;
  if (d.entry.valid() && f.entry.valid() && d.entry != f.entry &&
      !s.lists.company_suffixes.has(full.words.back()))
    return Fit::none;
  const bool named_before = f.tokens.begin < d.tokens.begin;
  const bool begins = std::equal(part.words.begin(), part.words.end(), full.words.begin());
  const bool spells =
      form.acronym && full.words.size() >= 2 &&
      (initials(full.words, false) == part.words[0] || initials(full.words, true) == part.words[0]);
  // "the Tea Board" for "Sri Lanka Tea Board".
  const bool ends =
      (part.words.size() >= 2 || form.lone_head) && named_before &&
      (ends_with(full.words, full.words.size(), part.words) ||
       (!form.lone_head && ends_with(full.words, head_words(full.words), part.words)));
  const bool second = form.inside && named_before && generic_start(full) &&
                      std::equal(part.words.begin(), part.words.end(), full.words.begin() + 1);
  if (!begins && !spells && !ends && !second) return Fit::none;
  // "Ministry" is not yet the "Ministry of Commerce", but that is the "Ministry of Commerce of
  // China".
  const bool complete = head_words(part.words) < part.words.size();
  const std::string& next = full.words[part.words.size()];
  if (begins && !spells && !complete && !(form.lone_head && named_before) &&
      (next == "of" || next == "for"))
    return Fit::none;
  // A name in another one is another thing; but the "Hamas Movement" is Hamas.
  const bool only_head = begins && full.words.size() == part.words.size() + 1;
  if (!spells && !only_head && nested.contains({name, form.name}) && !company(full))
    return Fit::none;
  if (spells) return Fit::spells;
  if (begins && part_of(part, full)) return Fit::none;
  // "Orla" is rather "Orla Motors" than the "Orla Foundation".
  return begins && s.lists.part_heads.has(full.words.back()) ? Fit::weak : Fit::part;
}

void Joiner::join_short_form(uint32_t name) {
  const ShortForm form = short_form(name);
  std::set<uint32_t> found;
  bool spelled_out = false, only_weak = false;
  for (const uint32_t n : longer_names(form)) {
    const Fit how = fit(form, n);
    const bool weak = how == Fit::weak;
    if (how == Fit::none || (weak && !found.empty() && !only_weak)) continue;
    if (!weak && only_weak) found.clear();
    only_weak = weak;
    spelled_out |= how == Fit::spells;
    found.insert(find(names[n].draft));
  }
  if (found.empty()) return;
  const uint32_t draft = names[name].draft, own = find(draft);
  uint32_t best = *found.begin();
  if (found.size() > 1) {
    if (form.lone_head || spelled_out || found.contains(own)) return;
    best = likeliest(found, own);
  }
  if (best == kNone || best == own) return;
  const uint32_t sum = mentions[best] + mentions[own];
  join(best, draft, spelled_out ? doc::JoinRule::acronym : doc::JoinRule::short_form);
  mentions[find(best)] = sum;
}

void Joiner::join_short_forms() {
  index_longer_names();
  nested = nested_names();
  mentions.assign(s.drafts.size(), 0);
  for (uint32_t i = 0; i < s.drafts.size(); ++i) ++mentions[find(i)];
  // Longest first: "Nordwind Solar Power" is "Nordwind Solar Power Co., Ltd." before "Nordwind",
  // which begins both, is looked at.
  std::vector<uint32_t> order(names.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
    return names[a].words.size() > names[b].words.size();
  });
  for (const uint32_t n : order) {
    const Draft& d = s.drafts[names[n].draft];
    const size_t size = names[n].words.size();
    const bool described = d.form == doc::MentionForm::description;
    if (has_short_forms(d) && size > 0 && size <= (described ? kMostOfDescription : kMostWords))
      join_short_form(n);
  }
}

}  // namespace weft::extract
