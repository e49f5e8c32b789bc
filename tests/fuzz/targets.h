// What is fuzzed: everything that takes bytes from outside. One row a target; libFuzzer
// (driver.cpp) and the unit tests (fuzz_test.cpp, a short run with fixed dice) both walk the rows.
// A target may throw SetupError; all else is a fault.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "doc/record.h"
#include "nlp/model_file.h"
#include "read/archive.h"
#include "read/source.h"
#include "read/warc.h"
#include "schema/gazetteer.h"
#include "schema/lexicon.h"
#include "schema/ontology.h"

namespace weft::fuzz {

namespace fs = std::filesystem;

inline const schema::Ontology& ontology() {
  static const auto loaded = schema::Ontology::load(fs::path(WEFT_SCHEMA_DIR) / "ontology.json");
  return loaded;
}

inline const read::DocumentReader& reader() {
  static const auto lexicons = schema::Lexicons::load(fs::path(WEFT_SCHEMA_DIR) / "lexicons");
  static const read::DocumentReader reader(
      [] {
        read::ReadOptions options;
        options.max_document_bytes = 1u << 20;
        options.any_language = true;
        return options;
      }(),
      lexicons);
  return reader;
}

/// A folder that holds nothing but `name` with these bytes, for what is loaded from files.
class Scratch {
 public:
  Scratch(const std::string& name, std::string_view bytes)
      : folder_(fs::temp_directory_path() / ("weft_fuzz_" + std::to_string(::getpid()))),
        file_(folder_ / name) {
    fs::create_directories(folder_);
    std::ofstream(file_, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  const fs::path& folder() const { return folder_; }
  const fs::path& file() const { return file_; }

 private:
  fs::path folder_, file_;
};

inline read::ByteSource source_of(std::string_view bytes) {
  return {[bytes, at = size_t{0}](char* buffer, size_t size, std::string&) mutable {
            const size_t n = std::min(size, bytes.size() - at);
            bytes.copy(buffer, n, at);
            at += n;
            return static_cast<int64_t>(n);
          },
          100};
}

/// Reads the bytes as one document, and checks what must hold of every document.
inline void read_as(read::Format format, std::string_view bytes) {
  read::Item item;
  item.id = item.source = "x";
  item.format = format;
  item.bytes = bytes;
  core::Diagnostics diagnostics;
  const auto document = reader().read(item, diagnostics);
  if (!document) return;
  uint32_t behind = 0;
  for (const doc::Block& block : document->blocks) {
    if (block.span.begin < behind || block.span.end > document->text.size()) std::abort();
    behind = block.span.end;
  }
}

inline void read_packed(std::string_view bytes) {
  std::string out;
  auto source = source_of(bytes);
  read::read_all(source, 4u << 20, out);
}

inline void read_web_archive(std::string_view bytes) {
  read::WarcReader pages(source_of(bytes), 1u << 20);
  std::string fault;
  while (const auto page = pages.next(fault))
    if (page->bytes.size() > 2u << 20) std::abort();
}

inline void read_archive(std::string_view bytes) {
  read::ArchiveReader archive(source_of(bytes), {100, 8u << 20});
  while (archive.next()) {
    std::string out;
    auto entry = archive.entry();
    read::read_all(entry, 1u << 20, out);
  }
}

inline void read_stream(std::string_view bytes) {
  const Scratch scratch("x.jsonl", bytes);
  read::ItemStream stream({{scratch.file().string()}, {}}, {});
  core::Diagnostics diagnostics;
  while (stream.next(diagnostics)) {
  }
}

inline void read_record(std::string_view bytes) {
  const doc::Record record = doc::record_from_json(bytes, ontology());
  if (!(doc::record_from_json(doc::to_json(record, ontology()), ontology()) == record))
    std::abort();
}

inline void read_model(std::string_view bytes) {
  const Scratch scratch("x.bin", bytes);
  const nlp::ModelFile model(scratch.file(), "lemmatizer");
  (void)model.lines("rules");
}

inline void read_ontology(std::string_view bytes) {
  const Scratch scratch("ontology.json", bytes);
  (void)schema::Ontology::load(scratch.file());
}

inline void read_lexicon(std::string_view bytes) {
  const Scratch scratch("x.json", bytes);
  (void)schema::Lexicons::load(scratch.folder());
}

inline void read_gazetteer(std::string_view bytes) {
  const Scratch scratch("x.tsv", bytes);
  (void)schema::Gazetteer::load(scratch.folder(), ontology());
}

struct Target {
  std::string_view name;
  void (*run)(std::string_view bytes);
};

inline constexpr Target kTargets[] = {
    {"text", [](std::string_view b) { read_as(read::Format::text, b); }},
    {"html", [](std::string_view b) { read_as(read::Format::html, b); }},
    {"json", [](std::string_view b) { read_as(read::Format::json_lines, b); }},
    {"stream", read_stream},
    {"packed", read_packed},
    {"web_archive", read_web_archive},
    {"archive", read_archive},
    {"record", read_record},
    {"model", read_model},
    {"ontology", read_ontology},
    {"lexicon", read_lexicon},
    {"gazetteer", read_gazetteer},
};

/// Runs a target; a SetupError is an answer.
inline void run(const Target& target, std::string_view bytes) {
  try {
    target.run(bytes);
  } catch (const core::SetupError&) {
    // A sentence about bad bytes is what there should be.
  }
}

}  // namespace weft::fuzz
