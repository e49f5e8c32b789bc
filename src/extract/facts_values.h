// Figures: has_value facts, a measured property with its figure ("throughput: 70 million tons").
#pragma once

#include "extract/facts_collector.h"
#include "extract/facts_matcher.h"

namespace weft::extract {

/// Adds a has_value fact for each figure of the sentence whose owner is found. `transfer_verbs` are
/// those whose figures measure nothing ("paid 3 million").
void find_values(const SentenceReading& reading, const schema::Ontology& ontology,
                 const schema::WordList& transfer_verbs, FactCollector& out);

}  // namespace weft::extract
