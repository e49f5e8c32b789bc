// A short sketch of a text, by which near copies are told (graph/near_copies.h).
#pragma once

#include <string>
#include <string_view>

namespace weft::read {

/// Minima of as many hash functions over the text's runs of five words, 16 bits of each.
inline constexpr size_t kSketchMinima = 64;

/// 256 hex digits; the share of equal groups of four of two sketches estimates how many runs of
/// five words their texts share (Jaccard). Empty for a text of fewer than 20 words, of which so
/// little can't be said. Case, punctuation and white space don't matter.
std::string sketch(std::string_view text);

}  // namespace weft::read
