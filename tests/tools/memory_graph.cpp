// The loader reads CREATE with the product's own parser: its patterns are those of MATCH, so each
// CREATE is turned into a MATCH and the tree is walked instead of planned. What stands between is
// run as a query that begins with the rows there are, and each of its rows creates once.
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
      const auto id =
          static_cast<LabelId>(std::find(labels.begin(), labels.end(), l) - labels.begin());
      labels_.back().push_back(id);
      with_label[id].push_back(i);
    }
  }
  std::vector<uint32_t> source, target;
  std::vector<uint16_t> kind;
  for (const MemoryRelationship& r : data_.relationships) {
    source.push_back(r.source);
    target.push_back(r.target);
    kind.push_back(
        static_cast<uint16_t>(std::find(types.begin(), types.end(), r.type) - types.begin()));
  }
  const auto kinds = static_cast<uint16_t>(types.size());
  std::vector<uint32_t> first{0}, items;
  for (const auto& nodes : with_label) {
    items.insert(items.end(), nodes.begin(), nodes.end());
    first.push_back(static_cast<uint32_t>(items.size()));
  }
  build(std::move(labels), std::move(types),
        {graph::Column(std::move(first)), graph::Column(std::move(items))},
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
  Creator(MemoryData& data, const MemoryGraph& before)
      : data_(data), context_(before, none_, limits_) {}

  void row(const std::vector<std::string>& names, const std::vector<Value>& values) {
    names_.clear();
    context_.frame.clear();
    for (size_t i = 0; i < names.size(); ++i) bind(names[i], values[i]);
  }

  /// What the names stand for after creating; names that are new are added.
  void take(std::vector<std::string>& names, std::vector<Value>& row) {
    for (const auto& entry : names_) add_unique(names, entry.first);
    row.clear();
    for (const std::string& name : names) row.push_back(context_[names_.at(name)]);
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
      if (!r.name.empty())
        bind(r.name, Value(RelationshipRef{static_cast<uint32_t>(data_.relationships.size())}));
      data_.relationships.push_back(std::move(made));
    }
  }

 private:
  void bind(const std::string& name, Value value) {
    if (name.empty()) return;
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

/// A part of a statement that only reads, or one that only creates, then with MATCH for CREATE.
struct Stretch {
  bool creates = false;
  std::string text;
};

std::vector<Stretch> stretches(const std::string& statement) {
  std::vector<Stretch> out;
  size_t from = 0;
  const auto end = [&](size_t at) {
    if (out.empty()) out.emplace_back();
    out.back().text += statement.substr(from, at - from);
    from = at;
  };
  for (const Token& t : tokenize(statement)) {
    const bool last = t.kind == TokenKind::end || (t.kind == TokenKind::sign && t.text == ";");
    const bool creates = t.kind == TokenKind::name && is_word(t.text, "CREATE");
    bool reads = false;
    for (const char* word : {"MATCH", "OPTIONAL", "UNWIND", "WITH"})
      reads |= t.kind == TokenKind::name && is_word(t.text, word);
    if (last) {
      end(t.begin);
      break;
    }
    if (creates) {
      end(t.begin);
      if (!out.back().creates) out.push_back({true, ""});
      out.back().text += "MATCH";
      from = t.end;
    } else if (reads && !out.empty() && out.back().creates) {
      end(t.begin);
      out.push_back({false, ""});
    }
  }
  return out;
}

/// Runs clauses for each row there is; the variables after them are those of RETURN *.
void read(const MemoryGraph& graph, const std::string& text, std::vector<std::string>& names,
          std::vector<std::vector<Value>>& rows) {
  if (tokenize(text).size() < 2) return;
  std::string query;
  query::Parameters parameters;
  if (!names.empty()) {
    std::vector<Value> maps;
    for (const std::vector<Value>& row : rows) {
      Properties entries;
      for (size_t i = 0; i < names.size(); ++i) entries.emplace_back(names[i], row[i]);
      maps.push_back(Value::map(std::move(entries)));
    }
    parameters["rows"] = Value::list(std::move(maps));
    for (const std::string& name : names)
      query += (query.empty() ? "UNWIND $rows AS row_ WITH row_.`" : ", row_.`") + name + "` AS `" +
               name + "`";
  }
  query::Rows found = query::run_query(graph, query + "\n" + text + "\nRETURN *", parameters);
  names = found.columns();
  rows.clear();
  for (std::vector<Value> row; found.next(row);) rows.push_back(row);
}

}  // namespace

void create(MemoryData& data, const std::string& statement) {
  std::vector<std::string> names;
  std::vector<std::vector<Value>> rows{{}};
  for (const Stretch& stretch : stretches(statement)) {
    const MemoryGraph before(data);
    if (!stretch.creates) {
      read(before, stretch.text, names, rows);
      continue;
    }
    Creator creator(data, before);
    std::vector<std::string> after = names;
    for (std::vector<Value>& row : rows) {
      Query tree = parse(stretch.text + "\nRETURN 1");
      creator.row(names, row);
      for (Clause& clause : tree.parts[0].clauses)
        for (PatternPart& part : clause.pattern) creator.pattern(part);
      creator.take(after, row);
    }
    names = std::move(after);
  }
}

}  // namespace weft::test
