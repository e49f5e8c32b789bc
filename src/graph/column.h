// A long array that may stand in a file: it is read a chunk at a time, when an item of the chunk is
// first touched, so that a question pays for what it looks at and not for the whole graph.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/error.h"

namespace weft::graph {

/// Where the bytes of columns come from. Use by one thread.
class ChunkSource {
 public:
  virtual ~ChunkSource() = default;
  /// Fills `into`, which is chunk `chunk` of a column: kChunkBytes, or less if it is the last one.
  /// Throws SetupError if the bytes are not what was written.
  virtual void read(uint32_t column, size_t chunk, std::span<std::byte> into) const = 0;
  /// Says that what was read can't be.
  virtual core::SetupError fault() const = 0;
};

/// A row with so many bytes just fits one page of SQLite's, so that a chunk is one read; and a
/// whole number of items of 1, 2, 4 or 8 bytes.
inline constexpr size_t kChunkBytes = 4032;

/// Items of a plain type whose size divides kChunkBytes. One that reads from a source is used by
/// one thread at a time; one that owns its items is immutable. References and spans stay valid as
/// long as the column.
template <class T>
class Column {
 public:
  using Valid = std::function<bool(std::span<const T>)>;

  Column() = default;
  explicit Column(std::vector<T> items) : items_(std::move(items)), size_(items_.size()) {
    data_ = items_.data();
  }
  /// `valid` says of what was read whether it can be; the source may come from anybody.
  Column(size_t size, uint32_t number, std::shared_ptr<const ChunkSource> source, Valid valid)
      : size_(size),
        source_(std::move(source)),
        number_(number),
        valid_(std::move(valid)),
        space_(new std::byte[size * sizeof(T)]),  // not touched before it is filled
        there_((size + kItems - 1) / kItems) {
    data_ = reinterpret_cast<T*>(space_.get());
  }
  Column(Column&& other) noexcept { *this = std::move(other); }
  Column& operator=(Column&& other) noexcept {
    items_ = std::move(other.items_);
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    source_ = std::move(other.source_);
    number_ = other.number_;
    valid_ = std::move(other.valid_);
    space_ = std::move(other.space_);
    there_ = std::move(other.there_);
    return *this;
  }

  size_t size() const { return size_; }
  T operator[](size_t i) const {
    if (source_ && !there_[i / kItems]) fetch(i / kItems);
    return data_[i];
  }
  /// Items `begin` to `end`, which must be in order and within size().
  std::span<const T> part(size_t begin, size_t end) const {
    if (source_ && begin < end)
      for (size_t c = begin / kItems; c <= (end - 1) / kItems; ++c)
        if (!there_[c]) fetch(c);
    return {data_ + begin, end - begin};
  }
  std::span<const T> all() const { return part(0, size_); }
  /// For what a source gave and does not fit together.
  [[noreturn]] void damaged() const { throw source_->fault(); }
  bool is_read() const { return source_ != nullptr; }

 private:
  static constexpr size_t kItems = kChunkBytes / sizeof(T);
  static_assert(kChunkBytes % sizeof(T) == 0);

  void fetch(size_t chunk) const {
    const size_t begin = chunk * kItems, end = std::min(size_, begin + kItems);
    const std::span<T> part(reinterpret_cast<T*>(space_.get()) + begin, end - begin);
    source_->read(number_, chunk, std::as_writable_bytes(part));
    if (valid_ && !valid_(part)) throw source_->fault();
    there_[chunk] = true;
  }

  std::vector<T> items_;
  const T* data_ = nullptr;
  size_t size_ = 0;
  std::shared_ptr<const ChunkSource> source_;  // shared by all columns of one store
  uint32_t number_ = 0;
  Valid valid_;
  std::unique_ptr<std::byte[]> space_;
  mutable std::vector<bool> there_;
};

/// A stretch of a column whose items are read as they are asked for. The column must outlive it.
template <class T>
class ColumnRange {
 public:
  ColumnRange(const Column<T>& column, size_t begin, size_t end)
      : column_(&column), begin_(begin), end_(end) {}
  size_t size() const { return end_ - begin_; }
  T operator[](size_t i) const { return (*column_)[begin_ + i]; }

 private:
  const Column<T>* column_;
  size_t begin_, end_;
};

}  // namespace weft::graph
