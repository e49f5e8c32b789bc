// Opening a store. The 100-byte header is read before SQLite sees the file, so that each way of
// being wrong gets its own sentence (sqlite.org/fileformat2.html); if a journal lies beside the
// file, a writer was killed and SQLite looks first. A new or older store gets its tables in one
// transaction under a rollback journal and only then goes over to WAL, so that the header always
// tells what the file is.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <thread>
#include <utility>

#include "core/error.h"
#include "store/store.h"
#include "store/tables.h"

namespace weft::store {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::milliseconds kRetry{20};

[[noreturn]] void refuse(const std::string& sentence) {
  throw core::SetupError(sentence, core::ExitCode::broken_file);
}

using Header = std::array<unsigned char, 100>;

uint32_t big_endian(const Header& header, size_t at) {
  return uint32_t{header[at]} << 24 | uint32_t{header[at + 1]} << 16 |
         uint32_t{header[at + 2]} << 8 | header[at + 3];
}

/// A writer works on the file or was killed: what the header says may be out of date.
bool has_journal(const fs::path& path) {
  for (const char* ending : {"-wal", "-journal"}) {
    std::error_code error;
    const auto size = fs::file_size(path.string() + ending, error);
    if (!error && size > 0) return true;
  }
  return false;
}

void check_format(const std::string& name, uint32_t format) {
  if (format > static_cast<uint32_t>(kFormat))
    refuse(name + " was written by a newer weft (format " + std::to_string(format) +
           "; this one reads up to " + std::to_string(kFormat) +
           "). Use that version, or build the store again.");
  if (format == 0) refuse(name + " is an unfinished weft store. Build it again.");
}

void check_regular(const fs::path& path, const struct stat& info) {
  if (S_ISDIR(info.st_mode))
    refuse(path.string() + " is a folder, not a store. Name the file that weft build wrote.");
  if (!S_ISREG(info.st_mode))
    refuse(path.string() + " is not a regular file. Name the file that weft build wrote.");
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
  check_regular(path, info);
  if (has_journal(path)) return;
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
  check_format(name, big_endian(header, 60));
  const uint64_t raw_page = uint64_t{header[16]} << 8 | header[17];
  const uint64_t page = raw_page == 1 ? 65536 : raw_page;
  const uint64_t expected = page * big_endian(header, 28);
  if (expected != static_cast<uint64_t>(info.st_size))
    refuse(name + " is cut off or damaged: it has " + std::to_string(info.st_size) + " bytes of " +
           std::to_string(expected) + ". Build it again.");
}

int64_t pragma(const Database& database, const char* name) {
  Statement row(database, std::string("PRAGMA ") + name);
  return row.step() ? row.integer(0) : 0;
}

/// What SQLite says of the file, once it has looked at its journals.
int checked_format(const Database& database) {
  const std::string name = database.path().string();
  if (pragma(database, "application_id") != static_cast<int64_t>(kApplicationId))
    refuse(name +
           " is not a weft store, or the run that made it was stopped before it held "
           "anything. Build it again.");
  const auto format = static_cast<uint32_t>(pragma(database, "user_version"));
  check_format(name, format);
  return static_cast<int>(format);
}

void check_tables(const Database& database) {
  Statement tables(
      database,
      "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('meta', 'documents', "
      "'texts', 'records', 'sentences', 'decisions', 'entities', 'aliases', 'edges', 'attributes', "
      "'evidence', 'places', 'maybe_same')");
  tables.step();
  if (tables.integer(0) != 13)
    refuse(database.path().string() + " is damaged: tables are missing. Build it again.");
}

void run_migrations(Database& database, int from) {
  // Renaming a table must not drag the references of other tables along.
  database.execute("PRAGMA legacy_alter_table=ON; BEGIN IMMEDIATE");
  for (const Migration& m : migrations())
    if (m.from >= from)
      for (const char* sql : m.steps) database.execute(sql);
  database.execute(kViews);
  database.execute(("INSERT OR REPLACE INTO meta VALUES ('format', '" + std::to_string(kFormat) +
                    "'); PRAGMA user_version=" + std::to_string(kFormat) +
                    "; COMMIT; PRAGMA legacy_alter_table=OFF")
                       .c_str());
}

/// The file that a writer would work on: what a symbolic link points to, not the link.
fs::path writable_target(const fs::path& target) {
  if (target.empty()) refuse("The store needs a name: give one with -o STORE.");
  std::error_code ignored;
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
  return real;
}

/// Lets SQLite roll back what a killed writer left half done, which a connection that may only read
/// can't. What can't be written to is told by the reader that comes next.
void repair(const fs::path& path) {
  std::error_code error;
  if (const auto size = fs::file_size(path.string() + "-journal", error); error || size == 0)
    return;
  try {
    pragma(Database(path, Database::Mode::write), "user_version");
  } catch (const core::SetupError&) {
    // As said above.
  }
}

}  // namespace

