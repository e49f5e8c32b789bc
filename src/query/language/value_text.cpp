// Values as text, in three manners: as a query would write them, for people, and as JSON. Recursion
// goes as deep as lists and maps are nested, which the parser and the reader of parameters bound.
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>
#include <cmath>

#include "query/language/property_graph.h"

namespace weft::query::language {

namespace {

/// 'text', with what would end or break it escaped.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out + "'";
}

template <class Show>
std::string listed(const std::vector<Value>& items, Show show) {
  std::string out = "[";
  for (const Value& v : items) out += (out.size() > 1 ? ", " : "") + show(v);
  return out + "]";
}

template <class Entries, class Show>
std::string mapped(const Entries& entries, Show show) {
  std::string out = "{";
  for (const auto& [key, value] : entries)
    out += (out.size() > 1 ? ", " : "") + key + ": " + show(value);
  return out + "}";
}

/// Node, arrow, node, arrow ... with `node` and `relationship` as text.
template <class Node, class Relationship>
std::string along(const PathData& path, const PropertyGraph& graph, Node node,
                  Relationship relationship) {
  std::string out = node(path.nodes[0]);
  for (size_t i = 0; i < path.relationships.size(); ++i) {
    const RelationshipId r = path.relationships[i];
    const bool forward = graph.adjacency().source(r) == path.nodes[i];
    out +=
        (forward ? "-" : "<-") + relationship(r) + (forward ? "->" : "-") + node(path.nodes[i + 1]);
  }
  return out;
}

std::string literal_node(NodeId node, const PropertyGraph& graph) {
  std::string out = "(";
  for (const LabelId l : graph.labels_of(node)) out += ":" + graph.labels()[l];
  const Properties properties = graph.node_properties(node);
  if (!properties.empty())
    out += (out.size() > 1 ? " " : "") +
           mapped(properties, [&](const Value& v) { return literal_text(v, graph); });
  return out + ")";
}

std::string literal_relationship(RelationshipId r, const PropertyGraph& graph) {
  std::string out = "[:" + graph.types()[graph.adjacency().kind(r)];
  const Properties properties = graph.relationship_properties(r);
  if (!properties.empty())
    out += " " + mapped(properties, [&](const Value& v) { return literal_text(v, graph); });
  return out + "]";
}

class Json {
 public:
  explicit Json(const PropertyGraph& graph) : graph_(graph), writer_(buffer_) {}

  void value(const Value& v) {
    switch (v.kind()) {
      case Kind::null:
        writer_.Null();
        break;
      case Kind::boolean:
        writer_.Bool(v.boolean());
        break;
      case Kind::integer:
        writer_.Int64(v.integer());
        break;
      case Kind::real:
        real(v.real());
        break;
      case Kind::string:
        text(v.text());
        break;
      case Kind::list:
        writer_.StartArray();
        for (const Value& item : v.items()) value(item);
        writer_.EndArray();
        break;
      case Kind::map:
        writer_.StartObject();
        members(v.entries());
        writer_.EndObject();
        break;
      case Kind::node:
        node(v.node());
        break;
      case Kind::relationship:
        relationship(v.relationship());
        break;
      case Kind::path:
        path(v.path());
        break;
    }
  }
  /// DEL and C1 controls, which JSON itself lets through, are escaped: a terminal obeys them.
  std::string take() {
    const std::string_view json(buffer_.GetString(), buffer_.GetSize());
    std::string out;
    out.reserve(json.size());
    constexpr char kHex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < json.size(); ++i) {
      const auto byte = static_cast<unsigned char>(json[i]);
      const auto after = i + 1 < json.size() ? static_cast<unsigned char>(json[i + 1]) : 0u;
      if (byte == 0x7f) {
        out += "\\u007F";
      } else if (byte == 0xc2 && after >= 0x80 && after < 0xa0) {
        out += std::string("\\u00") + kHex[after >> 4] + kHex[after & 15];
        ++i;
      } else {
        out += json[i];
      }
    }
    return out;
  }

