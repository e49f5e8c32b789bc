// One file, written once: the new store is filled under a temporary name without a journal (there
// is nothing to roll back to: a failure throws the file away), flushed, and renamed over the
// target, which POSIX does in one step. Opening checks the 100-byte header before SQLite sees the
// file, so that each way of being wrong gets its own sentence. Reading a document by id costs one
// look-up in a B-tree. Reference: sqlite.org/fileformat2.html.
#include "store/store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "core/error.h"
#include "core/temporary_file.h"
#include "store/tables.h"

namespace weft::store {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void refuse(const std::string& sentence) {
  throw core::SetupError(sentence, core::ExitCode::broken_file);
}

using Header = std::array<unsigned char, 100>;

uint32_t big_endian(const Header& header, size_t at) {
  return uint32_t{header[at]} << 24 | uint32_t{header[at + 1]} << 16 |
         uint32_t{header[at + 2]} << 8 | header[at + 3];
}

/// Reads the header of what should be a store and refuses everything else.
void check_header(const fs::path& path) {
  const std::string name = path.string();
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    if (errno == ENOENT || errno == ENOTDIR)
      refuse("There is no store at \"" + name + "\". Make one with: weft build INPUT... -o STORE");
    refuse("Can't open " + name + ": " + std::strerror(errno) + ".");
  }
  if (S_ISDIR(info.st_mode))
    refuse(name + " is a folder, not a store. Name the file that weft build wrote.");
  if (!S_ISREG(info.st_mode))
    refuse(name + " is not a regular file. Name the file that weft build wrote.");
  Header header{};
  std::ifstream in(path, std::ios::binary);
  if (!in) refuse("Can't open " + name + ": " + std::strerror(errno) + ".");
  in.read(reinterpret_cast<char*>(header.data()), header.size());
  const auto got = static_cast<size_t>(in.gcount());
  if (got < 16 || std::memcmp(header.data(), "SQLite format 3", 16) != 0)
    refuse(name + " is not a weft store. Make one with: weft build INPUT... -o STORE");
  if (got < header.size()) refuse(name + " is cut off: it ends within its header. Build it again.");
  if (big_endian(header, 68) != kApplicationId)
    refuse(name +
           " is an SQLite database, but not a weft store. Name the file that weft build wrote.");
  const uint32_t format = big_endian(header, 60);
  if (format > static_cast<uint32_t>(kFormat))
    refuse(name + " was written by a newer weft (format " + std::to_string(format) +
           "; this one reads up to " + std::to_string(kFormat) +
           "). Use that version, or build the store again.");
  if (format == 0) refuse(name + " is an unfinished weft store. Build it again.");
  const uint64_t raw_page = uint64_t{header[16]} << 8 | header[17];
  const uint64_t page = raw_page == 1 ? 65536 : raw_page;
  const uint64_t expected = page * big_endian(header, 28);
  if (expected != static_cast<uint64_t>(info.st_size))
    refuse(name + " is cut off or damaged: it has " + std::to_string(info.st_size) + " bytes of " +
           std::to_string(expected) + ". Build it again.");
}

constexpr const char* kMetaColumns = "id, path, title, date, source, author, url, language, sha256";

doc::Metadata read_metadata(const Statement& row) {
  doc::Metadata m;
  m.id = row.text(0);
  m.path = row.text(1);
  m.title = row.text(2);
  m.date = row.text(3);
  m.source = row.text(4);
  m.author = row.text(5);
  m.url = row.text(6);
  m.language = row.text(7);
  m.sha256 = row.text(8);
  return m;
}

void flush(const fs::path& file, const fs::path& shown) {
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const bool failed = fd < 0 || ::fsync(fd) != 0;
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (failed) refuse("Can't write " + shown.string() + ": " + std::strerror(error) + ".");
}

}  // namespace

Store::Store(fs::path target, fs::path temporary, std::unique_ptr<Database> database)
    : target_(std::move(target)),
      temporary_(std::move(temporary)),
      database_(std::move(database)) {}

Store::Store(Store&& other) noexcept
    : target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      database_(std::move(other.database_)) {}

Store::~Store() {
  database_.reset();
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove(temporary_, ignored);
}

Store Store::create(const fs::path& target) {
  if (target.empty()) refuse("The store needs a name: give one with -o STORE.");
  std::error_code ignored;
  // Replace what a symbolic link points to, not the link.
  const fs::path real =
      fs::is_symlink(target, ignored) ? fs::weakly_canonical(target, ignored) : target;
  const fs::file_status status = fs::status(real, ignored);
  if (fs::is_directory(status))
    refuse("Can't write " + target.string() + ": it is a folder. Name a file.");
  if (fs::exists(status) && !fs::is_regular_file(status))
    refuse("Can't write a store to " + target.string() + ": it is not a regular file.");
  const fs::path folder = real.has_parent_path() ? real.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, ignored))
    refuse("Can't write " + target.string() + ": there is no folder " + folder.string() +
           ". Make it first.");
  core::remove_abandoned(real);
  const fs::path temporary = core::temporary_beside(real);
  fs::remove(temporary, ignored);
  Store store(real, temporary,
              std::make_unique<Database>(temporary, Database::Mode::create, target));
  Database& db = *store.database_;
  db.execute(
      "PRAGMA page_size=4096; PRAGMA encoding='UTF-8'; PRAGMA journal_mode=OFF; PRAGMA "
      "synchronous=OFF;"
      "PRAGMA secure_delete=ON; PRAGMA locking_mode=EXCLUSIVE; PRAGMA temp_store=MEMORY;");
  db.execute(("PRAGMA application_id=" + std::to_string(kApplicationId)).c_str());
  db.execute("BEGIN");
  db.execute(kTables);
  store.set_meta("generator", std::string("weft ") + WEFT_VERSION);
  store.set_meta("format", std::to_string(kFormat));
  return store;
}

