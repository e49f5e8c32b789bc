// From inputs to a store: reads, runs the stages in parallel, stores records in order, weaves the
// graph.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/error.h"
#include "nlp/stages.h"
#include "pipeline/weave.h"
#include "read/source.h"
#include "schema/schema.h"

namespace weft::pipeline {

struct Progress {
  uint64_t documents = 0;    // finished, with or without success
  uint64_t stored = 0;       // of these, safe in the store by now
  uint64_t bytes = 0;        // of the inputs of these
  uint64_t total_bytes = 0;  // of all inputs as far as they are known; 0: unknown
  uint64_t problems = 0;     // documents left out
  bool weaving = false;      // all are read; the graph is made
};

struct BuildOptions {
  read::InputSpec inputs;  // may be empty: then what the store holds is woven
  read::ReadOptions read;
  std::filesystem::path store;
  nlp::Tier tier = nlp::Tier::fast;
  unsigned threads = 0;        // 0: as many as the machine has
  unsigned batch = 500;        // documents that are committed together
  bool sync = false;           // documents that were not named are removed
  std::function<bool()> stop;  // asked between documents; true ends the run early; may be empty
  std::function<void(const Progress&)> on_progress;  // called by the calling thread, may be empty
  std::function<void(const core::Diagnostic&)>
      on_diagnostic;  // called by the calling thread, in input order; may be empty
  std::function<void(const std::string&)> on_note;  // sentences for the user; may be empty
};

struct StageTime {
  std::string name;
  double seconds = 0;  // over all threads
};

struct BuildSummary {
  uint64_t documents = 0;  // in the store afterwards
  uint64_t added = 0, unchanged = 0, skipped = 0;
  uint64_t extracted_again = 0;  // by a new model or schema, beside what was read
  uint64_t removed = 0;          // were in the graph and are no longer
  uint64_t waiting = 0;          // if the run was stopped: stored, but not in the graph yet
  std::map<std::string, uint64_t> reasons;  // why documents were left out
  uint64_t words = 0;                       // tokens of the documents taken up now
  uint64_t bytes = 0;                       // of their texts
  uint64_t entities = 0, facts = 0;         // nodes; edges and attributes
  uint64_t near_copies = 0;  // documents beyond the first of each group of near copies
  std::vector<std::vector<std::string>> copies;  // these groups, if the graph was made anew
  bool stopped = false;                          // by `stop`
  std::vector<StageTime> stages;
  double total_seconds = 0;
};

/// Adds what is new and takes up anew what has changed; what is not named stays, unless `sync`. A
/// file that is read again replaces all that came from it. Throws SetupError if the store can't be
/// written or nothing that was named exists; then the store is as it was, or holds the documents
/// that were committed before and the graph as it was.
BuildSummary build(const schema::Schema& schema, const BuildOptions& options);

}  // namespace weft::pipeline
