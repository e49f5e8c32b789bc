// Which documents are nearly copies of each other: a text that five papers print proves no more
// than one.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace weft::graph {

/// The sketches of all records, 132 bytes each.
class Sketches {
 public:
  /// Of the next record; doc::Record::sketch, which may be empty.
  void add(std::string_view sketch);

  /// For each record the number of the first record of its group: its own if it stands alone. Texts
  /// belong together if four fifths of their runs of five words are estimated to be the same, or if
  /// they do so with a common third. Depends on the set of records alone. O(n log n).
  std::vector<uint32_t> near_copies() const;

 private:
  static constexpr size_t kMinima = 64;
  using Sketch = std::array<uint16_t, kMinima>;

  uint32_t records_ = 0;
  std::vector<Sketch> sketches_;
  std::vector<uint32_t> record_of_;  // in order
};

}  // namespace weft::graph
