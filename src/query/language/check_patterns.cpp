// Patterns: which of their names are new and which refer to something before. A name stands for one
// kind of thing.
#include <algorithm>

#include "query/language/checker.h"
#include "query/vocabulary.h"

namespace weft::query::language {

namespace {

[[noreturn]] void conflict(const std::string& name, std::string_view wanted, size_t at) {
  syntax_fault(
      "VariableTypeConflict",
      "\"" + name + "\" is something else already and can't be " + std::string(wanted) + ".", at);
}

}  // namespace

void Checker::known_label(const PatternName& label) const {
  if (!graph_.closed_vocabulary() || graph_.label(label.text)) return;
  syntax_fault("UnknownLabel",
               "There is no label \"" + label.text + "\"." +
                   did_you_mean(label.text, graph_.labels()) +
                   " `weft schema types` lists them all.",
               label.at);
}

void Checker::known_type(const PatternName& type) const {
  if (!graph_.closed_vocabulary() || graph_.type(type.text)) return;
  const std::vector<std::string> keys = graph_.node_keys();
  const bool is_text = std::find(keys.begin(), keys.end(), type.text) != keys.end();
  syntax_fault("UnknownRelation",
               is_text ? "\"" + type.text +
                             "\" leads to a text, not to a node: ask for it as a property, n." +
                             type.text + "."
                       : "There is no relation \"" + type.text + "\"." +
                             did_you_mean(type.text, graph_.types()) +
                             " `weft schema relations` lists them all.",
               type.at);
}

void Checker::pattern(std::vector<PatternPart>& parts, Scope& scope, bool may_declare) {
  const Scope before = scope;
  for (PatternPart& part : parts) {
    for (size_t i = 0; i < part.nodes.size(); ++i) {
      node(part.nodes[i], scope, before, may_declare);
      if (i < part.relationships.size())
        relationship(part.relationships[i], scope, before, may_declare);
    }
    if (part.name.empty()) continue;
    if (scope.contains(part.name))
      syntax_fault("VariableAlreadyBound", "There is a variable \"" + part.name + "\" already.",
                   part.at);
    part.slot = new_slot();
    scope[part.name] = {part.slot, {kPath}};
  }
  for (PatternPart& part : parts) {
    for (NodePattern& n : part.nodes)
      if (n.properties) pattern_properties(*n.properties, scope, true);
    for (RelationshipPattern& r : part.relationships)
      if (r.properties) pattern_properties(*r.properties, scope, false);
  }
}

void Checker::node(NodePattern& node, Scope& scope, const Scope& before, bool may_declare) {
  for (const PatternName& label : node.labels) known_label(label);
  if (node.name.empty()) {
    node.slot = new_slot();
    return;
  }
  const auto found = scope.find(node.name);
  if (found == scope.end()) {
    if (!may_declare) undefined(node.name, node.at, scope);
    node.slot = new_slot();
    scope[node.name] = {node.slot, {kNode}};
    return;
  }
  if (!found->second.type.may_be(kNode)) conflict(node.name, "a node", node.at);
  found->second.type.kinds = kNode;
  node.slot = found->second.slot;
  node.bound = before.contains(node.name);
}

void Checker::relationship(RelationshipPattern& r, Scope& scope, const Scope& before,
                           bool may_declare) {
  for (const PatternName& type : r.types) known_type(type);
  const Kinds wanted = r.variable_length ? kList : kRelationship;
  const auto found = r.name.empty() ? scope.end() : scope.find(r.name);
  if (found == scope.end()) {
    if (!r.name.empty() && !may_declare) undefined(r.name, r.at, scope);
    r.slot = new_slot();
    if (!r.name.empty()) scope[r.name] = {r.slot, {wanted, kRelationship}};
    return;
  }
  const Type type = found->second.type;
  if (!type.may_be(wanted) ||
      (wanted == kList && type.kinds == kList && !Type{type.items}.may_be(kRelationship)))
    conflict(r.name, r.variable_length ? "a list of relationships" : "a relationship", r.at);
  if (!before.contains(r.name))
    syntax_fault(
        "RelationshipUniquenessViolation",
        "\"" + r.name +
            "\" stands twice in one pattern, but no relationship is used twice in a match.",
        r.at);
  found->second.type.kinds = wanted;
  r.slot = found->second.slot;
  r.bound = true;
}

void Checker::pattern_properties(Expr& map, Scope& scope, bool of_node) {
  for (size_t i = 0; i < map.args.size(); ++i) {
    expression(*map.args[i], scope, {});
    const Type subject{of_node ? kNode : kRelationship};
    Expr key;
    key.name = map.names[i];
    key.at = map.at;
    property_keys(key, subject);
  }
}

}  // namespace weft::query::language
