// A deferred transaction of SQLite (sqlite.org/lang_transaction.html), which begins with its first
// look at the file. In WAL mode it keeps the log's pages, at rest a shared lock. O(1).
#include "store/snapshot.h"

#include "core/error.h"

namespace weft::store {

Snapshot::Snapshot(const Store& store) {
  const Database& database = store.database();
  if (database.in_transaction()) return;
  Statement(database, "BEGIN").run();
  database_ = &database;
  try {
    store.meta("format");
  } catch (...) {
    if (database.in_transaction()) Statement(database, "ROLLBACK").run();
    throw;
  }
}

Snapshot::~Snapshot() {
  // After some errors SQLite has ended the transaction itself.
  if (!database_ || !database_->in_transaction()) return;
  try {
    Statement(*database_, "COMMIT").run();
  } catch (const core::SetupError&) {
    // Nothing was written; closing the connection lets go of the lock.
  }
}

}  // namespace weft::store