WriterLock::WriterLock(const fs::path& path, std::chrono::milliseconds patience)
    : fd_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
  if (fd_ < 0) refuse("Can't write " + path.string() + ": " + std::strerror(errno) + ".");
  const auto end = std::chrono::steady_clock::now() + patience;
  while (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) break;  // no locks on this file system
    if (std::chrono::steady_clock::now() >= end) {
      ::close(std::exchange(fd_, -1));
      refuse(path.string() +
             " is being written by another run of weft. Try again when that has finished.");
    }
    std::this_thread::sleep_for(kRetry);
  }
}

WriterLock::~WriterLock() {
  if (fd_ >= 0) ::close(fd_);
}

WriterLock::WriterLock(WriterLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Store Store::open(const fs::path& path) {
  check_header(path);
  repair(path);
  auto database = std::make_unique<Database>(path, Database::Mode::read_only);
  database->execute("PRAGMA cell_size_check=ON");
  if (const int format = checked_format(*database); format < kFormat) {
    database = std::make_unique<Database>(database->copy_in_memory());
    run_migrations(*database, format);
  }
  check_tables(*database);
  return {path, WriterLock(), std::move(database)};
}

Store Store::open_for_writing(const fs::path& target, std::chrono::milliseconds patience) {
  const fs::path path = writable_target(target);
  std::error_code ignored;
  if (fs::exists(path, ignored) && fs::file_size(path, ignored) > 0) check_header(path);
  WriterLock lock(path, patience);
  Store store(path, std::move(lock), std::make_unique<Database>(path, Database::Mode::write));
  store.prepare_writing();
  return store;
}

void Store::prepare_writing() {
  writing_ = true;
  Database& db = *database_;
  // Sorts (of indices, of records by id) and temporary tables may outgrow memory: into files.
  db.execute("PRAGMA cell_size_check=ON; PRAGMA temp_store=FILE; PRAGMA cache_size=-32768");
  if (pragma(db, "page_count") == 0) {
    fresh_ = true;
    db.execute("PRAGMA page_size=4096; PRAGMA encoding='UTF-8'; BEGIN IMMEDIATE");
    db.execute(("PRAGMA application_id=" + std::to_string(kApplicationId)).c_str());
    db.execute(kTables);
    db.execute(kPlaceTables);
    db.execute(kDocumentTables);
    db.execute(kGraphIndices);
    db.execute(kViews);
    set_meta("generator", std::string("weft ") + WEFT_VERSION);
    set_meta("format", std::to_string(kFormat));
    db.execute(("PRAGMA user_version=" + std::to_string(kFormat) + "; COMMIT").c_str());
  } else if (const int format = checked_format(db); format < kFormat) {
    run_migrations(db, format);
  }
  check_tables(db);
  if (const std::string fault = check_documents(); !fault.empty())
    refuse(path_.string() + " is damaged. " + fault + " Build it again.");
  // NORMAL: a batch outlives a killed process, and the file stays whole if the power goes.
  db.execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL");
  db.execute(
      "CREATE TEMP TABLE kept (number INTEGER PRIMARY KEY);"
      "CREATE TEMP TABLE moved (number INTEGER PRIMARY KEY, path TEXT NOT NULL);"
      "CREATE TEMP TABLE finished (container TEXT PRIMARY KEY) WITHOUT ROWID;");
}

}  // namespace weft::store
