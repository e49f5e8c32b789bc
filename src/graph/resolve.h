// From the records of all documents to one graph: which entities of different documents are one
// thing, and which of their facts are one fact. A pure function of the set of records: their order
// does not matter.
//
// Entities are one node if they are linked to one gazetteer entry, or have one type and one name
// (text::name_key), and nothing speaks against it: two links never merge, kinds must not contradict
// each other, a one-word name of a person says nothing outside its own document. An acronym joins
// its long form only where some document gives both.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "graph/cluster.h"
#include "graph/fact_filer.h"
#include "graph/graph.h"
#include "graph/near_copies.h"
#include "graph/sink.h"
#include "graph/text_list.h"
#include "schema/gazetteer.h"
#include "store/store.h"

namespace weft::graph {

/// What was left out, and what was found beside the graph.
struct ResolveSummary {
  uint64_t self_loops = 0;       // facts whose subject and object turned out to be one thing
  uint64_t broken_evidence = 0;  // spans that are not in their text (a fault of the extraction)
  std::vector<std::vector<std::string>> near_copies;  // ids of documents that count as one source
};

/// Records go in one at a time, the graph comes out a part at a time. In memory stay 70 bytes for
/// each entity of each document, 350 for each document, each name once and each node's id; facts
/// and evidence don't (FactFiler). Calls in this order: add() for each record, resolve(), write().
/// What is decided ("different" keeps apart whatever bears the two names or ids, "same" makes one
/// node of two, under the id of the first) comes before what names and links say. `gazetteer` may
/// be null: then a link only says "the same thing". Cost: O(n log n) in entities and pieces of
/// evidence. Use by one thread.
class Resolution {
 public:
  Resolution(const schema::Ontology& ontology, const schema::Gazetteer* gazetteer,
             std::span<const store::Decision> decisions = {});

  /// Records come in order of id (of one id: of hash). `text`: that of the document, to which the
  /// spans of its evidence must fit and from which it takes its words; null: spans are believed,
  /// and EvidenceItem::text stays empty: a store needs no words.
  void add(const doc::Record& record, const std::string* text = nullptr);
  /// Which entities are one node. Throws nothing but what a full disk causes.
  void resolve();
  void write(GraphSink& sink);

  const ResolveSummary& summary() const { return summary_; }
  uint32_t documents() const { return ids_.size(); }
  std::string_view document(uint32_t record) const { return ids_[record]; }

  // Between resolve() and write()
  uint32_t nodes() const { return static_cast<uint32_t>(node_ids_.size()); }
  const std::string& id(NodeIndex node) const { return node_ids_[node]; }  // in order
  struct Part {
    uint32_t record = 0;  // in the order of add()
    doc::LocalEntity entity = 0;
    MergeRule rule = MergeRule::first;
  };
  std::vector<Part> parts(NodeIndex node) const;

 private:
  void find_near_copies();
  void write_nodes(GraphSink& sink) const;
  void write_doubts(GraphSink& sink);
  bool decided(NodeIndex a, NodeIndex b) const;

  const schema::Ontology& ontology_;
  const schema::Gazetteer* gazetteer_;
  std::vector<store::Decision> decisions_;
  LocalEntities entities_;
  FactFiler facts_;
  Sketches sketches_;
  TextList ids_, hashes_;         // of documents
  std::vector<uint32_t> source_;  // of each document: the first one of its near copies
  Clusters clusters_;
  std::vector<std::string> node_ids_;  // in order
  std::vector<uint32_t> cluster_;      // of each node
  std::vector<NodeIndex> node_;        // of each cluster
  ResolveSummary summary_;
};

/// The text of a document; called at most once for each id, in order of id. May be empty itself:
/// then see Resolution::add().
using TextOf = std::function<std::string(const std::string& id)>;

/// The same for records in memory, in any order.
Graph resolve(std::span<const doc::Record> records, const TextOf& text_of,
              const schema::Ontology& ontology, const schema::Gazetteer* gazetteer,
              ResolveSummary* summary = nullptr, std::span<const store::Decision> decisions = {});

/// An entity of a document that is part of a node, and what joined it to the others.
struct Joint {
  std::shared_ptr<const doc::Record> record;
  doc::LocalEntity entity = 0;
  MergeRule rule = MergeRule::first;
};

/// What nodes are made of, by their ids, in order of documents: resolves again, for those nodes. Of
/// the store's records only theirs are kept.
using Joints = std::map<std::string, std::vector<Joint>, std::less<>>;
Joints joints_of(const std::set<std::string>& ids, const store::Store& store,
                 const schema::Ontology& ontology, const schema::Gazetteer* gazetteer);
/// The same for records in memory, which must outlive the answer.
Joints joints_of(const std::set<std::string>& ids, std::span<const doc::Record> records,
                 const schema::Ontology& ontology, const schema::Gazetteer* gazetteer,
                 std::span<const store::Decision> decisions = {});

}  // namespace weft::graph
