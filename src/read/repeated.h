// Finds paragraphs that say again what an earlier one said.
#pragma once

#include "doc/document.h"

namespace weft::read {

/// Gives the role `repeated` to each body block that has the words of an earlier title or body
/// block, or nearly: Jaccard similarity of word 3-grams >= 0.9, or the same words with a phrase
/// moved. Short blocks only if equal.
void mark_repeated(doc::Document& document);

}  // namespace weft::read
