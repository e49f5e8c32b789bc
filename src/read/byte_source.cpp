// Reads files and unpacks gzip (zlib) and zstd as a stream: bounded memory, linear time, and a bomb
// is stopped once it has unpacked to more than `max_ratio` times what was read. Formats: RFC 1952
// (gzip), RFC 8878 (zstd).
#include "read/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

namespace weft::read {

namespace {

constexpr size_t kBuffer = 1u << 17;
constexpr uint64_t kRatioFree = 1u << 20;  // small inputs may have any ratio

enum class Packing : uint8_t { none, gzip, zstd };

Packing packing_of(std::string_view head) {
  if (head.substr(0, 3) == "\x1f\x8b\x08") return Packing::gzip;
  if (head.substr(0, 4) == "\x28\xb5\x2f\xfd") return Packing::zstd;
  return Packing::none;
}

}  // namespace

struct ByteSource::State {
  int fd = -1;
  Read read_from;  // instead of `fd`, if not empty
  bool started = false, at_end = false, frame_open = false;
  Packing packing = Packing::none;
  uint64_t max_ratio = 0, read_bytes = 0, given_bytes = 0;
  Stop stop;
  std::vector<char> in = std::vector<char>(kBuffer), out;
  size_t in_begin = 0, in_end = 0;
  std::string_view peeked;
  z_stream gzip{};
  ZSTD_DStream* zstd = nullptr;

  ~State() {
    if (fd > 0) ::close(fd);
    if (packing == Packing::gzip) inflateEnd(&gzip);
    if (zstd) ZSTD_freeDStream(zstd);
  }

  void fail(std::string message) {
    stop.message = std::move(message);
    at_end = true;
  }

  /// As read(2), but not interrupted; below 0 after fail().
  int64_t read_some(char* buffer, size_t size) {
    if (read_from) {
      std::string fault;
      const int64_t n = read_from(buffer, size, fault);
      if (n < 0) fail(std::move(fault));
      return n;
    }
    for (;;) {
      const ssize_t n = ::read(fd, buffer, size);
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) fail(std::string("Reading stopped: ") + std::strerror(errno) + ".");
      return n;
    }
  }

  /// Fills an empty input buffer; false at the end of the file.
  bool fill() {
    while (in_begin == in_end) {
      const int64_t n = read_some(in.data(), in.size());
      if (n <= 0) return false;
      in_begin = 0;
      in_end = static_cast<size_t>(n);
      read_bytes += in_end;
    }
    return true;
  }

  void start() {
    started = true;
    // A pipe may give the first bytes one by one: gather enough of them to know the format.
    while (in_end < 1024) {
      const int64_t n = read_some(in.data() + in_end, in.size() - in_end);
      if (n < 0) return;
      if (n == 0) break;
      in_end += static_cast<size_t>(n);
    }
    read_bytes = in_end;
    packing = packing_of({in.data(), in_end});
    if (packing == Packing::none) return;
    out.resize(kBuffer);
    if (packing == Packing::gzip && inflateInit2(&gzip, 16 + MAX_WBITS) != Z_OK) {
      packing = Packing::none;
      fail("There is not enough memory to unpack it.");
    }
    if (packing == Packing::zstd) {
      zstd = ZSTD_createDStream();
      // 128 MB of window is what `zstd --long=27` needs; more would be memory that a hostile file
      // chooses.
      if (!zstd || ZSTD_isError(ZSTD_DCtx_setParameter(zstd, ZSTD_d_windowLogMax, 27)))
        fail("There is not enough memory to unpack it.");
    }
    frame_open = true;
  }

  size_t gunzip() {
    gzip.next_in = reinterpret_cast<Bytef*>(in.data() + in_begin);
    gzip.avail_in = static_cast<uInt>(in_end - in_begin);
    gzip.next_out = reinterpret_cast<Bytef*>(out.data());
    gzip.avail_out = static_cast<uInt>(out.size());
    const int result = inflate(&gzip, Z_NO_FLUSH);
    in_begin = in_end - gzip.avail_in;
    if (result == Z_STREAM_END) {
      frame_open = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      fail("Its gzip data are damaged (" + std::string(gzip.msg ? gzip.msg : "unknown error") +
           "). Compress the file again or fetch a good copy.");
    }
    return out.size() - gzip.avail_out;
  }

