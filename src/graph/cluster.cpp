// Entity resolution across documents by exact keys in a union-find forest (Galler and Fischer
// 1964): first the links, then type and name, then names that a document gives as another form of a
// longer one. Each step looks at the result of the one before as a whole and merges only where
// there is exactly one candidate, so the order of documents can't matter, and doubt means two
// nodes: a wrong merge poisons facts, a missed one only splits them. No step compares pairs: O(n
// log n).
#include "graph/cluster.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "core/disjoint_sets.h"
#include "graph/namesakes.h"
#include "text/fold.h"
#include "text/words.h"

namespace weft::graph {

namespace {

/// Disjoint sets, each with at most one link: sets of different links refuse to become one, and so
/// do the two sides of what a person called different.
class Forest {
 public:
  explicit Forest(uint32_t size) : sets_(size), link_(size, kNoText) {}
  void set_link(uint32_t i, StringId link) { link_[i] = link; }
  /// Puts `i` on a side: 2n and 2n + 1 are the sides of one decision.
  void set_side(uint32_t i, uint32_t side) { sides_[i].insert(side); }
  StringId link(uint32_t i) { return link_[root(i)]; }
  uint32_t root(uint32_t i) { return sets_.root(i); }
  /// The smaller index becomes the root. False if nothing changed.
  bool unite(uint32_t a, uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b || (link_[a] != kNoText && link_[b] != kNoText && link_[a] != link_[b]))
      return false;
    if (!sides_.empty() && !agree(a, b)) return false;
    if (b < a) std::swap(a, b);
    sets_.unite(a, b);
    if (link_[a] == kNoText) link_[a] = link_[b];
    return true;
  }

 private:
  /// True, with the sides of both roots at both, if none of them are two sides of one decision.
  bool agree(uint32_t a, uint32_t b) {
    const auto of_a = sides_.find(a), of_b = sides_.find(b);
    if (of_a != sides_.end() && of_b != sides_.end())
      for (const uint32_t side : of_a->second)
        if (of_b->second.contains(side ^ 1u)) return false;
    std::set<uint32_t> both;
    for (const auto& it : {of_a, of_b})
      if (it != sides_.end()) both.insert(it->second.begin(), it->second.end());
    if (!both.empty()) sides_[a] = sides_[b] = both;
    return true;
  }

  core::DisjointSets sets_;
  std::vector<StringId> link_;
  std::map<uint32_t, std::set<uint32_t>> sides_;  // few: one for each item that was decided upon
};

bool is_subsequence(const std::vector<std::string_view>& few,
                    const std::vector<std::string_view>& many) {
  size_t found = 0;
  for (std::string_view word : many)
    if (found < few.size() && few[found] == word) ++found;
  return found == few.size();
}

class Resolver {
 public:
  Resolver(LocalEntities& entities, const schema::Ontology& ontology,
           std::span<const store::Decision> decisions)
      : ontology_(ontology),
        all_(entities),
        forest_(entities.size()),
        why_(entities.size(), MergeRule::first) {
    keep_apart(decisions);
  }

  void run() {
    merge_links();
    strip_designators();
    merge_names();
    merge_aliases();
  }

  Clusters result() {
    Clusters out;
    out.cluster_of.resize(all_.size());
    uint32_t clusters = 0;
    for (uint32_t i = 0; i < all_.size(); ++i) {
      // A root is the smallest index of its set, so clusters come out in order of first member.
      const uint32_t root = forest_.root(i);
      out.cluster_of[i] = root == i ? clusters++ : out.cluster_of[root];
    }
    out.list_members(clusters);
    out.why = std::move(why_);
    return out;
  }

 private:
  /// Item `i` joins another one by the rule.
  void join(uint32_t other, uint32_t i, MergeRule rule) {
    if (forest_.unite(other, i) && why_[i] == MergeRule::first) why_[i] = rule;
  }

  std::string_view text(StringId id) const { return all_.text(id); }

