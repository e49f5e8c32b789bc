// --timeout and --max-memory, for all commands that run a query.
#pragma once

#include <string>

#include "cli/options.h"
#include "query/query.h"

namespace weft::cli {

struct LimitWords {
  std::string timeout = "60", memory = "1024";
};

void declare_limits(OptionSet& options, LimitWords& words);
/// Throws SetupError (usage) for what is no number.
query::Limits limits_from(const LimitWords& words);

}  // namespace weft::cli
