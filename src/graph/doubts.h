// Which clusters may be one thing and were not merged: a lone surname and a full name, an acronym
// and a name with these initials, one name for two types or kinds, people of one name whose
// documents place them apart. What one document mentions both is no such pair; of a name with many
// candidates only the first few are given.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/cluster.h"

namespace weft::graph {

enum class Reason : uint8_t { equal_names, surname, acronym };

/// Two clusters.
struct Doubt {
  uint32_t a = 0, b = 0;  // a < b
  Reason reason = Reason::equal_names;
  auto operator<=>(const Doubt&) const = default;
};

/// Looks at what it is given as long as it lives. `gazetteer` may be null. O(n log n).
class Doubts {
 public:
  Doubts(LocalEntities& entities, const Clusters& clusters, const schema::Ontology& ontology,
         const schema::Gazetteer* gazetteer);

  /// Sorted by (a, b), one for each pair.
  std::span<const Doubt> all() const { return doubts_; }
  /// A sentence.
  std::string told(const Doubt& doubt) const;

 private:
  struct Summary {
    StringId label = kNoText, key = kNoText, kind = kNoText, link = kNoText;
    schema::TypeId type;
    bool acronym = false;  // its name is one
    bool lone = false;     // a person of whom only one word is known
  };

  std::string_view text(StringId id) const { return entities_.text(id); }
  std::string label(uint32_t cluster) const { return std::string(text(all_[cluster].label)); }
  Summary summary(std::span<const uint32_t> members);
  Standing standing(uint32_t cluster) const;
  std::string conflict(const Doubt& doubt) const;
  bool share_a_document(uint32_t a, uint32_t b) const;
  void add(uint32_t a, uint32_t b, Reason reason);
  void equal_names();
  void surnames();
  void acronyms();

  LocalEntities& entities_;
  const Clusters& clusters_;
  const schema::Ontology& ontology_;
  const schema::Gazetteer* gazetteer_;
  std::vector<Summary> all_;
  std::vector<Doubt> doubts_;
};

}  // namespace weft::graph
