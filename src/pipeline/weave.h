// From the documents of a store to its graph.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "schema/schema.h"
#include "store/store.h"

namespace weft::pipeline {

struct Woven {
  bool made = false;  // false: the graph was up to date
  store::Settlement settlement;
  uint64_t near_copies = 0;
  std::vector<std::vector<std::string>> copies;
  double load_seconds = 0, resolve_seconds = 0, save_seconds = 0;
};

/// Settles what was put into the store and makes its graph anew if anything has changed (or
/// `always`), in one transaction. Readers see the old graph until it ends.
Woven weave(store::Store& store, const schema::Schema& schema, const std::string& fingerprint,
            bool sync, bool always);

/// Counts of the stored graph.
uint64_t entity_count(const store::Store& store);
uint64_t fact_count(const store::Store& store);

}  // namespace weft::pipeline
