// Functions of nodes, relationships and paths.
#include "query/language/evaluate.h"
#include "query/language/functions.h"

namespace weft::query::language {

namespace {

constexpr std::string_view kGroup = "Nodes, relationships, paths";

Value id(const Call& call) {
  const Value& v = call.args[0];
  return Value(static_cast<int64_t>(v.kind() == Kind::node ? v.node() : v.relationship()));
}

Value labels(const Call& call) {
  std::vector<Value> out;
  for (const LabelId l : call.context.graph.labels_of(call.args[0].node()))
    out.push_back(Value::borrowed(call.context.graph.labels()[l]));
  return Value::list(std::move(out));
}

Value type(const Call& call) {
  const PropertyGraph& graph = call.context.graph;
  return Value::borrowed(graph.types()[graph.adjacency().kind(call.args[0].relationship())]);
}

Value properties(const Call& call) {
  return Value::map(all_properties(call.args[0], call.context));
}

Value keys(const Call& call) {
  std::vector<Value> out;
  for (auto& entry : all_properties(call.args[0], call.context))
    out.push_back(Value::text(std::move(entry.first)));
  return Value::list(std::move(out));
}

Value start_node(const Call& call) {
  return Value(NodeRef{call.context.graph.adjacency().source(call.args[0].relationship())});
}
Value end_node(const Call& call) {
  return Value(NodeRef{call.context.graph.adjacency().target(call.args[0].relationship())});
}

Value length(const Call& call) {
  return Value(static_cast<int64_t>(call.args[0].path().relationships.size()));
}

Value nodes(const Call& call) {
  std::vector<Value> out;
  for (const NodeId n : call.args[0].path().nodes) out.emplace_back(NodeRef{n});
  return list_of(std::move(out), call.context);
}

Value relationships(const Call& call) {
  std::vector<Value> out;
  for (const RelationshipId r : call.args[0].path().relationships)
    out.emplace_back(RelationshipRef{r});
  return list_of(std::move(out), call.context);
}

Value degree(const Call& call) {
  const auto& rows = call.context.graph.adjacency();
  const NodeId n = call.args[0].node();
  return Value(static_cast<int64_t>(rows.out(n).size() + rows.in(n).size()));
}

}  // namespace

std::vector<Function> graph_functions() {
  return {
      {"id",
       kGroup,
       "id(node or relationship)",
       "Its number, which holds for one build of the store; n.id is the lasting one.",
       "",
       "",
       1,
       1,
       {kNode | kRelationship},
       {kInteger},
       id},
      {"labels",
       kGroup,
       "labels(node)",
       "The labels of a node.",
       "",
       "",
       1,
       1,
       {kNode},
       {kList, kString},
       labels},
      {"type",
       kGroup,
       "type(relationship)",
       "The type of a relationship.",
       "",
       "",
       1,
       1,
       {kRelationship},
       {kString},
       type},
      {"keys",
       kGroup,
       "keys(node, relationship or map)",
       "The names of its properties.",
       "keys({a: 1, b: 2})",
       "['a', 'b']",
       1,
       1,
       {kNode | kRelationship | kMap},
       {kList, kString},
       keys},
      {"properties",
       kGroup,
       "properties(node, relationship or map)",
       "All properties as a map.",
       "properties({a: 1})",
       "{a: 1}",
       1,
       1,
       {kNode | kRelationship | kMap},
       {kMap},
       properties},
      {"startNode",
       kGroup,
       "startNode(relationship)",
       "The node it leaves.",
       "",
       "",
       1,
       1,
       {kRelationship},
       {kNode},
       start_node},
      {"endNode",
       kGroup,
       "endNode(relationship)",
       "The node it points to.",
       "",
       "",
       1,
       1,
       {kRelationship},
       {kNode},
       end_node},
      {"degree",
       kGroup,
       "degree(node)",
       "The number of its relationships, in and out.",
       "",
       "",
       1,
       1,
       {kNode},
       {kInteger},
       degree},
      {"length",
       kGroup,
       "length(path)",
       "The number of relationships of a path.",
       "",
       "",
       1,
       1,
       {kPath},
       {kInteger},
       length},
      {"nodes",
       kGroup,
       "nodes(path)",
       "The nodes of a path.",
       "",
       "",
       1,
       1,
       {kPath},
       {kList, kNode},
       nodes},
      {"relationships",
       kGroup,
       "relationships(path)",
       "The relationships of a path.",
       "",
       "",
       1,
       1,
       {kPath},
       {kList, kRelationship},
       relationships},
  };
}

}  // namespace weft::query::language
