// A hash table in place (power of two, linear probing, at least one empty slot) from words to rows
// of bytes; made by `weft-train vectors`. The vectors are GloVe's (Pennington, Socher and Manning
// 2014). Two words whose prints and places are equal share a row: about one pair in all words.
#include "nlp/word_vectors.h"

#include <bit>

namespace weft::nlp {

WordVectors::WordVectors(const std::filesystem::path& path) : file_(path, "vectors") {
  slots_ = file_.section<Slot>("slots");
  scales_ = file_.section<float>("scale");
  values_ = file_.section<int8_t>("rows");
  if (!std::has_single_bit(slots_.size()))
    file_.refuse("its table of words has an impossible size");
  if (scales_.empty() || values_.size() != scales_.size() * kWidth)
    file_.refuse("its rows and scales don't fit together");
  size_t empty = 0;
  for (const Slot& slot : slots_) {
    empty += slot.row == 0;
    if (slot.row >= scales_.size()) file_.refuse("its table of words points behind its rows");
  }
  if (empty == 0) file_.refuse("its table of words is full");
}

}  // namespace weft::nlp
