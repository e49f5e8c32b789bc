// From inputs to a store: reads, runs the stages in parallel, stores records in order, resolves the
// graph.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "core/error.h"
#include "nlp/stages.h"
#include "read/source.h"
#include "schema/schema.h"

namespace weft::pipeline {

struct Progress {
  uint64_t documents = 0;  // finished, with or without success
  uint64_t bytes = 0;      // of text
  uint64_t problems = 0;   // documents left out
};

struct BuildOptions {
  read::InputSpec inputs;
  read::ReadOptions read;
  std::filesystem::path store;
  nlp::Tier tier = nlp::Tier::fast;
  unsigned threads = 0;                              // 0: as many as the machine has
  std::function<void(const Progress&)> on_progress;  // called by the calling thread, may be empty
  std::function<void(const core::Diagnostic&)>
      on_diagnostic;  // called by the calling thread, in input order; may be empty
};

struct BuildSummary {
  uint64_t documents = 0;  // in the store afterwards
  uint64_t added = 0, unchanged = 0, skipped = 0;
  uint64_t words = 0;  // tokens of the documents taken up now
  uint64_t bytes = 0;
  uint64_t entities = 0, facts = 0;  // nodes; edges and attributes
  double read_seconds = 0, extract_seconds = 0, resolve_seconds = 0, total_seconds = 0;
};

/// Throws SetupError if the store can't be written or nothing that was named exists; then the store
/// is as it was.
BuildSummary build(const schema::Schema& schema, const BuildOptions& options);

}  // namespace weft::pipeline
