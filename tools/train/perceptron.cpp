// Averaging by Daumé's trick: beside each weight w the sum u of time * change is kept, and the
// average is w - u / time, so an update costs nothing for the features it leaves alone. Pruned
// weights are divided by a scale (the 99.9th percentile maps near the largest code) and stored as
// signed square-root codes of one byte.
#include "perceptron.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace weft::train {

const Perceptron::Slot* Perceptron::find(uint64_t key) const {
  const size_t mask = slots_.size() - 1;
  for (size_t place = key & mask;; place = (place + 1) & mask) {
    if (slots_[place].room == 0) return nullptr;
    if (slots_[place].key == key) return &slots_[place];
  }
}

void Perceptron::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.room == 0) continue;
    size_t place = slot.key & mask;
    while (slots_[place].room != 0) place = (place + 1) & mask;
    slots_[place] = slot;
  }
}

Perceptron::Slot& Perceptron::find_or_add(uint64_t key) {
  if (used_ * 3 > slots_.size() * 2) grow();
  const size_t mask = slots_.size() - 1;
  for (size_t place = key & mask;; place = (place + 1) & mask) {
    Slot& slot = slots_[place];
    if (slot.room != 0 && slot.key == key) return slot;
    if (slot.room != 0) continue;
    slot.key = key;
    slot.begin = static_cast<uint32_t>(pairs_.size());
    slot.room = 2;
    pairs_.resize(pairs_.size() + 2);
    ++used_;
    return slot;
  }
}

void Perceptron::score(std::span<const uint64_t> keys, std::vector<float>& scores) const {
  scores.assign(label_count_, 0);
  const size_t mask = slots_.size() - 1;
  for (const uint64_t key : keys) __builtin_prefetch(&slots_[key & mask]);
  for (const uint64_t key : keys) {
    const Slot* slot = find(key);
    if (!slot) continue;
    for (uint32_t i = slot->begin; i < slot->begin + slot->count; ++i)
      scores[pairs_[i].label] += pairs_[i].weight;
  }
}

void Perceptron::update(std::span<const uint64_t> keys, int label, float amount) {
  for (const uint64_t key : keys) {
    Slot& slot = find_or_add(key);
    ++slot.updates;
    uint32_t i = slot.begin;
    const uint32_t end = slot.begin + slot.count;
    while (i < end && pairs_[i].label != label) ++i;
    if (i == end) {
      if (slot.count == slot.room) {
        const auto begin = static_cast<uint32_t>(pairs_.size());
        pairs_.resize(pairs_.size() + slot.room * 2);
        std::copy_n(pairs_.begin() + slot.begin, slot.count, pairs_.begin() + begin);
        slot.begin = begin;
        slot.room = static_cast<uint16_t>(slot.room * 2);
        i = begin + slot.count;
      }
      ++slot.count;
      pairs_[i] = {0, 0, static_cast<uint8_t>(label)};
    }
    pairs_[i].weight += amount;
    pairs_[i].sum += time_ * amount;
  }
}

void Perceptron::average() {
  for (Pair& pair : pairs_) {
    pair.weight = static_cast<float>(pair.weight - pair.sum / time_);
    pair.sum = 0;
  }
}

double Perceptron::write(nlp::ModelWriter& out, const std::string& prefix, Pruning pruning) const {
  struct Kept {
    uint64_t key;
    std::vector<std::pair<uint8_t, double>> weights;
  };
  std::vector<Kept> kept;
  std::vector<double> sizes;
  for (const Slot& slot : slots_) {
    if (slot.room == 0 || slot.updates < pruning.least_updates) continue;
    Kept item{slot.key, {}};
    for (uint32_t i = slot.begin; i < slot.begin + slot.count; ++i) {
      const double average = pairs_[i].weight - pairs_[i].sum / time_;
      if (std::abs(average) <= pruning.smallest) continue;
      item.weights.emplace_back(pairs_[i].label, average);
      sizes.push_back(std::abs(average));
    }
    if (item.weights.empty()) continue;
    std::sort(item.weights.begin(), item.weights.end());
    kept.push_back(std::move(item));
  }
  if (kept.size() > pruning.most_features) {
    const auto largest = [](const Kept& item) {
      double size = 0;
      for (const auto& [label, weight] : item.weights) size = std::max(size, std::abs(weight));
      return size;
    };
    std::sort(kept.begin(), kept.end(), [&](const Kept& a, const Kept& b) {
      const double x = largest(a), y = largest(b);
      return x != y ? x > y : a.key < b.key;
    });
    kept.resize(pruning.most_features);
  }
  // In order of keys: the bytes of the file don't depend on the history of the table.
  std::sort(kept.begin(), kept.end(), [](const Kept& a, const Kept& b) { return a.key < b.key; });

  double scale = 1;
  if (!sizes.empty()) {
    const size_t at = std::min(sizes.size() - 1, sizes.size() * 9995 / 10000);
    std::nth_element(sizes.begin(), sizes.begin() + static_cast<long>(at), sizes.end());
    scale = nlp::decode_weight(nlp::kLargestCode) / sizes[at];
  }
  std::vector<nlp::FeatureSlot> slots(std::bit_ceil(kept.size() * 4 / 3 + 2));
  std::vector<nlp::LabelWeight> weights;
  for (const Kept& item : kept) {
    const size_t begin = weights.size();
    for (const auto& [label, weight] : item.weights) {
      const int code = static_cast<int>(
          std::lround(std::sqrt(std::min(std::abs(weight) * scale, 127.0 * 127.0))));
      if (code != 0) weights.push_back({label, static_cast<int8_t>(weight < 0 ? -code : code)});
    }
    if (weights.size() == begin) continue;
    if (weights.size() >= (1u << 24)) throw std::runtime_error("too many weights: prune harder");
    size_t place = item.key & (slots.size() - 1);
    while (slots[place].list != 0) place = (place + 1) & (slots.size() - 1);
    slots[place] = {static_cast<uint32_t>(item.key >> 32),
                    static_cast<uint32_t>(begin | (weights.size() - begin) << 24)};
  }
  std::fprintf(stderr, "%zu features seen, %zu kept, %zu weights\n", used_, kept.size(),
               weights.size());
  out.add<nlp::FeatureSlot>(prefix + "slots", slots);
  out.add<nlp::LabelWeight>(prefix + "weights", weights);
  return scale;
}

}  // namespace weft::train
