// Entity resolution across documents by exact keys in a union-find forest (Galler and Fischer
// 1964): first the links, then type and name, then names that a document gives as another form of a
// longer one. Each step looks at the result of the one before as a whole and merges only where
// there is exactly one candidate, so the order of documents can't matter, and doubt means two
// nodes: a wrong merge poisons facts, a missed one only splits them. No step compares pairs: O(n
// log n).
#include "graph/cluster.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "text/fold.h"

namespace weft::graph {

namespace {

/// Disjoint sets, each with at most one link: sets of different links refuse to become one, and so
/// do the two sides of what a person called different.
class Forest {
 public:
  explicit Forest(size_t size) : parent_(size), link_(size) {
    for (size_t i = 0; i < size; ++i) parent_[i] = static_cast<uint32_t>(i);
  }
  void set_link(uint32_t i, std::string_view link) { link_[i] = link; }
  /// Puts `i` on a side: 2n and 2n + 1 are the sides of one decision.
  void set_side(uint32_t i, uint32_t side) { sides_[i].insert(side); }
  std::string_view link(uint32_t i) { return link_[root(i)]; }
  uint32_t root(uint32_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  /// The smaller index becomes the root.
  void unite(uint32_t a, uint32_t b) {
    a = root(a);
    b = root(b);
    if (a == b || (!link_[a].empty() && !link_[b].empty() && link_[a] != link_[b])) return;
    if (!sides_.empty() && !agree(a, b)) return;
    if (b < a) std::swap(a, b);
    parent_[b] = a;
    if (link_[a].empty()) link_[a] = link_[b];
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

  std::vector<uint32_t> parent_;
  std::vector<std::string_view> link_;
  std::map<uint32_t, std::set<uint32_t>> sides_;  // few: one for each item that was decided upon
};

struct Item {
  const doc::Entity* entity = nullptr;
  Member member;
  schema::TypeId type;
  std::string kind;
  std::string key;  // text::name_key of the label; empty: takes no part in merging by name
};

std::vector<std::string_view> words_of(std::string_view s) {
  std::vector<std::string_view> words;
  while (!s.empty()) {
    const size_t space = std::min(s.find(' '), s.size());
    if (space > 0) words.push_back(s.substr(0, space));
    s.remove_prefix(std::min(space + 1, s.size()));
  }
  return words;
}

bool is_subsequence(const std::vector<std::string_view>& few,
                    const std::vector<std::string_view>& many) {
  size_t found = 0;
  for (std::string_view word : many)
    if (found < few.size() && few[found] == word) ++found;
  return found == few.size();
}

/// The letters of "WHO", "U.S.", "G20" (two to eight capitals or digits, a capital first); empty
/// for other forms.
std::string acronym_letters(std::string_view form) {
  std::string letters;
  for (char c : form) {
    if (c == '.') continue;
    if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return {};
    letters += c;
  }
  return letters.size() >= 2 && letters.size() <= 8 && letters[0] >= 'A' ? letters : std::string();
}

/// True if the acronym is made of the first letters of the words, or of those words that begin with
/// a capital.
bool stands_for(std::string_view acronym, std::string_view label) {
  std::string all, capitals;
  for (std::string_view word : words_of(label)) {
    const char c = word[0];
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital) capitals += c;
    if (capital || (c >= 'a' && c <= 'z')) all += static_cast<char>(capital ? c : c - 'a' + 'A');
  }
  return acronym == all || acronym == capitals;
}

class Resolver {
 public:
  Resolver(SortedRecords records, const schema::Ontology& ontology,
           const schema::Gazetteer* gazetteer, std::span<const store::Decision> decisions)
      : ontology_(ontology), items_(read(records, gazetteer)), forest_(items_.size()) {
    keep_apart(decisions);
    tie_positions(records);
  }

  void run() {
    merge_links();
    strip_designators();
    merge_names();
    merge_aliases();
  }

  Clusters result(SortedRecords records) {
    Clusters out;
    out.cluster_of.resize(records.size());
    std::map<uint32_t, uint32_t> number_of;
    for (uint32_t i = 0; i < items_.size(); ++i) {
      // A root is the smallest index of its set, so clusters come out in order of first member.
      const auto [it, fresh] =
          number_of.try_emplace(forest_.root(i), static_cast<uint32_t>(out.members.size()));
      if (fresh) out.members.emplace_back();
      out.members[it->second].push_back(items_[i].member);
      out.cluster_of[items_[i].member.record].push_back(it->second);
    }
    return out;
  }

