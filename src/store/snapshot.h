// One state of a store for as long as somebody reads.
#pragma once

#include "store/store.h"

namespace weft::store {

/// As long as it lives all that is read through the store is of one state, whatever others commit
/// (a read transaction). Whoever asks more than one question of a store holds one. Within another
/// one, or within a writer's transaction, it changes nothing. A build that *begins* meanwhile waits
/// a few seconds for it and then says that the store is in use; one that is at work already is not
/// held up. The store may move, but must outlive it. Throws SetupError if the store can't be read.
class Snapshot {
 public:
  explicit Snapshot(const Store& store);
  ~Snapshot();
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  const Database* database_ = nullptr;  // null: a transaction was open already
};

}  // namespace weft::store