 private:
  void text(std::string_view s) {
    writer_.String(s.data(), static_cast<rapidjson::SizeType>(s.size()));
  }
  void real(double d) {
    if (!std::isfinite(d)) {
      writer_.Null();  // JSON has no word for it
      return;
    }
    const std::string digits = number_text(d);
    writer_.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
  }
  void members(const Properties& properties) {
    for (const auto& [key, v] : properties) {
      writer_.Key(key.data(), static_cast<rapidjson::SizeType>(key.size()));
      value(v);
    }
  }
  static bool has(const Properties& properties, std::string_view key) {
    for (const auto& entry : properties)
      if (entry.first == key) return true;
    return false;
  }
  void node(NodeId id) {
    const Properties properties = graph_.node_properties(id);
    writer_.StartObject();
    if (!has(properties, "type")) {
      writer_.Key("labels");
      writer_.StartArray();
      for (const LabelId l : graph_.labels_of(id)) text(graph_.labels()[l]);
      writer_.EndArray();
    }
    members(properties);
    writer_.EndObject();
  }
  void relationship(RelationshipId id) {
    const Properties properties = graph_.relationship_properties(id);
    writer_.StartObject();
    if (!has(properties, "relation")) {
      writer_.Key("type");
      text(graph_.types()[graph_.adjacency().kind(id)]);
    }
    members(properties);
    writer_.EndObject();
  }
  void path(const PathData& p) {
    writer_.StartObject();
    writer_.Key("nodes");
    writer_.StartArray();
    for (const NodeId n : p.nodes) node(n);
    writer_.EndArray();
    writer_.Key("relationships");
    writer_.StartArray();
    for (const RelationshipId r : p.relationships) relationship(r);
    writer_.EndArray();
    writer_.EndObject();
  }

  const PropertyGraph& graph_;
  rapidjson::StringBuffer buffer_;
  rapidjson::Writer<rapidjson::StringBuffer> writer_;
};

}  // namespace

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  char digits[64];
  std::string out(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
  if (out.find_first_of(".e") == std::string::npos) out += ".0";
  return out;
}

std::string literal_text(const Value& v, const PropertyGraph& graph) {
  const auto show = [&](const Value& item) { return literal_text(item, graph); };
  switch (v.kind()) {
    case Kind::null:
      return "null";
    case Kind::boolean:
      return v.boolean() ? "true" : "false";
    case Kind::integer:
      return std::to_string(v.integer());
    case Kind::real:
      return number_text(v.real());
    case Kind::string:
      return quoted(v.text());
    case Kind::list:
      return listed(v.items(), show);
    case Kind::map:
      return mapped(v.entries(), show);
    case Kind::node:
      return literal_node(v.node(), graph);
    case Kind::relationship:
      return literal_relationship(v.relationship(), graph);
    case Kind::path:
      return "<" +
             along(
                 v.path(), graph, [&](NodeId n) { return literal_node(n, graph); },
                 [&](RelationshipId r) { return literal_relationship(r, graph); }) +
             ">";
  }
  return {};
}

std::string plain_text(const Value& v, const PropertyGraph& graph) {
  const auto show = [&](const Value& item) { return plain_text(item, graph); };
  const auto name = [&](NodeId n) { return graph.name_of(n); };
  const auto type = [&](RelationshipId r) { return graph.types()[graph.adjacency().kind(r)]; };
  switch (v.kind()) {
    case Kind::null:
      return "";
    case Kind::string:
      return std::string(v.text());
    case Kind::list:
      return listed(v.items(), show);
    case Kind::map:
      return mapped(v.entries(), show);
    case Kind::node:
      return name(v.node());
    case Kind::relationship: {
      const RelationshipId r = v.relationship();
      return name(graph.adjacency().source(r)) + " -" + type(r) + "-> " +
             name(graph.adjacency().target(r));
    }
    case Kind::path: {
      const std::string out = along(
          v.path(), graph, [&](NodeId n) { return " " + name(n) + " "; }, type);
      return out.substr(1, out.size() - 2);
    }
    default:
      return literal_text(v, graph);
  }
}

std::string json_text(const Value& value, const PropertyGraph& graph) {
  Json json(graph);
  json.value(value);
  return json.take();
}

}  // namespace weft::query::language
