// The encoder's part of the relation model: a head over what the accurate tier's branch
// (encoder_branch.h) says of the words of two mentions, between them and above them.
#pragma once

#include <span>
#include <vector>

#include "nlp/encoder_branch.h"
#include "schema/ontology.h"
#include "stage/pair_scorer.h"

namespace weft::nlp {

/// Immutable; views into the model file. Thread-safe.
class RelationHead {
 public:
  static constexpr size_t kTypeWidth = 32, kDistanceWidth = 16;
  /// Rows of the table of distances: how far apart the mentions begin, the subject's first or
  /// behind; then pairs of which one mention or both are not in the sentence.
  static constexpr size_t kDistances = 24;
  /// Words of a mention, between two or of a sentence that count: what follows is left out.
  static constexpr uint32_t kMostWords = 100;

  /// Numbers that the head looks at: states of both mentions, their products, the mean between
  /// them, the word above, the mean of the sentence; then types and distance.
  static constexpr size_t inputs(size_t width) {
    return 6 * width + 2 * kTypeWidth + kDistanceWidth;
  }

  /// Refuses the file if its head doesn't fit the branch or `relations`.
  RelationHead(const ModelFile& file, const Tensors& tensors, const BranchSpec& spec,
               size_t relations, const schema::Ontology& ontology, const Kernels& kernels);

  /// Adds what it thinks of each relation of the model to `odds`; nothing if the document has no
  /// states of this width. O(width x (kMostWords + hidden)).
  void add(const stage::EntityPair& pair, std::span<float> odds) const;

 private:
  void fill(const stage::EntityPair& pair, float* x) const;
  void mean(const doc::WordStates& states, core::TokenSpan words, float* out) const;

  BranchSpec spec_;
  const Kernels& kernels_;
  size_t relations_ = 0;
  std::vector<uint32_t>
      row_of_type_;  // of the ontology's types; 0: one that the model doesn't know
  ByteRows types_, distances_;
  PackedWeights in_, out_;
};

}  // namespace weft::nlp
