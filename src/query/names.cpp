// Which entity does "xi jinping", "CPC" or "Jianxi" mean? Every label and alias is folded once
// (text/fold.h); a query is compared with each: equal, a prefix, all its words, a substring; only
// when none of these fits, by edit distance to the whole name and to each of its words. O(names) a
// query, and O(names x length^2) for near misses, which is milliseconds for 100,000 names.
#include "query/names.h"

#include <algorithm>
#include <tuple>

#include "text/fold.h"
#include "text/utf8.h"

namespace weft::query {

namespace {

using graph::NodeIndex;

constexpr size_t kSuggestions = 5;

/// Words of a folded name: runs of letters, digits and marks, so that "Chengdu-Chongqing" has two.
std::vector<std::string_view> words(std::string_view key) {
  std::vector<std::string_view> out;
  size_t begin = 0;
  for (size_t pos = 0; pos < key.size();) {
    const size_t start = pos;
    const char32_t c = text::next_char(key, pos);
    const bool in_word = text::is_letter(c) || text::is_digit(c) || c >= 0x300;
    if (!in_word) {
      if (start > begin) out.push_back(key.substr(begin, start - begin));
      begin = pos;
    }
  }
  if (begin < key.size()) out.push_back(key.substr(begin));
  return out;
}

bool has_all_words(std::string_view key, std::string_view wanted) {
  const auto have = words(key);
  const auto want = words(wanted);
  return !want.empty() && std::all_of(want.begin(), want.end(), [&](std::string_view w) {
    return std::find(have.begin(), have.end(), w) != have.end();
  });
}

size_t characters(std::string_view s) {
  return static_cast<size_t>(
      std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

/// How many slips a name of this length may hold and still be meant.
unsigned allowed_edits(size_t length) {
  if (length < 3) return 0;
  if (length < 6) return 1;
  return length < 12 ? 2 : 3;
}

}  // namespace

std::string_view name(MatchRank rank) {
  switch (rank) {
    case MatchRank::exact:
      return "exact";
    case MatchRank::prefix:
      return "prefix";
    case MatchRank::words:
      return "words";
    case MatchRank::substring:
      return "substring";
    case MatchRank::near:
      return "near";
  }
  return "near";
}

NameIndex::NameIndex(const graph::Graph& graph) : graph_(graph) {
  for (NodeIndex n = 0; n < graph.nodes.size(); ++n) {
    const graph::Node& node = graph.nodes[n];
    const std::string label = text::name_key(node.label);
    names_.push_back({label, n, kLabel});
    for (uint32_t a = 0; a < node.aliases.size(); ++a) {
      std::string key = text::name_key(node.aliases[a].form);
      if (!key.empty() && key != label) names_.push_back({std::move(key), n, a});
    }
  }
}

std::optional<NameMatch> NameIndex::fit(const Name& name, std::string_view key) const {
  const graph::Node& node = graph_.nodes[name.node];
  NameMatch match;
  match.node = name.node;
  match.by_alias = name.alias != kLabel;
  const size_t at = name.key.find(key);
  if (name.key == key)
    match.rank = MatchRank::exact;
  else if (at == 0)
    match.rank = MatchRank::prefix;
  else if (has_all_words(name.key, key))
    match.rank = MatchRank::words;
  else if (at != std::string::npos)
    match.rank = MatchRank::substring;
  else
    return std::nullopt;
  match.matched = match.by_alias ? node.aliases[name.alias].form : node.label;
  return match;
}

std::optional<NameMatch> NameIndex::near(const Name& name, std::string_view key) const {
  const unsigned limit = allowed_edits(characters(key));
  if (limit == 0) return std::nullopt;
  unsigned distance = text::edit_distance(name.key, key, limit);
  if (distance > limit) {  // one word of a longer name, counted as one edit further away
    for (const std::string_view word : words(name.key))
      distance = std::min(distance, text::edit_distance(word, key, limit) + 1);
    if (distance > limit) return std::nullopt;
  }
  const graph::Node& node = graph_.nodes[name.node];
  NameMatch match{name.node, MatchRank::near, distance, name.alias != kLabel, {}};
  match.matched = match.by_alias ? node.aliases[name.alias].form : node.label;
  return match;
}

std::vector<NameMatch> NameIndex::best_of_each(std::vector<NameMatch> matches) const {
  const auto quality = [](const NameMatch& m) {
    return std::tuple(m.rank, m.distance, m.by_alias);
  };
  std::stable_sort(matches.begin(), matches.end(), [&](const NameMatch& a, const NameMatch& b) {
    return std::tuple(a.node, quality(a)) < std::tuple(b.node, quality(b));
  });
  matches.erase(
      std::unique(matches.begin(), matches.end(),
                  [](const NameMatch& a, const NameMatch& b) { return a.node == b.node; }),
      matches.end());
  std::stable_sort(matches.begin(), matches.end(), [&](const NameMatch& a, const NameMatch& b) {
    // More mentions first; equal ones stay in order of node, which is the order of ids.
    return std::tuple(quality(a), graph_.nodes[b.node].mentions) <
           std::tuple(quality(b), graph_.nodes[a.node].mentions);
  });
  return matches;
}

std::vector<NameMatch> NameIndex::find(std::string_view text) const {
  const std::string key = text::name_key(text);
  std::vector<NameMatch> out;
  const NodeIndex by_id = graph_.find(text);
  if (by_id != graph::kNoNode)
    out.push_back({by_id, MatchRank::exact, 0, false, graph_.nodes[by_id].id});
  if (key.empty()) return out;
  for (const Name& name : names_)
    if (auto match = fit(name, key)) out.push_back(std::move(*match));
  if (out.empty())
    for (const Name& name : names_)
      if (auto match = near(name, key)) out.push_back(std::move(*match));
  return best_of_each(std::move(out));
}

Resolution NameIndex::resolve(std::string_view text) const {
  Resolution out;
  out.node = graph_.find(text);
  if (out.node != graph::kNoNode) return out;
  const std::vector<NameMatch> matches = find(text);
  for (const bool by_alias : {false, true}) {
    for (const NameMatch& m : matches)
      if (m.rank == MatchRank::exact && m.by_alias == by_alias) out.candidates.push_back(m.node);
    if (out.candidates.size() == 1) {
      out.node = out.candidates.front();
      out.candidates.clear();
      return out;
    }
    if (!out.candidates.empty()) return out;
  }
  for (const NameMatch& m : matches) {
    if (out.suggestions.size() == kSuggestions) break;
    out.suggestions.push_back(m.node);
  }
  return out;
}

}  // namespace weft::query
