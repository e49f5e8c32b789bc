// A hash table in place, as in linear_model.cpp: power of two, linear probing, at least one empty
// slot. Learnt by tools/train (exchange clustering, Martin, Liermann and Ney 1998).
#include "nlp/clusters.h"

#include <bit>

namespace weft::nlp {

Clusters::Clusters(const std::filesystem::path& path)
    : file_(std::make_shared<ModelFile>(path, "clusters")) {
  slots_ = file_->section<Slot>("slots");
  if (!std::has_single_bit(slots_.size()))
    file_->refuse("its table of words has an impossible size");
  size_t empty = 0;
  for (const Slot& slot : slots_) empty += slot.cluster == 0;
  if (empty == 0) file_->refuse("its table of words is full");
}

}  // namespace weft::nlp
