// --max-nodes and --max-edges of the explorer's page, and what else every export needs to know, for
// `weft export` and `weft view`.
#pragma once

#include <string>

#include "cli/options.h"
#include "cli/session.h"
#include "exporters/table.h"

namespace weft::cli {

struct PageWords {
  std::string max_nodes = "10000", max_edges = "50000";
};

/// `only_for` stands before the explanations: "html: ".
void declare_page_limits(OptionSet& options, PageWords& words, const std::string& only_for = {});

/// With title, schema and limits. Throws SetupError (usage) for what is no number.
exporters::Options page_options(const Session& session, const std::string& store,
                                const PageWords& words);

}  // namespace weft::cli
