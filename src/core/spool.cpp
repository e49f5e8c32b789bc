// Each record is its length (LEB128) and its bytes. Writes are gathered in the buffer, which is
// also all there is while the records are few. The file is opened with O_TMPFILE, or made and
// unlinked at once where the file system has no such thing.
#include "core/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "core/error.h"

namespace weft::core {

namespace {

constexpr size_t kWrite = 1 << 20;  // bytes that are written at once
constexpr size_t kMostDigits = 10;  // of a number in LEB128

[[noreturn]] void fail(const char* what, int error) {
  throw SetupError(std::string(what) + " temporary data: " + std::strerror(error) +
                       ". Free some space, or set TMPDIR to a folder that has it.",
                   ExitCode::broken_file);
}

int open_in(const std::string& folder) {
#ifdef O_TMPFILE
  const int unnamed = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (unnamed >= 0) return unnamed;
#endif
  std::string name = folder + "/weft-XXXXXX";
  const int fd = ::mkostemp(name.data(), O_CLOEXEC);
  if (fd >= 0) ::unlink(name.c_str());
  return fd;
}

int open_temporary() {
  std::vector<std::string> folders;
  if (const char* named = std::getenv("TMPDIR"); named && *named) folders.emplace_back(named);
  for (const char* usual : {"/var/tmp", "/tmp", "."}) folders.emplace_back(usual);
  int error = ENOENT;
  for (const std::string& folder : folders) {
    const int fd = open_in(folder);
    if (fd >= 0) return fd;
    if (error == ENOENT) error = errno;
  }
  fail("Can't write", error);
}

void put_number(std::string& out, uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

uint64_t take_number(std::string_view& bytes) {
  uint64_t value = 0;
  size_t i = 0;
  for (; i < bytes.size() && i < kMostDigits; ++i) {
    const auto digit = static_cast<unsigned char>(bytes[i]);
    value |= uint64_t{digit & 0x7fu} << (7 * i);
    if (digit < 0x80) break;
  }
  bytes.remove_prefix(std::min(i + 1, bytes.size()));
  return value;
}

}  // namespace

Spool::~Spool() {
  if (file_ >= 0) ::close(file_);
}

Spool::Spool(Spool&& other) noexcept
    : memory_(other.memory_),
      file_(std::exchange(other.file_, -1)),
      written_(std::exchange(other.written_, 0)),
      buffer_(std::exchange(other.buffer_, {})) {}

void Spool::add(std::string_view record, std::string_view rest) {
  put_number(buffer_, record.size() + rest.size());
  buffer_ += record;
  buffer_ += rest;
  if (buffer_.size() >= (file_ < 0 ? std::max(memory_, kWrite) : kWrite)) flush();
}

void Spool::flush() {
  if (file_ < 0) file_ = open_temporary();
  std::string_view left = buffer_;
  while (!left.empty()) {
    const ssize_t done = ::pwrite(file_, left.data(), left.size(), static_cast<off_t>(written_));
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) fail("Can't write", done < 0 ? errno : ENOSPC);
    left.remove_prefix(static_cast<size_t>(done));
    written_ += static_cast<uint64_t>(done);
  }
  buffer_.clear();
  if (buffer_.capacity() > 2 * kWrite) buffer_.shrink_to_fit();
}

Spool::Cursor Spool::read(uint64_t begin, uint64_t end, size_t buffer) const {
  return {*this, begin, end, buffer};
}

/// The next `size` bytes, or fewer at the end; they stay where they are until the next call.
std::string_view Spool::Cursor::bytes(size_t size) {
  size = static_cast<size_t>(std::min<uint64_t>(size, end_ - at_));
  if (at_ >= spool_->written_)  // what was never written to the file
    return std::string_view(spool_->buffer_).substr(at_ - spool_->written_, size);
  if (buffer_.size() - used_ < size) {
    buffer_.erase(0, used_);
    used_ = 0;
    const size_t wanted =
        static_cast<size_t>(std::min<uint64_t>(std::max(size, size_), end_ - at_));
    size_t have = buffer_.size();
    buffer_.resize(wanted);
    while (have < wanted) {
      const uint64_t from = at_ + have;
      if (from >= spool_->written_) {
        const size_t more = wanted - have;
        std::memcpy(buffer_.data() + have, spool_->buffer_.data() + (from - spool_->written_),
                    more);
        have += more;
        continue;
      }
      const auto in_file =
          static_cast<size_t>(std::min<uint64_t>(wanted - have, spool_->written_ - from));
      const ssize_t got =
          ::pread(spool_->file_, buffer_.data() + have, in_file, static_cast<off_t>(from));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) fail("Can't read", got < 0 ? errno : EIO);
      have += static_cast<size_t>(got);
    }
  }
  return std::string_view(buffer_).substr(used_, size);
}

bool Spool::Cursor::next() {
  if (at_ >= end_) return false;
  std::string_view head = bytes(kMostDigits);
  const size_t before = head.size();
  const auto length = static_cast<size_t>(take_number(head));
  const size_t digits = before - head.size();
  record_ = bytes(digits + length).substr(digits);
  const bool from_file = at_ < spool_->written_;
  at_ += digits + length;
  if (from_file) used_ += digits + length;
  return true;
}

Packer& Packer::number(uint64_t value) {
  put_number(bytes_, value);
  return *this;
}

Packer& Packer::text(std::string_view value) {
  put_number(bytes_, value.size());
  bytes_ += value;
  return *this;
}

Packer& Packer::real(float value) { return number(std::bit_cast<uint32_t>(value)); }

uint64_t Unpacker::number() { return take_number(bytes_); }

std::string_view Unpacker::text() {
  const auto size = static_cast<size_t>(std::min<uint64_t>(number(), bytes_.size()));
  const std::string_view out = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return out;
}

float Unpacker::real() { return std::bit_cast<float>(static_cast<uint32_t>(number())); }

}  // namespace weft::core