 private:
  std::vector<Item> read(SortedRecords records, const schema::Gazetteer* gazetteer) const {
    std::vector<Item> items;
    for (uint32_t r = 0; r < records.size(); ++r) {
      std::map<std::string, uint32_t>
          namesakes;  // persons of one name in one document: the text tells them apart
      for (uint32_t e = 0; e < records[r]->entities.size(); ++e) {
        const doc::Entity& entity = records[r]->entities[e];
        const schema::GazetteerEntry* entry = entry_of(gazetteer, entity.link);
        Item item{&entity,
                  {r, e},
                  entry ? entry->type : entity.type,
                  entry ? entry->kind : entity.kind,
                  text::name_key(entity.label)};
        if (item.type == ontology_.core().person && entity.link.empty()) {
          if (words_of(item.key).size() < 2) {
            item.key.clear();
          } else if (const auto [it, fresh] = namesakes.try_emplace(item.key, items.size());
                     !fresh) {
            // Of namesakes in one document the one it speaks of most meets those of other
            // documents.
            Item& other = items[it->second];
            if (entity.mentions.size() > other.entity->mentions.size()) {
              other.key.clear();
              it->second = static_cast<uint32_t>(items.size());
            } else {
              item.key.clear();
            }
          }
        }
        items.push_back(std::move(item));
      }
    }
    return items;
  }

  /// A side is what bears its link, or its type and name.
  void keep_apart(std::span<const store::Decision> decisions) {
    using Name = std::pair<schema::TypeId, std::string>;
    std::map<std::string_view, std::vector<uint32_t>> by_link;
    std::map<Name, std::vector<uint32_t>> by_name;
    uint32_t side = 0;
    for (const store::Decision& d : decisions) {
      if (d.kind != store::DecisionKind::different) continue;
      const Name a{ontology_.type(d.a.type), text::name_key(d.a.name)};
      const Name b{ontology_.type(d.b.type), text::name_key(d.b.name)};
      by_link[d.a.id].push_back(side);
      by_link[d.b.id].push_back(side + 1);
      if (a != b) {
        by_name[a].push_back(side);
        by_name[b].push_back(side + 1);
      }
      side += 2;
    }
    if (side == 0) return;
    for (uint32_t i = 0; i < items_.size(); ++i) {
      const doc::Entity& entity = *items_[i].entity;
      const auto name = by_name.find({items_[i].type, text::name_key(entity.label)});
      if (name != by_name.end()) {
        for (const uint32_t s : name->second) forest_.set_side(i, s);
      } else if (const auto link = by_link.find(entity.link); link != by_link.end()) {
        for (const uint32_t s : link->second) forest_.set_side(i, s);
      }
    }
  }

  /// "Chief executive" is another office in every body: such offices are the same only where their
  /// documents put them in the same body or place or, where they name none, give them to the same
  /// people. "Governor of Sichuan" says itself what it is.
  void tie_positions(SortedRecords records) {
    const schema::RelationId position_in = ontology_.relation("position_in");
    const schema::RelationId holds_position = ontology_.relation("holds_position");
    std::vector<std::set<std::string>> bodies(items_.size()), holders(items_.size());
    size_t first = 0;
    for (const doc::Record* record : records) {
      const auto name = [&](doc::LocalEntity e) {
        const doc::Entity& entity = record->entities[e];
        return entity.link.empty() ? text::name_key(entity.label) : entity.link;
      };
      for (const doc::Fact& fact : record->facts) {
        if (fact.object == doc::kNoEntity) continue;
        if (fact.relation == position_in) bodies[first + fact.subject].insert(name(fact.object));
        if (fact.relation == holds_position)
          holders[first + fact.object].insert(name(fact.subject));
      }
      first += record->entities.size();
    }
    for (size_t i = 0; i < items_.size(); ++i) {
      Item& item = items_[i];
      if (item.type != ontology_.core().position || !item.entity->link.empty()) continue;
      if (item.key.find(" of ") != std::string::npos) continue;
      const std::set<std::string>& ties = bodies[i].empty() ? holders[i] : bodies[i];
      if (ties.empty()) item.key.clear();
      for (const std::string& tie : ties) item.key += '\n' + tie;
    }
  }

  void merge_links() {
    std::map<std::string_view, uint32_t> first;
    for (uint32_t i = 0; i < items_.size(); ++i) {
      const std::string& link = items_[i].entity->link;
      if (link.empty()) continue;
      forest_.set_link(i, link);
      forest_.unite(first.try_emplace(link, i).first->second, i);
    }
  }

  /// "Jiangxi Province" goes by the name "Jiangxi" where there is a province Jiangxi.
  void strip_designators() {
    const auto& kinds = ontology_[ontology_.core().place].kinds;
    std::set<std::pair<std::string, std::string>> known;  // (name, kind)
    for (const Item& item : items_)
      if (item.type == ontology_.core().place && !item.kind.empty())
        known.emplace(item.key, item.kind);
    for (Item& item : items_) {
      if (item.type != ontology_.core().place) continue;
      for (const std::string& kind : kinds) {
        if (!item.kind.empty() && item.kind != kind) continue;
        std::string bare;
        if (item.key.ends_with(" " + kind))
          bare = item.key.substr(0, item.key.size() - kind.size() - 1);
        else if (item.key.starts_with(kind + " of "))
          bare = item.key.substr(kind.size() + 4);
        if (bare.empty() || !known.contains({bare, kind})) continue;
        item.key = bare;
        item.kind = kind;
        break;
      }
    }
  }

