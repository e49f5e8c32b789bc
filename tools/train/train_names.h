// Training and measuring the name tagger.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "name_data.h"

namespace weft::train {

struct NameOptions {
  int epochs = 5;
  uint64_t seed = 1;
  double smallest = 0.12;
  uint32_t least_updates = 3;
};

/// Learns from all corpora together and measures after the last epoch on each of `tests` (name,
/// corpus).
void train_names(const std::vector<NameCorpus>& corpora, const nlp::Clusters& clusters,
                 const NameOptions& options,
                 const std::vector<std::pair<std::string, NameCorpus>>& tests,
                 const std::filesystem::path& out);

}  // namespace weft::train
