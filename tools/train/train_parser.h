// Training the parser.
#pragma once

#include <filesystem>

#include "conllu.h"
#include "nlp/clusters.h"

namespace weft::train {

struct ParserOptions {
  int epochs = 7;
  uint64_t seed = 1;
  double smallest = 0.2;
  uint32_t least_updates = 6;
};

/// `sentences` carry the tags that the parser shall see (predicted ones, best).
void train_parser(std::vector<TreeSentence> sentences, const nlp::Clusters& clusters,
                  const ParserOptions& options, const std::filesystem::path& out);

}  // namespace weft::train
