// A store's graph as the query language sees it: a node's label is its type, a relationship's type
// its relation; what is known of them are properties.
#pragma once

#include <memory>
#include <optional>

#include "graph/graph_columns.h"
#include "query/language/property_graph.h"
#include "store/snapshot.h"

namespace weft::query {

/// Node ids are graph::NodeIndex, relationship ids graph::EdgeIndex. The store is read as questions
/// touch it and in the state in which it was opened; the ontology must outlive the graph. Use by
/// one thread. All functions throw SetupError (broken_file) for a store that is damaged.
///
/// Nodes have id, type, label, kind, aliases, mentions, documents, what the gazetteer says of
/// places (geonames, iso, within), and each relation whose object is text (serves_as ...) as a list
/// of texts. Relationships have id, relation, source, target, time, modality, polarity, speaker (a
/// node's id), confidence, weight (pieces of evidence), documents.
class StoreGraph : public language::PropertyGraph {
 public:
  StoreGraph(store::Store store, const schema::Ontology& ontology);
  ~StoreGraph() override;

  const store::Store& store() const { return *store_; }
  /// Lets others write to the store until resume(), between which nothing may be asked.
  void pause();
  /// False if the graph has changed since it was opened; then open it anew.
  bool resume();

  /// The node of that id, else the one whose label, else the one of whose aliases, is this name as
  /// text::name_key() sees it. Nothing if there is none or several.
  std::optional<language::NodeId> named(std::string_view name) const;
  std::string_view id_of(language::NodeId node) const { return columns_.id[node]; }
  std::string_view label_of(language::NodeId node) const { return columns_.label[node]; }

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
  struct Lookups;  // prepared statements
  std::vector<std::string> aliases_of(language::NodeId node) const;
  language::Value place_property(language::NodeId node, language::Key key) const;

  std::shared_ptr<store::Store> store_;      // shared with the columns, which read from it
  std::optional<store::Snapshot> snapshot_;  // but while paused
  const schema::Ontology& ontology_;
  std::string state_;                   // checksum of the graph when it was opened
  std::vector<std::string> node_keys_;  // the fixed ones, then text relations
  graph::GraphColumns columns_;         // but for the adjacency, which the base class has
  std::unique_ptr<Lookups> lookups_;
};

}  // namespace weft::query
