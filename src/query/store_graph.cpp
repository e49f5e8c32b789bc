// Properties are made when they are asked for. What is short or often compared stands in columns
// (graph/graph_columns.h), texts among it are views into them; aliases, text values, evidence and
// documents are looked up in the store's tables, a few microseconds each. Ids are found by binary
// search, labels likewise in nodes sorted by label, names by their hash.
#include "query/store_graph.h"

#include <algorithm>

#include "core/hash.h"
#include "graph/fuse.h"
#include "graph/load.h"
#include "query/table.h"
#include "text/fold.h"

namespace weft::query {

using namespace language;

namespace {

enum NodeKey : int {
  kId,
  kType,
  kLabel,
  kKind,
  kAliases,
  kMentions,
  kDocuments,
  kGeonames,
  kIso,
  kWithin,
  kFirstText
};
constexpr std::string_view kNodeKeys[] = {"id",       "type",      "label",    "kind", "aliases",
                                          "mentions", "documents", "geonames", "iso",  "within"};

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
Value own_text_or_null(std::string_view s) {
  return s.empty() ? Value() : Value::text(std::string(s));
}

/// 0.9f as 0.9, not as 0.899999976.
Value shortest(float f) { return Value(std::get<double>(real(f))); }

int64_t row_of(uint32_t index) { return int64_t{index} + 1; }

template <size_t N>
Key find_key(const std::string_view (&keys)[N], std::string_view name) {
  const auto* found = std::find(std::begin(keys), std::end(keys), name);
  return found == std::end(keys) ? kNoKey : static_cast<Key>(found - keys);
}

/// The first number below `size` of which `is` is true; once true it stays so.
template <class Is>
size_t first_where(size_t size, Is is) {
  size_t begin = 0, end = size;
  while (begin < end) {
    const size_t middle = begin + (end - begin) / 2;
    if (is(middle))
      end = middle;
    else
      begin = middle + 1;
  }
  return begin;
}

/// The first column of all rows, as texts.
std::vector<Value> texts(store::Statement& row) {
  std::vector<Value> out;
  while (row.step()) out.push_back(Value::text(std::string(row.text(0))));
  return out;
}

constexpr std::string_view kProofs =
    "SELECT d.id, v.\"begin\", v.\"end\","
    " CAST(substr(CAST(x.text AS BLOB), v.\"begin\" + 1, v.\"end\" - v.\"begin\") AS TEXT), v.rule,"
    " v.confidence, v.modality, v.polarity, v.time, v.speaker FROM evidence v"
    " JOIN documents d ON d.number = v.document JOIN texts x ON x.document = v.document";

void add_proofs(store::Statement& row, std::vector<Value>& out) {
  while (row.step())
    out.push_back(Value::map({{"document", own_text_or_null(row.text(0))},
                              {"begin", Value(row.integer(1))},
                              {"end", Value(row.integer(2))},
                              {"text", Value::text(std::string(row.text(3)))},
                              {"rule", Value::text(std::string(row.text(4)))},
                              {"confidence", shortest(graph::rounded_confidence(row.real(5)))},
                              {"modality", Value::text(std::string(row.text(6)))},
                              {"polarity", Value::text(std::string(row.text(7)))},
                              {"time", own_text_or_null(row.text(8))},
                              {"speaker", own_text_or_null(row.text(9))}}));
}

}  // namespace

struct StoreGraph::Lookups {
  explicit Lookups(const store::Database& d)
      : aliases(d, "SELECT form FROM aliases WHERE entity = ? ORDER BY position"),
        values(d, "SELECT value FROM attributes WHERE entity = ? AND relation = ? ORDER BY number"),
        place(d, "SELECT geonames, iso, within FROM places WHERE entity = ?"),
        edge_id(d, "SELECT id FROM edges WHERE number = ?"),
        edge_documents(d,
                       "SELECT DISTINCT d.id FROM evidence v JOIN documents d ON d.number ="
                       " v.document WHERE v.edge = ? ORDER BY d.id"),
        edge_proofs(d, std::string(kProofs) + " WHERE v.edge = ? ORDER BY d.id, v.number"),
        value_proofs(d, std::string(kProofs) +
                            " JOIN attributes a ON a.number = v.attribute WHERE a.entity = ? AND"
                            " a.relation = ? ORDER BY a.number, d.id, v.number") {}
  store::Statement aliases, values, place, edge_id, edge_documents, edge_proofs, value_proofs;
};

StoreGraph::StoreGraph(store::Store store, const schema::Ontology& ontology)
    : store_(std::make_shared<store::Store>(std::move(store))),
      ontology_(ontology),
      node_keys_(std::begin(kNodeKeys), std::end(kNodeKeys)) {
  graph::refuse_without_graph(*store_);
  snapshot_.emplace(*store_);
  state_ = store_->meta(graph::kGraphDigest);
  columns_ = graph::open_columns(store_, ontology);
  lookups_ = std::make_unique<Lookups>(store_->database());
  std::vector<std::string> labels, types;
  for (const schema::EntityType& t : ontology.types()) labels.push_back(t.name);
  for (const schema::RelationType& r : ontology.relations()) {
    if (r.text_object) node_keys_.push_back(r.name);
    // Numbered as the ontology does, text relations included: no edge has their type.
    types.push_back(r.text_object ? std::string() : r.name);
  }
  build(std::move(labels), std::move(types), std::move(columns_.by_type),
        std::move(columns_.adjacency));
}

StoreGraph::~StoreGraph() = default;

void StoreGraph::pause() { snapshot_.reset(); }

bool StoreGraph::resume() {
  snapshot_.emplace(*store_);
  return store_->meta(graph::kGraphDigest) == state_;
}

std::vector<std::string> StoreGraph::aliases_of(NodeId node) const {
  std::vector<std::string> out;
  lookups_->aliases.bind(1, row_of(node));
  while (lookups_->aliases.step()) out.emplace_back(lookups_->aliases.text(0));
  return out;
}

std::optional<NodeId> StoreGraph::named(std::string_view name) const {
  if (const auto by_id = find(kId, Value::borrowed(name)); !by_id.empty()) return by_id.front();
  const std::string key = text::name_key(name);
  if (key.empty()) return std::nullopt;
  const uint64_t hash = core::fnv1a(key);
  std::vector<NodeId> by_label, by_alias;
  const auto& hashes = columns_.name_hash;
  for (size_t i = first_where(hashes.size(), [&](size_t k) { return hashes[k] >= hash; });
       i < hashes.size() && hashes[i] == hash; ++i) {
    const NodeId node = columns_.name_node[i];
    const auto aliases = aliases_of(node);
    if (text::name_key(columns_.label[node]) == key)
      by_label.push_back(node);
    else if (std::any_of(aliases.begin(), aliases.end(),
                         [&](const std::string& a) { return text::name_key(a) == key; }))
      by_alias.push_back(node);
  }
  const auto& found = by_label.empty() ? by_alias : by_label;
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

bool StoreGraph::has_label(NodeId node, LabelId label) const {
  return columns_.type[node] == label;
}
std::vector<LabelId> StoreGraph::labels_of(NodeId node) const { return {columns_.type[node]}; }

Key StoreGraph::node_key(std::string_view name) const {
  const auto found = std::find(node_keys_.begin(), node_keys_.end(), name);
  return found == node_keys_.end() ? kNoKey : static_cast<Key>(found - node_keys_.begin());
}
Key StoreGraph::relationship_key(std::string_view name) const { return find_key(kEdgeKeys, name); }

std::vector<std::string> StoreGraph::relationship_keys() const {
  return {std::begin(kEdgeKeys), std::end(kEdgeKeys)};
}

/// What the gazetteer knows of a place: geonames, iso, or within as a list of ids.
Value StoreGraph::place_property(NodeId node, Key key) const {
  auto& row = lookups_->place.bind(1, row_of(node));
  Value out;
  while (row.step()) {
    if (key != kWithin) {
      out = own_text_or_null(row.text(key == kIso ? 1 : 0));
      continue;
    }
    std::vector<Value> ids;
    for (std::string& id : graph::listed_places(row.text(2)))
      ids.push_back(Value::text(std::move(id)));
    out = ids.empty() ? Value() : Value::list(std::move(ids));
  }
  return out;
}

Value StoreGraph::node_property(NodeId node, Key key) const {
  switch (key) {
    case kId:
      return Value::borrowed(columns_.id[node]);
    case kType:
      return Value::borrowed(ontology_.types()[columns_.type[node]].name);
    case kLabel:
      return Value::borrowed(columns_.label[node]);
    case kKind:
      return text_or_null(columns_.words[columns_.kind[node]]);
    case kAliases:
      return Value::list(texts(lookups_->aliases.bind(1, row_of(node))));
    case kMentions:
      return Value(int64_t{columns_.mentions[node]});
    case kDocuments:
      return Value(int64_t{columns_.documents[node]});
    case kGeonames:
    case kIso:
    case kWithin:
      return place_property(node, key);
    default:
      break;
  }
  std::vector<Value> out =
      texts(lookups_->values.bind(1, row_of(node)).bind(2, node_keys_[static_cast<size_t>(key)]));
  return out.empty() ? Value() : Value::list(std::move(out));
}

Value StoreGraph::relationship_property(RelationshipId relationship, Key key) const {
  const graph::Adjacency& edges = adjacency();
  switch (key) {
    case kEdgeId: {
      const auto id = texts(lookups_->edge_id.bind(1, row_of(relationship)));
      return id.empty() ? Value() : id.front();
    }
    case kRelation:
      return Value::borrowed(ontology_.relations()[edges.kind(relationship)].name);
    case kSource:
      return Value::borrowed(columns_.id[edges.source(relationship)]);
    case kTarget:
      return Value::borrowed(columns_.id[edges.target(relationship)]);
    case kTime:
      return text_or_null(columns_.words[columns_.time[relationship]]);
    case kModality:
      return Value::borrowed(doc::name(doc::Modality{columns_.modality[relationship]}));
    case kPolarity:
      return Value::borrowed(doc::name(doc::Polarity{columns_.polarity[relationship]}));
    case kSpeaker:
      return text_or_null(columns_.words[columns_.speaker[relationship]]);
    case kConfidence:
      return shortest(columns_.confidence[relationship]);
    case kWeight:
      return Value(int64_t{columns_.weight[relationship]});
    default:
      break;
  }
  return Value::list(texts(lookups_->edge_documents.bind(1, row_of(relationship))));
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
  const std::string_view wanted = value.text();
  const size_t nodes = columns_.id.size();
  if (key == kId) {
    const size_t at = first_where(nodes, [&](size_t n) { return columns_.id[n] >= wanted; });
    if (at == nodes || columns_.id[at] != wanted) return {};
    return {static_cast<NodeId>(at)};
  }
  const auto label = [&](size_t i) { return columns_.label[columns_.by_label[i]]; };
  std::vector<NodeId> out;
  for (size_t i = first_where(nodes, [&](size_t k) { return label(k) >= wanted; });
       i < nodes && label(i) == wanted; ++i)
    out.push_back(columns_.by_label[i]);
  return out;
}

Value StoreGraph::evidence(RelationshipId relationship) const {
  std::vector<Value> out;
  add_proofs(lookups_->edge_proofs.bind(1, row_of(relationship)), out);
  return Value::list(std::move(out));
}

Value StoreGraph::evidence(NodeId node, std::string_view key) const {
  std::vector<Value> out;
  add_proofs(lookups_->value_proofs.bind(1, row_of(node)).bind(2, key), out);
  return Value::list(std::move(out));
}

Value StoreGraph::document(std::string_view id) const {
  const auto found = store_->document(id);
  if (!found) return {};
  return Value::map({{"id", Value::text(found->id)},
                     {"path", own_text_or_null(found->path)},
                     {"title", own_text_or_null(found->title)},
                     {"date", own_text_or_null(found->date)},
                     {"source", own_text_or_null(found->source)},
                     {"author", own_text_or_null(found->author)},
                     {"url", own_text_or_null(found->url)},
                     {"language", own_text_or_null(found->language)}});
}

std::string StoreGraph::name_of(NodeId node) const { return std::string(columns_.label[node]); }

}  // namespace weft::query
