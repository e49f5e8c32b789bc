// What a query is asked of: nodes with labels and properties, relationships with one type and
// properties. Everything that has to be fast (who is joined to whom, which nodes bear a label) is
// kept here as arrays; properties are asked of the backing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/adjacency.h"
#include "query/language/value.h"

namespace weft::query::language {

using LabelId = uint16_t;
using TypeId = uint16_t;
/// A property's name as the backing knows it; kNoKey if no entity has such a property.
using Key = int;
inline constexpr Key kNoKey = -1;

using Properties = std::vector<std::pair<std::string, Value>>;

/// Immutable once built. Use by one thread at a time: what stands in a file is read as it is asked
/// for.
class PropertyGraph {
 public:
  virtual ~PropertyGraph() = default;

  uint32_t node_count() const { return adjacency_.nodes(); }
  uint32_t relationship_count() const { return adjacency_.edges(); }
  const graph::Adjacency& adjacency() const { return adjacency_; }
  const std::vector<std::string>& labels() const { return labels_; }
  const std::vector<std::string>& types() const { return types_; }
  std::optional<LabelId> label(std::string_view name) const { return index_of(labels_, name); }
  std::optional<TypeId> type(std::string_view name) const { return index_of(types_, name); }
  /// In order of id.
  graph::ColumnRange<NodeId> nodes_with(LabelId label) const { return with_label_[label]; }

  virtual bool has_label(NodeId node, LabelId label) const = 0;
  virtual std::vector<LabelId> labels_of(NodeId node) const = 0;

  virtual Key node_key(std::string_view name) const = 0;
  virtual Key relationship_key(std::string_view name) const = 0;
  /// Null if the entity has no such property.
  virtual Value node_property(NodeId node, Key key) const = 0;
  virtual Value relationship_property(RelationshipId relationship, Key key) const = 0;
  virtual Properties node_properties(NodeId node) const = 0;
  virtual Properties relationship_properties(RelationshipId relationship) const = 0;

  /// True if a name that is in none of these lists is a mistake; then the query is refused with the
  /// nearest one.
  virtual bool closed_vocabulary() const { return false; }
  virtual std::vector<std::string> node_keys() const { return {}; }
  virtual std::vector<std::string> relationship_keys() const { return {}; }

  /// True if find() answers for the key without looking at every node.
  virtual bool has_index(Key) const { return false; }
  /// The nodes whose property equals `value`, in order of id.
  virtual std::vector<NodeId> find(Key, const Value&) const { return {}; }

  /// The proofs of a relationship, or of a text that a node has as property `key`: a list of maps.
  virtual Value evidence(RelationshipId) const { return Value::list({}); }
  virtual Value evidence(NodeId, std::string_view) const { return Value::list({}); }
  /// What is known of a document, as a map; null if there is none of this id.
  virtual Value document(std::string_view) const { return {}; }

  /// What people call a node, in a table.
  virtual std::string name_of(NodeId node) const;

 protected:
  /// Called once by the backing's constructor.
  void build(std::vector<std::string> labels, std::vector<std::string> types,
             graph::Groups with_label, graph::Adjacency adjacency);

 private:
  static std::optional<uint16_t> index_of(const std::vector<std::string>& names,
                                          std::string_view name);

  std::vector<std::string> labels_, types_;
  graph::Groups with_label_;
  graph::Adjacency adjacency_;
};

/// A value as it would be written in a query, for messages and tests: (:Person {label: 'Li'}).
std::string literal_text(const Value& value, const PropertyGraph& graph);
/// A number as queries write it: a real number always has a point or an exponent.
std::string number_text(double number);
/// A value for people: a node's name, a relationship as "Li -visited-> Paris", a text as it is.
std::string plain_text(const Value& value, const PropertyGraph& graph);
/// As JSON, on one line. A node or relationship is an object of its properties, with "labels" or
/// "type" first if the properties don't say so.
std::string json_text(const Value& value, const PropertyGraph& graph);

}  // namespace weft::query::language
