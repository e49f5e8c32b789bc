// The container of trained weights: a header, a table of named sections and their bytes, little
// endian, read in place from a memory map. Everything is checked when a file is opened; a broken
// file is a SetupError, never a crash.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/mapped_file.h"

namespace weft::nlp {

/// Of the bytes behind the header; it stands in the header.
uint64_t model_checksum(std::string_view body);

/// Immutable after opening; views into it live as long as it does.
class ModelFile {
 public:
  /// Opens `path`, whose kind must be `kind` ("fast"). A missing file is a SetupError that names
  /// the command that makes it; so is a file that is cut off, altered, of another kind or of
  /// another version.
  ModelFile(const std::filesystem::path& path, std::string_view kind);

  /// The section as an array of T. Throws SetupError if there is none or its size is no multiple of
  /// sizeof(T).
  template <class T>
  std::span<const T> section(std::string_view name) const {
    const std::string_view bytes = find(name, sizeof(T));
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
  bool has(std::string_view name) const;
  /// The lines of a text section.
  std::vector<std::string> lines(std::string_view name) const;
  /// Throws the SetupError of a broken file.
  [[noreturn]] void refuse(std::string_view why) const;

 private:
  std::optional<std::string_view> find_if_any(std::string_view name) const;
  std::string_view find(std::string_view name, size_t item_size) const;

  std::filesystem::path path_;
  core::MappedFile map_;
};

/// Collects sections and writes the file (whole or not at all).
class ModelWriter {
 public:
  explicit ModelWriter(std::string kind) : kind_(std::move(kind)) {}
  template <class T>
  void add(std::string_view name, std::span<const T> items) {
    add_bytes(name, {reinterpret_cast<const char*>(items.data()), items.size_bytes()});
  }
  void add_lines(std::string_view name, const std::vector<std::string>& lines);
  void write(const std::filesystem::path& path) const;

 private:
  void add_bytes(std::string_view name, std::string_view bytes);

  struct Part {
    std::string name, bytes;
  };
  std::string kind_;
  std::vector<Part> parts_;
};

}  // namespace weft::nlp