  /// A side is what bears its link, or its type and name.
  void keep_apart(std::span<const store::Decision> decisions) {
    using Name = std::pair<schema::TypeId, StringId>;
    std::map<StringId, std::vector<uint32_t>> by_link;
    std::map<Name, std::vector<uint32_t>> by_name;
    uint32_t side = 0;
    for (const store::Decision& d : decisions) {
      if (d.kind != store::DecisionKind::different) continue;
      const Name a{ontology_.type(d.a.type), all_.intern(text::name_key(d.a.name))};
      const Name b{ontology_.type(d.b.type), all_.intern(text::name_key(d.b.name))};
      by_link[all_.intern(d.a.id)].push_back(side);
      by_link[all_.intern(d.b.id)].push_back(side + 1);
      if (a != b) {
        by_name[a].push_back(side);
        by_name[b].push_back(side + 1);
      }
      side += 2;
    }
    if (side == 0) return;
    for (uint32_t i = 0; i < all_.size(); ++i) {
      const LocalEntity& item = all_[i];
      const auto name = by_name.find({item.merge_type, all_.name_key(item.label)});
      if (name != by_name.end()) {
        for (const uint32_t s : name->second) forest_.set_side(i, s);
      } else if (const auto link = by_link.find(item.link); link != by_link.end()) {
        for (const uint32_t s : link->second) forest_.set_side(i, s);
      }
    }
  }

  void merge_links() {
    std::unordered_map<StringId, uint32_t> first;
    for (uint32_t i = 0; i < all_.size(); ++i) {
      const StringId link = all_[i].link;
      if (link == kNoText) continue;
      forest_.set_link(i, link);
      join(first.try_emplace(link, i).first->second, i, MergeRule::link);
    }
  }

  /// "Jiangxi Province" goes by the name "Jiangxi" where there is a province Jiangxi.
  void strip_designators() {
    const auto& kinds = ontology_[ontology_.core().place].kinds;
    std::set<std::pair<StringId, StringId>> known;  // (name, kind)
    for (uint32_t i = 0; i < all_.size(); ++i)
      if (all_[i].merge_type == ontology_.core().place && all_[i].merge_kind != kNoText)
        known.emplace(all_[i].key, all_[i].merge_kind);
    for (uint32_t i = 0; i < all_.size(); ++i) {
      const LocalEntity& item = all_[i];
      if (item.merge_type != ontology_.core().place) continue;
      const std::string_view key = text(item.key);
      for (const std::string& kind : kinds) {
        if (item.merge_kind != kNoText && text(item.merge_kind) != kind) continue;
        std::string_view bare;
        if (key.size() > kind.size() && key.ends_with(kind) &&
            key[key.size() - kind.size() - 1] == ' ')
          bare = key.substr(0, key.size() - kind.size() - 1);
        else if (key.starts_with(kind) && key.substr(kind.size()).starts_with(" of "))
          bare = key.substr(kind.size() + 4);
        if (bare.empty()) continue;
        const StringId name = all_.texts().find(bare), of_kind = all_.texts().find(kind);
        if (!known.contains({name, of_kind})) continue;
        all_.set_merge(i, name, of_kind);
        break;
      }
    }
  }

