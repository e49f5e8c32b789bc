// Equality, comparison and order of values. Three relations that must not be mixed: `=` knows
// unknown, `<` orders only what is alike, and ORDER BY orders everything. Whole and real numbers
// are compared exactly, without rounding a 64-bit integer to a double. All are O(size of the
// smaller value).
// Reference: openCypher 9, "Comparability, equality, orderability and equivalence" (CIP2016-06-14).
#include "query/language/value.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "query/language/fault.h"

namespace weft::query::language {

std::string_view name_with_article(Kind kind) {
  constexpr std::string_view kNames[] = {"null",           "a boolean", "an integer", "a float",
                                         "a string",       "a list",    "a map",      "a node",
                                         "a relationship", "a path"};
  return kNames[static_cast<size_t>(kind)];
}

namespace {

void check_depth(uint32_t depth) {
  if (depth > kDeepestValue)
    throw Fault(Trouble::limit, "NestedTooDeeply",
                "The query makes lists or maps that are nested more than " +
                    std::to_string(kDeepestValue) + " deep.",
                0, true);
}

}  // namespace

Value Value::text(std::string s) {
  auto owner = std::make_shared<const std::string>(std::move(s));
  const std::string_view view = *owner;
  return Value(Data(Text{view, std::move(owner)}));
}

Value Value::list(std::vector<Value> items) {
  auto data = std::make_shared<ListData>();
  data->bytes = sizeof(ListData);
  for (const Value& v : items) {
    data->bytes += v.bytes();
    data->depth = std::max(data->depth, v.depth() + 1);
  }
  check_depth(data->depth);
  data->items = std::move(items);
  return Value(Data(std::shared_ptr<const ListData>(std::move(data))));
}

Value Value::map(std::vector<std::pair<std::string, Value>> entries) {
  auto data = std::make_shared<MapData>();
  data->bytes = sizeof(MapData);
  for (const auto& [key, v] : entries) data->bytes += sizeof(std::string) + key.size() + v.bytes();
  for (const auto& entry : entries) data->depth = std::max(data->depth, entry.second.depth() + 1);
  check_depth(data->depth);
  data->entries = std::move(entries);
  return Value(Data(std::shared_ptr<const MapData>(std::move(data))));
}

Value Value::path(PathData path) {
  return Value(Data(std::make_shared<const PathData>(std::move(path))));
}

const std::vector<Value>& Value::items() const {
  return std::get<std::shared_ptr<const ListData>>(data_)->items;
}
const std::vector<std::pair<std::string, Value>>& Value::entries() const {
  return std::get<std::shared_ptr<const MapData>>(data_)->entries;
}

const Value* Value::find(std::string_view key) const {
  for (const auto& [k, v] : entries())
    if (k == key) return &v;
  return nullptr;
}

uint32_t Value::depth() const {
  if (kind() == Kind::list) return std::get<std::shared_ptr<const ListData>>(data_)->depth;
  if (kind() == Kind::map) return std::get<std::shared_ptr<const MapData>>(data_)->depth;
  return 0;
}

size_t Value::bytes() const {
  switch (kind()) {
    case Kind::string: {
      const Text& t = std::get<Text>(data_);
      return sizeof(Value) + (t.owner ? t.owner->size() + sizeof(std::string) : 0);
    }
    case Kind::list:
      return sizeof(Value) + std::get<std::shared_ptr<const ListData>>(data_)->bytes;
    case Kind::map:
      return sizeof(Value) + std::get<std::shared_ptr<const MapData>>(data_)->bytes;
    case Kind::path:
      return sizeof(Value) + sizeof(PathData) + path().nodes.size() * 2 * sizeof(NodeId);
    default:
      return sizeof(Value);
  }
}

Value to_value(Truth t) { return t == Truth::unknown ? Value() : Value(t == Truth::yes); }

namespace {

/// -1, 0 or 1; `b` is not NaN.
int compare_exactly(int64_t a, double b) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (b >= kTwoTo63) return -1;
  if (b < -kTwoTo63) return 1;
  const double whole = std::trunc(b);
  const auto as_integer = static_cast<int64_t>(whole);
  if (a != as_integer) return a < as_integer ? -1 : 1;
  return b > whole ? -1 : b < whole ? 1 : 0;
}

/// Of two numbers, neither NaN.
int compare_numbers(const Value& a, const Value& b) {
  if (a.kind() == Kind::integer && b.kind() == Kind::integer)
    return a.integer() < b.integer() ? -1 : a.integer() > b.integer() ? 1 : 0;
  if (a.kind() == Kind::integer) return compare_exactly(a.integer(), b.real());
  if (b.kind() == Kind::integer) return -compare_exactly(b.integer(), a.real());
  return a.real() < b.real() ? -1 : a.real() > b.real() ? 1 : 0;
}

bool is_nan(const Value& v) { return v.kind() == Kind::real && std::isnan(v.real()); }

std::vector<const std::pair<std::string, Value>*> sorted_entries(const Value& map) {
  std::vector<const std::pair<std::string, Value>*> out;
  for (const auto& entry : map.entries()) out.push_back(&entry);
  std::sort(out.begin(), out.end(),
            [](const auto* a, const auto* b) { return a->first < b->first; });
  return out;
}

Truth equal_maps(const Value& a, const Value& b) {
  if (a.entries().size() != b.entries().size()) return Truth::no;
  const auto left = sorted_entries(a);
  const auto right = sorted_entries(b);
  Truth all = Truth::yes;
  for (size_t i = 0; i < left.size(); ++i) {
    if (left[i]->first != right[i]->first) return Truth::no;
    const Truth same = equals(left[i]->second, right[i]->second);
    if (same == Truth::no) return Truth::no;
    if (same == Truth::unknown) all = Truth::unknown;
  }
  return all;
}

Truth equal_lists(const Value& a, const Value& b) {
  if (a.items().size() != b.items().size()) return Truth::no;
  Truth all = Truth::yes;
  for (size_t i = 0; i < a.items().size(); ++i) {
    const Truth same = equals(a.items()[i], b.items()[i]);
    if (same == Truth::no) return Truth::no;
    if (same == Truth::unknown) all = Truth::unknown;
  }
  return all;
}

Comparison from_sign(int sign) {
  return sign < 0 ? Comparison::less : sign > 0 ? Comparison::greater : Comparison::equal;
}

int order_ids(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

/// Place of a kind in the total order.
int rank(const Value& v) {
  switch (v.kind()) {
    case Kind::map:
      return 0;
    case Kind::node:
      return 1;
    case Kind::relationship:
      return 2;
    case Kind::list:
      return 3;
    case Kind::path:
      return 4;
    case Kind::string:
      return 5;
    case Kind::boolean:
      return 6;
    case Kind::integer:
    case Kind::real:
      return is_nan(v) ? 8 : 7;
    case Kind::null:
      return 9;
  }
  return 9;
}

int order_lists(const std::vector<Value>& a, const std::vector<Value>& b) {
  for (size_t i = 0; i < a.size() && i < b.size(); ++i)
    if (const int o = order(a[i], b[i]); o != 0) return o;
  return a.size() < b.size() ? -1 : a.size() > b.size() ? 1 : 0;
}

int order_maps(const Value& a, const Value& b) {
  const auto left = sorted_entries(a);
  const auto right = sorted_entries(b);
  for (size_t i = 0; i < left.size() && i < right.size(); ++i) {
    if (const int o = left[i]->first.compare(right[i]->first); o != 0) return o;
    if (const int o = order(left[i]->second, right[i]->second); o != 0) return o;
  }
  return left.size() < right.size() ? -1 : left.size() > right.size() ? 1 : 0;
}

size_t mix(size_t seed, size_t value) {
  return seed ^ (value + 0x9e3779b97f4a7c15ull + (seed << 6) + (seed >> 2));
}

size_t hash_number(double d) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (std::isnan(d)) return 7;
  if (std::trunc(d) == d && d >= -kTwoTo63 && d < kTwoTo63)
    return std::hash<int64_t>()(static_cast<int64_t>(d));
  return std::hash<double>()(d);
}

}  // namespace