Store Store::open(const fs::path& path) {
  check_header(path);
  Store store(path, {}, std::make_unique<Database>(path, Database::Mode::read_only, path));
  store.database_->execute("PRAGMA cell_size_check=ON");
  Statement tables(
      *store.database_,
      "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('meta', 'documents', "
      "'records', 'entities', 'aliases', 'edges', 'attributes', 'evidence')");
  tables.step();
  if (tables.integer(0) != 8)
    refuse(path.string() + " is damaged: tables are missing. Build it again.");
  return store;
}

void Store::commit() {
  Database& db = *database_;
  db.execute(kIndices);
  // The format is written last: a file without it is an unfinished store.
  db.execute(("PRAGMA user_version=" + std::to_string(kFormat)).c_str());
  db.execute("COMMIT");
  db.close();
  flush(temporary_, database_->path());
  std::error_code error;
  fs::rename(temporary_, target_, error);
  if (error) refuse("Can't write " + target_.string() + ": " + error.message() + ".");
  temporary_.clear();
}

void Store::insert_document(const doc::Metadata& meta, std::string_view text,
                            std::string_view fingerprint, std::string_view json) {
  if (has(meta.id))
    refuse("Two documents have the id \"" + meta.id + "\". Give each document an id of its own.");
  Statement document(
      *database_,
      "INSERT INTO documents (id, path, title, date, source, author, url, language, sha256,"
      " text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  document.bind(1, meta.id)
      .bind(2, meta.path)
      .bind(3, meta.title)
      .bind_optional(4, meta.date)
      .bind(5, meta.source);
  document.bind(6, meta.author)
      .bind(7, meta.url)
      .bind(8, meta.language)
      .bind(9, meta.sha256)
      .bind(10, text)
      .run();
  Statement record(*database_,
                   "INSERT INTO records (document, fingerprint, json) VALUES (?, ?, ?)");
  record.bind(1, database_->last_row()).bind(2, fingerprint).bind(3, json).run();
}

void Store::put(const doc::Record& record, std::string_view text, std::string_view fingerprint,
                const schema::Ontology& ontology) {
  insert_document(record.meta, text, fingerprint, doc::to_json(record, ontology));
}

bool Store::copy_unchanged(const Store& old, std::string_view id, std::string_view sha256,
                           std::string_view fingerprint) {
  Statement row(*old.database_, std::string("SELECT ") + kMetaColumns +
                                    ", text, json FROM documents JOIN records ON document = number"
                                    " WHERE id = ? AND sha256 = ? AND fingerprint = ?");
  row.bind(1, id).bind(2, sha256).bind(3, fingerprint);
  if (!row.step()) return false;
  insert_document(read_metadata(row), row.text(9), fingerprint, row.text(10));
  return true;
}

void Store::rename(std::string_view id, std::string_view new_id, const schema::Ontology& ontology) {
  std::optional<doc::Record> renamed = record(id, ontology);
  if (!renamed) return;
  renamed->meta.id = new_id;
  Statement(
      *database_,
      "UPDATE records SET json = ? WHERE document = (SELECT number FROM documents WHERE id = ?)")
      .bind(1, doc::to_json(*renamed, ontology))
      .bind(2, id)
      .run();
  Statement(*database_, "UPDATE documents SET id = ? WHERE id = ?")
      .bind(1, new_id)
      .bind(2, id)
      .run();
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
  Statement row(*database_, "SELECT count(*) FROM documents");
  row.step();
  return static_cast<uint64_t>(row.integer(0));
}

std::vector<doc::Metadata> Store::documents() const {
  std::vector<doc::Metadata> out;
  Statement row(*database_, std::string("SELECT ") + kMetaColumns + " FROM documents ORDER BY id");
  while (row.step()) out.push_back(read_metadata(row));
  return out;
}

bool Store::has(std::string_view id) const {
  Statement row(*database_, "SELECT 1 FROM documents WHERE id = ?");
  return row.bind(1, id).step();
}

std::optional<std::string> Store::text(std::string_view id) const {
  Statement row(*database_, "SELECT text FROM documents WHERE id = ?");
  if (!row.bind(1, id).step()) return std::nullopt;
  return std::string(row.text(0));
}

std::optional<doc::Record> Store::record(std::string_view id,
                                         const schema::Ontology& ontology) const {
  Statement row(*database_,
                "SELECT json FROM records JOIN documents ON number = document WHERE id = ?");
  if (!row.bind(1, id).step()) return std::nullopt;
  return doc::record_from_json(row.text(0), ontology);
}

std::optional<doc::Record> Store::unchanged(std::string_view id, std::string_view sha256,
                                            std::string_view fingerprint,
                                            const schema::Ontology& ontology) const {
  Statement row(*database_,
                "SELECT json FROM records JOIN documents ON number = document"
                " WHERE id = ? AND sha256 = ? AND fingerprint = ?");
  if (!row.bind(1, id).bind(2, sha256).bind(3, fingerprint).step()) return std::nullopt;
  return doc::record_from_json(row.text(0), ontology);
}

std::vector<doc::Record> Store::records(const schema::Ontology& ontology) const {
  std::vector<doc::Record> out;
  Statement row(*database_,
                "SELECT json FROM records JOIN documents ON number = document ORDER BY id");
  while (row.step()) out.push_back(doc::record_from_json(row.text(0), ontology));
  return out;
}

}  // namespace weft::store
