// Learns where tokens end (tokens.bin) from the raw text of treebanks.
#pragma once

#include <filesystem>
#include <vector>

#include "conllu.h"
#include "schema/lexicon.h"

namespace weft::train {

/// Trains on `train` and writes `out`; prints the F1 of tokens of each part of `dev`, by rules
/// alone and with the model. The same input gives the same bytes.
void train_tokens(const std::vector<TreeSentence>& train,
                  const std::vector<std::vector<TreeSentence>>& dev,
                  const schema::Lexicons& lexicons, const std::filesystem::path& out);

}  // namespace weft::train
