// The features of the tagger, shared by the trainer and the stage.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/clusters.h"
#include "nlp/word.h"

namespace weft::nlp {

/// How a sentence uses capitals: in a headline they say little.
enum class Capitals : uint8_t { normal, title, all };

/// One sentence as the tagger sees it. Reused between sentences.
struct TaggerInput {
  std::vector<Word> words;
  std::vector<uint8_t> quote;  // 1 inside quotation marks
  std::vector<uint16_t> cluster;
  std::vector<std::string> lowered;
  Capitals capitals = Capitals::normal;

  /// `norms` are the words with plain quotes and dashes.
  void assign(std::span<const std::string_view> norms, const Clusters& clusters);
};

/// Appends the keys of word `i`; `previous` and `before` are the labels given to the two words
/// before it (-1 if none).
void tagger_features(const TaggerInput& input, size_t i, int previous, int before,
                     std::vector<uint64_t>& keys);

}  // namespace weft::nlp
