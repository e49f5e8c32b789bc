// Two entities side by side. The facts of each are keyed by how their relation reads from it and
// what is at the other end; one pass over the edges fills both maps, and a merge of the two says
// what is shared. O(edges + k log k).
#include <map>
#include <tuple>

#include "query/dates.h"
#include "query/steps.h"

namespace weft::query {

namespace {

struct Side {
  const graph::Qualifiers* summary = nullptr;
  const std::vector<graph::EvidenceItem>* evidence = nullptr;
};

/// What is said of an entity: place of the relation in the ontology, whether it is read backwards,
/// value, id of the other end (empty for a text value).
using Key = std::tuple<uint16_t, bool, std::string, std::string>;

std::map<Key, Side> facts_about(View view, graph::NodeIndex node, graph::NodeIndex other) {
  std::map<Key, Side> out;
  const graph::Graph& g = view.graph;
  for (const graph::Attribute& a : g.nodes[node].attributes)
    out[{a.relation.value, false, a.value, ""}] = {&a.summary, &a.evidence};
  for (const graph::Edge& e : g.edges) {
    if (e.source != node && e.target != node) continue;
    const graph::NodeIndex end = other_end(e, node);
    if (end == other) continue;
    const bool backwards = e.source != node && !view.ontology[e.relation].symmetric;
    out[{e.relation.value, backwards, g.nodes[end].label, g.nodes[end].id}] = {&e.summary,
                                                                               &e.evidence};
  }
  return out;
}

class Comparison {
 public:
  explicit Comparison(View view) : view_(view) {
    table_.columns = {{"part", Show::always, "", true},
                      {"relation", Show::always, "", true},
                      {"value"},
                      {"a", Show::if_unusual, ""},
                      {"b", Show::if_unusual, ""},
                      {"text_a", Show::on_request},
                      {"text_b", Show::on_request},
                      {"id", Show::on_request}};
  }

  void property(const char* name, Cell a, Cell b) {
    table_.rows.push_back({std::string("entity"), std::string(name), Cell(), std::move(a),
                           std::move(b), Cell(), Cell(), Cell()});
  }

  void fact(const char* part, const Key& key, const Side& a, const Side& b) {
    const schema::RelationType& r = view_.ontology.relations()[std::get<0>(key)];
    table_.rows.push_back({std::string(part), std::get<1>(key) ? r.inverse : r.name,
                           std::get<2>(key), words(a), words(b), text(a), text(b),
                           text_or_nothing(std::get<3>(key))});
  }

  void between(const graph::Edge& e, graph::NodeIndex a, graph::NodeIndex b) {
    const bool forwards = e.source == a || view_.ontology[e.relation].symmetric;
    const Side side{&e.summary, &e.evidence};
    table_.rows.push_back({std::string("between them"), reading(view_, e, a),
                           view_.graph.nodes[b].label, forwards ? words(side) : Cell(),
                           forwards ? Cell() : words(side), text(side), Cell(), e.id});
  }

  Table take() { return std::move(table_); }

 private:
  static Cell words(const Side& side) {
    return side.summary ? Cell(summary_words(*side.summary)) : Cell();
  }
  static Cell text(const Side& side) {
    return side.evidence ? first_words(*side.evidence) : Cell();
  }

  View view_;
  Table table_;
};

}  // namespace

Table compare(View view, graph::NodeIndex a, graph::NodeIndex b, bool shared_only) {
  const graph::Graph& g = view.graph;
  Comparison out(view);
  const graph::Node& na = g.nodes[a];
  const graph::Node& nb = g.nodes[b];
  out.property("label", na.label, nb.label);
  out.property("type", view.ontology[na.type].name, view.ontology[nb.type].name);
  if (!na.kind.empty() || !nb.kind.empty())
    out.property("kind", text_or_nothing(na.kind), text_or_nothing(nb.kind));
  out.property("mentions", int64_t{na.mentions}, int64_t{nb.mentions});
  out.property("documents", int64_t{na.documents}, int64_t{nb.documents});
  for (const graph::Edge& e : g.edges)
    if ((e.source == a && e.target == b) || (e.source == b && e.target == a)) out.between(e, a, b);
  const auto of_a = facts_about(view, a, b), of_b = facts_about(view, b, a);
  for (const auto& [key, side] : of_a)
    if (const auto other = of_b.find(key); other != of_b.end())
      out.fact("both", key, side, other->second);
  if (shared_only) return out.take();
  for (const auto& [key, side] : of_a)
    if (!of_b.count(key)) out.fact("only a", key, side, {});
  for (const auto& [key, side] : of_b)
    if (!of_a.count(key)) out.fact("only b", key, {}, side);
  return out.take();
}

}  // namespace weft::query
