// One pair of options with one meaning for both commands that write the page.
#include "cli/page_limits.h"

#include <filesystem>

namespace weft::cli {

namespace {

constexpr unsigned kMost = 10'000'000;

}  // namespace

void declare_page_limits(OptionSet& options, PageWords& words, const std::string& only_for) {
  options.value("--max-nodes", "N", words.max_nodes,
                only_for + "show at most N entities, the best connected (default: 10000)");
  options.value("--max-edges", "N", words.max_edges,
                only_for + "show at most N facts, those with most evidence (default: 50000)");
}

exporters::Options page_options(const Session& session, const std::string& store,
                                const PageWords& words) {
  exporters::Options options;
  options.title = std::filesystem::path(store).stem().string();
  options.schema_dir = session.schema_dir();
  options.max_nodes = whole_number(words.max_nodes, "--max-nodes", kMost);
  options.max_edges = whole_number(words.max_edges, "--max-edges", kMost);
  return options;
}

}  // namespace weft::cli
