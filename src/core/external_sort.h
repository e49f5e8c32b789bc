// Sorts more than fits into memory: runs that are sorted in memory and written to a temporary file,
// then merged.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/spool.h"

namespace weft::core {

/// Use by one thread. Throws SetupError as Spool does.
class ExternalSort {
 public:
  /// About `memory` bytes are held while sorting, and 64 KiB a run while merging.
  explicit ExternalSort(size_t memory);
  ~ExternalSort();
  ExternalSort(const ExternalSort&) = delete;
  ExternalSort& operator=(const ExternalSort&) = delete;

  /// Call before the first next().
  void add(std::string_view key, std::string_view value);
  /// Items in order of their keys' bytes, those of one key in the order in which they came. False
  /// at the end. key() and value() are valid until the next call.
  bool next();
  std::string_view key() const { return key_; }
  std::string_view value() const { return value_; }

 private:
  struct Item {
    size_t begin = 0;             // in bytes_
    uint32_t key = 0, value = 0;  // lengths
  };
  struct Run;
  std::string_view key_of(const Item& item) const {
    return std::string_view(bytes_).substr(item.begin, item.key);
  }
  void sort_items();
  void write_run();
  void begin_merge();
  bool later(uint32_t a, uint32_t b) const;

  size_t memory_;
  std::string bytes_;
  std::vector<Item> items_;
  size_t next_item_ = 0;  // if all stayed in memory
  Spool spool_;
  std::vector<uint64_t> starts_;  // of the runs in it
  std::vector<Run> runs_;
  std::vector<uint32_t> heap_;  // of runs, the one with the least key on top
  bool reading_ = false;
  std::string_view key_, value_;
};

}  // namespace weft::core
