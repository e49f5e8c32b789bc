// Many short texts in little memory: one after the other, eight bytes beside each.
#pragma once

#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace weft::graph {

class TextList {
 public:
  void add(std::string_view text) {
    bytes_ += text;
    ends_.push_back(bytes_.size());
  }
  uint32_t size() const { return static_cast<uint32_t>(ends_.size()); }
  /// Valid until the next add().
  std::string_view operator[](size_t i) const {
    const uint64_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(bytes_).substr(begin, ends_[i] - begin);
  }
  /// The number of a text in a list that is in order; size() if it is not there.
  uint32_t find(std::string_view text) const {
    uint32_t low = 0, high = size();
    while (low < high) {
      const uint32_t middle = std::midpoint(low, high);
      (*this)[middle] < text ? low = middle + 1 : high = middle;
    }
    return low < size() && (*this)[low] == text ? low : size();
  }

 private:
  std::string bytes_;
  std::vector<uint64_t> ends_;
};

}  // namespace weft::graph
