// Each command's part of its row in table.cpp: declares its options and returns what runs. One .cpp
// a command.
#pragma once

#include "cli/table.h"

namespace weft::cli {

Run declare_build(Session& session, OptionSet& options);
Run declare_remove(Session& session, OptionSet& options);
Run declare_same(Session& session, OptionSet& options);
Run declare_different(Session& session, OptionSet& options);
Run declare_decisions(Session& session, OptionSet& options);
Run declare_verify(Session& session, OptionSet& options);
Run declare_search(Session& session, OptionSet& options);
Run declare_annotate(Session& session, OptionSet& options);
Run declare_extract(Session& session, OptionSet& options);
Run declare_export(Session& session, OptionSet& options);
Run declare_view(Session& session, OptionSet& options);
Run declare_find(Session& session, OptionSet& options);
Run declare_show(Session& session, OptionSet& options);
Run declare_neighbors(Session& session, OptionSet& options);
Run declare_path(Session& session, OptionSet& options);
Run declare_facts(Session& session, OptionSet& options);
Run declare_evidence(Session& session, OptionSet& options);
Run declare_explain(Session& session, OptionSet& options);
Run declare_timeline(Session& session, OptionSet& options);
Run declare_compare(Session& session, OptionSet& options);
Run declare_top(Session& session, OptionSet& options);
Run declare_claims(Session& session, OptionSet& options);
Run declare_contradictions(Session& session, OptionSet& options);
Run declare_holders(Session& session, OptionSet& options);
Run declare_new(Session& session, OptionSet& options);
Run declare_diff(Session& session, OptionSet& options);
Run declare_completion(Session& session, OptionSet& options);
Run declare_query(Session& session, OptionSet& options);
Run declare_shell(Session& session, OptionSet& options);
Run declare_stats(Session& session, OptionSet& options);
Run declare_schema(Session& session, OptionSet& options);

}  // namespace weft::cli
