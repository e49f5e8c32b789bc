// Each command's part of its row in table.cpp: declares its options and returns what runs. One .cpp
// a command.
#pragma once

#include "cli/table.h"

namespace weft::cli {

Run declare_build(Session& session, OptionSet& options);
Run declare_annotate(Session& session, OptionSet& options);
Run declare_export(Session& session, OptionSet& options);
Run declare_find(Session& session, OptionSet& options);
Run declare_show(Session& session, OptionSet& options);
Run declare_neighbors(Session& session, OptionSet& options);
Run declare_path(Session& session, OptionSet& options);
Run declare_facts(Session& session, OptionSet& options);
Run declare_evidence(Session& session, OptionSet& options);
Run declare_stats(Session& session, OptionSet& options);
Run declare_schema(Session& session, OptionSet& options);

}  // namespace weft::cli
