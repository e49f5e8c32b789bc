// Rows are hashed as they are written and again by `weft verify`, which reads them from the file.
// Eight bytes at a time through the finaliser of splitmix64 (Steele, Lea and Flood 2014): a
// gigabyte a second, and every bit counts.
#include "store/digest.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace weft::store {

void Digest::mix(uint64_t kind, uint64_t value) {
  uint64_t x = state_ * 0x9e3779b97f4a7c15u + (value ^ (kind << 61)) + kind;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  state_ = x ^ (x >> 31);
}

void Digest::bytes(const char* data, size_t size) {
  for (size_t at = 0; at < size; at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, data + at, std::min<size_t>(8, size - at));
    mix(4, word);
  }
}

void Digest::text(std::string_view value) {
  mix(2, value.size());
  bytes(value.data(), value.size());
}

void Digest::blob(std::span<const std::byte> value) {
  mix(6, value.size());
  bytes(reinterpret_cast<const char*>(value.data()), value.size());
}

void Digest::real(double value) { mix(5, std::bit_cast<uint64_t>(value)); }

void Digest::row(const Statement& row) {
  for (int i = 0; i < row.columns(); ++i) switch (row.kind(i)) {
      case Statement::Kind::integer:
        integer(row.integer(i));
        break;
      case Statement::Kind::real:
        real(row.real(i));
        break;
      case Statement::Kind::text:
        text(row.text(i));
        break;
      case Statement::Kind::blob:
        blob(row.blob(i));
        break;
      case Statement::Kind::null:
        null();
        break;
    }
}

std::string Digest::hex() const {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out += kHex[(state_ >> shift) & 15];
  return out;
}

DigestingInsert& DigestingInsert::add(std::string_view value) {
  statement_.bind(++bound_, value);
  digest_.text(value);
  return *this;
}

DigestingInsert& DigestingInsert::add(int64_t value) {
  statement_.bind(++bound_, value);
  digest_.integer(value);
  return *this;
}

DigestingInsert& DigestingInsert::add(double value) {
  statement_.bind(++bound_, value);
  digest_.real(value);
  return *this;
}

DigestingInsert& DigestingInsert::add_null() {
  statement_.bind_null(++bound_);
  digest_.null();
  return *this;
}

void DigestingInsert::run() {
  statement_.run();
  bound_ = 0;
}

}  // namespace weft::store
