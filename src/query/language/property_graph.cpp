// The part of a property graph that all backings share. Labels and types are a few dozen names, so
// they are found by a scan, once a query.
#include "query/language/property_graph.h"

#include <algorithm>

namespace weft::query::language {

std::optional<uint16_t> PropertyGraph::index_of(const std::vector<std::string>& names,
                                                std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<uint16_t>(found - names.begin());
}

void PropertyGraph::build(std::vector<std::string> labels, std::vector<std::string> types,
                          graph::Groups with_label, graph::Adjacency adjacency) {
  labels_ = std::move(labels);
  types_ = std::move(types);
  with_label_ = std::move(with_label);
  adjacency_ = std::move(adjacency);
}

std::string PropertyGraph::name_of(NodeId node) const {
  return literal_text(Value(NodeRef{node}), *this);
}

}  // namespace weft::query::language
