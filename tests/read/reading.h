// What the tests of read/ share: files in a folder of their own, and documents read from bytes or
// files.
#pragma once

#include <doctest/doctest.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "read/source.h"

namespace reading {

namespace fs = std::filesystem;
using namespace weft;

inline const schema::Lexicons& lexicons() {
  static const schema::Lexicons all =
      schema::Lexicons::load(fs::path(WEFT_SCHEMA_DIR) / "lexicons");
  return all;
}

/// A folder that lives as long as the object.
struct Folder {
  fs::path path;
  Folder() {
    std::string name = (fs::temp_directory_path() / "weft-read-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()));
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  std::string put(const std::string& name, const std::string& bytes) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << bytes;
    return (path / name).string();
  }
};

inline std::string gzip(const std::string& bytes) {
  z_stream z{};
  REQUIRE(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&z, bytes.size()) + 64, '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&z, Z_FINISH) == Z_STREAM_END);
  out.resize(out.size() - z.avail_out);
  deflateEnd(&z);
  return out;
}

inline std::string zstd(const std::string& bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

struct Result {
  std::vector<doc::Document> documents;
  core::Diagnostics diagnostics;

  /// True if a diagnostic of `source` (its end) says `words`.
  bool says(const std::string& source, const std::string& words) const {
    for (const core::Diagnostic& d : diagnostics)
      if (d.source.size() >= source.size() &&
          d.source.compare(d.source.size() - source.size(), source.size(), source) == 0 &&
          d.message.find(words) != std::string::npos)
        return true;
    return false;
  }
  std::string all() const {
    std::string out;
    for (const core::Diagnostic& d : diagnostics) out += d.source + ": " + d.message + "\n";
    return out;
  }
};

inline Result read_inputs(std::vector<std::string> inputs, read::ReadOptions options = {}) {
  Result result;
  read::ItemStream stream({std::move(inputs), {}}, options);
  const read::DocumentReader reader(options, lexicons());
  while (const auto item = stream.next(result.diagnostics))
    if (auto document = reader.read(*item, result.diagnostics)) {
      uint32_t behind = 0;
      for (const doc::Block& block :
           document->blocks) {  // holds for every document that any test reads
        CHECK(block.span.begin >= behind);
        CHECK(block.span.begin < block.span.end);
        CHECK(block.span.end <= document->text.size());
        behind = block.span.end;
      }
      result.documents.push_back(std::move(*document));
    }
  return result;
}

inline Result read_bytes(const std::string& bytes, const std::string& name = "a.txt",
                         read::ReadOptions options = {}) {
  const Folder folder;
  return read_inputs({folder.put(name, bytes)}, options);
}

/// The words of all blocks of a role, one block a line.
inline std::string blocks(const doc::Document& document, doc::BlockRole role) {
  std::string out;
  for (const doc::Block& block : document.blocks)
    if (block.role == role) out += std::string(document.bytes(block.span)) + "\n";
  return out;
}

/// English that is long enough to be told from other languages.
inline const std::string kProse =
    "The harbour council said on Monday that it would open the new quay before the winter, and "
    "that it would pay the builders "
    "from the town's own money.";

}  // namespace reading
