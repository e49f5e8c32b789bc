// Proper names: of which type they are, and which of them are kept.
//
// Method: types are chosen for all chunks of one name together: head words, legal forms,
// gazetteers, the tagger, titles and class nouns before it and prepositions each give votes, which
// are added up; the highest sum wins. What a heading alone names needs one more witness. Linear in
// chunks, each of which looks at few neighbours.
#include "extract/frames/within.h"
#include "extract/mentions/names.h"

namespace weft::extract {

namespace {

/// The type with most votes; of equals the first.
size_t likeliest(const std::array<float, kTypes>& votes) {
  return static_cast<size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
}

}  // namespace

using schema::TypeId;

void NameFinder::vote_tagger(Chunk& chunk) const {
  for (const auto& name : names_meeting(s.document, chunk.tokens)) {
    const uint32_t shared = std::min(name.tokens.end, chunk.tokens.end) -
                            std::max(name.tokens.begin, chunk.tokens.begin);
    const uint32_t all = std::max(name.tokens.end, chunk.tokens.end) -
                         std::min(name.tokens.begin, chunk.tokens.begin);
    if (name.type.value < kTypes) {
      chunk.votes[name.type.value] +=
          3.5F * name.score * static_cast<float>(shared) / static_cast<float>(all);
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
  if (span.begin > s.sentence_start(span.begin) && !s.opens_cell(span.begin)) {
    const uint32_t p = span.begin - 1;
    if (const auto* gender = lists.personal_titles.value(s.lower[p])) {
      v += 3;
      chunk.titled = true;
      if (*gender == "m" || *gender == "f") chunk.gender = (*gender)[0];
    } else if (s.title_token[p] && s.lower[p] != "of") {
      v += 2.5F;
      chunk.titled = true;
    }
    if (const auto* gender = lists.gendered_nouns.value(s.lower[p])) chunk.gender = (*gender)[0];
  }
  const uint32_t end = s.sentence_end(span.begin);
  const bool comma_after = span.end + 1 < end && s.lower[span.end] == ",";
  if (words >= 2 && words <= 4 && !has_head(span.begin, span.end)) {
    // "Jan Peeters, chairman of", "Merv Stokes, 82,", "Ana Quirós (chair)"
    if (comma_after || (span.end + 1 < end && s.lower[span.end] == "(")) {
      uint32_t t = span.end + 1;
      if (s.lower[t] == "the" || s.lower[t] == "a" || s.lower[t] == "an" || s.lower[t] == "then" ||
          s.lower[t] == "former")
        ++t;
      const bool age = is_number(t) && s.lower[t].size() == 2 && t + 1 < end &&
                       (s.lower[t + 1] == "," || s.lower[t + 1] == ")");
      if (age) v += 2.5F;
      const bool office = t < end && s.title_token[t] && !s.capital[t];
      if (office) v += 1.5F;
      chunk.titled |= age || office || (t < end && lists.position_heads.has(s.lower[t]));
    }
    // "Its chairman, Jan Peeters", "CEO: Li Ming", "founder Maria Lopez"
    const uint32_t start = s.sentence_start(span.begin);
    uint32_t before = span.begin;
    if (before > start && (s.lower[before - 1] == "," || s.lower[before - 1] == ":")) --before;
    chunk.titled |= before > start && lists.position_heads.has(s.lower[before - 1]);
    if (span.begin >= start + 2 &&
        (s.lower[span.begin - 1] == "," || s.lower[span.begin - 1] == ":") &&
        s.title_token[span.begin - 2]) {
      v += 1.5F;
      if (const auto* gender = lists.gendered_nouns.value(s.lower[span.begin - 2]))
        chunk.gender = (*gender)[0];
    }
    if (span.end < end && lists.speech.has(s.lower[span.end])) v += 0.8F;
  }
  if (words == 1) v *= chunk.titled ? 1.0F : 0.7F;
  if (words > 5 || is_number(span.end - 1)) v = 0;
  chunk.votes[core.person.value] += v;
}

/// "Vasco Gama, a shipping company, bought it", "a haulage firm, Van der Schoot, sued": the noun
/// that the tree puts beside the name says what it is.
void NameFinder::vote_apposition(Chunk& chunk) const {
  const doc::Document& d = s.document;
  constexpr uint32_t kReach = 8;  // tokens
  const auto span = chunk.tokens;
  if (!s.tagged() || d.head.size() != s.size() || d.deprel.size() != s.size()) return;
  const auto tells = [&](uint32_t noun) {
    if (s.capital[noun] || !s.nominal(noun) || s.title_token[noun]) return;
    auto type = lists.type_in(lists.descriptions, s.lower[noun]);
    if (!type.valid()) type = lists.type_in(lists.described, s.lower[noun]);
    if (!type.valid() && lists.organization_heads.has(s.lower[noun])) type = core.organization;
    if (!type.valid() || type.value >= kTypes || type == core.person || type == core.group ||
        type == core.work)  // what somebody says in a note is no note
      return;
    chunk.votes[type.value] += 3.0F;
    chunk.described = true;
  };
  const uint32_t head = s.head_of(span);
  if (d.deprel[head] == doc::Deprel::appos && span.begin >= s.sentence_start(span.begin) + 2 &&
      s.lower[span.begin - 1] == "," && d.head[head] == span.begin - 2)
    tells(span.begin - 2);
  const uint32_t end = std::min(s.sentence_end(span.begin), span.end + kReach);
  if (span.end + 1 >= end || s.lower[span.end] != ",") return;
  const auto& article = s.lower[span.end + 1];
  if (article != "a" && article != "an" && article != "the") return;
  for (uint32_t t = span.end + 2; t < end; ++t)
    if (d.head[t] == head && d.deprel[t] == doc::Deprel::appos) return tells(t);
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
  // "the town of Hallstatt"
  if (span.begin >= start + 2 && s.lower[span.begin - 1] == "of" && !s.capital[span.begin - 2] &&
      lists.place_heads.has("+" + s.lower[span.begin - 2]) && !has_head(span.begin, span.end))
    chunk.votes[core.place.value] += 2.5F;
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
    const auto type = lists.type_in(lists.descriptions, s.lower[span.begin - 1]);
    if (type.valid() && type.value < kTypes && s.nominal(span.begin - 1))
      chunk.votes[type.value] += type == core.product ? 3.0F : 2.0F;
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

/// "20th National Congress", "Ninth Party Congress": a numbered one is a meeting, not the body.
bool NameFinder::ordinal_meeting(uint32_t begin, uint32_t head_end) const {
  const auto& first = s.lower[begin];
  const bool digits = first.size() > 2 && first[0] >= '0' && first[0] <= '9' &&
                      (first.ends_with("th") || first.ends_with("st") || first.ends_with("nd") ||
                       first.ends_with("rd"));
  return (digits || lists.ordinals.has(first)) && head_end > begin + 1 &&
         s.lower[head_end - 1] == "congress" && s.lower[head_end - 2] != "people" &&
         s.lower[head_end - 2] != "'s";
}

/// "Gulf of Guinea Commission", "City of London Police": what stands before "of" is the place's,
/// and a body's head word ends the name.
bool NameFinder::place_of_body(core::TokenSpan span, uint32_t of) const {
  return place_kind(span.begin, of) && of + 2 < span.end &&
         !ending_entry(s, lists.organization_heads, span.begin, of) &&
         ending_entry(s, lists.organization_heads, of + 2, span.end);
}

void NameFinder::vote(Chunk& chunk) const {
  const auto span = chunk.tokens;
  // The head of "Ministry of Mining and Energy" stands before "of".
  uint32_t head_end = span.end;
  for (uint32_t t = span.begin + 1; t < span.end; ++t) {
    if (!s.capital[t] && (s.lower[t] == "of" || s.lower[t] == "for" || s.lower[t] == "on") &&
        has_head(span.begin, t) && !place_of_body(span, t)) {
      head_end = t;
      break;
    }
  }
  const bool more = span.size() > 1;
  while (head_end > span.begin + 1 &&
         (is_number(head_end - 1) || is_numero(head_end - 1) || s.lower[head_end - 1] == "/"))
    --head_end;
  auto add = [&](const HeadList& list, TypeId type, float weight) {
    if (const uint32_t n = ending_entry(s, list, span.begin, head_end); n > 0 && (more || n > 1)) {
      chunk.votes[type.value] += weight + 0.1F * static_cast<float>(n);
    }
  };
  if (head_end > span.begin) {
    add(lists.company_suffixes, core.organization, 3.0F);
    const std::string* strength = nullptr;
    ending_entry(s, lists.organization_heads, span.begin, head_end, &strength);
    const bool weak = strength && *strength == "weak";
    add(lists.organization_heads, core.organization, weak ? 0.8F : 2.0F);
    if (ordinal_meeting(span.begin, head_end)) chunk.votes[core.event.value] += 3.0F;
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
    chunk.votes[e.type.value] += e.common ? 0.9F : lesser_place(found, span) ? 1.6F : 3.0F;
  }
  vote_person(chunk);
  vote_context(chunk);
  vote_apposition(chunk);
  vote_tagger(chunk);
  if (called_a_body(chunk)) {
    chunk.votes[core.organization.value] += 3.0F + chunk.votes[core.place.value];
    chunk.votes[core.place.value] = 0;
  }
  if (lists.group_names.has(s.lower[span.begin]) && !more) chunk.votes[core.group.value] += 1.5F;
}

/// A legal form or the class noun of companies ends the name.
bool NameFinder::company(core::TokenSpan span) const {
  if (ending_entry(s, lists.company_suffixes, span.begin, span.end)) return true;
  const auto* sort = lists.organization_heads.shared.value(s.lower[span.end - 1]);
  return span.size() > 1 && sort && *sort == "company" && s.capital[span.end - 1];
}

/// "in Volkhov", but not "shares in Volkhov"; of a name that the gazetteer has as a place, "port of
/// Volkhov" too.
bool NameFinder::locates(uint32_t t, bool known) const {
  const uint32_t start = s.sentence_start(t);
  if (t == start) return false;
  const auto& before = s.lower[t - 1];
  if (known && (before == "of" || before == "from" || before == "to")) return true;
  if (before != "in" && before != "near" && before != "at" && before != "around") return false;
  return t < start + 2 || !lists.stakes.has(s.lower[t - 2]);
}

/// "Tan Lap" of "Tan Lap Electronics Joint Stock Company": what begins the name of a company and
/// has no head word is the company, if no title shows a person of that name, no longer name of a
/// person holds the word and it is no place that the text speaks of or that is known well. But the
/// Pinglu Canal is a canal. Adds to the votes of such names and gives their keys.
std::set<std::string> NameFinder::name_companies(const std::vector<std::string>& keys,
                                                 Sums& sums) const {
  constexpr uint32_t kMostWords = 3;
  constexpr uint32_t kTown = 500000;  // inhabitants; larger places are rarely meant otherwise
  std::map<std::string, schema::GazetteerId> beginnings;
  std::set<std::string> seen;
  std::set<std::string, std::less<>> others;  // keys that are somebody's or some place's
  for (size_t i = 0; i < chunks.size(); ++i) {
    const Chunk& c = chunks[i];
    seen.insert(keys[i]);
    const auto span = c.tokens;
    if (!company(span)) continue;
    for (uint32_t end = span.begin + 1; end < span.end && end <= span.begin + kMostWords; ++end)
      if (s.capital[span.begin] && !has_head(span.begin, end)) {
        const auto found = entry({span.begin, end});
        const auto it = beginnings.emplace(text::name_key(s.text({span.begin, end})), found).first;
        // A place that the text spoke of before the company goes on to be one.
        if (found.valid() && seen.contains(it->first)) others.insert(it->first);
      }
  }
  for (size_t i = 0; i < chunks.size(); ++i) {
    const auto& c = chunks[i];
    const auto own = beginnings.find(keys[i]);
    if (c.titled || locates(c.tokens.begin, own != beginnings.end() && own->second.valid()))
      others.insert(keys[i]);
    const auto& sum = sums.at(keys[i]);
    if (c.tokens.size() > 1 && likeliest(sum) == core.person.value && own == beginnings.end()) {
      others.insert(s.lower[c.tokens.begin]);
      others.insert(s.lower[c.tokens.end - 1]);
    }
  }
  std::set<std::string> out;
  for (const auto& [key, found] : beginnings) {
    const auto it = sums.find(key);
    if (it == sums.end()) continue;
    const bool one_word = key.find(' ') == std::string::npos;
    if (found.valid()) {
      const auto& e = lists.schema.gazetteer[found];
      if (e.type != core.place || e.capital || e.population >= kTown || e.kind == "country" ||
          e.kind == "province" || e.kind == "region" || e.kind == "river")
        continue;
    }
    if (others.contains(key)) {
      if (!found.valid()) it->second[core.organization.value] += one_word ? 2.5F : 10.0F;
      continue;
    }
    it->second[core.organization.value] += 10.0F;
    out.insert(key);
  }
  return out;
}

/// "Okeke" of "the novelist Amara Okeke": the last words of names that a title shows to be of
/// people. (A company may be called "Amara Okeke" too.)
std::set<std::string> NameFinder::surnames_of_people(const std::vector<std::string>& keys,
                                                     const Sums& sums) const {
  std::set<std::string> out;
  for (size_t i = 0; i < chunks.size(); ++i) {
    const auto span = chunks[i].tokens;
    const auto& sum = sums.at(keys[i]);
    if (chunks[i].titled && span.size() > 1 && span.size() < 5 &&
        likeliest(sum) == core.person.value)
      out.insert(text::name_key(s.text({span.end - 1, span.end})));
  }
  return out;
}

bool NameFinder::called_a_body(const Chunk& chunk) const {
  const auto span = chunk.tokens;
  const uint32_t end = s.sentence_end(span.begin);
  if (!lists.member_names.has(text::fold(s.text(span)))) return false;
  if (span.size() > 1 && !chunk.entry.valid()) return true;
  if (span.end >= end) return false;
  const auto& next = s.lower[span.end];
  const auto& person = span.end + 1 < end ? s.lower[span.end + 1] : next;
  return lists.member_roles.has(next) || lists.member_groups.has(next) ||
         (next == "'s" && (lists.member_roles.has(person) || lists.given_names.has(person)));
}

bool NameFinder::bracketed(size_t index) const {
  const auto span = chunks[index].tokens;
  if (index == 0 || span.begin == 0 || s.lower[span.begin - 1] != "(") return false;
  const auto& person = chunks[index - 1];
  const auto before = person.tokens;
  if (before.end + 1 != span.begin || span.end >= s.sentence_end(span.begin)) return false;
  const auto& behind = s.lower[span.end];
  if (behind != ")" && behind != "," && behind != ";" && behind != "/") return false;
  if (before.size() < 2 || before.size() > 4 || has_head(before.begin, before.end)) return false;
  return likeliest(person.votes) == core.person.value;
}

void NameFinder::settle_affiliations() {
  std::map<std::string, std::set<std::string>> behind;  // people's names by the name in brackets
  std::vector<std::pair<size_t, std::string>> found;
  for (size_t i = 0; i < chunks.size(); ++i) {
    if (!bracketed(i)) continue;
    found.emplace_back(i, text::name_key(s.text(chunks[i].tokens)));
    behind[found.back().second].insert(text::name_key(s.text(chunks[i - 1].tokens)));
  }
  std::set<std::string> bodies;  // names in brackets that are of bodies where they stand there
  for (const auto& [i, key] : found) {
    if (likeliest(chunks[i].votes) == core.organization.value) bodies.insert(key);
  }
  for (const auto& [i, key] : found) {
    Chunk& c = chunks[i];
    const bool nickname = c.tokens.size() == 1 && behind[key].size() == 1 &&
                          (lists.given_names.has(key) || lists.surnames.has(key));
    if (nickname) continue;
    c.affiliation = true;
    c.votes[core.person.value] = 0;
    // Clubs are called after their towns: where most brackets hold bodies, towns are bodies too.
    const bool club =
        bodies.size() * 2 > behind.size() && !(c.entry.valid() && s.is_country(c.entry));
    if (club) c.votes[core.organization.value] += c.votes[core.place.value];
    if (club || !c.entry.valid()) c.votes[core.organization.value] += 1.5F;
  }
}

/// All chunks of one name choose one type.
void NameFinder::settle() {
  Sums sums;
  std::map<std::string, bool> strong;
  std::vector<std::string> keys(chunks.size());
  for (size_t i = 0; i < chunks.size(); ++i) {
    auto& c = chunks[i];
    vote(c);
  }
  settle_affiliations();
  std::set<std::string> affiliations, things, titled, people_words;
  for (size_t i = 0; i < chunks.size(); ++i) {
    auto& c = chunks[i];
    keys[i] = text::name_key(s.text(c.tokens));
    if (c.described) things.insert(keys[i]);
    if (c.titled) titled.insert(keys[i]);
    if (c.tokens.size() > 1 && c.tokens.size() < 5 &&
        lists.given_names.has(s.lower[c.tokens.begin])) {
      people_words.insert(s.lower[c.tokens.begin]);
      people_words.insert(s.lower[c.tokens.end - 1]);
    }
    auto& sum = sums[keys[i]];
    for (size_t k = 0; k < kTypes; ++k) sum[k] += c.votes[k];
    if (c.affiliation) affiliations.insert(keys[i]);
    if (!c.weak_start && !s.headline[s.sentence[c.tokens.begin]]) strong[keys[i]] = true;
    if (s.headline[s.sentence[c.tokens.begin]]) continue;
    known_in_text.insert(keys[i]);
    for (uint32_t t = c.tokens.begin; c.tokens.size() > 1 && t < c.tokens.end; ++t) {
      if (s.capital[t] && !s.lower_words.contains(s.lower[t])) parts_in_text.insert(s.lower[t]);
    }
  }
  const std::set<std::string> companies = name_companies(keys, sums);
  const std::set<std::string> family_names = surnames_of_people(keys, sums);
  for (size_t i = 0; i < chunks.size(); ++i) {
    auto& c = chunks[i];
    auto votes = sums[keys[i]];
    if (c.tokens.size() == 1 && !c.entry.valid() && !things.contains(keys[i]) &&
        family_names.contains(keys[i]))
      votes[core.person.value] += 3.0F + votes[core.organization.value];
    // Its own context counts twice: "Hordavik" the city and "Hordavik Hospital" are chosen apart
    // anyway.
    for (size_t k = 0; k < kTypes; ++k) votes[k] += c.votes[k];
    // "Chad opened an embassy": a country, where no person of the text is called so.
    const bool country =
        c.entry.valid() && s.is_country(c.entry) && !people_words.contains(keys[i]);
    if (affiliations.contains(keys[i]) ||
        ((things.contains(keys[i]) || country) && !titled.contains(keys[i])))
      votes[core.person.value] = 0;
    if (companies.contains(keys[i])) votes[core.person.value] = votes[core.place.value] = 0;
    c.votes = votes;
    if (strong[keys[i]]) c.weak_start = false;
  }
}

/// "Standing Committee of the Yunnan Provincial People's Congress", "Executive Board of the Bank of
/// Ghana": the body behind "of" is one of its own. It begins with its own name up to its head word:
/// "Directorate of Aquaculture of the Ministry of Fisheries" holds the ministry alone. What a
/// ministry is for ("Ministry of Natural Resources") is no company.
void NameFinder::add_complement(uint32_t index, uint32_t depth) {
  const auto outer = s.drafts[index].tokens;
  if (s.drafts[index].type == core.place || s.drafts[index].type == core.person) return;
  for (uint32_t t = outer.begin + 1; t + 2 < outer.end; ++t) {
    if (s.lower[t] != "of" || s.capital[t] || inside_entry(outer.begin, t, core.place) ||
        place_of_body(outer, t))
      continue;
    const bool article = s.lower[t + 1] == "the";
    const uint32_t begin = article ? t + 2 : t + 1;
    // "Health Ministers of the Gulf of Guinea Community" are no body.
    uint32_t of = begin + 1;
    while (of < outer.end && of < begin + 4 && s.lower[of] != "of") ++of;
    if (of < outer.end && titles_end(outer.begin, of)) continue;
    uint32_t head_end = begin;
    while (head_end < outer.end &&
           (s.capital[head_end] || (s.lower[head_end] != "of" && s.lower[head_end] != "for")))
      ++head_end;
    if (outer.end - begin < 2 || head_end == begin ||
        !ending_entry(s, lists.organization_heads, begin, head_end))
      continue;
    const auto* sort = lists.organization_heads.shared.value(s.lower[head_end - 1]);
    if (!article && !lists.owned_bodies.has(s.lower[head_end - 1]) &&
        (!sort || *sort == "company" || *sort == "finance") &&
        !ending_entry(s, lists.company_suffixes, begin, head_end))
      continue;
    for (uint32_t k = begin; k < head_end; ++k) {
      if (s.lower[k] == "and") return;
    }
    auto& draft = s.add({begin, outer.end}, core.organization, 0.6F);
    draft.entry = entry({begin, outer.end}, core.organization);
    draft.inner = true;
    constexpr uint32_t kDeepest = 3;
    if (depth < kDeepest) add_complement(static_cast<uint32_t>(s.drafts.size() - 1), depth + 1);
    return;
  }
}

/// "Tongwei" for the county of that name: companies and people are called so as often.
bool NameFinder::lesser_place(schema::GazetteerId found, core::TokenSpan span) const {
  const auto& e = lists.schema.gazetteer[found];
  return span.size() == 1 && e.type == core.place && (e.kind == "county" || e.kind == "district");
}

/// "Electoral Commission of Zambia": a public body lies where its name says; a university, a
/// newspaper or a site may only be called so.
bool NameFinder::seats(const Draft& outer, core::TokenSpan place) const {
  const auto span = outer.tokens;
  if (outer.type == core.facility) return false;
  if (outer.type != core.organization || lists.called_after.has(s.lower[span.begin])) return false;
  for (uint32_t t = span.begin; t < span.end; ++t)
    if (lists.called_after.has(s.lower[t])) return false;
  const bool complement = place.end == span.end && place.begin > span.begin + 1 &&
                          (s.lower[place.begin - 1] == "of" ||
                           (s.lower[place.begin - 1] == "the" && s.lower[place.begin - 2] == "of"));
  uint32_t head_end = place.end;  // "KwaZulu-Natal Department of Health"
  while (head_end < span.end && s.lower[head_end] != "of") ++head_end;
  const bool first =
      place.begin == span.begin && ending_entry(s, lists.organization_heads, place.end, head_end);
  return complement || first;
}

void NameFinder::add_inner_places(uint32_t index) {
  const auto outer = s.drafts[index].tokens;
  if (s.drafts[index].type == core.place || s.drafts[index].type == core.person) return;
  auto it = std::lower_bound(s.places.begin(), s.places.end(), outer.begin,
                             [](const auto& m, uint32_t b) { return m.tokens.begin < b; });
  uint32_t covered = outer.begin;
  for (; it != s.places.end() && it->tokens.begin < outer.end; ++it) {
    auto match = *it;
    if (match.tokens.end > outer.end || match.tokens == outer || match.tokens.begin < covered)
      continue;
    const auto& e = lists.schema.gazetteer[match.entry];
    if ((e.type != core.place && e.type != core.organization) || e.common ||
        !s.capital[match.tokens.begin])
      continue;
    // "Rio Arriba County Commission" does not govern Rio; but a "District Court" is a court.
    uint32_t kind = match.tokens.end;
    while (kind + 1 < outer.end && s.capital[kind] && !place_kind(kind, kind + 1)) ++kind;
    const std::string* sort = nullptr;
    ending_entry(s, lists.organization_heads, kind, outer.end, &sort);
    const bool longer = e.type == core.place && match.tokens.size() == 1 &&
                        kind > match.tokens.end && kind + 1 < outer.end && s.capital[kind] &&
                        (!sort || *sort != "court") &&
                        !ending_entry(s, lists.organization_heads, match.tokens.end, kind);
    if (longer) match.tokens.end = kind + 1;
    const auto key = text::name_key(s.text(match.tokens));
    // What a body is called after ("University of Chittagong") is a thing of its own only where the
    // text speaks of it or the body governs it.
    const uint32_t after = match.tokens.end;
    const bool governed = after < outer.end && lists.governing.has(s.lower[after]);
    if (!governed && lesser_place(match.entry, match.tokens) && !known_in_text.contains(key))
      continue;
    if (!governed && !known_in_text.contains(key) && !seats(s.drafts[index], match.tokens))
      continue;
    auto& draft = s.add(match.tokens, e.type, 0.7F);
    draft.entry = longer ? entry(match.tokens, core.place) : match.entry;
    if (longer) draft.kind = *place_kind(kind, kind + 1);
    draft.inner = true;
    covered = match.tokens.end;
  }
}

/// "Federal High Court in Abuja", "Growers in Soriano": the tagger's names take in where a thing
/// is. That place is one of its own, and the thing is called so without it too.
void NameFinder::add_location(uint32_t index) {
  const auto outer = s.drafts[index].tokens;
  if (s.drafts[index].type == core.place || s.drafts[index].type == core.person) return;
  uint32_t in = outer.begin + 1;
  while (in < outer.end && (s.lower[in] != "in" || s.capital[in])) ++in;
  if (in + 1 >= outer.end || !s.capital[in + 1]) return;
  const uint32_t begin = in + 1;
  uint32_t end = begin;
  while (end < outer.end && s.capital[end]) ++end;
  const core::TokenSpan place{begin, end};
  if (ending_entry(s, lists.organization_heads, begin, end)) return;
  if (s.drafts[index].type != core.group)
    s.drafts[index].aliases.push_back(s.text({outer.begin, in}));
  for (size_t k = index + 1; k < s.drafts.size(); ++k)
    if (s.drafts[k].tokens == place) return;
  auto& draft = s.add(place, core.place, 0.6F);
  draft.entry = entry(place, core.place);
  draft.inner = true;
}

/// A name from a heading counts if running text, the gazetteer or the tagger knows it too.
bool NameFinder::confirmed(const Chunk& chunk) const {
  if (entry(chunk.tokens).valid() && !lists.schema.gazetteer[entry(chunk.tokens)].common)
    return true;
  for (const auto& name : names_meeting(s.document, chunk.tokens)) {
    if (name.tokens == chunk.tokens && name.score > 0.5F) return true;
  }
  return known_in_text.contains(text::name_key(s.text(chunk.tokens)));
}

/// "DOCUMENTARY:", "IN BRIEF:", "Poetry:", "LIVE |": what opens a line and is marked off from what
/// follows is a label of it, unless the tagger, a list or the rest of the text knows it as a name.
bool NameFinder::is_label(const Chunk& c) const {
  const auto span = c.tokens;
  const uint32_t end = s.sentence_end(span.begin);
  if (!s.first_in_sentence(span.begin) || c.entry.valid() || s.form(span.begin).size() < 4)
    return false;
  bool shouted = true;
  for (uint32_t t = span.begin; t < span.end; ++t) {
    shouted &= s.all_capitals[t] != 0;
    if (parts_in_text.contains(s.lower[t]) && !s.lower_words.contains(s.lower[t])) return false;
  }
  const auto& mark = span.end < end ? s.lower[span.end] : s.lower[end - 1];
  const bool marked = mark == ":" || (shouted && (mark == "." || mark == "|" || mark == "!"));
  if (!marked || (span.size() > 1 && (!shouted || has_head(span.begin, span.end)))) return false;
  for (const auto& name : names_meeting(s.document, span))
    if (name.score > 0.6F) return false;
  return true;
}

/// "53 African countries", "Political advisors": an adjective before a common noun names nothing.
bool NameFinder::qualifies(uint32_t t) const {
  const doc::Document& d = s.document;
  if (!s.tagged() || d.deprel.size() != s.size() || d.head.size() != s.size()) return false;
  const uint32_t noun = d.head[t];
  return d.upos[t] == doc::Upos::ADJ && d.deprel[t] == doc::Deprel::amod && !s.all_capitals[t] &&
         noun != doc::kNoToken && noun > t && noun < t + 4 && !s.capital[noun] &&
         d.upos[noun] == doc::Upos::NOUN;
}

void NameFinder::emit() {
  for (auto& c : chunks) {
    if (is_label(c)) continue;
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
    if (c.tokens.size() == 1 && !c.entry.valid() && qualifies(c.tokens.begin)) continue;
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
    // "National Institute for Disaster Management (INGD)"; but "Sughd Region (Tajikistan)" says
    // where.
    const auto known_place = [&](const auto& inside) {
      return inside.entry.valid() && !s.all_capitals[inside.tokens.begin] &&
             lists.schema.gazetteer[inside.entry].type == core.place;
    };
    if (index > 0 && c.tokens.begin >= 1 && s.lower[c.tokens.begin - 1] == "(" &&
        c.tokens.end < s.size() && s.lower[c.tokens.end] == ")" &&
        s.form(c.tokens.begin).size() <= 12 && !known_place(c)) {
      constexpr uint32_t kNested = 6;  // drafts of the name before the bracket
      const uint32_t first = index > kNested ? index - kNested : 0;
      const auto stands = [&](uint32_t k) {
        return s.drafts[k].tokens.end == c.tokens.begin - 1 &&
               s.drafts[k].tokens.size() > c.tokens.size() && c.tokens.size() <= 2;
      };
      // Of the names that end there, the one whose initials it is, else the innermost.
      uint32_t spelled = kNone, innermost = kNone;
      bool party = false;  // "Ivo Marques (PSB)": a person's
      for (uint32_t k = index; k-- > first && !party;) {
        if (s.drafts[k].tokens.end == c.tokens.begin - 1 && s.drafts[k].type == core.person &&
            s.all_capitals[c.tokens.begin] && c.tokens.size() == 1)
          party = innermost == kNone;
        if (!stands(k)) continue;
        if (innermost == kNone) innermost = k;
        if (spelled == kNone && c.tokens.size() == 1 &&
            spells(s, s.lower[c.tokens.begin], s.drafts[k].tokens, true))
          spelled = k;
      }
      if (party) {
        draft.type = core.organization;
      } else if (const uint32_t k = spelled != kNone ? spelled : innermost;
                 k != kNone && !c.affiliation) {
        draft.type = s.drafts[k].type;
        s.same.emplace_back(k, index);
      }
    }
    add_complement(index);
    add_inner_places(index);
    add_location(index);
  }
}

void find_names(Sketch& sketch) {
  NameFinder finder(sketch);
  finder.collect();
  finder.settle();
  finder.emit();
}

}  // namespace weft::extract
