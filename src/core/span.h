// Half-open ranges [begin, end). Two kinds that must not be mixed: bytes of a document's text, and
// tokens of a document.
#pragma once

#include <cstdint>

namespace weft::core {

/// A range of bytes in a document's text (UTF-8). Both ends lie on character borders.
struct ByteSpan {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(ByteSpan other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(ByteSpan other) const { return begin < other.end && other.begin < end; }
  friend auto operator<=>(const ByteSpan&, const ByteSpan&) = default;
};

/// A range of tokens, indices into the columns of a Document.
struct TokenSpan {
  uint32_t begin = 0;
  uint32_t end = 0;

  uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(uint32_t token) const { return begin <= token && token < end; }
  bool contains(TokenSpan other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(TokenSpan other) const { return begin < other.end && other.begin < end; }
  friend auto operator<=>(const TokenSpan&, const TokenSpan&) = default;
};

}  // namespace weft::core
