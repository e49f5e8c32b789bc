// Settling, resolving and saving, in this order and in one transaction. The graph is always made
// from all records: that it is the same as that of a build from scratch needs no proof then. What
// makes this quick is that records are read from the store, not extracted, one at a time. The
// graph's fingerprint is noted, so that a change of the schema alone makes it anew.
#include "pipeline/weave.h"

#include <chrono>

#include "graph/load.h"
#include "graph/resolve.h"

namespace weft::pipeline {

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kGraphKey = "graph_fingerprint";

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

uint64_t count(const store::Store& store, const char* sql) {
  store::Statement row(store.database(), sql);
  row.step();
  return static_cast<uint64_t>(row.integer(0));
}

}  // namespace

Woven weave(store::Store& store, const schema::Schema& schema, const std::string& fingerprint,
            bool sync, bool always) {
  Woven woven;
  woven.settlement = store.settle(sync);
  if (!always && !woven.settlement.changed() && store.meta(kGraphKey) == fingerprint) {
    store.finish();
    return woven;
  }
  woven.made = true;
  auto start = Clock::now();
  graph::Resolution resolution(schema.ontology, &schema.gazetteer, store.decisions());
  store.each_record(schema.ontology, [&](doc::Record&& record) { resolution.add(record); });
  woven.load_seconds = seconds_since(start);

  start = Clock::now();
  resolution.resolve();
  woven.save_seconds = graph::save(store, resolution, schema.ontology);
  woven.resolve_seconds = seconds_since(start) - woven.save_seconds;

  start = Clock::now();
  store.set_meta(kGraphKey, fingerprint);
  store.finish();
  woven.save_seconds += seconds_since(start);
  woven.copies = resolution.summary().near_copies;
  for (const auto& group : woven.copies) woven.near_copies += group.size() - 1;
  return woven;
}

uint64_t entity_count(const store::Store& store) {
  return count(store, "SELECT count(*) FROM entities");
}

uint64_t fact_count(const store::Store& store) {
  return count(store, "SELECT (SELECT count(*) FROM edges) + (SELECT count(*) FROM attributes)");
}

}  // namespace weft::pipeline
