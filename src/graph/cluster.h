// Which entities of which documents are one thing. See graph/resolve.h for the rules.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "doc/record.h"
#include "schema/gazetteer.h"
#include "store/store.h"

namespace weft::graph {

/// Records in the order that everything in graph/ works in: by document id.
using SortedRecords = std::span<const doc::Record* const>;

struct Member {
  uint32_t record = 0;  // index into the sorted records
  uint32_t entity = 0;  // doc::LocalEntity
};

struct Clusters {
  std::vector<std::vector<Member>>
      members;  // of each cluster, sorted; clusters sorted by first member
  std::vector<std::vector<uint32_t>> cluster_of;  // [record][entity]
};

/// `gazetteer` may be null. Of the decisions those that say "different" count: no cluster holds
/// both of what they name. O(n log n) in the number of entities.
Clusters cluster(SortedRecords records, const schema::Ontology& ontology,
                 const schema::Gazetteer* gazetteer,
                 std::span<const store::Decision> decisions = {});

/// The gazetteer's entry for a link, or nullptr.
const schema::GazetteerEntry* entry_of(const schema::Gazetteer* gazetteer, const std::string& link);

}  // namespace weft::graph
