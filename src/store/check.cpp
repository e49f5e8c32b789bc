// Whether the store's own tables are what was written; graph/verify.h asks, and also checks the
// rest. Rows of documents and decisions have a checksum in `meta`, noted by finish() and compared
// before the next run writes, so that no run makes damage look whole. The full-text tables are made
// again from the texts, in a file without a name, and compared word by word through fts5vocab
// (sqlite.org/fts5.html): FTS5's own check sees only whether its pages fit together. Linear.
#include "core/error.h"
#include "store/digest.h"
#include "store/store.h"
#include "store/tables.h"

namespace weft::store {

namespace {

constexpr const char* kDocumentsDigest = "documents_digest";  // of Store::meta()
constexpr const char* kSearchFault = "The tables for full-text search are damaged.";
constexpr const char* kSearchTables[] = {"sentence_search", "name_search"};

void fill_sentences(const Database& from, Database& into) {
  Statement document(from, "SELECT document, text FROM texts ORDER BY document");
  Statement sentence(
      from, "SELECT number, \"begin\", \"end\" FROM sentences WHERE document = ? ORDER BY number");
  Statement row(into, "INSERT INTO sentence_search (rowid, text) VALUES (?, ?)");
  while (document.step()) {
    const std::string_view text = document.text(1);
    sentence.bind(1, document.integer(0));
    while (sentence.step()) {
      const auto begin = static_cast<size_t>(sentence.integer(1));
      const auto end = static_cast<size_t>(sentence.integer(2));
      if (begin < end && end <= text.size())
        row.bind(1, sentence.integer(0)).bind(2, text.substr(begin, end - begin)).run();
    }
  }
}

void fill_names(const Database& from, Database& into) {
  Statement name(from,
                 "SELECT number, label, (SELECT group_concat(form, '|') FROM aliases WHERE entity ="
                 " number) FROM entities");
  Statement row(into, "INSERT INTO name_search (rowid, label, aliases) VALUES (?, ?, ?)");
  while (name.step()) {
    row.bind(1, name.integer(0)).bind(2, name.text(1));
    (name.is_null(2) ? row.bind_null(3) : row.bind(3, name.text(2))).run();
  }
}

void add_rows(const Database& database, const std::string& sql, Digest& digest) {
  Statement row(database, sql);
  while (row.step()) digest.row(row);
}

/// A table of the words of a full-text table, as long as it lives.
class Words {
 public:
  /// `kind`: "instance" (each word with its place) or "row" (each word once).
  Words(const Database& database, const std::string& table, const char* kind)
      : database_(database), name_("temp.words_of_" + table) {
    drop();
    Statement(database_, "CREATE VIRTUAL TABLE " + name_ + " USING fts5vocab(main, " + table +
                             ", " + kind + ")")
        .run();
  }
  ~Words() {
    try {
      drop();
    } catch (const core::SetupError&) {
      // It goes with the connection.
    }
  }
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;

  Statement select(const std::string& what) const {
    return {database_, "SELECT " + what + " FROM " + name_};
  }
  Statement select_word(const std::string& what) const {
    return {database_, "SELECT " + what + " FROM " + name_ + " WHERE term = ?"};
  }

 private:
  void drop() { Statement(database_, "DROP TABLE IF EXISTS " + name_).run(); }

  const Database& database_;
  std::string name_;
};

/// Every word with its place, and the lengths by which answers are ranked.
std::string search_digest(const Database& database, const std::string& table) {
  Digest digest;
  {
    const Words words(database, table, "instance");
    Statement row = words.select("term, doc, col, \"offset\"");
    while (row.step()) digest.row(row);
  }
  add_rows(database, "SELECT id, sz FROM " + table + "_docsize ORDER BY id", digest);
  add_rows(database, "SELECT block FROM " + table + "_data WHERE id = 1", digest);
  add_rows(database, "SELECT k, v FROM " + table + "_config ORDER BY k", digest);
  return digest.hex();
}

/// Whether each word of `made` is found in `stored`, and as often.
bool finds_all(const Database& stored, const Database& made, const std::string& table) {
  const Words wanted(made, table, "row"), words(stored, table, "row");
  Statement want = wanted.select("term, doc, cnt"), found = words.select_word("doc, cnt");
  while (want.step()) {
    found.bind(1, want.text(0));
    if (!found.step() || found.integer(0) != want.integer(1) || found.integer(1) != want.integer(2))
      return false;
    found.reset();
  }
  return true;
}

}  // namespace

// What waits may change from batch to batch, and is not in the graph.
std::string Store::documents_digest() const {
  Digest digest;
  add_rows(*database_,
           "SELECT d.*, r.fingerprint, r.sha256 FROM documents d LEFT JOIN records r ON r.document"
           " = d.number WHERE d.waiting = 0 ORDER BY d.number",
           digest);
  add_rows(*database_, "SELECT * FROM decisions ORDER BY number", digest);
  return digest.hex();
}

void Store::note_documents() { set_meta(kDocumentsDigest, documents_digest()); }

std::string Store::check_documents() const {
  const std::string noted = meta(kDocumentsDigest);  // older stores have none
  if (noted.empty() || noted == documents_digest()) return {};
  return "The list of documents, or what was decided about entities, is not what was written.";
}

std::string Store::check_search() const {
  try {
    {
      Database made = Database::temporary();
      made.execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN");
      made.execute(kDocumentTables);
      fill_sentences(*database_, made);
      fill_names(*database_, made);
      for (const char* table : kSearchTables)
        if (search_digest(*database_, table) != search_digest(made, table) ||
            !finds_all(*database_, made, table))
          return kSearchFault;
    }
    // How words are found is checked by FTS5 itself, and only where it may write.
    constexpr uintmax_t kLargest = 256u << 20;
    std::error_code error;
    if (std::filesystem::file_size(path_, error) > kLargest || error) return {};
    Database copy = database_->copy_in_memory();
    for (const char* table : kSearchTables)
      copy.execute(
          ("INSERT INTO " + std::string(table) + " (" + table + ") VALUES ('integrity-check')")
              .c_str());
  } catch (const core::SetupError&) {
    return kSearchFault;  // whatever SQLite calls it
  }
  return {};
}

}  // namespace weft::store
