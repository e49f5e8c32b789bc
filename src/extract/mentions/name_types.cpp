// Proper names: of which type they are. Method: types are chosen for all chunks of one name
// together; the highest sum of votes (name_votes.cpp) wins, unless the document shows that the name
// is a company's or a person's. Cost: linear in chunks, each of which looks at few neighbours.
#include "extract/frames/within.h"
#include "extract/mentions/names.h"

namespace weft::extract {

using schema::TypeId;

size_t NameFinder::likeliest(const std::array<float, kTypes>& votes) {
  return static_cast<size_t>(std::max_element(votes.begin(), votes.end()) - votes.begin());
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

/// True if the tagger takes the name for a person's, or it is what speaks.
bool NameFinder::acts_as_person(const Chunk& chunk) const {
  const auto span = chunk.tokens;
  if (span.end < s.sentence_end(span.begin) && lists.speech.has(s.lower[span.end])) return true;
  const auto names = names_meeting(s.document, span);
  return !names.empty() && names.front().tokens == span && names.front().type == core.person;
}

/// "Paris was born in Switzerland", of a Valeska Paris: the place's name is a person's where it
/// stands in no place, if that is how most of its bearers there stand.
void NameFinder::settle_namesakes() {
  std::set<std::string, std::less<>> family;
  for (const Chunk& c : chunks) {
    const auto span = c.tokens;
    if (span.size() > 1 && span.size() < 5 && likeliest(c.votes) == core.person.value &&
        (c.titled || lists.given_names.has(s.lower[span.begin]) || acts_as_person(c)))
      family.insert(s.lower[span.end - 1]);
  }
  const auto doubtful = [&](const Chunk& c) {
    return c.tokens.size() == 1 && c.entry.valid() &&
           lists.schema.gazetteer[c.entry].type == core.place &&
           family.contains(s.lower[c.tokens.begin]) && !locates(c.tokens.begin, true);
  };
  std::map<std::string, std::pair<uint32_t, uint32_t>> bearers;  // people, all
  for (const Chunk& c : chunks)
    if (doubtful(c)) {
      auto& [people, all] = bearers[s.lower[c.tokens.begin]];
      people += acts_as_person(c);
      ++all;
    }
  for (Chunk& c : chunks)
    if (doubtful(c)) {
      const auto [people, all] = bearers[s.lower[c.tokens.begin]];
      if (2 * people < all) continue;
      c.votes[core.place.value] = 0;
      c.entry = {};
      c.votes[core.person.value] += 3.0F;
      c.namesake = true;
    }
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
  std::map<std::string, uint32_t> count;
  std::vector<std::string> keys(chunks.size());
  for (size_t i = 0; i < chunks.size(); ++i) {
    auto& c = chunks[i];
    vote(c);
  }
  settle_affiliations();
  settle_namesakes();
  std::set<std::string> affiliations, things, titled, people_words;
  for (size_t i = 0; i < chunks.size(); ++i) {
    auto& c = chunks[i];
    // A person called as a place is chooses apart from that place.
    keys[i] = text::name_key(s.text(c.tokens)) + (c.namesake ? "'" : "");
    if (c.described) things.insert(keys[i]);
    if (c.titled) titled.insert(keys[i]);
    if (c.tokens.size() > 1 && c.tokens.size() < 5 &&
        lists.given_names.has(s.lower[c.tokens.begin])) {
      people_words.insert(s.lower[c.tokens.begin]);
      people_words.insert(s.lower[c.tokens.end - 1]);
    }
    auto& sum = sums[keys[i]];
    for (size_t k = 0; k < kTypes; ++k) sum[k] += c.votes[k];
    ++count[keys[i]];
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
    // The context of a known name, or of what a title shows to be a person, counts twice:
    // "Hordavik" the city and "Hordavik Hospital" are chosen apart anyway. What no list knows means
    // one thing (Gale et al. 1992).
    const bool apart = c.entry.valid() || c.titled;
    const auto bearers = static_cast<float>(count[keys[i]]);
    for (size_t k = 0; k < kTypes; ++k) votes[k] += apart ? c.votes[k] : sums[keys[i]][k] / bearers;
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

}  // namespace weft::extract
