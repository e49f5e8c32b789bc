// Facts between names that stand side by side: "A (B)", "B-based A", "B's A".
#pragma once

#include "core/span.h"
#include "doc/document.h"
#include "extract/facts_collector.h"

namespace weft::schema {
class WordList;
}  // namespace weft::schema

namespace weft::extract {

struct NeighbourWords {
  const schema::Ontology& ontology;
  const schema::WordList& party_words;  // lower case
};

/// Adds works_for and member_of facts of "Person (Organization)", and located_in facts of
/// "Place-based Organization" and "Place's Organization", in one sentence.
void find_neighbours(const doc::Document& document, core::TokenSpan sentence, uint32_t number,
                     const NeighbourWords& words, FactCollector& out);

}  // namespace weft::extract
