// A stream of bytes from a file or standard input, gzip or zstd unpacked on the way, within limits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace weft::read {

/// What stopped a ByteSource before its end.
struct Stop {
  std::string message;  // a full sentence; empty: nothing did
  explicit operator bool() const { return !message.empty(); }
};

/// Use by one thread. Memory: two fixed buffers, whatever the size of the input. Compression is
/// recognised by its first bytes, not by the name. Several gzip members or zstd frames on end are
/// one stream.
class ByteSource {
 public:
  /// "-" is standard input. `max_ratio` bounds unpacked : packed bytes (checked beyond the first
  /// megabyte).
  ByteSource(const std::filesystem::path& path, uint64_t max_ratio);
  /// Bytes from elsewhere: `read` fills a buffer and returns how many bytes it gave, 0 at the end,
  /// or less than 0 with a sentence in its last argument.
  using Read = std::function<int64_t(char* buffer, size_t size, std::string& fault)>;
  ByteSource(Read read, uint64_t max_ratio);
  ~ByteSource();
  ByteSource(ByteSource&&) noexcept;
  ByteSource& operator=(ByteSource&&) noexcept;

  /// The next piece, valid until the next call; empty at the end or where it had to stop (see
  /// stop()).
  std::string_view next();
  /// What next() will return: at least 1 KB if there is as much.
  std::string_view peek();
  const Stop& stop() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Lines of a ByteSource, a line longer than `max_line` bytes being dropped without holding it.
class LineReader {
 public:
  LineReader(ByteSource source, uint64_t max_line)
      : source_(std::move(source)), max_line_(max_line) {}

  enum class Result : uint8_t { line, too_long, end };
  /// Result::line: `line` holds the next line without its end. Lines are counted from 1.
  Result next(std::string& line);
  uint64_t number() const { return number_; }
  const Stop& stop() const { return source_.stop(); }

 private:
  ByteSource source_;
  uint64_t max_line_;
  uint64_t number_ = 0;
  std::string_view piece_;
};

/// Appends everything of `source` to `out`. False if it is more than `limit` bytes; reading stops
/// there.
bool read_all(ByteSource& source, uint64_t limit, std::string& out);

}  // namespace weft::read
