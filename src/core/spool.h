// Records of bytes that are written one after the other and read back in that order: in memory
// while they are few, then in a temporary file without a name, which is gone with the process
// however it ends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weft::core {

/// Where temporary files go: $TMPDIR, or else /var/tmp, /tmp or the current folder, the first that
/// can be written to (as SQLite does, but for its own variable).
///
/// Use by one thread. Functions throw SetupError (ExitCode::broken_file) if the disk is full or no
/// folder can be written to.
class Spool {
 public:
  /// At most `memory` bytes stay in memory.
  explicit Spool(size_t memory) : memory_(memory) {}
  ~Spool();
  Spool(Spool&& other) noexcept;
  Spool& operator=(Spool&&) = delete;

  void add(std::string_view record) { add(record, {}); }
  /// One record of two parts.
  void add(std::string_view record, std::string_view rest);
  /// The place after what was added: where the next record begins.
  uint64_t end() const { return written_ + buffer_.size(); }

  class Cursor;
  /// Records from `begin` to `end`. Nothing may be added as long as the cursor is used. It holds at
  /// most `buffer` bytes, or the longest record.
  Cursor read(uint64_t begin, uint64_t end, size_t buffer = size_t{64} << 10) const;

 private:
  void flush();

  size_t memory_;
  int file_ = -1;
  uint64_t written_ = 0;  // bytes in the file
  std::string buffer_;    // after them
};

class Spool::Cursor {
 public:
  /// False at the end. record() is valid until the next call.
  bool next();
  std::string_view record() const { return record_; }

 private:
  friend class Spool;
  Cursor(const Spool& spool, uint64_t begin, uint64_t end, size_t buffer)
      : spool_(&spool), at_(begin), end_(end), size_(buffer) {}
  std::string_view bytes(size_t size);

  const Spool* spool_;
  uint64_t at_, end_;
  size_t size_;
  std::string buffer_;  // what was read from the file and
  size_t used_ = 0;     // given out already
  std::string_view record_;
};

/// Numbers and texts put into one record, small numbers in few bytes (LEB128), and taken out again.
class Packer {
 public:
  Packer& number(uint64_t value);
  Packer& text(std::string_view value);
  Packer& real(float value);
  void clear() { bytes_.clear(); }
  std::string_view bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

/// In the order in which they were put in. What is taken after the end is 0 or empty.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}
  uint64_t number();
  std::string_view text();  // a view into the bytes
  float real();
  std::string_view rest() const { return bytes_; }

 private:
  std::string_view bytes_;
};

}  // namespace weft::core
