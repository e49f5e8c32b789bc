// A thin RAII layer over SQLite's C interface (sqlite.org/cintro.html). Result codes become
// sentences here, once, so that no caller looks at a code. A file that comes from elsewhere is not
// trusted: its schema may not call functions, and cells are checked as pages are read, so a damaged
// file gives an error instead of nonsense.
#include "store/database.h"

#include <sqlite3.h>

#include <new>
#include <utility>

#include "core/error.h"

namespace weft::store {

namespace {

constexpr int kPatience = 5000;    // milliseconds to wait for a lock of another process
constexpr size_t kMostIdle = 100;  // prepared statements kept for the next who needs them

std::string sentence(const std::string& path, bool writing, int code, const char* detail) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return "Can't write " + path +
             ": the disk is full. What was stored before is kept; free some space and run the same "
             "command again, or choose another place with -o.";
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return path + " is damaged (" + detail + "). Build it again.";
    case SQLITE_TOOBIG:
      return "Can't write " + path +
             ": a text is larger than SQLite stores (1 GB). Leave that document out.";
    case SQLITE_NOMEM:
      return "There is not enough memory to work on " + path + ".";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return path + " is in use by another program. Try again when it has finished.";
    case SQLITE_READONLY:
      if (!writing)
        return path +
               " was left unfinished by a run that was killed, and may only be read. Make it "
               "and its folder writable once: then any command repairs it.";
      return "Can't write " + path +
             ": it may only be read. Change its permissions or those of its folder, or choose "
             "another place with -o.";
    case SQLITE_CANTOPEN:
      return std::string(writing ? "Can't write " : "Can't open ") + path +
             ". Does its folder exist, and may you use it?";
    default:
      return std::string(writing ? "Can't write " : "Can't read ") + path + ": " + detail + ".";
  }
}

}  // namespace

Database::Database(const std::filesystem::path& path, Mode mode)
    : path_(path), writing_(mode == Mode::write) {
  // An absolute path: ":memory:" and "" mean something else to SQLite than to people.
  const std::string name = std::filesystem::absolute(path).string();
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
                    (writing_ ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  const int code = sqlite3_open_v2(name.c_str(), &handle_, flags, nullptr);
  if (code != SQLITE_OK) {
    const std::string message =
        sentence(path_.string(), writing_, code, handle_ ? sqlite3_errmsg(handle_) : "no memory");
    sqlite3_close(handle_);
    handle_ = nullptr;
    throw core::SetupError(message, core::ExitCode::broken_file);
  }
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_busy_timeout(handle_, kPatience);
  if (!writing_) sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
}

Database::~Database() {
  drop_idle();
  if (handle_) sqlite3_close_v2(handle_);
}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)),
      idle_(std::exchange(other.idle_, {})),
      path_(std::move(other.path_)),
      writing_(other.writing_) {}

void Database::fail(int code) const {
  throw core::SetupError(sentence(path_.string(), writing_, code, sqlite3_errmsg(handle_)),
                         core::ExitCode::broken_file);
}

sqlite3_stmt* Database::take(std::string_view sql) const {
  if (const auto it = idle_.find(sql); it != idle_.end()) {
    sqlite3_stmt* statement = it->second;
    idle_.erase(it);
    return statement;
  }
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) fail(code);
  return statement;
}

void Database::give_back(std::string_view sql, sqlite3_stmt* statement) const noexcept {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  try {
    if (idle_.size() < kMostIdle && idle_.try_emplace(std::string(sql), statement).second) return;
  } catch (const std::bad_alloc&) {
  }
  sqlite3_finalize(statement);
}

void Database::drop_idle() noexcept {
  for (const auto& [sql, statement] : idle_) sqlite3_finalize(statement);
  idle_.clear();
}

void Database::execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_); }

int64_t Database::changes() const { return sqlite3_changes64(handle_); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

Database Database::temporary() {
  Database out;
  out.path_ = "a temporary file";
  out.writing_ = true;
  if (const int code = sqlite3_open("", &out.handle_); code != SQLITE_OK) out.fail(code);
  return out;
}

Database Database::copy_in_memory() const {
  Database copy;
  copy.path_ = path_;
  if (sqlite3_open(":memory:", &copy.handle_) != SQLITE_OK) copy.fail(SQLITE_NOMEM);
  sqlite3_extended_result_codes(copy.handle_, 1);
  sqlite3_db_config(copy.handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_backup* backup = sqlite3_backup_init(copy.handle_, "main", handle_, "main");
  if (!backup) copy.fail(sqlite3_errcode(copy.handle_));
  sqlite3_backup_step(backup, -1);
  if (const int code = sqlite3_backup_finish(backup); code != SQLITE_OK) copy.fail(code);
  return copy;
}

void Database::close() {
  if (!handle_) return;
  drop_idle();
  const int code = sqlite3_close(handle_);
  if (code != SQLITE_OK) fail(code);
  handle_ = nullptr;
}

Statement::Statement(const Database& database, std::string_view sql)
    : database_(&database), sql_(sql), handle_(database.take(sql)) {}

Statement::~Statement() {
  if (handle_) database_->give_back(sql_, handle_);
}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      sql_(std::move(other.sql_)),
      handle_(std::exchange(other.handle_, nullptr)) {}

Statement& Statement::bind(int parameter, std::string_view text) {
  // A null pointer would bind NULL; an empty text is not that.
  const int code = sqlite3_bind_text64(handle_, parameter, text.data() ? text.data() : "",
                                       text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) database_->fail(code);
  return *this;
}

Statement& Statement::bind(int parameter, int64_t number) {
  const int code = sqlite3_bind_int64(handle_, parameter, number);
  if (code != SQLITE_OK) database_->fail(code);
  return *this;
}

Statement& Statement::bind(int parameter, double number) {
  const int code = sqlite3_bind_double(handle_, parameter, number);
  if (code != SQLITE_OK) database_->fail(code);
  return *this;
}

Statement& Statement::bind_null(int parameter) {
  const int code = sqlite3_bind_null(handle_, parameter);
  if (code != SQLITE_OK) database_->fail(code);
  return *this;
}

Statement& Statement::bind_blob(int parameter, std::span<const std::byte> bytes) {
  const int code =
      sqlite3_bind_blob64(handle_, parameter, bytes.data(), bytes.size(), SQLITE_STATIC);
  if (code != SQLITE_OK) database_->fail(code);
  return *this;
}

Statement& Statement::bind_optional(int parameter, std::string_view text) {
  return text.empty() ? bind_null(parameter) : bind(parameter, text);
}

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) database_->fail(code);
  sqlite3_reset(handle_);
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() { sqlite3_reset(handle_); }

std::string_view Statement::text(int column) const {
  // The text first, its length after it: the conversion may change the length.
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  if (!bytes) return {};
  return {bytes, static_cast<size_t>(sqlite3_column_bytes(handle_, column))};
}

std::span<const std::byte> Statement::blob(int column) const {
  const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(handle_, column));
  if (!bytes) return {};
  return {bytes, static_cast<size_t>(sqlite3_column_bytes(handle_, column))};
}

int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }

bool Statement::is_null(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

int Statement::columns() const { return sqlite3_column_count(handle_); }

Statement::Kind Statement::kind(int column) const {
  switch (sqlite3_column_type(handle_, column)) {
    case SQLITE_INTEGER:
      return Kind::integer;
    case SQLITE_FLOAT:
      return Kind::real;
    case SQLITE_NULL:
      return Kind::null;
    case SQLITE_BLOB:
      return Kind::blob;
    default:
      return Kind::text;
  }
}

}  // namespace weft::store
