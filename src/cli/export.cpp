// weft export STORE: the graph for other programs.
//
// The output is opened before the store is read, so that a place that can't be written to is known
// at once. The formats are the rows of exporters/table.h.
#include <memory>

#include "cli/commands.h"
#include "core/output_file.h"
#include "exporters/page_choice.h"
#include "exporters/table.h"
#include "graph/load.h"
#include "store/store.h"

namespace weft::cli {

namespace {

struct Targets {
  std::string store, format, dialect, output;
  std::string max_nodes = "10000", max_edges = "50000";
};

constexpr unsigned kMost = 10'000'000;

/// "graphml (GraphML for Gephi ...) or json (...)", from the rows.
std::string list_formats() {
  std::string out;
  for (const exporters::Format& f : exporters::formats())
    out += (out.empty() ? "" : "; ") + std::string(f.name) + ": " + std::string(f.description);
  return out;
}

std::string list_dialects() {
  std::string out;
  for (const exporters::Format& f : exporters::formats()) {
    if (f.dialects.empty()) continue;
    std::string names(f.dialects);
    for (size_t at = names.find(' '); at != std::string::npos; at = names.find(' ', at + 2))
      names.replace(at, 1, ", ");
    out += (out.empty() ? "" : "; ") + std::string(f.name) + ": " + names;
  }
  return out;
}

core::ExitCode run_export(Session& session, const Targets& to) {
  if (to.output.empty() && to.format.empty())
    throw core::SetupError(
        "Say where to write: weft export STORE -o graph.graphml, or --format graphml for standard "
        "output.");
  const std::string output = to.output.empty() ? "-" : to.output;
  exporters::Options options;
  options.dialect = to.dialect;
  options.title = std::filesystem::path(to.store).stem().string();
  options.schema_dir = session.schema_dir();
  options.max_nodes = whole_number(to.max_nodes, "--max-nodes", kMost);
  options.max_edges = whole_number(to.max_edges, "--max-edges", kMost);
  const exporters::Format& format = exporters::choose_format(to.format, output, options);
  core::OutputFile file(output);
  const auto ontology = schema::Ontology::load(options.schema_dir / "ontology.json");
  const store::Store store = store::Store::open(to.store);
  const graph::Graph graph = graph::load(store, ontology);
  options.text_of = [&store](const std::string& id) { return store.text(id); };
  const graph::Looks looks = format.name == "html" ? exporters::page_looks(graph, ontology, options)
                                                   : graph::compute_looks(graph, ontology);
  options.looks = &looks;
  const exporters::Summary summary = format.write(graph, ontology, options, file);
  file.commit();
  if (summary.replaced_characters > 0)
    session.note(std::to_string(summary.replaced_characters) + " characters that " +
                 std::string(format.name) + " can't hold were replaced by U+FFFD.");
  for (const std::string& note : summary.notes) session.note(note);
  if (output != "-")
    session.note("Wrote " + std::to_string(summary.nodes) + " nodes and " +
                 std::to_string(summary.edges) + " edges to " + output + ".");
  return core::ExitCode::ok;
}

}  // namespace

Run declare_export(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.value("-o,--output", "FILE", to->output, "where to write; \"-\" for standard output");
  options.value("-f,--format", "FORMAT", to->format,
                list_formats() + " (default: by the ending of FILE)");
  options.value("--dialect", "NAME", to->dialect,
                "a variant of the format; the first is the default: " + list_dialects());
  options.value("--max-nodes", "N", to->max_nodes,
                "html: show at most N entities, the best connected (default: 10000)");
  options.value("--max-edges", "N", to->max_edges,
                "html: show at most N facts, those with most evidence (default: 50000)");
  return [to](Session& s) { return run_export(s, *to); };
}

}  // namespace weft::cli