  /// All that take part in merging by name, in order of type, key (its bytes) and number.
  std::vector<uint32_t> by_name() const {
    std::vector<StringId> keys;
    std::vector<uint32_t> order;
    for (uint32_t i = 0; i < all_.size(); ++i)
      if (all_[i].key != kNoText) order.push_back(i);
    std::vector<bool> used(all_.texts().size());
    for (const uint32_t i : order)
      if (!used[all_[i].key]) {
        used[all_[i].key] = true;
        keys.push_back(all_[i].key);
      }
    std::sort(keys.begin(), keys.end(), [&](StringId a, StringId b) { return text(a) < text(b); });
    std::vector<uint32_t> rank(all_.texts().size());
    for (uint32_t k = 0; k < keys.size(); ++k) rank[keys[k]] = k;
    std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
      return std::tuple(all_[a].merge_type, rank[all_[a].key], a) <
             std::tuple(all_[b].merge_type, rank[all_[b].key], b);
    });
    return order;
  }

  void merge_names() {
    const std::vector<uint32_t> order = by_name();
    for (size_t begin = 0, end = 0; begin < order.size(); begin = end) {
      const LocalEntity& first = all_[order[begin]];
      while (end < order.size() && all_[order[end]].merge_type == first.merge_type &&
             all_[order[end]].key == first.key)
        ++end;
      const auto group = std::span(order).subspan(begin, end - begin);
      if (group.size() == 1) continue;
      first.merge_type == ontology_.core().person ? merge_people(group) : merge_group(group);
    }
  }

  /// One type, one name, and kinds that agree. A name that several links or kinds bear is shared
  /// only by those that say which of them they are.
  void merge_group(std::span<const uint32_t> group) {
    // Candidates: each link and each kind that no link has, by kind.
    std::map<StringId, uint32_t> links;
    std::map<StringId, std::vector<uint32_t>> by_kind;
    for (const uint32_t i : group)
      if (all_[i].link != kNoText && links.try_emplace(all_[i].link, i).second)
        by_kind[all_[i].merge_kind].push_back(i);
    std::map<StringId, uint32_t> unlinked;
    for (const uint32_t i : group) {
      const LocalEntity& item = all_[i];
      if (item.link != kNoText) continue;
      const auto it = by_kind.find(item.merge_kind);
      if (item.merge_kind != kNoText && it != by_kind.end() && it->second.size() == 1) {
        join(it->second[0], i, MergeRule::name);
      } else {
        join(unlinked.try_emplace(item.merge_kind, i).first->second, i, MergeRule::name);
      }
    }
    // What has no kind joins the only thing of its name there is.
    const auto vague = unlinked.find(kNoText);
    std::set<uint32_t> others;
    for (const auto& [link, i] : links) others.insert(forest_.root(i));
    for (const auto& [kind, i] : unlinked)
      if (kind != kNoText) others.insert(forest_.root(i));
    if (vague != unlinked.end() && others.size() == 1)
      join(*others.begin(), vague->second, MergeRule::name);
    // A link without a kind is joined by a kind likewise.
    if (others.size() == 2 && links.size() == 1 &&
        all_[links.begin()->second].merge_kind == kNoText)
      join(*others.begin(), *others.rbegin(), MergeRule::name);
  }

  /// People of one name, those that their documents place apart left apart.
  void merge_people(std::span<const uint32_t> group) {
    std::vector<Standing> standings;
    for (const uint32_t i : group) standings.push_back(all_.standing(i));
    std::vector<const Standing*> said;
    for (const Standing& s : standings) said.push_back(&s);
    const std::vector<uint32_t> person = tell_apart(said);
    std::map<std::pair<uint32_t, std::string_view>, uint32_t> first;  // by the link's bytes
    for (size_t k = 0; k < group.size(); ++k)
      join(first.try_emplace({person[k], text(all_[group[k]].link)}, group[k]).first->second,
           group[k], MergeRule::name);
    // A link, where there is one, is that of all who are placed alike.
    for (const auto& [key, i] : first)
      if (const auto bare = first.find({key.first, ""}); bare != first.end())
        join(i, bare->second, MergeRule::name);
  }

  struct Bearer {
    schema::TypeId type;
    StringId key;  // of a form other than the label
    uint32_t item;
    auto name() const { return std::pair(type, key); }
    auto operator<=>(const Bearer&) const = default;
  };

  /// Who bears, beside its label, a name by which something without a link is called; sorted. Of
  /// those that are one thing already and have one label one stands for all.
  std::vector<Bearer> bearers() {
    std::vector<bool> asked(all_.texts().size());
    for (uint32_t i = 0; i < all_.size(); ++i)
      if (all_[i].key != kNoText && forest_.link(i) == kNoText) asked[all_[i].key] = true;
    std::vector<Bearer> out;
    for (uint32_t i = 0; i < all_.size(); ++i)
      for (const LocalAlias& alias : all_.aliases(i)) {
        const StringId key = all_.name_key(alias.form);
        if (key < asked.size() && asked[key] && key != all_[i].key)
          out.push_back({all_[i].merge_type, key, i});
      }
    const auto kind = [&](const Bearer& b) {
      const LocalEntity& item = all_[b.item];
      return std::tuple(b.type, b.key, forest_.root(b.item), item.label, item.key);
    };
    std::sort(out.begin(), out.end(), [&](const Bearer& a, const Bearer& b) {
      const auto x = kind(a), y = kind(b);
      return x != y ? x < y : a.item < b.item;
    });
    out.erase(std::unique(out.begin(), out.end(),
                          [&](const Bearer& a, const Bearer& b) { return kind(a) == kind(b); }),
              out.end());
    return out;
  }

  /// A cluster whose name stands among the other forms of exactly one cluster with a longer name
  /// joins it.
  void merge_aliases() {
    const std::vector<Bearer> all = bearers();
    std::map<uint32_t, std::set<uint32_t>> targets;         // root -> roots it may join
    std::map<uint32_t, std::vector<uint32_t>> short_forms;  // root -> its items that say so
    for (uint32_t i = 0; i < all_.size(); ++i) {
      const LocalEntity& item = all_[i];
      if (item.key == kNoText || forest_.link(i) != kNoText) continue;
      const std::pair name(item.merge_type, item.key);
      auto b = std::lower_bound(all.begin(), all.end(), name,
                                [](const Bearer& x, const auto& y) { return x.name() < y; });
      for (; b != all.end() && b->name() == name; ++b)
        if (forest_.root(b->item) != forest_.root(i) && is_short_for(item, all_[b->item])) {
          targets[forest_.root(i)].insert(forest_.root(b->item));
          short_forms[forest_.root(i)].push_back(i);
        }
    }
    for (const auto& [from, to] : targets)
      if (to.size() == 1 && forest_.unite(from, *to.begin()))
        for (const uint32_t i : short_forms[from]) why_[i] = MergeRule::alias;
  }

  bool is_short_for(const LocalEntity& shorter, const LocalEntity& longer) const {
    if (shorter.merge_type == ontology_.core().person) {
      const auto few = text::words(text(shorter.key)), many = text::words(text(longer.key));
      return few.size() >= 2 && few.size() < many.size() && is_subsequence(few, many);
    }
    const std::string letters = acronym_letters(text(shorter.label));
    if (letters.empty()) return false;
    const Initials initials = initials_of(text(longer.label));
    return letters == initials.all || letters == initials.capitals;
  }

  const schema::Ontology& ontology_;
  LocalEntities& all_;
  Forest forest_;
  std::vector<MergeRule> why_;  // of each item
};

}  // namespace

