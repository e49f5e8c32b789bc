// Open addressing with linear probing over a power-of-two table that is at most three quarters
// full, so that every search ends at an empty slot. 32 bits of the key are compared: with a million
// features, a feature that was never seen is mistaken for another about once in 4000 look-ups,
// which costs no measurable accuracy.
#include "nlp/linear_model.h"

#include <bit>

namespace weft::nlp {

LinearModel::LinearModel(const ModelFile& file, std::string_view prefix, int label_count) {
  slots_ = file.section<FeatureSlot>(std::string(prefix) + "slots");
  weights_ = file.section<LabelWeight>(std::string(prefix) + "weights");
  if (!std::has_single_bit(slots_.size()) || slots_.size() > (1u << 28))
    file.refuse("its table of features has an impossible size");
  if (label_count < 1 || label_count > kMostLabels) file.refuse("it has too many or no labels");
  mask_ = static_cast<uint32_t>(slots_.size() - 1);
  size_t empty = 0;
  for (const FeatureSlot slot : slots_) {
    const size_t count = slot.list >> 24;
    if (slot.list != 0 && (count == 0 || (slot.list & 0xffffff) + count > weights_.size()))
      file.refuse("a feature points outside the weights");
    empty += slot.list == 0;
  }
  if (empty == 0) file.refuse("its table of features is full");
  for (const LabelWeight pair : weights_)
    if (pair.label >= label_count) file.refuse("a weight belongs to no label");
}

}  // namespace weft::nlp
