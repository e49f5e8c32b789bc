// The loader reads CREATE with the product's own parser: its patterns are those of MATCH, so each
// CREATE is turned into a MATCH and the tree is walked instead of planned. What stands before the
// first CREATE is run as a query, and each of its rows creates once.
#include "tools/memory_graph.h"

#include <algorithm>
#include <stdexcept>

#include "query/language/evaluate.h"
#include "query/language/functions.h"
#include "query/language/lexer.h"
#include "query/language/parser.h"

namespace weft::test {

using namespace query::language;

namespace {

void add_unique(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

MemoryGraph::MemoryGraph(MemoryData data) : data_(std::move(data)) {
  std::vector<std::string> labels, types;
  for (const MemoryNode& n : data_.nodes) {
    for (const std::string& l : n.labels) add_unique(labels, l);
    for (const auto& p : n.properties) add_unique(keys_, p.first);
  }
  for (const MemoryRelationship& r : data_.relationships) {
    add_unique(types, r.type);
    for (const auto& p : r.properties) add_unique(keys_, p.first);
  }
  std::vector<std::vector<NodeId>> with_label(labels.size());
  for (NodeId i = 0; i < data_.nodes.size(); ++i) {
    labels_.emplace_back();
    for (const std::string& l : data_.nodes[i].labels) {
      const auto id = static_cast<LabelId>(std::find(labels.begin(), labels.end(), l) - labels.begin());
      labels_.back().push_back(id);
      with_label[id].push_back(i);
    }
  }
  std::vector<uint32_t> source, target;
  std::vector<uint16_t> kind;
  for (const MemoryRelationship& r : data_.relationships) {
    source.push_back(r.source);
    target.push_back(r.target);
    kind.push_back(static_cast<uint16_t>(std::find(types.begin(), types.end(), r.type) - types.begin()));
  }
  const auto kinds = static_cast<uint16_t>(types.size());
  build(std::move(labels), std::move(types), std::move(with_label),
        graph::Adjacency(static_cast<uint32_t>(data_.nodes.size()), kinds, std::move(source),
                         std::move(target), std::move(kind)));
}

bool MemoryGraph::has_label(NodeId node, LabelId label) const {
  const auto& all = labels_[node];
  return std::find(all.begin(), all.end(), label) != all.end();
}
std::vector<LabelId> MemoryGraph::labels_of(NodeId node) const { return labels_[node]; }

Key MemoryGraph::key(std::string_view name) const {
  const auto found = std::find(keys_.begin(), keys_.end(), name);
  return found == keys_.end() ? kNoKey : static_cast<Key>(found - keys_.begin());
}

Value MemoryGraph::find(const Properties& properties, Key key) const {
  for (const auto& [name, value] : properties)
    if (name == keys_[static_cast<size_t>(key)]) return value;
  return {};
}
Value MemoryGraph::node_property(NodeId node, Key key) const {
  return find(data_.nodes[node].properties, key);
}
Value MemoryGraph::relationship_property(RelationshipId relationship, Key key) const {
  return find(data_.relationships[relationship].properties, key);
}

namespace {

class Creator {
 public:
  Creator(MemoryData& data, const MemoryGraph& before) : data_(data), context_(before, none_, limits_) {}

  void row(const std::vector<std::string>& names, const std::vector<Value>& values) {
    names_.clear();
    context_.frame.clear();
    for (size_t i = 0; i < names.size(); ++i) bind(names[i], values[i]);
  }

  void pattern(PatternPart& part) {
    std::vector<NodeId> ends;
    for (NodePattern& n : part.nodes) ends.push_back(node(n));
    for (size_t i = 0; i < part.relationships.size(); ++i) {
      RelationshipPattern& r = part.relationships[i];
      MemoryRelationship made;
      const bool left = r.toward == Toward::left;
      made.source = ends[left ? i + 1 : i];
      made.target = ends[left ? i : i + 1];
      made.type = r.types.at(0).text;
      made.properties = properties(r.properties.get());
      if (!r.name.empty()) bind(r.name, Value(RelationshipRef{static_cast<uint32_t>(data_.relationships.size())}));
      data_.relationships.push_back(std::move(made));
    }
  }

 private:
  void bind(const std::string& name, Value value) {
    names_[name] = static_cast<Slot>(context_.frame.size());
    context_.frame.push_back(std::move(value));
  }

  NodeId node(NodePattern& n) {
    if (const auto found = names_.find(n.name); !n.name.empty() && found != names_.end())
      return context_[found->second].node();
    MemoryNode made;
    for (const PatternName& l : n.labels) made.labels.push_back(l.text);
    made.properties = properties(n.properties.get());
    const auto id = static_cast<NodeId>(data_.nodes.size());
    data_.nodes.push_back(std::move(made));
    if (!n.name.empty()) bind(n.name, Value(NodeRef{id}));
    return id;
  }

  Properties properties(Expr* map) {
    Properties out;
    if (!map) return out;
    for (size_t i = 0; i < map->args.size(); ++i) {
      resolve(*map->args[i]);
      Value v = evaluate(*map->args[i], context_);
      if (!v.is_null()) out.emplace_back(map->names[i], std::move(v));
    }
    return out;
  }

  void resolve(Expr& e) {
    if (e.kind == ExprKind::variable) {
      const auto found = names_.find(e.name);
      if (found == names_.end()) throw std::runtime_error("unknown variable " + e.name);
      e.slot = found->second;
    }
    if (e.kind == ExprKind::call && is_temporal(e.name)) throw NeedsTemporalTypes();
    if (e.kind == ExprKind::call) e.function = find_function(e.name);
    for (ExprPtr& arg : e.args)
      if (arg) resolve(*arg);
    if (e.kind != ExprKind::property || e.args[0]->kind != ExprKind::variable) return;
    // Of a node that this statement may just have made, so the graph before it does not help.
    const Value subject = context_[e.args[0]->slot];
    if (subject.kind() != Kind::node) return;
    e.kind = ExprKind::literal;
    e.value = Value();
    for (const auto& [name, value] : data_.nodes[subject.node()].properties)
      if (name == e.name) e.value = value;
    e.args.clear();
  }

  MemoryData& data_;
  Parameters none_;
  Limits limits_;
  Context context_;
  std::map<std::string, Slot> names_;
};

}  // namespace

void create(MemoryData& data, const std::string& statement) {
  const std::vector<Token> tokens = tokenize(statement);
  size_t first = statement.size();
  std::string as_match;
  for (size_t i = 0, from = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != TokenKind::name || !is_word(tokens[i].text, "CREATE")) continue;
    first = std::min(first, tokens[i].begin);
    as_match += statement.substr(from, tokens[i].begin - from) + "MATCH";
    from = tokens[i].end;
    size_t next = statement.size();
    for (size_t k = i + 1; k < tokens.size() && next == statement.size(); ++k)
      if (tokens[k].kind == TokenKind::name && is_word(tokens[k].text, "CREATE")) next = tokens[k].begin;
    as_match += statement.substr(from, next - from);
    from = next;
  }
  const std::string reading = statement.substr(0, first);
  const bool reads = tokens[0].begin < first;
  const std::string creating = as_match.substr(reads ? first : as_match.find("MATCH"));
  const MemoryGraph before(data);
  std::vector<std::string> names;
  std::vector<std::vector<Value>> rows{{}};
  if (reads) {
    query::Rows found = query::run_query(before, reading + "\nRETURN *");
    names = found.columns();
    rows.clear();
    for (std::vector<Value> row; found.next(row);) rows.push_back(row);
  }
  Creator creator(data, before);
  for (const std::vector<Value>& row : rows) {
    Query tree = parse(creating + "\nRETURN 1");
    creator.row(names, row);
    for (Clause& clause : tree.parts[0].clauses)
      for (PatternPart& part : clause.pattern) creator.pattern(part);
  }
}

}  // namespace weft::test
