// How things go wrong. A fault of set-up throws SetupError, is caught once in main() and ends the
// program with its exit code; a fault of one document becomes a Diagnostic and the run goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace weft::core {

enum class ExitCode : int {
  ok = 0,
  nothing_found = 1,  // also: some documents could not be read
  usage = 2,          // bad option, bad schema, missing model
  broken_file = 3,    // a store or output that is missing, broken or can't be written
  limit = 4,
  interrupted = 130,
};

/// A fault that ends the run. `message` is full sentences: what was wrong, where, and what to do.
class SetupError : public std::runtime_error {
 public:
  explicit SetupError(const std::string& message, ExitCode code = ExitCode::usage)
      : std::runtime_error(message), code_(code) {}

  /// "FILE:LINE:COLUMN: message" for faults inside a file; line and column count from 1, 0 leaves
  /// them out.
  static SetupError at(const std::string& file, uint64_t line, uint64_t column,
                       const std::string& message);

  ExitCode code() const { return code_; }

 private:
  ExitCode code_;
};

enum class Severity : uint8_t { note, warning, error };

/// What happened to one document. `error`: the document was left out; `warning`: used in part;
/// `note`: worth knowing.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string source;   // path, "path:LINE" for JSON Lines, or "<standard input>"
  std::string message;  // full sentences
};

using Diagnostics = std::vector<Diagnostic>;

}  // namespace weft::core
