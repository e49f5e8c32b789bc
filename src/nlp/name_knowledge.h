// What the schema knows of the words of a sentence, as bits for the nets.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "schema/schema.h"

namespace weft::nlp {

/// Immutable; shared by threads. The Schema must outlive it.
class NameKnowledge {
 public:
  explicit NameKnowledge(const schema::Schema& schema);

  /// `gazetteer[i]`: two bits a type of the ontology, that word i begins or continues a known name
  /// of the type (longest matches only). `lists[i]`: a bit for each list of kLists
  /// (name_knowledge.cpp) that holds the lower-cased word.
  void look_up(std::span<const std::string_view> norms, std::vector<uint32_t>& gazetteer,
               std::vector<uint16_t>& lists) const;

 private:
  const schema::Schema& schema_;
  std::unordered_map<uint64_t, uint16_t> words_;  // by hash of the lower-cased word; only looked up
};

}  // namespace weft::nlp
