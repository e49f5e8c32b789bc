// What the formats share: buffered bytes, numbers that print the same everywhere, and text with its
// bad bytes repaired.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/output_file.h"

namespace weft::exporters {

/// With at most `digits` decimals, no exponent and no trailing zeros: "0.97", "-3.5", "1". At most
/// 1e12 either way; what is not a number is 0.
std::string decimal_text(double value, int digits);

/// Collects bytes and hands them to the file in large pieces; flush() at the end.
class ByteWriter {
 public:
  explicit ByteWriter(core::OutputFile& file) : file_(file) {}

  ByteWriter& raw(std::string_view bytes) {
    buffer_ += bytes;
    if (buffer_.size() >= kFull) flush();
    return *this;
  }
  ByteWriter& integer(uint64_t n) { return raw(std::to_string(n)); }
  /// As decimal_text(), for a number of 0 or more; anything else is 0.
  ByteWriter& decimal(double value, int digits = 4) {
    return raw(decimal_text(value > 0 ? value : 0, digits));
  }
  void flush() {
    file_.write(buffer_);
    buffer_.clear();
  }

 private:
  static constexpr size_t kFull = 1 << 16;
  core::OutputFile& file_;
  std::string buffer_;
};

inline constexpr char32_t kMalformed = 0xffffffff;
/// The character at `pos` (its code point, or kMalformed for a byte that is no UTF-8) and its
/// length in bytes.
struct DecodedChar {
  char32_t code = 0;
  size_t size = 1;
};
DecodedChar decode(std::string_view s, size_t pos);

}  // namespace weft::exporters
