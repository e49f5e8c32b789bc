// Training the tagger, and tagging with the growing weights (for the parser's training data).
#pragma once

#include <filesystem>

#include "conllu.h"
#include "nlp/clusters.h"

namespace weft::train {

struct TaggerOptions {
  int epochs = 6;
  uint64_t seed = 1;
  double smallest = 0.03;
  uint32_t least_updates = 2;
};

void train_tagger(const std::vector<TreeSentence>& sentences, const nlp::Clusters& clusters,
                  const TaggerOptions& options, const std::filesystem::path& out);

/// Replaces the tags of `sentences` by those that a tagger gives which was trained without them
/// (jackknifing).
void jackknife_tags(std::vector<TreeSentence>& sentences, const nlp::Clusters& clusters,
                    const TaggerOptions& options, int folds);

}  // namespace weft::train