void Clusters::list_members(uint32_t clusters) {
  first.assign(size_t{clusters} + 1, 0);
  for (const uint32_t c : cluster_of) ++first[size_t{c} + 1];
  for (size_t c = 1; c < first.size(); ++c) first[c] += first[c - 1];
  members.resize(cluster_of.size());
  std::vector<uint32_t> next(first.begin(), first.end() - 1);
  for (uint32_t i = 0; i < cluster_of.size(); ++i) members[next[cluster_of[i]]++] = i;
}

std::string acronym_letters(std::string_view form) {
  std::string letters;
  for (char c : form) {
    if (c == '.') continue;
    if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return {};
    letters += c;
  }
  return letters.size() >= 2 && letters.size() <= 8 && letters[0] >= 'A' ? letters : std::string();
}

Initials initials_of(std::string_view label) {
  Initials out;
  for (std::string_view word : text::words(label)) {
    const char c = word[0];
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital) out.capitals += c;
    if (capital || (c >= 'a' && c <= 'z'))
      out.all += static_cast<char>(capital ? c : c - 'a' + 'A');
  }
  return out;
}

std::string_view name(MergeRule rule) {
  constexpr std::array<std::string_view, 5> kNames = {"first", "gazetteer", "name", "alias",
                                                      "decision"};
  return kNames[static_cast<size_t>(rule)];
}

const schema::GazetteerEntry* entry_of(const schema::Gazetteer* gazetteer,
                                       const std::string& link) {
  if (!gazetteer || link.empty()) return nullptr;
  const schema::GazetteerId id = gazetteer->by_key(link);
  return id ? &(*gazetteer)[id] : nullptr;
}

Clusters cluster(LocalEntities& entities, const schema::Ontology& ontology,
                 std::span<const store::Decision> decisions) {
  Resolver resolver(entities, ontology, decisions);
  resolver.run();
  return resolver.result();
}

}  // namespace weft::graph
