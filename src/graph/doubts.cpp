// Which clusters may be one thing and were not merged. Each cluster gives its names as keys; pairs
// are looked for only among clusters that share a key, at most kMost of them, so that it stays
// O(n log n). Of a pair only the reason's sort is kept; the sentence is made when it is told.
#include "graph/doubts.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "text/fold.h"

namespace weft::graph {

namespace {

constexpr size_t kMost = 4;  // clusters of one name that are compared

/// Clusters by what they are called, in order of their numbers.
using Groups = std::unordered_map<StringId, std::vector<uint32_t>>;

std::string article(const std::string& noun) {
  std::string lower = noun;
  if (!lower.empty() && lower[0] >= 'A' && lower[0] <= 'Z') lower[0] += 'a' - 'A';
  const bool vowel =
      !lower.empty() && std::string_view("aeiou").find(lower[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + lower;
}

}  // namespace

Doubts::Doubts(LocalEntities& entities, const Clusters& clusters, const schema::Ontology& ontology,
               const schema::Gazetteer* gazetteer)
    : entities_(entities), clusters_(clusters), ontology_(ontology), gazetteer_(gazetteer) {
  all_.reserve(clusters.size());
  for (uint32_t c = 0; c < clusters.size(); ++c) all_.push_back(summary(clusters[c]));
  equal_names();
  surnames();
  acronyms();
  // Of several reasons for a pair the first one is told.
  std::sort(doubts_.begin(), doubts_.end());
  const auto same = [](const Doubt& x, const Doubt& y) { return x.a == y.a && x.b == y.b; };
  doubts_.erase(std::unique(doubts_.begin(), doubts_.end(), same), doubts_.end());
}

Doubts::Summary Doubts::summary(std::span<const uint32_t> members) {
  Summary s;
  for (const uint32_t m : members) {
    const LocalEntity& e = entities_[m];
    if (s.link == kNoText) s.link = e.link;
    if (s.kind == kNoText) s.kind = e.kind;
    if (s.label == kNoText || text(e.label).size() > text(s.label).size()) {
      s.label = e.label;
      s.type = e.type;
    }
  }
  s.key = entities_.name_key(s.label);
  s.acronym = !acronym_letters(text(s.label)).empty();
  s.lone = s.type == ontology_.core().person && s.link == kNoText &&
           text(s.key).find(' ') == std::string_view::npos;
  return s;
}

/// What the documents of a cluster say together.
Standing Doubts::standing(uint32_t cluster) const {
  Standing out;
  for (const uint32_t m : clusters_[cluster]) out.merge(entities_.standing(m));
  return out;
}

/// What one document mentions both, it tells apart.
bool Doubts::share_a_document(uint32_t a, uint32_t b) const {
  const auto x = clusters_[a], y = clusters_[b];
  for (size_t i = 0, k = 0; i < x.size() && k < y.size();) {
    const uint32_t p = entities_[x[i]].record, q = entities_[y[k]].record;
    if (p == q) return true;
    p < q ? ++i : ++k;
  }
  return false;
}

void Doubts::add(uint32_t a, uint32_t b, Reason reason) {
  if (a == b) return;
  if (a > b) std::swap(a, b);
  if (!share_a_document(a, b)) doubts_.push_back({a, b, reason});
}

std::string Doubts::told(const Doubt& doubt) const {
  auto [shorter, longer, reason] = doubt;
  switch (reason) {
    case Reason::equal_names:
      return conflict(doubt);
    case Reason::surname:
      if (!all_[shorter].lone) std::swap(shorter, longer);
      return "\"" + label(shorter) + "\" is part of the name \"" + label(longer) +
             "\", but no document gives both.";
    case Reason::acronym:
      if (!all_[shorter].acronym) std::swap(shorter, longer);
      return "\"" + label(shorter) + "\" may be short for \"" + label(longer) +
             "\", but no document gives both.";
  }
  return {};
}

/// One name, and something that speaks against one thing.
void Doubts::equal_names() {
  Groups groups;
  for (uint32_t c = 0; c < all_.size(); ++c)
    if (all_[c].key != kNoText && all_[c].type != ontology_.core().position && !all_[c].lone)
      if (auto& group = groups[all_[c].key]; group.size() < kMost) group.push_back(c);
  for (const auto& [key, group] : groups)
    for (size_t i = 0; i < group.size(); ++i)
      for (size_t k = i + 1; k < group.size(); ++k)
        // Of two entries of the gazetteer nobody doubts that they are two.
        if (all_[group[i]].link == kNoText || all_[group[k]].link == kNoText)
          add(group[i], group[k], Reason::equal_names);
}

std::string Doubts::conflict(const Doubt& doubt) const {
  const Summary &a = all_[doubt.a], &b = all_[doubt.b];
  const std::string both = "Both are called \"" + label(doubt.a) + "\", but ";
  if (a.type != b.type)
    return both + "one is " + article(ontology_[a.type].name) + " and the other " +
           article(ontology_[b.type].name) + ".";
  if (a.type == ontology_.core().person)
    return why_apart(label(doubt.a), standing(doubt.a), standing(doubt.b), gazetteer_);
  if (a.kind != kNoText && b.kind != kNoText && a.kind != b.kind)
    return both + "one is " + article(std::string(text(a.kind))) + " and the other " +
           article(std::string(text(b.kind))) + ".";
  return both + "there are several of this name, and nothing says which one is meant.";
}

/// A person of whom only a surname is known, and the people whose name begins or ends so.
void Doubts::surnames() {
  Groups ends;
  std::vector<bool> wanted(entities_.texts().size());
  for (const Summary& s : all_)
    if (s.lone) wanted[s.key] = true;
  const auto note = [&](std::string_view name, uint32_t c) {
    const StringId id = entities_.texts().find(name);
    if (id == core::StringPool::kNone || !wanted[id]) return;
    if (auto& people = ends[id]; people.size() <= kMost) people.push_back(c);
  };
  for (uint32_t c = 0; c < all_.size(); ++c) {
    const std::string_view key = text(all_[c].key);
    if (all_[c].type != ontology_.core().person || all_[c].lone) continue;
    const size_t first = key.find(' '), last = key.rfind(' ');
    if (first == std::string_view::npos) continue;
    note(key.substr(0, first), c);
    note(key.substr(last + 1), c);
  }
  for (uint32_t c = 0; c < all_.size(); ++c) {
    if (!all_[c].lone) continue;
    const auto it = ends.find(all_[c].key);
    if (it == ends.end() || it->second.size() > kMost) continue;
    for (const uint32_t full : it->second) add(c, full, Reason::surname);
  }
}

void Doubts::acronyms() {
  using Form = std::pair<schema::TypeId, std::string>;
  std::map<Form, std::vector<uint32_t>> longer;  // of the acronyms that there are
  for (const Summary& s : all_)
    if (s.acronym && s.link == kNoText) longer[{s.type, acronym_letters(text(s.label))}];
  for (uint32_t c = 0; c < all_.size(); ++c)
    if (!all_[c].acronym && text(all_[c].key).find(' ') != std::string_view::npos) {
      const Initials letters = initials_of(text(all_[c].label));
      for (const std::string& form : std::set{letters.all, letters.capitals})
        if (const auto it = longer.find({all_[c].type, form});
            it != longer.end() && it->second.size() <= kMost)
          it->second.push_back(c);
    }
  for (uint32_t c = 0; c < all_.size(); ++c) {
    if (!all_[c].acronym || all_[c].link != kNoText) continue;
    const auto& full = longer.at({all_[c].type, acronym_letters(text(all_[c].label))});
    if (full.size() > kMost) continue;
    for (const uint32_t f : full) add(c, f, Reason::acronym);
  }
}

}  // namespace weft::graph
