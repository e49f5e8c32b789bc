// A store's graph as columns, for queries: who is joined to whom, and what is said of nodes and
// edges in a few bytes each. They are derived from the graph's tables, stand beside them in the
// store (schema/meta/store.md, "Columns") and are read a chunk at a time, so that a question to a
// graph of ten million edges is answered in milliseconds and needs no more memory than it looks at.
// Evidence, aliases and text values stay in the tables.
#pragma once

#include <memory>
#include <string_view>

#include "graph/adjacency.h"
#include "graph/graph.h"
#include "store/store.h"

namespace weft::graph {

/// Text i is bytes[first[i]] .. bytes[first[i + 1]].
struct TextColumn {
  Column<uint64_t> first;
  Column<char> bytes;

  size_t size() const { return first.size() == 0 ? 0 : first.size() - 1; }
  /// Valid as long as the column. Throws SetupError if the column was read and can't be.
  std::string_view operator[](size_t i) const;
};

/// Nodes and edges are numbered as in Graph; types and relations as in the ontology. Use by one
/// thread.
struct GraphColumns {
  Adjacency adjacency;  // by relation

  // Of nodes
  Column<uint16_t> type;
  Groups by_type;
  TextColumn id;  // in order
  TextColumn label;
  Column<uint32_t> by_label;  // nodes in order of label, then of number
  Column<uint32_t> kind;      // into `words`
  Column<uint32_t> mentions, documents;
  // Of names: labels and aliases, folded as text::name_key() does, by core::fnv1a() of the key.
  Column<uint64_t> name_hash;  // in order, each as often as nodes bear it
  Column<uint32_t> name_node;

  // Of edges
  Column<uint8_t> modality, polarity;
  Column<uint32_t> time, speaker;  // into `words`
  Column<float> confidence;
  Column<uint32_t> weight;

  TextColumn words;  // each once; number 0 is empty

  template <class Self, class Visit>
  static void each_column(Self& self, Visit visit) {
    Adjacency::each_column(self.adjacency, visit);
    visit("type", self.type);
    visit("by_type_first", self.by_type.first);
    visit("by_type", self.by_type.items);
    visit("id_first", self.id.first);
    visit("id", self.id.bytes);
    visit("label_first", self.label.first);
    visit("label", self.label.bytes);
    visit("by_label", self.by_label);
    visit("kind", self.kind);
    visit("mentions", self.mentions);
    visit("documents", self.documents);
    visit("name_hash", self.name_hash);
    visit("name_node", self.name_node);
    visit("modality", self.modality);
    visit("polarity", self.polarity);
    visit("time", self.time);
    visit("speaker", self.speaker);
    visit("confidence", self.confidence);
    visit("weight", self.weight);
    visit("words_first", self.words.first);
    visit("words", self.words.bytes);
  }
};

/// Writes the columns of the graph's tables, within the open transaction, in place of those that
/// are there. O(rows + names log names) time; about 70 bytes an edge and 150 a node of memory.
void save_columns(store::Store& store, const schema::Ontology& ontology);

/// The columns of a store, read as they are touched; made from the tables if the store has none for
/// its graph as it is and this ontology (it was written by an older version). The store must see
/// one state as long as they are used (store::Snapshot). Throws SetupError, also later, if the
/// store is damaged.
GraphColumns open_columns(std::shared_ptr<const store::Store> store,
                          const schema::Ontology& ontology);

/// What is wrong with the columns of a store, as a sentence; empty if nothing is. Makes them again.
std::string columns_fault(const store::Store& store, const schema::Ontology& ontology);

}  // namespace weft::graph
