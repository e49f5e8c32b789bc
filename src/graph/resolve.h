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
#include <span>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "schema/gazetteer.h"
#include "store/store.h"

namespace weft::graph {

/// The text of a document; called at most once for each id, in order of id. If it is empty itself,
/// spans are believed and EvidenceItem::text stays empty: save() needs no words.
using TextOf = std::function<std::string(const std::string& id)>;

/// What resolve() left out.
struct ResolveSummary {
  uint64_t self_loops = 0;       // facts whose subject and object turned out to be one thing
  uint64_t broken_evidence = 0;  // spans that are not in their text (a fault of the extraction)
  std::vector<std::vector<std::string>> near_copies;  // ids of documents that count as one source
};

/// `gazetteer` may be null: then a link only says "the same thing". What people decided comes
/// before what names and links say: "different" keeps apart whatever bears the two names or ids,
/// "same" makes one node of two, under the id of the first. Cost: O(n log n) in entities and
/// pieces of evidence.
Graph resolve(std::span<const doc::Record> records, const TextOf& text_of,
              const schema::Ontology& ontology, const schema::Gazetteer* gazetteer,
              ResolveSummary* summary = nullptr, std::span<const store::Decision> decisions = {});

}  // namespace weft::graph
