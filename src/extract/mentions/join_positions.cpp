// Problem: "the president" and "president of the Federation" may be one office. Method: a bare
// title goes to the one fuller office that has it among its names, unless its holders are other
// people than those of the fuller one. Cost: near-linear in the offices.
#include "extract/mentions/joiner.h"
#include "text/fold.h"

namespace weft::extract {

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
  const uint32_t end = s.sentence_end(office.tokens.end - 1);
  for (uint32_t t = office.tokens.end; t < end && t < office.tokens.end + 3; ++t) {
    if (const auto it = people.find(t); it != people.end()) return it->second;
    if (!s.lists.personal_titles.has(s.lower[t])) break;
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

}  // namespace weft::extract
