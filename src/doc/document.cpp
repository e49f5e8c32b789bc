// Look-ups over the columns of a Document.
#include "doc/document.h"

#include <algorithm>

namespace weft::doc {

uint32_t Document::sentence_of(TokenIndex token) const {
  const auto it = std::upper_bound(sentence_begin.begin(), sentence_begin.end(), token);
  return static_cast<uint32_t>(it - sentence_begin.begin()) - 1;
}

}  // namespace weft::doc
