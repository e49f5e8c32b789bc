// A checksum over rows, by which a changed bit is found again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "store/database.h"

namespace weft::store {

/// 64 bits over a sequence of values; order counts, and so does the kind of each value. Finds
/// accidents, not forgers.
class Digest {
 public:
  void text(std::string_view value);
  void integer(int64_t value) { mix(1, static_cast<uint64_t>(value)); }
  void real(double value);
  void null() { mix(3, 0); }
  void blob(std::span<const std::byte> bytes);
  /// All columns of the row at hand.
  void row(const Statement& row);
  std::string hex() const;

 private:
  void mix(uint64_t kind, uint64_t value);
  void bytes(const char* data, size_t size);

  uint64_t state_ = 0x77656674;
};

/// An INSERT whose values go into a digest as they are bound, one after the other.
class DigestingInsert {
 public:
  DigestingInsert(const Database& database, std::string_view sql) : statement_(database, sql) {}

  DigestingInsert& add(std::string_view value);
  DigestingInsert& add(int64_t value);
  DigestingInsert& add(double value);
  DigestingInsert& add_null();
  /// NULL for an empty text.
  DigestingInsert& add_optional(std::string_view value) {
    return value.empty() ? add_null() : add(value);
  }
  void run();
  const Digest& digest() const { return digest_; }

 private:
  Statement statement_;
  Digest digest_;
  int bound_ = 0;
};

}  // namespace weft::store
