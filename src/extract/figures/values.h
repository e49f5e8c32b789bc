// Figures: has_value facts, a measured property with its figure ("throughput: 70 million tons").
#pragma once

#include <span>

#include "extract/facts/collector.h"
#include "extract/figures/figures.h"
#include "extract/figures/owners.h"

namespace weft::extract {

struct ValueWords {
  FigureWords figures;
  OwnerWords owners;
  const schema::WordList& holding;  // verbs that add nothing to their figure: "has"
  const schema::WordList& changes;  // verbs of change and their way: "rise", "up"
};

/// Is told of every figure and who it may be of; for training.
class FigureNotes {
 public:
  virtual ~FigureNotes() = default;
  /// `values` are what the fact of each candidate would say.
  virtual void note(const doc::Document& document, std::span<const OwnerCandidate> candidates,
                    std::span<const std::string> values) = 0;
};

/// Adds a has_value fact for each figure of the sentence whose owner is found. `amounts` are the
/// sentence's; `before` is brought up to date. `notes` may be null.
void find_values(const SentenceReading& reading, const schema::Ontology& ontology,
                 const ValueWords& words, std::span<const Amount> amounts, ToldBefore& before,
                 FactCollector& out, FigureNotes* notes);

}  // namespace weft::extract
