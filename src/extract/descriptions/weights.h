// Weights of a linear model that are kept as a lexicon: each feature in words, with its number.
#pragma once

#include <charconv>
#include <string_view>

#include "schema/lexicon.h"

namespace weft::extract {

/// The number that stands as the value of `feature`; 0 if the list doesn't have it.
inline float weight_in(const schema::WordList& weights, std::string_view feature) {
  float out = 0;
  if (const std::string* digits = weights.value(feature))
    std::from_chars(digits->data(), digits->data() + digits->size(), out);
  return out;
}

}  // namespace weft::extract
