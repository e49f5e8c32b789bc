// A file mapped read-only into memory (POSIX mmap), for models and large inputs.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

namespace weft::core {

/// Owns the mapping; movable, not copyable. Safe to read from any number of threads. The file must
/// not be truncated while mapped (models are read from an installed tree; inputs are copied by the
/// readers instead).
class MappedFile {
 public:
  MappedFile() = default;
  /// Throws SetupError (ExitCode::broken_file) if the file can't be opened or mapped.
  explicit MappedFile(const std::filesystem::path& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  std::string_view text() const { return {data_, size_}; }
  std::span<const std::byte> bytes() const {
    return {reinterpret_cast<const std::byte*>(data_), size_};
  }
  size_t size() const { return size_; }

 private:
  const char* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace weft::core
