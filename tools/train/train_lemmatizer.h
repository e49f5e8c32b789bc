// Training the lemmatiser.
#pragma once

#include <filesystem>

#include "conllu.h"

namespace weft::train {

void train_lemmatizer(const std::vector<TreeSentence>& sentences, const std::filesystem::path& out);

}  // namespace weft::train