  /// One type, one name, and kinds that agree. A name that several links or kinds bear is shared
  /// only by those that say which of them they are.
  void merge_names() {
    std::map<std::pair<schema::TypeId, std::string_view>, std::vector<uint32_t>> groups;
    for (uint32_t i = 0; i < items_.size(); ++i)
      if (!items_[i].key.empty()) groups[{items_[i].type, items_[i].key}].push_back(i);
    for (const auto& [name, group] : groups) {
      // Candidates: each link and each kind that no link has, by kind.
      std::map<std::string_view, uint32_t> links;
      std::map<std::string_view, std::vector<uint32_t>> by_kind;
      for (uint32_t i : group)
        if (!items_[i].entity->link.empty() && links.try_emplace(items_[i].entity->link, i).second)
          by_kind[items_[i].kind].push_back(i);
      std::map<std::string_view, uint32_t> unlinked;
      for (uint32_t i : group) {
        const Item& item = items_[i];
        if (!item.entity->link.empty()) continue;
        const auto it = by_kind.find(item.kind);
        if (!item.kind.empty() && it != by_kind.end() && it->second.size() == 1) {
          forest_.unite(it->second[0], i);
        } else {
          forest_.unite(unlinked.try_emplace(item.kind, i).first->second, i);
        }
      }
      // What has no kind joins the only thing of its name there is.
      const auto vague = unlinked.find("");
      std::set<uint32_t> others;
      for (const auto& [link, i] : links) others.insert(forest_.root(i));
      for (const auto& [kind, i] : unlinked)
        if (!kind.empty()) others.insert(forest_.root(i));
      if (vague != unlinked.end() && others.size() == 1)
        forest_.unite(*others.begin(), vague->second);
      // A link without a kind is joined by a kind likewise.
      if (others.size() == 2 && links.size() == 1 && items_[links.begin()->second].kind.empty())
        forest_.unite(*others.begin(), *others.rbegin());
    }
  }

  /// A cluster whose name stands among the other forms of exactly one cluster with a longer name
  /// joins it.
  void merge_aliases() {
    using Key = std::pair<schema::TypeId, std::string>;
    std::map<Key, std::set<uint32_t>>
        bearers;  // forms other than the label -> items that have them
    for (uint32_t i = 0; i < items_.size(); ++i)
      for (const doc::Alias& alias : items_[i].entity->aliases) {
        std::string key = text::name_key(alias.form);
        if (!key.empty() && key != items_[i].key)
          bearers[{items_[i].type, std::move(key)}].insert(i);
      }
    std::map<uint32_t, std::set<uint32_t>> targets;  // root -> roots it may join
    for (uint32_t i = 0; i < items_.size(); ++i) {
      const Item& item = items_[i];
      if (item.key.empty() || !forest_.link(i).empty()) continue;
      const auto it = bearers.find({item.type, item.key});
      if (it == bearers.end()) continue;
      for (uint32_t b : it->second)
        if (forest_.root(b) != forest_.root(i) && is_short_for(item, items_[b]))
          targets[forest_.root(i)].insert(forest_.root(b));
    }
    for (const auto& [from, to] : targets)
      if (to.size() == 1) forest_.unite(from, *to.begin());
  }

  bool is_short_for(const Item& shorter, const Item& longer) const {
    if (shorter.type == ontology_.core().person) {
      const auto few = words_of(shorter.key), many = words_of(longer.key);
      return few.size() >= 2 && few.size() < many.size() && is_subsequence(few, many);
    }
    const std::string letters = acronym_letters(shorter.entity->label);
    return !letters.empty() && stands_for(letters, longer.entity->label);
  }

  const schema::Ontology& ontology_;
  std::vector<Item> items_;
  Forest forest_;
};

}  // namespace

const schema::GazetteerEntry* entry_of(const schema::Gazetteer* gazetteer,
                                       const std::string& link) {
  if (!gazetteer || link.empty()) return nullptr;
  const schema::GazetteerId id = gazetteer->by_key(link);
  return id ? &(*gazetteer)[id] : nullptr;
}

Clusters cluster(SortedRecords records, const schema::Ontology& ontology,
                 const schema::Gazetteer* gazetteer, std::span<const store::Decision> decisions) {
  Resolver resolver(records, ontology, gazetteer, decisions);
  resolver.run();
  return resolver.result(records);
}

}  // namespace weft::graph
