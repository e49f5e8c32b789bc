// Which entities of which documents are one thing. See graph/resolve.h for the rules.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/local_entities.h"
#include "schema/gazetteer.h"
#include "store/store.h"

namespace weft::graph {

/// What made a document's entity a member of its cluster.
enum class MergeRule : uint8_t {
  first,     // nothing: it was there first, or is alone
  link,      // one gazetteer entry
  name,      // one type and one name
  alias,     // its name is an acronym or short form that a document gives with the longer one
  decision,  // a person said so
};
std::string_view name(MergeRule);

/// Entities and clusters by number. Clusters are in order of their first members.
struct Clusters {
  std::vector<uint32_t> cluster_of;  // of each entity
  std::vector<MergeRule> why;        // of each entity
  std::vector<uint32_t> first;       // of each cluster, and the end, into `members`
  std::vector<uint32_t> members;     // entities, in order

  uint32_t size() const { return first.empty() ? 0 : static_cast<uint32_t>(first.size()) - 1; }
  std::span<const uint32_t> operator[](uint32_t cluster) const {
    return std::span(members).subspan(first[cluster], first[cluster + 1] - first[cluster]);
  }
  /// Makes `first` and `members` from `cluster_of`.
  void list_members(uint32_t clusters);
};

/// Of the decisions those that say "different" count: no cluster holds both of what they name.
/// Notes in `entities` by which keys and kinds they were merged. O(n log n) in the number of
/// entities.
Clusters cluster(LocalEntities& entities, const schema::Ontology& ontology,
                 std::span<const store::Decision> decisions = {});

/// The letters of "WHO", "U.S.", "G20" (two to eight capitals or digits, a capital first); empty
/// for other forms.
std::string acronym_letters(std::string_view form);
/// The first letters of the words of a name, in capitals: of all words, and of those that begin
/// with a capital. ASCII.
struct Initials {
  std::string all, capitals;
};
Initials initials_of(std::string_view label);

/// The gazetteer's entry for a link, or nullptr.
const schema::GazetteerEntry* entry_of(const schema::Gazetteer* gazetteer, const std::string& link);

}  // namespace weft::graph
