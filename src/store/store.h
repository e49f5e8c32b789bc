// The store: one SQLite file that holds the documents, one Record a document, what people decided,
// and the graph made of them, in tables and views that people can read with sqlite3 alone
// (schema/meta/store.md says what is in which column).
//
// A store is written in place. Documents come in as *waiting* rows, committed in batches: once a
// batch is committed it survives a killed process. settle() then takes the waiting rows up, drops
// what they replace and gives out ids, and graph::save() writes the graph, both in one transaction
// that finish() commits: readers see the state before it or after it. While it is written the store
// is in WAL mode ("-wal" and "-shm" beside it); at rest it is one file.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doc/record.h"
#include "store/database.h"

namespace weft::store {

/// PRAGMA user_version and application_id ("weft") of the files we write.
inline constexpr int kFormat = 3;
inline constexpr uint32_t kApplicationId = 0x77656674;

/// Where a document comes from, and what is needed to read it again.
struct Origin {
  std::string container;  // the file as it was named; what is read again replaces what came from it
  std::string content;    // hash of its bytes before reading and of the options that read them
  uint32_t given = 0;     // bits: which metadata came with it, see read::Source
};

/// A row of `documents`.
struct Row {
  int64_t number = 0;
  std::string base;  // the id it came with; Metadata::id is the one it bears in the graph
  std::string container;
  uint32_t given = 0;  // as in Origin
};

/// What a run has read, for settle().
struct Settlement {
  int64_t added = 0, removed = 0;  // documents of the graph
  bool changed() const { return added + removed > 0; }
};

enum class DecisionKind : uint8_t { same, different };

/// What a person said of two entities.
struct Decision {
  struct Side {
    std::string id;    // of the node when it was said
    std::string type;  // of the ontology
    std::string name;  // label or alias that was meant
  };
  int64_t number = 0;  // 0: not stored yet
  DecisionKind kind = DecisionKind::same;
  Side a, b;
};

struct FoundSentence {
  std::string document;
  int64_t begin = 0, end = 0;  // bytes
  std::string text;
};

/// An advisory lock (flock) that one writer holds as long as it has the store open.
class WriterLock {
 public:
  WriterLock() = default;
  /// Makes the file if there is none. Throws SetupError if another process holds the lock for
  /// longer than `patience`.
  WriterLock(const std::filesystem::path& path, std::chrono::milliseconds patience);
  ~WriterLock();
  WriterLock(WriterLock&& other) noexcept;
  WriterLock& operator=(WriterLock&&) = delete;

 private:
  int fd_ = -1;
};

/// Use by one thread. All functions throw SetupError (ExitCode::broken_file) with a sentence that
/// names the file.
class Store {
 public:
  /// Opens for reading: refuses what is missing, a folder, not SQLite, not weft's, of a newer
  /// version, or cut off. An older format is read through a migrated copy in memory.
  static Store open(const std::filesystem::path& path);
  /// Opens for writing; makes a store if there is none (the folder must exist), migrates an older
  /// one. Another writer is waited for as long as `patience`.
  static Store open_for_writing(const std::filesystem::path& path,
                                std::chrono::milliseconds patience = std::chrono::seconds(5));

  /// Takes back what was not committed. A store that was made by open_for_writing() and holds
  /// nothing yet is removed.
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) = delete;

  // Documents in (stores opened for writing)
  // ----------------------------------------------------------------

