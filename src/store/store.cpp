// Documents and records in and out. What a run reads is put in as waiting rows; two temporary
// tables note which rows it has seen again and which files it has read to their end, so that
// "gone" and "replaced" are one set-based DELETE at the end. A document's id in the graph follows
// from the set of documents alone, whatever the order in which they came. Reading a document by id
// costs one look-up in a B-tree.
#include "store/store.h"

#include <utility>

#include "core/error.h"
#include "core/sha256.h"
#include "store/tables.h"

namespace weft::store {

namespace fs = std::filesystem;

namespace {

constexpr const char* kMetaColumns = "id, path, title, date, source, author, url, language, sha256";

/// The columns from `first` on, in the order of kMetaColumns.
doc::Metadata read_metadata(const Statement& row, int first = 0) {
  doc::Metadata m;
  m.id = row.text(first);
  m.path = row.text(first + 1);
  m.title = row.text(first + 2);
  m.date = row.text(first + 3);
  m.source = row.text(first + 4);
  m.author = row.text(first + 5);
  m.url = row.text(first + 6);
  m.language = row.text(first + 7);
  m.sha256 = row.text(first + 8);
  return m;
}

/// A record as stored may bear the id and path that its document had when it was made.
doc::Record read_record(std::string_view json, doc::Metadata meta,
                        const schema::Ontology& ontology) {
  doc::Record record = doc::record_from_json(json, ontology);
  record.meta = std::move(meta);
  return record;
}

constexpr const char* kGone = R"sql(
CREATE TEMP TABLE gone AS SELECT number, waiting FROM documents d
 WHERE number NOT IN (SELECT number FROM kept)
   AND (?1 OR container IN (SELECT container FROM finished)
        OR EXISTS (SELECT 1 FROM documents w WHERE w.container = d.container AND w.base = d.base AND w.number <> d.number
                      AND (w.number IN (SELECT number FROM kept) OR w.waiting > d.waiting)))
)sql";

}  // namespace

Store::Store(fs::path path, WriterLock lock, std::unique_ptr<Database> database)
    : path_(std::move(path)), lock_(std::move(lock)), database_(std::move(database)) {}

Store::Store(Store&& other) noexcept
    : path_(std::move(other.path_)),
      lock_(std::move(other.lock_)),
      database_(std::move(other.database_)),
      writing_(other.writing_),
      fresh_(std::exchange(other.fresh_, false)) {}

Store::~Store() {
  if (writing_ && database_) {
    try {
      if (database_->in_transaction()) database_->execute("ROLLBACK");
      if (!fresh_)
        database_->execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE");
    } catch (const core::SetupError&) {
      // Readers are at work, or the disk is full: the journal stays, and the next one to open the
      // store goes on from it.
    }
  }
  database_.reset();
  std::error_code ignored;
  if (fresh_)
    for (const char* ending : {"-wal", "-shm", ""}) fs::remove(path_.string() + ending, ignored);
}

void Store::begin_if_needed() {
  if (!database_->in_transaction()) database_->execute("BEGIN IMMEDIATE");
}

void Store::commit_batch() {
  if (!database_->in_transaction()) return;
  database_->execute("COMMIT");
  fresh_ = false;
}

void Store::finish() {
  begin_if_needed();
  note_documents();
  commit_batch();
}

void Store::compact() { database_->execute("VACUUM"); }

