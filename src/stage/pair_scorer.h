// What the fact stage asks of a relation model: how likely does a sentence state each relation
// between two of its entities? Stands here because the model (nlp) and who asks (extract) don't
// know each other.
#pragma once

#include <cstdint>
#include <span>

#include "doc/document.h"

namespace weft::stage {

/// A relation that a pattern read between the pair, and how often that pattern is right.
struct FiredPattern {
  schema::RelationId relation;
  float confidence = 0;  // 0..1
};

/// An ordered pair of entities in one sentence.
struct EntityPair {
  const doc::Document& document;
  uint32_t sentence = 0;
  doc::LocalEntity subject = doc::kNoEntity, object = doc::kNoEntity;
  std::span<const schema::RelationId> allowed;  // by domain and range; ascending, not empty
  std::span<const uint64_t> features;           // keys, ascending, each once
  std::span<const FiredPattern> fired;          // by relation, each once
  /// The mentions of both that the tree connects best; empty where the sentence has none.
  core::TokenSpan subject_mention = {}, object_mention = {};
  doc::TokenIndex link = doc::kNoToken;  // the word above both mentions
};

/// Immutable and shared by all threads, unless its maker says otherwise.
class PairScorer {
 public:
  virtual ~PairScorer() = default;
  /// Writes the probability of each allowed relation; both spans have one size.
  virtual void score(const EntityPair& pair, std::span<float> probabilities) const = 0;
  /// Facts that a pattern found are dropped below the first, facts that none found are added from
  /// the second on; both of the probability over all sentences.
  virtual float keep_from() const = 0;
  virtual float propose_from() const = 0;
};

}  // namespace weft::stage
