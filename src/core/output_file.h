// Files that appear whole or not at all: written under a temporary name beside the target, flushed
// to the disk, renamed.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

namespace weft::core {

/// Opened before long work, so that a target that can't be written fails at once. Without commit()
/// nothing is left behind and an older file of that name stays as it was. A path of "-" writes to
/// standard output; a device or a pipe is written to directly. All functions throw SetupError
/// (ExitCode::broken_file) naming the file and the reason, e.g. a full disk. Use by one thread.
class OutputFile {
 public:
  explicit OutputFile(const std::filesystem::path& path);
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);
  void put(char c) { write({&c, 1}); }
  /// Flushes to the disk and renames to the target.
  void commit();

 private:
  [[noreturn]] void fail(int error);

  std::filesystem::path path_;
  std::filesystem::path target_;  // path_ with symbolic links followed
  std::filesystem::path temporary_;
  bool direct_ = false;  // a device or a pipe: no temporary file
  std::FILE* file_ = nullptr;
};

}  // namespace weft::core
