// A property graph that CREATE statements fill: for the compatibility kit and for tests of the
// language, not for the product.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "query/query.h"

namespace weft::test {

struct MemoryNode {
  std::vector<std::string> labels;
  query::language::Properties properties;
};
struct MemoryRelationship {
  uint32_t source = 0, target = 0;
  std::string type;
  query::language::Properties properties;
};
struct MemoryData {
  std::vector<MemoryNode> nodes;
  std::vector<MemoryRelationship> relationships;
};

class MemoryGraph : public query::language::PropertyGraph {
 public:
  explicit MemoryGraph(MemoryData data);

  bool has_label(query::language::NodeId node, query::language::LabelId label) const override;
  std::vector<query::language::LabelId> labels_of(query::language::NodeId node) const override;
  query::language::Key node_key(std::string_view name) const override { return key(name); }
  query::language::Key relationship_key(std::string_view name) const override { return key(name); }
  query::language::Value node_property(query::language::NodeId node,
                                       query::language::Key key) const override;
  query::language::Value relationship_property(query::language::RelationshipId relationship,
                                               query::language::Key key) const override;
  query::language::Properties node_properties(query::language::NodeId node) const override {
    return data_.nodes[node].properties;
  }
  query::language::Properties relationship_properties(
      query::language::RelationshipId relationship) const override {
    return data_.relationships[relationship].properties;
  }

 private:
  query::language::Key key(std::string_view name) const;
  query::language::Value find(const query::language::Properties& properties,
                              query::language::Key key) const;

  MemoryData data_;
  std::vector<std::string> keys_;
  std::vector<std::vector<query::language::LabelId>> labels_;
};

/// Thrown by create() for a graph that can't be made without temporal types.
class NeedsTemporalTypes : public std::runtime_error {
 public:
  NeedsTemporalTypes() : std::runtime_error("temporal types") {}
};

/// Runs one statement of reading clauses and CREATE clauses, in any order. Throws
/// std::runtime_error for what it does not understand.
void create(MemoryData& data, const std::string& statement);

}  // namespace weft::test
