// weft's own functions: proofs, documents, times as ISO 8601 writes them, and the hierarchy of
// places. A place lies within another if steps along located_in and part_of lead there; a
// breadth-first search, O(places above it).
#include <set>

#include "query/language/evaluate.h"
#include "query/language/functions.h"
#include "text/day_range.h"

namespace weft::query::language {

namespace {

constexpr std::string_view kGroup = "Evidence, time, place";

Value evidence(const Call& call) {
  const Value& v = call.args[0];
  if (v.kind() == Kind::relationship) return call.context.graph.evidence(v.relationship());
  if (call.args.size() < 2)
    runtime_fault(
        Trouble::argument, "InvalidNumberOfArguments",
        "Of a node, evidence() needs the name of a property too: evidence(p, 'serves_as').",
        call.expr);
  return call.context.graph.evidence(v.node(), call.args[1].text());
}

Value document(const Call& call) {
  const Value& v = call.args[0];
  if (v.kind() == Kind::string) return call.context.graph.document(v.text());
  const Value* id = v.find("document");
  return id && id->kind() == Kind::string ? call.context.graph.document(id->text()) : Value();
}

Value speaker(const Call& call) {
  const PropertyGraph& graph = call.context.graph;
  const Key key = graph.relationship_key("speaker");
  if (key == kNoKey) return {};
  const Value id = graph.relationship_property(call.args[0].relationship(), key);
  const Key node_id = graph.node_key("id");
  if (id.is_null() || node_id == kNoKey || !graph.has_index(node_id)) return {};
  const std::vector<NodeId> found = graph.find(node_id, id);
  return found.empty() ? Value() : Value(NodeRef{found[0]});
}

text::DayRange days(const Call& call, size_t i) {
  const auto range = text::day_range(call.args[i].text());
  if (!range)
    runtime_fault(Trouble::argument, "InvalidArgumentValue",
                  "\"" + std::string(call.args[i].text()) +
                      "\" is no time. Write 2024, 2024-03, 2024-03-05 or an interval such as "
                      "2024-03-05/2024-03-11 or 2024/.. .",
                  *call.expr.args[i]);
  return *range;
}

Value during(const Call& call) {
  const text::DayRange a = days(call, 0);
  const text::DayRange b = days(call, 1);
  return Value(b.first <= a.first && a.last <= b.last);
}

Value before(const Call& call) { return Value(days(call, 0).last < days(call, 1).first); }

Value overlaps(const Call& call) { return Value(days(call, 0).overlaps(days(call, 1))); }

Value within(const Call& call) {
  const PropertyGraph& graph = call.context.graph;
  const NodeId goal = call.args[1].node();
  std::vector<NodeId> open{call.args[0].node()};
  std::set<NodeId> seen(open.begin(), open.end());
  const Key key = graph.node_key("within"), id_key = graph.node_key("id");
  const Value wanted = id_key == kNoKey ? Value() : graph.node_property(goal, id_key);
  for (size_t i = 0; i < open.size(); ++i) {
    call.context.tick();
    if (open[i] == goal) return Value(true);
    // What the gazetteer knows, whether or not a document says so.
    const Value known = key == kNoKey ? Value() : graph.node_property(open[i], key);
    if (known.kind() == Kind::list && wanted.kind() == Kind::string)
      for (const Value& place : known.items())
        if (place.kind() == Kind::string && place.text() == wanted.text()) return Value(true);
    for (const std::string_view name : {"located_in", "part_of"}) {
      const auto type = graph.type(name);
      if (!type) continue;
      for (const graph::Hop hop : graph.adjacency().out(open[i], *type))
        if (seen.insert(hop.node).second) open.push_back(hop.node);
    }
  }
  return Value(false);
}

}  // namespace

std::vector<Function> evidence_functions() {
  return {
      {"evidence",
       kGroup,
       "evidence(relationship) or evidence(node, key)",
       "What proves a fact, or a text that a node has: a list of maps with document, begin, end, "
       "text, rule, confidence, modality, polarity, time and speaker.",
       "",
       "",
       1,
       2,
       {kNode | kRelationship, kString},
       {kList, kMap},
       evidence},
      {"document",
       kGroup,
       "document(evidence or id)",
       "What is known of the document a proof is from: id, title, date, source, author, url ...",
       "",
       "",
       1,
       1,
       {kMap | kString},
       {kMap},
       document},
      {"speaker",
       kGroup,
       "speaker(relationship)",
       "To whom the fact is attributed, as a node.",
       "",
       "",
       1,
       1,
       {kRelationship},
       {kNode},
       speaker},
      {"during",
       kGroup,
       "during(time, span)",
       "Whether a time lies wholly in another.",
       "during('2024-03-05', '2024-03')",
       "true",
       2,
       2,
       {kString},
       {kBoolean},
       during},
      {"before",
       kGroup,
       "before(time, time)",
       "Whether the first ends before the second begins.",
       "before('2023', '2024-03-05')",
       "true",
       2,
       2,
       {kString},
       {kBoolean},
       before},
      {"overlaps",
       kGroup,
       "overlaps(time, time)",
       "Whether two times have a day in common.",
       "overlaps('2024-03-05/2024-03-11', '2024-03-11')",
       "true",
       2,
       2,
       {kString},
       {kBoolean},
       overlaps},
      {"within",
       kGroup,
       "within(place, place)",
       "Whether the first is the second or lies in it, along located_in and part_of, or as the "
       "gazetteer knows.",
       "",
       "",
       2,
       2,
       {kNode},
       {kBoolean},
       within},
  };
}

}  // namespace weft::query::language
