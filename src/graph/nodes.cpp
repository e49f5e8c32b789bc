// Naming the clusters. A linked cluster takes the gazetteer's name, kind and key; another one takes
// what most of its documents call it (ties: more mentions, longer, first in byte order) and the id
// "<type>/<slug of the label>". Where two clusters would get one id, the linked one or else the
// first one keeps it and the others get their kind or a hash of where they were first met, so that
// an id changes only if that place does.
#include "graph/nodes.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_set>

#include "core/sha256.h"
#include "text/fold.h"

namespace weft::graph {

namespace {

struct Votes {
  uint32_t documents = 0;
  uint64_t mentions = 0;
};

using Ballot = std::map<StringId, Votes>;

/// The best by documents, then mentions, then length, then byte order; the empty text if there is
/// none.
StringId winner(const Ballot& ballot, const LocalEntities& entities) {
  StringId best = kNoText;
  Votes votes;
  const auto rank = [&](StringId name, const Votes& v) {
    return std::tuple(v.documents, v.mentions, entities.text(name).size());
  };
  for (const auto& [name, v] : ballot) {
    if (best != kNoText) {
      const auto mine = rank(name, v), other = rank(best, votes);
      if (mine < other || (mine == other && entities.text(name) > entities.text(best))) continue;
    }
    best = name;
    votes = v;
  }
  return best;
}

bool is_acronym(std::string_view label) {
  return label.find(' ') == std::string_view::npos &&
         std::none_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// A long form, however rare, names better than its acronym.
StringId choose_label(Ballot ballot, const LocalEntities& entities) {
  ballot.erase(kNoText);
  const auto short_form = [&](const auto& row) { return is_acronym(entities.text(row.first)); };
  if (!std::all_of(ballot.begin(), ballot.end(), short_form)) std::erase_if(ballot, short_form);
  return winner(ballot, entities);
}

/// Most frequent first, then in byte order.
std::vector<doc::Alias> aliases_of(const LocalEntities& entities,
                                   std::span<const uint32_t> members) {
  std::map<StringId, uint32_t> counts;
  for (const uint32_t m : members)
    for (const LocalAlias& a : entities.aliases(m)) counts[a.form] += a.count;
  std::vector<doc::Alias> aliases;
  for (const auto& [form, count] : counts)
    aliases.push_back({std::string(entities.text(form)), count});
  std::sort(aliases.begin(), aliases.end(), [](const doc::Alias& a, const doc::Alias& b) {
    return a.count != b.count ? a.count > b.count : a.form < b.form;
  });
  return aliases;
}

/// Ids go into file names, URLs and command lines: a gazetteer's key is used only if it looks like
/// one.
bool is_plain_id(std::string_view id) {
  return id.find('/') != std::string_view::npos && id.size() <= 120 &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '/' ||
                  c == '_';
         });
}

/// A chain of parents is as long as places nest.
constexpr size_t kMostParents = 8;

PlaceReference reference_of(const schema::GazetteerEntry& entry,
                            const schema::Gazetteer& gazetteer) {
  PlaceReference place;
  if (entry.geonames != 0) place.geonames = std::to_string(entry.geonames);
  place.iso = entry.iso;
  for (auto at = entry.parent; at.valid() && place.within.size() < kMostParents;
       at = gazetteer[at].parent)
    place.within.push_back(gazetteer[at].key);
  return place;
}

StringId link_of(const LocalEntities& entities, std::span<const uint32_t> members) {
  for (const uint32_t m : members)
    if (entities[m].link != kNoText) return entities[m].link;
  return kNoText;
}

/// What the entities of most documents are; of several the first in order of name.
schema::TypeId usual_type(const LocalEntities& entities, std::span<const uint32_t> members,
                          const schema::Ontology& ontology) {
  std::map<schema::TypeId, uint32_t> counts;
  for (const uint32_t m : members) ++counts[entities[m].type];
  return std::max_element(counts.begin(), counts.end(),
                          [&](const auto& a, const auto& b) {
                            return a.second != b.second
                                       ? a.second < b.second
                                       : ontology[a.first].name > ontology[b.first].name;
                          })
      ->first;
}

/// Type, kind and label: what an id is made of.
void name_node(Node& node, const LocalEntities& entities, std::span<const uint32_t> members,
               const schema::Ontology& ontology) {
  if (const auto* entry = entities.entry(link_of(entities, members))) {
    node.type = entry->type;
    node.kind = entry->kind;
    node.label = entry->name;
  } else {
    Ballot labels, kinds;
    for (const uint32_t m : members)
      for (auto& [ballot, name] :
           {std::pair{&labels, entities[m].label}, std::pair{&kinds, entities[m].kind}}) {
        Votes& votes = (*ballot)[name];
        ++votes.documents;
        votes.mentions += entities[m].mentions;
      }
    kinds.erase(kNoText);
    node.type = usual_type(entities, members, ontology);
    node.kind = entities.text(winner(kinds, entities));
    node.label = entities.text(choose_label(std::move(labels), entities));
  }
  if (!node.label.empty()) return;
  const std::vector<doc::Alias> aliases = aliases_of(entities, members);
  node.label = aliases.empty() ? "(unnamed)" : aliases[0].form;
}

}  // namespace

Node make_node(const LocalEntities& entities, const Clusters& clusters, uint32_t cluster,
               const schema::Ontology& ontology) {
  const auto members = clusters[cluster];
  Node node;
  name_node(node, entities, members, ontology);
  node.aliases = aliases_of(entities, members);
  for (size_t i = 0; i < members.size(); ++i) {
    node.mentions += entities[members[i]].mentions;
    if (i == 0 || entities[members[i]].record != entities[members[i - 1]].record) ++node.documents;
  }
  const auto* entry = entities.entry(link_of(entities, members));
  if (entry && entry->type == ontology.core().place)
    node.place = reference_of(*entry, *entities.gazetteer());
  return node;
}

std::vector<std::string> make_ids(const LocalEntities& entities, const Clusters& clusters,
                                  const schema::Ontology& ontology, const DocumentId& document) {
  std::vector<std::string> ids(clusters.size());  // never resized: `taken` looks into it
  std::unordered_set<std::string_view> taken;
  for (uint32_t c = 0; c < clusters.size(); ++c) {
    const std::string_view link = entities.text(link_of(entities, clusters[c]));
    if (is_plain_id(link) && !taken.contains(link)) taken.insert(ids[c] = link);
  }
  for (uint32_t c = 0; c < clusters.size(); ++c) {
    if (!ids[c].empty()) continue;
    Node node;
    name_node(node, entities, clusters[c], ontology);
    const std::string base = text::slug(ontology[node.type].name) + "/" + text::slug(node.label);
    std::string id = base;
    if (taken.contains(id) && !node.kind.empty()) id += "-" + text::slug(node.kind);
    if (taken.contains(id)) {
      const uint32_t first = clusters[c].front();
      const std::string hash =
          core::sha256_hex(entities.origin(first, document(entities[first].record)));
      for (size_t digits = 6; taken.contains(id) && digits <= hash.size(); ++digits)
        id = base + "-" + hash.substr(0, digits);
    }
    ids[c] = std::move(id);
    taken.insert(ids[c]);
  }
  return ids;
}

}  // namespace weft::graph
