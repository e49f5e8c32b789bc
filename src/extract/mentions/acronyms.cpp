// Problem: "the Fishermen and Traders Council (FTC)" is not the Federal Trade Commission, which the
// gazetteer knows as FTC. Method: where a document spells an acronym out in words whose initials it
// is, or calls it by a body's head word that no known name of it has, the gazetteer's entry does
// not count for that acronym in the whole document, unless most words of one of the entry's names
// stand before the bracket. Cost: linear in tokens, a short window a bracket.
#include <algorithm>
#include <set>

#include "extract/mentions/sketch.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

constexpr uint32_t kWindow = 14;    // tokens before the bracket
constexpr size_t kMostLetters = 8;  // of an acronym
constexpr size_t kShortWord = 4;    // characters; "of", "and", "for" may give no initial

/// True if most words of one of the entry's longer names stand in the window.
bool names_entry(const Sketch& s, const schema::GazetteerEntry& entry, uint32_t begin,
                 uint32_t end) {
  const auto stands = [&](std::string_view name) {
    size_t words = 0, found = 0;
    for (size_t at = 0; at < name.size();) {
      const size_t space = std::min(name.find(' ', at), name.size());
      const std::string word = text::fold(name.substr(at, space - at));
      at = space + 1;
      if (word.size() < kShortWord) continue;
      ++words;
      found +=
          std::find(s.lower.begin() + begin, s.lower.begin() + end, word) != s.lower.begin() + end;
    }
    return words > 0 && found * 2 > words;
  };
  return stands(entry.name) || std::any_of(entry.aliases.begin(), entry.aliases.end(), stands);
}

/// True if some name of the entry has the word.
bool has_word(const schema::GazetteerEntry& entry, const std::string& word) {
  const auto has = [&](const std::string& name) {
    return (' ' + text::fold(name) + ' ').find(' ' + word + ' ') != std::string::npos;
  };
  return has(entry.name) || std::any_of(entry.aliases.begin(), entry.aliases.end(), has);
}

}  // namespace

bool spells(const Sketch& s, std::string_view letters, core::TokenSpan span, bool whole) {
  size_t left = letters.size();
  uint32_t t = span.end;
  for (; t > span.begin && left > 0; --t) {
    if (s.lower[t - 1].empty()) return false;
    if (s.lower[t - 1][0] == letters[left - 1]) {
      --left;
    } else if (s.capital[t - 1] || s.lower[t - 1].size() >= kShortWord) {
      return false;
    }
  }
  return left == 0 && (!whole || t == span.begin);
}

void drop_explained_acronyms(Sketch& s) {
  std::set<std::string, std::less<>> explained;
  for (const schema::GazetteerMatch& match : s.places) {
    const uint32_t t = match.tokens.begin;
    if (match.tokens.size() != 1 || !s.all_capitals[t] || t < 2 || t + 1 >= s.size() ||
        s.lower[t - 1] != "(" || s.lower[t + 1] != ")" || s.lower[t].size() > kMostLetters)
      continue;
    const uint32_t end = t - 1, start = s.sentence_start(t);
    if (start >= end) continue;
    const uint32_t begin = end > start + kWindow ? end - kWindow : start;
    const auto& entry = s.lists.schema.gazetteer[match.entry];
    if (names_entry(s, entry, begin, end)) continue;
    const bool body = s.capital[end - 1] && s.lists.organization_heads.has(s.lower[end - 1]) &&
                      !has_word(entry, s.lower[end - 1]);
    if (body || spells(s, s.lower[t], {begin, end}, false)) explained.insert(s.lower[t]);
  }
  if (explained.empty()) return;
  std::erase_if(s.places, [&](const schema::GazetteerMatch& match) {
    return match.tokens.size() == 1 && s.all_capitals[match.tokens.begin] &&
           explained.contains(s.lower[match.tokens.begin]);
  });
}

}  // namespace weft::extract
