// Archives of files: tar (packed in any way that libarchive knows) and zip, entry by entry.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "read/byte_source.h"

namespace weft::read {

struct ArchiveLimits {
  uint64_t max_ratio = 1000;  // unpacked : packed bytes, beyond the first megabyte
  uint64_t max_bytes = 0;     // unpacked from one archive; 0: any
};

/// Use by one thread. Nothing is written to the disk, so names of entries can do no harm. Memory:
/// libarchive's buffers.
class ArchiveReader {
 public:
  ArchiveReader(const std::filesystem::path& path, ArchiveLimits limits);
  /// An archive within another one; `source` is read as it goes.
  ArchiveReader(ByteSource source, ArchiveLimits limits);
  ~ArchiveReader();
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  /// Goes to the next regular file and gives its name (UTF-8); nothing at the end or where it had
  /// to stop.
  std::optional<std::string> next();
  /// The bytes of the entry at hand, gzip or zstd unpacked. Valid until next(); the reader must
  /// outlive it.
  ByteSource entry();
  const Stop& stop() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace weft::read
