// A store's graph as the query language sees it: a node's label is its type, a relationship's type
// its relation; what is known of them are properties.
#pragma once

#include "graph/graph.h"
#include "query/language/property_graph.h"

namespace weft::query {

/// Node ids are graph::NodeIndex, relationship ids graph::EdgeIndex. The graph and the ontology
/// must outlive it. Made in O(nodes log nodes + edges). Immutable: share it between threads.
///
/// Nodes have id, type, label, kind, aliases, mentions, documents, and each relation whose object
/// is text (serves_as ...) as a list of texts. Relationships have id, relation, source, target,
/// time, modality, polarity, speaker (a node's id), confidence, weight (pieces of evidence),
/// documents.
class StoreGraph : public language::PropertyGraph {
 public:
  StoreGraph(const graph::Graph& graph, const schema::Ontology& ontology);

  bool has_label(language::NodeId node, language::LabelId label) const override;
  std::vector<language::LabelId> labels_of(language::NodeId node) const override;
  language::Key node_key(std::string_view name) const override;
  language::Key relationship_key(std::string_view name) const override;
  language::Value node_property(language::NodeId node, language::Key key) const override;
  language::Value relationship_property(language::RelationshipId relationship,
                                        language::Key key) const override;
  language::Properties node_properties(language::NodeId node) const override;
  language::Properties relationship_properties(
      language::RelationshipId relationship) const override;
  bool closed_vocabulary() const override { return true; }
  std::vector<std::string> node_keys() const override { return node_keys_; }
  std::vector<std::string> relationship_keys() const override;
  bool has_index(language::Key key) const override;
  std::vector<language::NodeId> find(language::Key key,
                                     const language::Value& value) const override;
  language::Value evidence(language::RelationshipId relationship) const override;
  language::Value evidence(language::NodeId node, std::string_view key) const override;
  language::Value document(std::string_view id) const override;
  std::string name_of(language::NodeId node) const override;

 private:
  const graph::Graph& graph_;
  const schema::Ontology& ontology_;
  std::vector<std::string> node_keys_;              // the fixed ones, then text relations
  std::vector<schema::RelationId> text_relations_;  // of the keys behind the fixed ones
  std::vector<language::NodeId> by_label_;          // nodes sorted by label
};

}  // namespace weft::query
