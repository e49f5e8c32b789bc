// What changed between two graphs. Both are sorted by ids that come from content, so that their
// documents, entities and facts are compared by merging keyed maps: O(n log n). A fact is the same
// if subject, relation and object are; what may change is what is said of it.
#include <map>
#include <tuple>

#include "query/columns.h"
#include "query/dates.h"

namespace weft::query {

namespace {

struct Entry {
  std::string subject, relation, object;  // as shown
  std::string state;                      // what may change
  std::vector<std::string> documents;
};
using Entries = std::map<std::tuple<std::string, std::string, std::string>, Entry>;

Entries documents_in(View view) {
  Entries out;
  for (const doc::Metadata& d : view.graph.documents)
    out[{d.id, "", ""}] = {d.id, "", "", "sha256 " + d.sha256.substr(0, 12), {}};
  return out;
}

Entries entities_in(View view) {
  Entries out;
  for (const graph::Node& n : view.graph.nodes) {
    std::string state = n.label + " (" + view.ontology[n.type].name;
    if (!n.kind.empty()) state += ", " + n.kind;
    out[{n.id, "", ""}] = {n.id, "", "", state + ")", {}};
  }
  return out;
}

std::string state_of(View view, const graph::Qualifiers& summary, size_t evidence) {
  std::string out = summary_words(summary);
  if (!summary.speaker.empty()) out += ", says " + label_of(view.graph, summary.speaker);
  return out + ", evidence: " + std::to_string(evidence);
}

Entries facts_in(View view) {
  Entries out;
  const graph::Graph& g = view.graph;
  for (const graph::Edge& e : g.edges) {
    const std::string& relation = view.ontology[e.relation].name;
    out[{g.nodes[e.source].id, relation, g.nodes[e.target].id}] = {
        g.nodes[e.source].label, relation, g.nodes[e.target].label,
        state_of(view, e.summary, e.weight), documents_of(e.evidence)};
  }
  for (const graph::Node& n : g.nodes)
    for (const graph::Attribute& a : n.attributes) {
      const std::string& relation = view.ontology[a.relation].name;
      out[{n.id, relation, "\"" + a.value}] = {n.label, relation, a.value,
                                               state_of(view, a.summary, a.evidence.size()),
                                               documents_of(a.evidence)};
    }
  return out;
}

void compare(Table& table, const char* part, const Entries& before, const Entries& after) {
  const auto add = [&](const char* change, const Entry& entry, Cell was, Cell is) {
    table.rows.push_back({std::string(part), std::string(change), entry.subject,
                          text_or_nothing(entry.relation), text_or_nothing(entry.object),
                          std::move(was), std::move(is),
                          entry.documents.empty() ? Cell() : Cell(entry.documents)});
  };
  for (const auto& [key, entry] : before)
    if (!after.count(key)) add("removed", entry, entry.state, Cell());
  for (const auto& [key, entry] : after) {
    const auto old = before.find(key);
    if (old == before.end())
      add("added", entry, Cell(), entry.state);
    else if (old->second.state != entry.state)
      add("changed", entry, old->second.state, entry.state);
  }
}

}  // namespace

Table diff(View before, View after) {
  Table table;
  table.columns = {{"part", Show::always, "", true},
                   {"change", Show::always, "", true},
                   {"subject"},
                   {"relation", Show::if_unusual, ""},
                   {"object", Show::if_unusual, ""},
                   {"before", Show::if_unusual, ""},
                   {"after", Show::if_unusual, ""},
                   {"documents", Show::on_request}};
  compare(table, "document", documents_in(before), documents_in(after));
  compare(table, "entity", entities_in(before), entities_in(after));
  compare(table, "fact", facts_in(before), facts_in(after));
  return table;
}

}  // namespace weft::query
