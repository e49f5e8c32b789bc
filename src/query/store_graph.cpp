// Properties are made when they are asked for; texts are views into the graph, so that reading one
// copies nothing. Names are looked up by binary search in nodes sorted by label. O(log nodes) a
// name, O(1) a property but for lists.
#include "query/store_graph.h"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "query/table.h"

namespace weft::query {

using namespace language;

namespace {

enum NodeKey : int { kId, kType, kLabel, kKind, kAliases, kMentions, kDocuments, kFirstText };
constexpr std::string_view kNodeKeys[] = {"id",      "type",     "label",    "kind",
                                          "aliases", "mentions", "documents"};

enum EdgeKey : int {
  kEdgeId,
  kRelation,
  kSource,
  kTarget,
  kTime,
  kModality,
  kPolarity,
  kSpeaker,
  kConfidence,
  kWeight,
  kEdgeDocuments
};
constexpr std::string_view kEdgeKeys[] = {"id",         "relation", "source",   "target",
                                          "time",       "modality", "polarity", "speaker",
                                          "confidence", "weight",   "documents"};

Value text_or_null(std::string_view s) { return s.empty() ? Value() : Value::borrowed(s); }

/// 0.9f as 0.9, not as 0.899999976.
Value shortest(float f) { return Value(std::get<double>(real(f))); }

Value proofs(const std::vector<graph::EvidenceItem>& evidence) {
  std::vector<Value> out;
  for (const graph::EvidenceItem& e : evidence)
    out.push_back(Value::map({{"document", Value::borrowed(e.document)},
                              {"begin", Value(int64_t{e.span.begin})},
                              {"end", Value(int64_t{e.span.end})},
                              {"text", Value::borrowed(e.text)},
                              {"rule", Value::borrowed(e.rule)},
                              {"confidence", shortest(e.confidence)},
                              {"modality", Value::borrowed(doc::name(e.modality))},
                              {"polarity", Value::borrowed(doc::name(e.polarity))},
                              {"time", text_or_null(e.time)},
                              {"speaker", text_or_null(e.speaker)}}));
  return Value::list(std::move(out));
}

template <size_t N>
Key find_key(const std::string_view (&keys)[N], std::string_view name) {
  const auto* found = std::find(std::begin(keys), std::end(keys), name);
  return found == std::end(keys) ? kNoKey : static_cast<Key>(found - keys);
}

}  // namespace

StoreGraph::StoreGraph(const graph::Graph& graph, const schema::Ontology& ontology)
    : graph_(graph), ontology_(ontology), node_keys_(std::begin(kNodeKeys), std::end(kNodeKeys)) {
  std::vector<std::string> labels, types;
  for (const schema::EntityType& t : ontology.types()) labels.push_back(t.name);
  for (size_t i = 0; i < ontology.relations().size(); ++i) {
    const schema::RelationType& r = ontology.relations()[i];
    if (r.text_object) {
      node_keys_.push_back(r.name);
      text_relations_.emplace_back(static_cast<uint16_t>(i));
    }
    // Numbered as the ontology does, text relations included: no edge has their type.
    types.push_back(r.text_object ? std::string() : r.name);
  }
  std::vector<std::vector<NodeId>> with_label(labels.size());
  for (NodeId i = 0; i < graph.nodes.size(); ++i)
    with_label[graph.nodes[i].type.value].push_back(i);
  std::vector<uint32_t> source, target;
  std::vector<uint16_t> kind;
  for (const graph::Edge& e : graph.edges) {
    source.push_back(e.source);
    target.push_back(e.target);
    kind.push_back(e.relation.value);
  }
  const auto kinds = static_cast<uint16_t>(types.size());
  build(std::move(labels), std::move(types), std::move(with_label),
        graph::Adjacency(static_cast<uint32_t>(graph.nodes.size()), kinds, std::move(source),
                         std::move(target), std::move(kind)));
  for (NodeId i = 0; i < graph.nodes.size(); ++i) by_label_.push_back(i);
  std::stable_sort(by_label_.begin(), by_label_.end(),
                   [&](NodeId a, NodeId b) { return graph.nodes[a].label < graph.nodes[b].label; });
}

bool StoreGraph::has_label(NodeId node, LabelId label) const {
  return graph_.nodes[node].type.value == label;
}
std::vector<LabelId> StoreGraph::labels_of(NodeId node) const {
  return {graph_.nodes[node].type.value};
}

Key StoreGraph::node_key(std::string_view name) const {
  const auto found = std::find(node_keys_.begin(), node_keys_.end(), name);
  return found == node_keys_.end() ? kNoKey : static_cast<Key>(found - node_keys_.begin());
}
Key StoreGraph::relationship_key(std::string_view name) const { return find_key(kEdgeKeys, name); }

std::vector<std::string> StoreGraph::relationship_keys() const {
  return {std::begin(kEdgeKeys), std::end(kEdgeKeys)};
}

Value StoreGraph::node_property(NodeId node, Key key) const {
  const graph::Node& n = graph_.nodes[node];
  switch (key) {
    case kId:
      return Value::borrowed(n.id);
    case kType:
      return Value::borrowed(ontology_[n.type].name);
    case kLabel:
      return Value::borrowed(n.label);
    case kKind:
      return text_or_null(n.kind);
    case kAliases: {
      std::vector<Value> out;
      for (const doc::Alias& a : n.aliases) out.push_back(Value::borrowed(a.form));
      return Value::list(std::move(out));
    }
    case kMentions:
      return Value(int64_t{n.mentions});
    case kDocuments:
      return Value(int64_t{n.documents});
    default:
      break;
  }
  const schema::RelationId relation = text_relations_[static_cast<size_t>(key - kFirstText)];
  std::vector<Value> out;
  for (const graph::Attribute& a : n.attributes)
    if (a.relation == relation) out.push_back(Value::borrowed(a.value));
  return out.empty() ? Value() : Value::list(std::move(out));
}

Value StoreGraph::relationship_property(RelationshipId relationship, Key key) const {
  const graph::Edge& e = graph_.edges[relationship];
  switch (key) {
    case kEdgeId:
      return Value::borrowed(e.id);
    case kRelation:
      return Value::borrowed(ontology_[e.relation].name);
    case kSource:
      return Value::borrowed(graph_.nodes[e.source].id);
    case kTarget:
      return Value::borrowed(graph_.nodes[e.target].id);
    case kTime:
      return text_or_null(e.summary.time);
    case kModality:
      return Value::borrowed(doc::name(e.summary.modality));
    case kPolarity:
      return Value::borrowed(doc::name(e.summary.polarity));
    case kSpeaker:
      return text_or_null(e.summary.speaker);
    case kConfidence:
      return shortest(e.summary.confidence);
    case kWeight:
      return Value(int64_t{e.weight});
    default:
      break;
  }
  std::set<std::string_view> documents;
  for (const graph::EvidenceItem& item : e.evidence) documents.insert(item.document);
  std::vector<Value> out;
  for (const std::string_view d : documents) out.push_back(Value::borrowed(d));
  return Value::list(std::move(out));
}

Properties StoreGraph::node_properties(NodeId node) const {
  Properties out;
  for (size_t i = 0; i < node_keys_.size(); ++i)
    if (Value v = node_property(node, static_cast<Key>(i)); !v.is_null())
      out.emplace_back(node_keys_[i], std::move(v));
  return out;
}

Properties StoreGraph::relationship_properties(RelationshipId relationship) const {
  Properties out;
  for (size_t i = 0; i < std::size(kEdgeKeys); ++i)
    if (Value v = relationship_property(relationship, static_cast<Key>(i)); !v.is_null())
      out.emplace_back(std::string(kEdgeKeys[i]), std::move(v));
  return out;
}

bool StoreGraph::has_index(Key key) const { return key == kId || key == kLabel; }

std::vector<NodeId> StoreGraph::find(Key key, const Value& value) const {
  if (value.kind() != Kind::string) return {};
  if (key == kId) {
    const graph::NodeIndex node = graph_.find(value.text());
    return node == graph::kNoNode ? std::vector<NodeId>{} : std::vector<NodeId>{node};
  }
  const auto label = [&](NodeId n) -> std::string_view { return graph_.nodes[n].label; };
  const auto begin = std::partition_point(by_label_.begin(), by_label_.end(),
                                          [&](NodeId n) { return label(n) < value.text(); });
  const auto end = std::partition_point(begin, by_label_.end(),
                                        [&](NodeId n) { return label(n) == value.text(); });
  return {begin, end};
}

Value StoreGraph::evidence(RelationshipId relationship) const {
  return proofs(graph_.edges[relationship].evidence);
}

Value StoreGraph::evidence(NodeId node, std::string_view key) const {
  std::vector<Value> out;
  for (const graph::Attribute& a : graph_.nodes[node].attributes) {
    if (ontology_[a.relation].name != key) continue;
    const Value all = proofs(a.evidence);
    out.insert(out.end(), all.items().begin(), all.items().end());
  }
  return Value::list(std::move(out));
}

Value StoreGraph::document(std::string_view id) const {
  const auto found = std::partition_point(graph_.documents.begin(), graph_.documents.end(),
                                          [&](const doc::Metadata& d) { return d.id < id; });
  if (found == graph_.documents.end() || found->id != id) return {};
  return Value::map({{"id", Value::borrowed(found->id)},
                     {"path", text_or_null(found->path)},
                     {"title", text_or_null(found->title)},
                     {"date", text_or_null(found->date)},
                     {"source", text_or_null(found->source)},
                     {"author", text_or_null(found->author)},
                     {"url", text_or_null(found->url)},
                     {"language", text_or_null(found->language)}});
}

std::string StoreGraph::name_of(NodeId node) const { return graph_.nodes[node].label; }

}  // namespace weft::query
