// From what the user names to items, from items to Documents, in two steps so that the second runs
// in any number of threads: ItemStream walks files, folders, globs, lists and standard input and
// cuts containers (JSON Lines, web archives, tar and zip, compressed or not) into items, in a fixed
// order; DocumentReader turns one item into a Document with its metadata and blocks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "doc/document.h"
#include "schema/lexicon.h"

namespace weft::read {

enum class Format : uint8_t { automatic, text, html, json_lines, pdf, web_archive, archive };

struct ReadOptions {
  Format format = Format::automatic;
  std::string encoding;  // declared by the user; empty: a byte order mark, HTML's, else ICU's guess
  uint64_t max_document_bytes = 4u << 20;  // of one document, after decompression: bounds its time
  uint64_t max_ratio = 1000;               // decompressed : compressed, against bombs
  unsigned max_depth = 3;                  // archives within archives
  uint64_t max_unpacked_bytes = 64ull << 30;  // from one archive
  unsigned pdf_seconds = 60;                  // for one PDF file
  bool any_language = false;                  // keep documents that are not English
};

/// The container of documents that come on standard input.
inline constexpr std::string_view kStandardInput = "<standard input>";

/// What came with a document and was not found in its text: what is needed to read the text again.
enum Given : uint32_t {
  kGivenTitle = 1 << 0,
  kGivenDate = 1 << 1,
  kGivenSource = 1 << 2,
  kGivenAuthor = 1 << 3,
  kGivenId = 1 << 5,     // an id of its own, wherever the document stands
  kWholeLines = 1 << 4,  // the text came from HTML: a line is a paragraph
};

struct InputSpec {
  std::vector<std::string> inputs;  // files, folders, globs, or "-" for standard input
  std::filesystem::path
      files_from;  // a list of inputs, one a line; "-" for standard input; empty: none
};

/// One document-to-be. Either `bytes` holds it (a JSON line, standard input) or `file` is still to
/// be read.
struct Item {
  uint64_t index = 0;     // position in the stream, from 0
  std::string source;     // for messages: "path", "path:LINE", "<standard input>"
  std::string container;  // what it was cut from, as it was named: a file, or kStandardInput
  std::string id;         // stable id: path relative to the named input, or with ":LINE"
  std::filesystem::path file;
  std::string bytes;
  Format format = Format::automatic;  // json_lines: `bytes` is one JSON object
  std::string url, charset;           // what a web archive says of its page; may be empty
};

/// Use by one thread. Order: inputs as given, folders in byte order of their paths; a file named
/// twice is read once.
class ItemStream {
 public:
  /// Throws SetupError (broken_file) if nothing that was named exists; a missing one among others
  /// is a diagnostic.
  ItemStream(InputSpec spec, ReadOptions options);
  ~ItemStream();
  /// The next item, or nothing at the end. Faults of one input are appended to `diagnostics` and
  /// skipped.
  std::optional<Item> next(core::Diagnostics& diagnostics);
  /// The containers that were opened since the last call. Standard input is not among them: what
  /// comes there adds to what came before.
  std::vector<std::string> take_containers();
  /// Bytes of all files that are known so far, for an estimate of what is left; 0 if unknown.
  uint64_t total_bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Immutable; shared by all threads.
class DocumentReader {
 public:
  /// Throws SetupError if a list of schema/lexicons/furniture.json is missing. `lexicons` must
  /// outlive the reader.
  DocumentReader(ReadOptions options, const schema::Lexicons& lexicons);
  ~DocumentReader();
  /// The document with text, metadata and blocks, or nothing with the reason in `diagnostics`
  /// (unreadable, empty, binary, too large, cut-off JSON, another language). Never throws for what
  /// is in a file.
  std::optional<doc::Document> read(const Item& item, core::Diagnostics& diagnostics) const;

  // The same in steps, for those who know some contents already.
  // ---------------------------------------------

  /// The item's bytes, unpacked but not decoded; nothing with the reason in `diagnostics`.
  std::optional<std::string> load(const Item& item, core::Diagnostics& diagnostics) const;
  /// Hash of everything that a document follows from, but for its id and path: 32 hex digits.
  std::string content_hash(const Item& item, std::string_view bytes) const;
  /// `given` gets the bits of Given, if not null.
  std::optional<doc::Document> read(const Item& item, std::string bytes,
                                    core::Diagnostics& diagnostics, uint32_t* given) const;
  /// The document that read() made, from its text and metadata.
  std::optional<doc::Document> read_again(doc::Metadata meta, std::string text,
                                          uint32_t given) const;

 private:
  struct Tools;
  std::unique_ptr<const Tools> tools_;
};

}  // namespace weft::read
