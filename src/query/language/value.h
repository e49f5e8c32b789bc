// The values a query computes with. Immutable once made; lists, maps, paths and computed texts are
// shared between rows, hence the shared_ptr: a row is copied whenever it is sorted or grouped.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace weft::query::language {

class Value;

using NodeId = uint32_t;
using RelationshipId = uint32_t;

struct NodeRef {
  NodeId id = 0;
};
struct RelationshipRef {
  RelationshipId id = 0;
};

/// UTF-8. `owner` is empty if the view points into the graph, which outlives every value.
struct Text {
  std::string_view view;
  std::shared_ptr<const std::string> owner;
};

struct ListData;
struct MapData;
/// Relationship i joins nodes i and i + 1, in either direction.
struct PathData {
  std::vector<NodeId> nodes;  // one more than relationships
  std::vector<RelationshipId> relationships;
};

enum class Kind : uint8_t {
  null,
  boolean,
  integer,
  real,
  string,
  list,
  map,
  node,
  relationship,
  path
};
/// "a list", for messages.
std::string_view name_with_article(Kind);

class Value {
 public:
  Value() = default;
  explicit Value(bool v) : data_(v) {}
  explicit Value(int64_t v) : data_(v) {}
  explicit Value(double v) : data_(v) {}
  explicit Value(NodeRef v) : data_(v) {}
  explicit Value(RelationshipRef v) : data_(v) {}
  static Value text(std::string s);
  /// `s` must outlive the value.
  static Value borrowed(std::string_view s) { return Value(Data(Text{s, nullptr})); }
  static Value list(std::vector<Value> items);
  /// Keys must differ.
  static Value map(std::vector<std::pair<std::string, Value>> entries);
  static Value path(PathData path);

  Kind kind() const { return static_cast<Kind>(data_.index()); }
  bool is_null() const { return kind() == Kind::null; }
  bool is_true() const { return kind() == Kind::boolean && std::get<bool>(data_); }
  bool is_number() const { return kind() == Kind::integer || kind() == Kind::real; }

  // Each needs a value of that kind.
  bool boolean() const { return std::get<bool>(data_); }
  int64_t integer() const { return std::get<int64_t>(data_); }
  double real() const { return std::get<double>(data_); }
  double number() const {
    return kind() == Kind::integer ? static_cast<double>(integer()) : real();
  }
  std::string_view text() const { return std::get<Text>(data_).view; }
  const std::vector<Value>& items() const;
  const std::vector<std::pair<std::string, Value>>& entries() const;
  NodeId node() const { return std::get<NodeRef>(data_).id; }
  RelationshipId relationship() const { return std::get<RelationshipRef>(data_).id; }
  const PathData& path() const { return *std::get<std::shared_ptr<const PathData>>(data_); }

  /// The value of a key of a map; nullptr if it has none.
  const Value* find(std::string_view key) const;
  /// Bytes it keeps in memory, what it shares with others included.
  size_t bytes() const;

 private:
  using Data = std::variant<std::monostate, bool, int64_t, double, Text,
                            std::shared_ptr<const ListData>, std::shared_ptr<const MapData>,
                            NodeRef, RelationshipRef, std::shared_ptr<const PathData>>;
  explicit Value(Data data) : data_(std::move(data)) {}

  Data data_;
};

struct ListData {
  std::vector<Value> items;
  size_t bytes = 0;
};
struct MapData {
  std::vector<std::pair<std::string, Value>> entries;  // in the order they were written
  size_t bytes = 0;
};

/// Three-valued logic.
enum class Truth : uint8_t { no, yes, unknown };
inline Truth truth(bool b) { return b ? Truth::yes : Truth::no; }
Value to_value(Truth);

/// `=`: unknown wherever a null decides.
Truth equals(const Value& a, const Value& b);

/// What `<` and its kin see: numbers, texts, booleans and lists of these have an order.
enum class Comparison : uint8_t { less, equal, greater, unknown, not_a_number };
Comparison compare(const Value& a, const Value& b);

/// The total order of ORDER BY, min and max: maps, nodes, relationships, lists, paths, texts,
/// booleans, numbers, NaN, null. Zero for values that DISTINCT takes for one.
int order(const Value& a, const Value& b);
/// Equal for values whose order() is 0.
size_t hash(const Value& value);
size_t hash_row(const std::vector<Value>& row);
bool same_row(const std::vector<Value>& a, const std::vector<Value>& b);

}  // namespace weft::query::language