Truth equals(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return Truth::unknown;
  if (a.is_number() && b.is_number())
    return truth(!is_nan(a) && !is_nan(b) && compare_numbers(a, b) == 0);
  if (a.kind() != b.kind()) return Truth::no;
  switch (a.kind()) {
    case Kind::boolean:
      return truth(a.boolean() == b.boolean());
    case Kind::string:
      return truth(a.text() == b.text());
    case Kind::list:
      return equal_lists(a, b);
    case Kind::map:
      return equal_maps(a, b);
    default:
      return truth(order(a, b) == 0);
  }
}

Comparison compare(const Value& a, const Value& b) {
  if (a.is_number() && b.is_number()) {
    if (is_nan(a) || is_nan(b)) return Comparison::not_a_number;
    return from_sign(compare_numbers(a, b));
  }
  if (a.kind() != b.kind()) return Comparison::unknown;
  switch (a.kind()) {
    case Kind::boolean:
      return from_sign(static_cast<int>(a.boolean()) - static_cast<int>(b.boolean()));
    case Kind::string:
      return from_sign(a.text().compare(b.text()));
    case Kind::list: {
      for (size_t i = 0; i < a.items().size() && i < b.items().size(); ++i)
        if (const Comparison c = compare(a.items()[i], b.items()[i]); c != Comparison::equal)
          return c;
      return from_sign(a.items().size() < b.items().size()   ? -1
                       : a.items().size() > b.items().size() ? 1
                                                             : 0);
    }
    default:
      return Comparison::unknown;
  }
}