void Store::put(const doc::Record& record, std::string_view text, const Origin& origin,
                std::string_view fingerprint, const schema::Ontology& ontology) {
  begin_if_needed();
  const doc::Metadata& meta = record.meta;
  Statement document(
      *database_,
      "INSERT INTO documents (waiting, base, container, content, given, path, title, date, source,"
      " author, url, language, sha256) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  document.bind(1, meta.id)
      .bind(2, origin.container)
      .bind(3, origin.content)
      .bind(4, int64_t{origin.given});
  document.bind(5, meta.path).bind(6, meta.title).bind_optional(7, meta.date).bind(8, meta.source);
  document.bind(9, meta.author)
      .bind(10, meta.url)
      .bind(11, meta.language)
      .bind(12, meta.sha256)
      .run();
  const int64_t number = database_->last_row();
  Statement(*database_, "INSERT INTO texts VALUES (?, ?)").bind(1, number).bind(2, text).run();
  const std::string json = doc::to_json(record, ontology);
  Statement(*database_, "INSERT INTO records VALUES (?, ?, ?, ?)")
      .bind(1, number)
      .bind(2, fingerprint)
      .bind(3, core::sha256_hex(json))
      .bind(4, json)
      .run();
  add_sentences(number, text, record.sentences);
  keep(number);
}

void Store::put_copy(int64_t number, std::string_view base, std::string_view path,
                     const Origin& origin) {
  begin_if_needed();
  Statement(*database_,
            "INSERT INTO documents (waiting, base, container, content, given, path, title, date,"
            " source, author, url, language, sha256)"
            " SELECT 1, ?2, ?3, content, given, ?4, title, date, source, author, url, language,"
            " sha256 FROM documents WHERE number = ?1")
      .bind(1, number)
      .bind(2, base)
      .bind(3, origin.container)
      .bind(4, path)
      .run();
  const int64_t copy = database_->last_row();
  Statement(*database_, "INSERT INTO texts SELECT ?2, text FROM texts WHERE document = ?1")
      .bind(1, number)
      .bind(2, copy)
      .run();
  Statement(*database_,
            "INSERT INTO records SELECT ?2, fingerprint, sha256, json FROM records"
            " WHERE document = ?1")
      .bind(1, number)
      .bind(2, copy)
      .run();
  Statement text(*database_, "SELECT text FROM texts WHERE document = ?");
  text.bind(1, copy).step();
  std::vector<core::ByteSpan> sentences;
  Statement row(*database_, "SELECT \"begin\", \"end\" FROM sentences WHERE document = ?");
  row.bind(1, number);
  while (row.step())
    sentences.push_back(
        {static_cast<uint32_t>(row.integer(0)), static_cast<uint32_t>(row.integer(1))});
  add_sentences(copy, text.text(0), sentences);
  keep(copy);
}

void Store::add_sentences(int64_t number, std::string_view text,
                          const std::vector<core::ByteSpan>& sentences) {
  Statement row(*database_,
                "INSERT INTO sentences (document, \"begin\", \"end\") VALUES (?, ?, ?)");
  Statement search(*database_, "INSERT INTO sentence_search (rowid, text) VALUES (?, ?)");
  for (const core::ByteSpan s : sentences) {
    if (s.begin >= s.end || s.end > text.size()) continue;
    row.bind(1, number).bind(2, int64_t{s.begin}).bind(3, int64_t{s.end}).run();
    search.bind(1, database_->last_row()).bind(2, text.substr(s.begin, s.size())).run();
  }
}

void Store::keep(int64_t number) {
  Statement(*database_, "INSERT OR IGNORE INTO temp.kept VALUES (?)").bind(1, number).run();
}

void Store::move(int64_t number, std::string_view path) {
  Statement(*database_, "INSERT OR REPLACE INTO temp.moved VALUES (?, ?)")
      .bind(1, number)
      .bind(2, path)
      .run();
}

bool Store::is_kept(int64_t number) const {
  Statement row(*database_, "SELECT 1 FROM temp.kept WHERE number = ?");
  return row.bind(1, number).step();
}

void Store::finish_container(std::string_view container) {
  Statement(*database_, "INSERT OR IGNORE INTO temp.finished VALUES (?)").bind(1, container).run();
}

uint64_t Store::remove(std::string_view id_or_container) {
  begin_if_needed();
  // Marked as finished and not kept: settle() drops the rows like any others that are gone.
  Statement rows(
      *database_,
      "SELECT number, container FROM documents d WHERE id = ?1 OR container = ?1 OR path ="
      " ?1 OR (id IS NULL AND EXISTS (SELECT 1 FROM documents e WHERE e.id = ?1 AND e.base"
      " = d.base AND e.sha256 = d.sha256))");
  std::vector<std::pair<int64_t, std::string>> found;
  rows.bind(1, id_or_container);
  while (rows.step()) found.emplace_back(rows.integer(0), rows.text(1));
  for (const auto& [number, container] : found) {
    Statement(*database_, "UPDATE documents SET container = ? WHERE number = ?")
        .bind(1, std::string("\n"))  // no file is called that
        .bind(2, number)
        .run();
  }
  finish_container("\n");
  return found.size();
}

void Store::drop_gone() {
  Statement sentence(
      *database_, "SELECT s.number, s.\"begin\", s.\"end\" FROM sentences s WHERE s.document = ?");
  Statement text(*database_, "SELECT text FROM texts WHERE document = ?");
  Statement forget(*database_,
                   "INSERT INTO sentence_search (sentence_search, rowid, text) VALUES "
                   "('delete', ?, ?)");
  Statement row(*database_, "SELECT number FROM temp.gone");
  while (row.step()) {
    text.bind(1, row.integer(0));
    if (!text.step()) continue;
    const std::string_view words = text.text(0);
    sentence.bind(1, row.integer(0));
    while (sentence.step()) {
      const auto begin = static_cast<size_t>(sentence.integer(1));
      const auto end = static_cast<size_t>(sentence.integer(2));
      if (begin <= end && end <= words.size())
        forget.bind(1, sentence.integer(0)).bind(2, words.substr(begin, end - begin)).run();
    }
    text.reset();
  }
  database_->execute(
      "DELETE FROM sentences WHERE document IN (SELECT number FROM temp.gone);"
      "DELETE FROM records WHERE document IN (SELECT number FROM temp.gone);"
      "DELETE FROM texts WHERE document IN (SELECT number FROM temp.gone);"
      "DELETE FROM documents WHERE number IN (SELECT number FROM temp.gone);");
}

Settlement Store::settle(bool sync) {
  begin_if_needed();
  Settlement settlement;
  database_->execute(
      "UPDATE documents SET path = m.path FROM temp.moved m WHERE m.number = documents.number;"
      "DELETE FROM temp.moved");
  Statement(*database_, "DROP TABLE IF EXISTS temp.gone").run();
  Statement(*database_, kGone).bind(1, int64_t{sync}).run();
  {
    Statement count(*database_, "SELECT count(*) FROM temp.gone WHERE waiting = 0");
    count.step();
    settlement.removed = count.integer(0);
  }
  drop_gone();
  database_->execute("UPDATE documents SET waiting = 0 WHERE waiting = 1");
  settlement.added = database_->changes();
  // Of equal texts another one may have come first: it is in the graph now.
  if (const int64_t renamed = give_ids(); !settlement.changed()) settlement.added = renamed;
  database_->execute("DROP TABLE temp.gone; DELETE FROM temp.kept; DELETE FROM temp.finished");
  return settlement;
}

// Of several documents that came with one id the one with the smallest hash keeps it; the others
// get "#" and as many digits of their hash as make the id new. Of equal texts that came with one id
// only one is in the graph, the one with the first path.
int64_t Store::give_ids() {
  struct Change {
    int64_t number;
    bool named;  // by its base; else it gets no id
  };
  std::vector<Change> firsts;
  struct Other {
    int64_t number;
    std::string base, sha256, id;
  };
  std::vector<Other> others;
  {
    Statement row(*database_,
                  "SELECT number, base, sha256, id FROM documents ORDER BY base, sha256, path, "
                  "number");
    std::string base, sha256;
    bool any = false;
    while (row.step()) {
      const bool same_base = any && row.text(1) == base;
      const bool same_text = same_base && row.text(2) == sha256;
      any = true;
      base = row.text(1);
      sha256 = row.text(2);
      if (same_text) {
        if (!row.is_null(3)) firsts.push_back({row.integer(0), false});
      } else if (same_base) {
        others.push_back({row.integer(0), base, sha256, std::string(row.text(3))});
      } else if (row.is_null(3) || row.text(3) != base) {
        firsts.push_back({row.integer(0), true});
      }
    }
  }
  int64_t changes = 0;
  Statement clear(*database_, "UPDATE documents SET id = NULL WHERE number = ?");
  Statement set(*database_, "UPDATE documents SET id = ? WHERE number = ?");
  for (const Other& o : others) clear.bind(1, o.number).run();
  for (const Change& c : firsts) clear.bind(1, c.number).run();
  Statement name(*database_, "UPDATE documents SET id = base WHERE number = ?");
  for (const Change& c : firsts) {
    if (c.named) name.bind(1, c.number).run();
    ++changes;
  }
  constexpr size_t kDigits = 8;
  for (const Other& o : others) {
    std::string id;
    for (size_t digits = kDigits; id.empty() || has(id); ++digits)
      id = o.base + "#" + o.sha256.substr(0, digits) +
           std::string(digits > 64 ? digits - 64 : 0, '+');
    set.bind(1, id).bind(2, o.number).run();
    if (id != o.id) ++changes;
  }
  return changes;
}

void Store::set_meta(std::string_view key, std::string_view value) {
  Statement(*database_, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)")
      .bind(1, key)
      .bind(2, value)
      .run();
}

std::string Store::meta(std::string_view key) const {
  Statement row(*database_, "SELECT value FROM meta WHERE key = ?");
  row.bind(1, key);
  return row.step() ? std::string(row.text(0)) : std::string();
}

uint64_t Store::document_count() const {
  Statement row(*database_, "SELECT count(*) FROM documents WHERE id IS NOT NULL");
  row.step();
  return static_cast<uint64_t>(row.integer(0));
}

uint64_t Store::waiting_count() const {
  Statement row(*database_, "SELECT count(*) FROM documents WHERE waiting = 1");
  row.step();
  return static_cast<uint64_t>(row.integer(0));
}

std::vector<doc::Metadata> Store::documents() const {
  std::vector<doc::Metadata> out;
  Statement row(*database_, std::string("SELECT ") + kMetaColumns +
                                " FROM documents WHERE id IS NOT NULL ORDER BY id");
  while (row.step()) out.push_back(read_metadata(row));
  return out;
}

std::optional<doc::Metadata> Store::document(std::string_view id) const {
  Statement row(*database_, std::string("SELECT ") + kMetaColumns + " FROM documents WHERE id = ?");
  if (!row.bind(1, id).step()) return std::nullopt;
  return read_metadata(row);
}

bool Store::has(std::string_view id) const {
  Statement row(*database_, "SELECT 1 FROM documents WHERE id = ?");
  return row.bind(1, id).step();
}

std::optional<std::string> Store::text(std::string_view id) const {
  Statement row(*database_,
                "SELECT text FROM texts JOIN documents ON number = document WHERE id = ?");
  if (!row.bind(1, id).step()) return std::nullopt;
  return std::string(row.text(0));
}

std::optional<doc::Record> Store::record(std::string_view id,
                                         const schema::Ontology& ontology) const {
  Statement row(*database_, std::string("SELECT json, ") +
                                "id, path, title, date, source, author, url, language, d.sha256"
                                " FROM records JOIN documents d ON number = document WHERE id = ?");
  if (!row.bind(1, id).step()) return std::nullopt;
  return read_record(row.text(0), read_metadata(row, 1), ontology);
}

void Store::each_record(const schema::Ontology& ontology,
                        const std::function<void(doc::Record&&)>& visit) const {
  Statement row(*database_,
                "SELECT json, id, path, title, date, source, author, url, language, d.sha256"
                " FROM records JOIN documents d ON number = document"
                " WHERE id IS NOT NULL ORDER BY id");
  while (row.step()) visit(read_record(row.text(0), read_metadata(row, 1), ontology));
}

std::vector<doc::Record> Store::records(const schema::Ontology& ontology) const {
  std::vector<doc::Record> out;
  each_record(ontology, [&](doc::Record&& record) { out.push_back(std::move(record)); });
  return out;
}

std::vector<std::string> Store::contents(std::string_view fingerprint) const {
  std::vector<std::string> out;
  Statement row(*database_,
                "SELECT content FROM documents JOIN records ON document = number"
                " WHERE fingerprint = ? AND content <> '' ORDER BY content");
  row.bind(1, fingerprint);
  while (row.step()) out.emplace_back(row.text(0));
  return out;
}

std::vector<Row> Store::rows_with_content(std::string_view content,
                                          std::string_view fingerprint) const {
  std::vector<Row> out;
  Statement row(*database_,
                "SELECT number, base, container, given FROM documents JOIN records ON document ="
                " number WHERE content = ? AND fingerprint = ? ORDER BY number");
  row.bind(1, content).bind(2, fingerprint);
  while (row.step())
    out.push_back({row.integer(0), std::string(row.text(1)), std::string(row.text(2)),
                   static_cast<uint32_t>(row.integer(3))});
  return out;
}

std::vector<int64_t> Store::stale_rows(std::string_view fingerprint) const {
  std::vector<int64_t> out;
  std::string sql = "SELECT document FROM records WHERE fingerprint <> ?";
  // What this run has replaced must not come back.
  if (writing_)
    sql +=
        " AND document NOT IN (SELECT number FROM temp.kept) AND document NOT IN (SELECT d.number"
        " FROM documents d WHERE d.container IN (SELECT container FROM temp.finished) OR EXISTS"
        " (SELECT 1 FROM documents w JOIN temp.kept k ON k.number = w.number WHERE w.container ="
        " d.container AND w.base = d.base AND w.number <> d.number))";
  Statement row(*database_, sql + " ORDER BY document");
  row.bind(1, fingerprint);
  while (row.step()) out.push_back(row.integer(0));
  return out;
}

void Store::read_row(int64_t number, doc::Metadata& meta, std::string& text, Origin& origin) const {
  Statement row(*database_,
                "SELECT base, path, title, date, source, author, url, language, sha256, container,"
                " content, given, text FROM documents JOIN texts ON document = number"
                " WHERE number = ?");
  if (!row.bind(1, number).step()) return;
  meta = read_metadata(row);
  origin.container = row.text(9);
  origin.content = row.text(10);
  origin.given = static_cast<uint32_t>(row.integer(11));
  text = row.text(12);
}

}  // namespace weft::store
