// Problem: "Mr Keller", "Anna Keller" and "Keller" may be one person or two. Method: a part of a
// name goes to the one full name that holds its words; a surname that two people bear goes at each
// mention to the one named last. Cost: names are compared with those that share their rarest word.
#include <algorithm>

#include "extract/mentions/joiner.h"

namespace weft::extract {

/// "Keller left early": a lone word of unsure type that is a person's first or last name is that
/// person. So is whatever the tagger took for a place or a body, who sees no other sentence, if a
/// person called so was named before ("Claeskens and Kabongo will answer"), but nothing is said as
/// of a place, no body is called after them, and no known place but a little one has the name.
void Joiner::adopt_surnames() {
  constexpr uint32_t kLittle = 500'000;  // people
  std::set<std::string> ends, bodies;
  std::map<std::string, uint32_t> last;  // first token of a name that ends so
  for (const auto& d : s.drafts) {
    const auto words = words_of(d.key);
    if (words.size() < 2) continue;
    if (d.type == core.organization || d.type == core.facility)
      bodies.insert(words.begin(), words.end());
    if (d.type != core.person) continue;
    ends.insert({words.back(), words.front()});
    last.emplace(words.back(), d.tokens.begin);
    if (s.lists.surnames.has(words.front())) last.emplace(words.front(), d.tokens.begin);
  }
  const std::set<std::string> places = standing_as_places();
  const auto little = [&](schema::GazetteerId id) {
    if (!id.valid()) return true;
    const schema::GazetteerEntry& e = s.lists.schema.gazetteer[id];
    return !e.capital && e.parent.valid() && e.population < kLittle;
  };
  for (auto& d : s.drafts) {
    const auto words = words_of(d.key);
    if (d.type == core.person || d.inner || words.size() != 1 || d.form != doc::MentionForm::name)
      continue;
    const bool unsure =
        d.tokens.size() == 1 && !d.entry.valid() && d.confidence < 0.6F && ends.contains(words[0]);
    const bool taken = d.type == core.place || d.type == core.organization;
    const auto named = last.find(words[0]);
    const bool bearer = taken && named != last.end() && named->second < d.tokens.begin &&
                        !places.contains(words[0]) && !bodies.contains(words[0]) &&
                        !s.all_capitals[d.tokens.begin] && little(d.entry);
    if (!unsure && !bearer) continue;
    d.type = core.person;
    d.entry = {};
  }
}

/// The words of a person's name without the Arabic article, which texts write and leave out:
/// "Nouri Al Maliki", "al-Maliki" and "Maliki" are one.
std::vector<std::string> Joiner::person_words(std::string_view key) const {
  std::vector<std::string> out;
  const std::vector<std::string> words = words_of(key);
  for (const std::string& word : words) {
    const size_t dash = word.find('-');
    if (dash != word.npos && dash + 1 < word.size() &&
        s.lists.name_articles.has(word.substr(0, dash)))
      out.push_back(word.substr(dash + 1));
    else if (!s.lists.name_articles.has(word))
      out.push_back(word);
  }
  return out.empty() ? words : out;
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

}  // namespace weft::extract
