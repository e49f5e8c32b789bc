// What the user sees of a build: how far it is, and what came of it.
#pragma once

#include <chrono>
#include <string>

#include "cli/session.h"
#include "pipeline/build.h"

namespace weft::cli {

class BuildReport {
 public:
  BuildReport(Session& session, std::string store);

  /// On a terminal one line, rewritten; elsewhere a line every ten seconds; none with --quiet.
  void progress(const pipeline::Progress& progress);
  /// A few sentences, with the next thing to try.
  void summary(const pipeline::BuildSummary& summary, uint64_t left_out);

 private:
  using Clock = std::chrono::steady_clock;

  Session& session_;
  std::string store_;
  Clock::time_point start_, last_;
  bool weaving_ = false;
};

/// One JSON object and a line end.
std::string summary_json(const pipeline::BuildSummary& summary);

}  // namespace weft::cli