int order(const Value& a, const Value& b) {
  const int left = rank(a);
  const int right = rank(b);
  if (left != right) return left < right ? -1 : 1;
  switch (a.kind()) {
    case Kind::map:
      return order_maps(a, b);
    case Kind::node:
      return a.node() < b.node() ? -1 : a.node() > b.node() ? 1 : 0;
    case Kind::relationship:
      return a.relationship() < b.relationship() ? -1 : a.relationship() > b.relationship() ? 1 : 0;
    case Kind::list:
      return order_lists(a.items(), b.items());
    case Kind::path: {
      const int nodes = order_ids(a.path().nodes, b.path().nodes);
      return nodes != 0 ? nodes : order_ids(a.path().relationships, b.path().relationships);
    }
    case Kind::string: {
      const int o = a.text().compare(b.text());
      return o < 0 ? -1 : o > 0 ? 1 : 0;
    }
    case Kind::boolean:
      return static_cast<int>(a.boolean()) - static_cast<int>(b.boolean());
    case Kind::integer:
    case Kind::real:
      return is_nan(a) ? 0 : compare_numbers(a, b);
    case Kind::null:
      return 0;
  }
  return 0;
}

size_t hash(const Value& v) {
  size_t out = static_cast<size_t>(rank(v));
  switch (v.kind()) {
    case Kind::boolean:
      return mix(out, v.boolean());
    case Kind::integer:
      return mix(7, std::hash<int64_t>()(v.integer()));
    case Kind::real:
      return mix(7, hash_number(v.real()));
    case Kind::string:
      return mix(out, std::hash<std::string_view>()(v.text()));
    case Kind::list:
      for (const Value& item : v.items()) out = mix(out, hash(item));
      return out;
    case Kind::map:  // whatever the order of the keys
      for (const auto& [key, value] : v.entries())
        out += mix(std::hash<std::string>()(key), hash(value));
      return out;
    case Kind::node:
      return mix(out, v.node());
    case Kind::relationship:
      return mix(out, v.relationship());
    case Kind::path:
      for (const NodeId n : v.path().nodes) out = mix(out, n);
      for (const RelationshipId r : v.path().relationships) out = mix(out, r);
      return out;
    case Kind::null:
      return out;
  }
  return out;
}

size_t hash_row(const std::vector<Value>& row) {
  size_t out = row.size();
  for (const Value& v : row) out = mix(out, hash(v));
  return out;
}

bool same_row(const std::vector<Value>& a, const std::vector<Value>& b) {
  for (size_t i = 0; i < a.size(); ++i)
    if (order(a[i], b[i]) != 0) return false;
  return true;
}

}  // namespace weft::query::language