  size_t unzstd() {
    ZSTD_inBuffer input{in.data() + in_begin, in_end - in_begin, 0};
    ZSTD_outBuffer output{out.data(), out.size(), 0};
    const size_t result = ZSTD_decompressStream(zstd, &output, &input);
    in_begin += input.pos;
    if (ZSTD_isError(result))
      fail("Its zstd data are damaged (" + std::string(ZSTD_getErrorName(result)) +
           "). Compress the file again or fetch a good copy.");
    else
      frame_open = result != 0;
    return output.pos;
  }

  std::string_view unpacked() {
    while (!at_end) {
      // An empty buffer doesn't mean the end: the decoder may hold output back.
      const bool more = fill();
      if (at_end) break;
      if (!frame_open) {
        if (!more) break;
        // What follows the last gzip member is padding if it isn't another member.
        if (packing == Packing::gzip) {
          if (static_cast<unsigned char>(in[in_begin]) != 0x1f) break;
          inflateReset(&gzip);
        }
        frame_open = true;
      }
      const size_t n = packing == Packing::gzip ? gunzip() : unzstd();
      given_bytes += n;
      if (given_bytes > kRatioFree && given_bytes / max_ratio > read_bytes) {
        fail("It unpacks to more than " + std::to_string(max_ratio) +
             " times its size, as a decompression bomb does. Unpack it yourself if you trust it.");
        break;
      }
      if (n > 0) return {out.data(), n};
      if (!more && frame_open && !at_end) {
        fail("Its compressed data are cut off. Fetch the whole file again.");
        break;
      }
    }
    at_end = true;
    return {};
  }
};

ByteSource::ByteSource(const std::filesystem::path& path, uint64_t max_ratio)
    : state_(std::make_unique<State>()) {
  state_->max_ratio = max_ratio ? max_ratio : 1;
  if (path == "-") {
    state_->fd = 0;
    return;
  }
  // O_NONBLOCK keeps a named pipe without a writer from hanging the run; it changes nothing for
  // regular files.
  state_->fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info {};
  if (state_->fd < 0)
    state_->fail(std::string("It can't be opened: ") + std::strerror(errno) + ".");
  else if (::fstat(state_->fd, &info) != 0 || !S_ISREG(info.st_mode))
    state_->fail("It is not a regular file. Give text on standard input with - instead.");
}

ByteSource::ByteSource(Read read, uint64_t max_ratio) : state_(std::make_unique<State>()) {
  state_->max_ratio = max_ratio ? max_ratio : 1;
  state_->read_from = std::move(read);
}

ByteSource::~ByteSource() = default;
ByteSource::ByteSource(ByteSource&&) noexcept = default;
ByteSource& ByteSource::operator=(ByteSource&&) noexcept = default;

std::string_view ByteSource::peek() {
  if (state_->peeked.empty()) state_->peeked = next();
  return state_->peeked;
}

std::string_view ByteSource::next() {
  State& s = *state_;
  if (!s.peeked.empty()) return std::exchange(s.peeked, {});
  if (s.at_end) return {};
  if (!s.started) s.start();
  if (s.packing != Packing::none) return s.unpacked();
  if (s.at_end || !s.fill()) {
    s.at_end = true;
    return {};
  }
  const std::string_view piece(s.in.data() + s.in_begin, s.in_end - s.in_begin);
  s.in_begin = s.in_end;
  return piece;
}

const Stop& ByteSource::stop() const { return state_->stop; }

LineReader::Result LineReader::next(std::string& line) {
  line.clear();
  bool any = false, dropped = false;
  for (;;) {
    if (piece_.empty()) {
      piece_ = source_.next();
      if (piece_.empty()) {
        if (!any) return Result::end;
        break;
      }
    }
    any = true;
    const void* end = std::memchr(piece_.data(), '\n', piece_.size());
    const size_t n =
        end ? static_cast<size_t>(static_cast<const char*>(end) - piece_.data()) : piece_.size();
    if (dropped || line.size() + n > max_line_) {
      dropped = true;
      std::string().swap(line);
    } else {
      line.append(piece_.substr(0, n));
    }
    piece_.remove_prefix(end ? n + 1 : n);
    if (end) break;
  }
  ++number_;
  if (dropped) return Result::too_long;
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return Result::line;
}

bool read_all(ByteSource& source, uint64_t limit, std::string& out) {
  for (std::string_view piece = source.next(); !piece.empty(); piece = source.next()) {
    if (out.size() + piece.size() > limit) return false;
    out.append(piece);
  }
  return true;
}

}  // namespace weft::read
