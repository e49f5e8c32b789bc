// The store: one SQLite file that holds the documents, one Record a document, and the graph made of
// them, in tables and views that people can read with sqlite3 alone (schema/meta/store.md says what
// is in which column).
//
// A store is written once, under a temporary name beside its target, and appears whole on commit();
// a run that fails or is interrupted leaves the older file as it was, or none. At rest it is one
// file, without a journal beside it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doc/record.h"
#include "store/database.h"

namespace weft::store {

/// PRAGMA user_version and application_id ("weft") of the files we write.
inline constexpr int kFormat = 1;
inline constexpr uint32_t kApplicationId = 0x77656674;

/// Use by one thread. All functions throw SetupError (ExitCode::broken_file) with a sentence that
/// names the file.
class Store {
 public:
  /// Begins a new store that will replace `target`. The folder must exist.
  static Store create(const std::filesystem::path& target);
  /// Opens for reading: refuses what is missing, a folder, not SQLite, not weft's, of a newer
  /// version, or cut off.
  static Store open(const std::filesystem::path& path);

  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) = delete;

  // Writing (stores made by create() only)
  // -------------------------------------------------------------------------

  /// Adds a document. Two documents of one id are a fault of the caller (SetupError); `fingerprint`
  /// names the models and the schema that made the record.
  void put(const doc::Record& record, std::string_view text, std::string_view fingerprint,
           const schema::Ontology& ontology);
  /// Copies the document with this id from `old` and returns true, if its text has this sha256 and
  /// its record was made under this fingerprint; else does nothing and returns false.
  bool copy_unchanged(const Store& old, std::string_view id, std::string_view sha256,
                      std::string_view fingerprint);
  /// Gives a stored document another id, which must be free.
  void rename(std::string_view id, std::string_view new_id, const schema::Ontology& ontology);
  void set_meta(std::string_view key, std::string_view value);
  /// Writes everything to the disk and renames to the target. The object is no longer usable
  /// afterwards.
  void commit();

  // Reading (also from a store that is being written)
  // ----------------------------------------------------------------

  std::string meta(std::string_view key) const;  // empty if absent
  uint64_t document_count() const;
  std::vector<doc::Metadata> documents() const;  // sorted by id
  bool has(std::string_view id) const;
  std::optional<std::string> text(std::string_view id) const;
  std::optional<doc::Record> record(std::string_view id, const schema::Ontology& ontology) const;
  /// The record of this document if its text has this sha256 and it was made under this
  /// fingerprint.
  std::optional<doc::Record> unchanged(std::string_view id, std::string_view sha256,
                                       std::string_view fingerprint,
                                       const schema::Ontology& ontology) const;
  /// All records, sorted by document id.
  std::vector<doc::Record> records(const schema::Ontology& ontology) const;

  const std::filesystem::path& path() const { return target_; }
  /// For graph/, which keeps the tables of the graph.
  Database& database() { return *database_; }
  const Database& database() const { return *database_; }

 private:
  Store(std::filesystem::path target, std::filesystem::path temporary,
        std::unique_ptr<Database> database);
  void insert_document(const doc::Metadata& meta, std::string_view text,
                       std::string_view fingerprint, std::string_view json);

  std::filesystem::path target_;
  std::filesystem::path temporary_;  // empty for a store opened for reading
  std::unique_ptr<Database> database_;
};

}  // namespace weft::store
