// SQLite behind two small classes: a connection and a prepared statement, both RAII, both throwing
// SetupError sentences that name the file. SQLite's own header stays in database.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace weft::store {

/// One connection; movable. Use by one thread at a time.
class Database {
 public:
  enum class Mode { read_only, write };

  /// A file that is not there is made if `mode` is write.
  Database(const std::filesystem::path& path, Mode mode);
  ~Database();
  Database(Database&& other) noexcept;
  Database& operator=(Database&&) = delete;

  /// Runs SQL without parameters or results.
  void execute(const char* sql);
  int64_t last_row() const;
  /// Rows that the last INSERT, UPDATE or DELETE has touched.
  int64_t changes() const;
  /// Whether a transaction is open.
  bool in_transaction() const;
  /// An empty one in a file without a name, which is gone when it is closed.
  static Database temporary();
  /// A copy in memory, which may be written to; the file stays as it is.
  Database copy_in_memory() const;
  const std::filesystem::path& path() const { return path_; }
  /// Closes the connection; throws if SQLite has something to say about it.
  void close();

 private:
  friend class Statement;
  Database() = default;
  [[noreturn]] void fail(int code) const;
  /// A prepared statement for `sql`: one that was given back, or a new one.
  sqlite3_stmt* take(std::string_view sql) const;
  void give_back(std::string_view sql, sqlite3_stmt* statement) const noexcept;
  void drop_idle() noexcept;

  sqlite3* handle_ = nullptr;
  /// Parsing SQL costs more than most statements do, and a build runs the same few for each
  /// document.
  mutable std::map<std::string, sqlite3_stmt*, std::less<>> idle_;
  std::filesystem::path path_;
  bool writing_ = false;
};

/// A prepared statement. Parameters count from 1, columns from 0. The database must outlive it and
/// not move meanwhile.
class Statement {
 public:
  Statement(const Database& database, std::string_view sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;

  /// Text is copied. Returns *this, so that a row reads as one expression.
  Statement& bind(int parameter, std::string_view text);
  Statement& bind(int parameter, int64_t number);
  Statement& bind(int parameter, double number);
  Statement& bind_null(int parameter);
  /// Not copied: the bytes must stay until the statement has run.
  Statement& bind_blob(int parameter, std::span<const std::byte> bytes);
  /// NULL for an empty text.
  Statement& bind_optional(int parameter, std::string_view text);

  /// True if there is a row; after false the statement may be bound and run again.
  bool step();
  /// For statements without results: runs once and makes ready for the next row.
  void run();
  void reset();

  /// Valid until the next step() or reset(); NULL reads as an empty text.
  std::string_view text(int column) const;
  std::span<const std::byte> blob(int column) const;
  int64_t integer(int column) const;
  double real(int column) const;
  bool is_null(int column) const;

  enum class Kind : uint8_t { null, integer, real, text, blob };
  int columns() const;
  Kind kind(int column) const;

 private:
  const Database* database_;
  std::string sql_;
  sqlite3_stmt* handle_ = nullptr;
};

}  // namespace weft::store
