// Naming the clusters. A linked cluster takes the gazetteer's name, kind and key; another one takes
// what most of its documents call it (ties: more mentions, longer, first in byte order) and the id
// "<type>/<slug of the label>". Where two clusters would get one id, the linked one or else the
// first one keeps it and the others get their kind or a hash of where they were first met, so that
// an id changes only if that place does.
#include "graph/nodes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/sha256.h"
#include "text/fold.h"

namespace weft::graph {

namespace {

struct Votes {
  uint32_t documents = 0;
  uint64_t mentions = 0;
};

using Ballot = std::map<std::string, Votes>;

/// The best by documents, then mentions, then length, then byte order; empty if there is none.
std::string winner(const Ballot& ballot) {
  const std::string* best = nullptr;
  Votes votes;
  for (const auto& [name, v] : ballot) {
    if (best && std::make_tuple(v.documents, v.mentions, name.size()) <=
                    std::make_tuple(votes.documents, votes.mentions, best->size()))
      continue;
    best = &name;
    votes = v;
  }
  return best ? *best : std::string();
}

bool is_acronym(std::string_view label) {
  return label.find(' ') == std::string_view::npos &&
         std::none_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

/// A long form, however rare, names better than its acronym.
std::string choose_label(Ballot ballot) {
  ballot.erase("");
  if (std::any_of(ballot.begin(), ballot.end(),
                  [](const auto& row) { return !is_acronym(row.first); }))
    std::erase_if(ballot, [](const auto& row) { return is_acronym(row.first); });
  return winner(ballot);
}

std::vector<doc::Alias> sorted_aliases(const std::map<std::string, uint32_t>& counts) {
  std::vector<doc::Alias> aliases;
  for (const auto& [form, count] : counts) aliases.push_back({form, count});
  std::stable_sort(aliases.begin(), aliases.end(),
                   [](const doc::Alias& a, const doc::Alias& b) { return a.count > b.count; });
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

struct Draft {
  Node node;
  std::string link;
  std::string origin;  // where it was first met
};

Draft draft_node(SortedRecords records, const std::vector<Member>& members,
                 const schema::Ontology& ontology, const schema::Gazetteer* gazetteer) {
  Draft draft;
  Node& node = draft.node;
  Ballot labels, kinds;
  std::map<std::string, uint32_t> types, aliases;
  std::set<uint32_t> documents;
  for (const Member& m : members) {
    const doc::Entity& e = records[m.record]->entities[m.entity];
    const auto mentions = static_cast<uint32_t>(e.mentions.size());
    for (auto& [ballot, name] :
         {std::pair<Ballot*, const std::string*>{&labels, &e.label}, {&kinds, &e.kind}}) {
      Votes& votes = (*ballot)[*name];
      ++votes.documents;
      votes.mentions += mentions;
    }
    ++types[ontology[e.type].name];
    for (const doc::Alias& a : e.aliases) aliases[a.form] += a.count;
    node.mentions += mentions;
    documents.insert(m.record);
    if (draft.link.empty()) draft.link = e.link;
  }
  node.documents = static_cast<uint32_t>(documents.size());
  node.aliases = sorted_aliases(aliases);
  kinds.erase("");
  if (const schema::GazetteerEntry* entry = entry_of(gazetteer, draft.link)) {
    node.type = entry->type;
    node.kind = entry->kind;
    node.label = entry->name;
  } else {
    const auto most =
        std::max_element(types.begin(), types.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    node.type = ontology.type(most->first);
    node.kind = winner(kinds);
    node.label = choose_label(labels);
  }
  if (node.label.empty()) node.label = node.aliases.empty() ? "(unnamed)" : node.aliases[0].form;
  const Member& first = members.front();
  const auto& spans = records[first.record]->entities[first.entity].mentions;
  draft.origin = records[first.record]->meta.id + '\n' +
                 (spans.empty() ? "" : std::to_string(spans[0].begin)) + '\n' +
                 std::to_string(first.entity);
  return draft;
}

void give_ids(std::vector<Draft>& drafts, const schema::Ontology& ontology) {
  std::set<std::string> taken;
  for (Draft& d : drafts) {
    if (!is_plain_id(d.link) || !taken.insert(d.link).second) continue;
    d.node.id = d.link;
  }
  for (Draft& d : drafts) {
    if (!d.node.id.empty()) continue;
    const std::string base =
        text::slug(ontology[d.node.type].name) + "/" + text::slug(d.node.label);
    std::string id = base;
    if (taken.contains(id) && !d.node.kind.empty()) id += "-" + text::slug(d.node.kind);
    const std::string hash = core::sha256_hex(d.origin);
    for (size_t digits = 6; taken.contains(id) && digits <= hash.size(); ++digits)
      id = base + "-" + hash.substr(0, digits);
    taken.insert(id);
    d.node.id = id;
  }
}

}  // namespace

std::vector<Node> make_nodes(SortedRecords records, const Clusters& clusters,
                             const schema::Ontology& ontology, const schema::Gazetteer* gazetteer,
                             const std::vector<std::string>* ids) {
  std::vector<Draft> drafts;
  drafts.reserve(clusters.members.size());
  for (const auto& members : clusters.members)
    drafts.push_back(draft_node(records, members, ontology, gazetteer));
  if (ids) {
    for (size_t i = 0; i < drafts.size(); ++i) drafts[i].node.id = (*ids)[i];
  } else {
    give_ids(drafts, ontology);
  }
  std::vector<Node> nodes;
  nodes.reserve(drafts.size());
  for (Draft& d : drafts) nodes.push_back(std::move(d.node));
  return nodes;
}

}  // namespace weft::graph
