// The whole program as a function of its arguments.
#pragma once

#include <string>
#include <vector>

#include "core/error.h"

namespace weft::cli {

/// Runs the command line `words` (without the program's name). Faults are told on standard error
/// and become the exit code.
core::ExitCode run_program(const std::vector<std::string>& words);

}  // namespace weft::cli
