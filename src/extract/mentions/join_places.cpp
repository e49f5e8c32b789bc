// Problem: "Jiangxi" and "Jiangxi Province" are one place, "farm in Savar" and "the Savar farm" one
// farm. Method: places are compared without the word for their kind, described things by head noun,
// names and other words. Cost: near-linear; of things with one head noun and name a bounded number
// is compared.
#include <algorithm>
#include <string_view>
#include <tuple>

#include "extract/mentions/joiner.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/words.h"

namespace weft::extract {

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

}  // namespace weft::extract