  /// Adds a waiting document. `fingerprint` names the models and the schema that made the record.
  /// `record.meta.id` is the id that it came with.
  void put(const doc::Record& record, std::string_view text, const Origin& origin,
           std::string_view fingerprint, const schema::Ontology& ontology);
  /// Adds a waiting document with text, record and metadata of row `number`.
  void put_copy(int64_t number, std::string_view base, std::string_view path, const Origin& origin);
  /// The row was read again and is still what it was.
  void keep(int64_t number);
  /// A kept row stands at another path now; settle() writes it down.
  void move(int64_t number, std::string_view path);
  /// The container was read to its end: what came from it before and was neither put nor kept is
  /// gone.
  void finish_container(std::string_view container);
  /// Makes what was put so far safe.
  void commit_batch();
  /// Takes up what waits, within the open transaction: drops what is gone or replaced (with `sync`
  /// all that was neither put nor kept), removes doubles, gives out ids.
  Settlement settle(bool sync);
  /// Removes the documents with this id, or that came from this file. Call before settle().
  uint64_t remove(std::string_view id_or_container);
  /// Commits, and leaves one file.
  void finish();
  /// Gives the space of removed rows back, so that nothing of them is left in the file.
  void compact();

  void set_meta(std::string_view key, std::string_view value);
  /// Throws SetupError (usage) if an equal one is there.
  int64_t add_decision(const Decision& decision);
  bool remove_decision(int64_t number);

  // Reading
  // -----------------------------------------------------------------------------------------------

  std::string meta(std::string_view key) const;  // empty if absent
  uint64_t document_count() const;               // in the graph
  uint64_t waiting_count() const;                // stored, but not in the graph yet
  std::vector<doc::Metadata> documents() const;  // in the graph, sorted by id
  std::optional<doc::Metadata> document(std::string_view id) const;  // in the graph
  bool has(std::string_view id) const;
  std::optional<std::string> text(std::string_view id) const;
  std::optional<doc::Record> record(std::string_view id, const schema::Ontology& ontology) const;
  /// Calls visit() for each record of the graph, in order of document id; one is held at a time.
  void each_record(const schema::Ontology& ontology,
                   const std::function<void(doc::Record&&)>& visit) const;
  /// All of them at once.
  std::vector<doc::Record> records(const schema::Ontology& ontology) const;
  std::vector<Decision> decisions() const;  // by number
  /// Sentences that match an FTS5 query of plain words, best first, at most `limit`.
  std::vector<FoundSentence> search_sentences(std::string_view words, unsigned limit) const;

  /// What is wrong with the rows of documents and decisions, as a sentence; empty if they are what
  /// finish() has seen.
  std::string check_documents() const;
  /// What is wrong with the full-text tables, as a sentence; empty if nothing is. Of stores above
  /// 256 MB the way in which words are found is not checked, only that they are there.
  std::string check_search() const;

  /// Content hashes of all rows whose record was made under this fingerprint, sorted.
  std::vector<std::string> contents(std::string_view fingerprint) const;
  std::vector<Row> rows_with_content(std::string_view content, std::string_view fingerprint) const;
  /// Rows whose records were made under another fingerprint and that this session has not replaced,
  /// in order of number.
  std::vector<int64_t> stale_rows(std::string_view fingerprint) const;
  bool is_kept(int64_t number) const;  // by keep() or put() in this session
  /// A row with its metadata as given (id: the base), its text and where it comes from.
  void read_row(int64_t number, doc::Metadata& meta, std::string& text, Origin& origin) const;

  const std::filesystem::path& path() const { return path_; }
  /// For graph/, which keeps the tables of the graph.
  Database& database() { return *database_; }
  const Database& database() const { return *database_; }

 private:
  Store(std::filesystem::path path, WriterLock lock, std::unique_ptr<Database> database);
  void prepare_writing();
  void migrate(int from);
  void begin_if_needed();
  void add_sentences(int64_t number, std::string_view text,
                     const std::vector<core::ByteSpan>& sentences);
  void drop_gone();
  std::string documents_digest() const;
  void note_documents();
  int64_t give_ids();

  std::filesystem::path path_;
  WriterLock lock_;  // closed after the database: closing a file drops all of a process's locks
  std::unique_ptr<Database> database_;
  bool writing_ = false;
  bool fresh_ = false;  // made by this object, and nothing was committed to it yet
};

}  // namespace weft::store
