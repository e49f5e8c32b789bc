// weft export STORE: the graph, or a part of it, for other programs.
//
// The outputs are opened before the store is read, so that a place that can't be written to is
// known at once. The formats are the rows of exporters/table.h; the part is graph/select.h.
#include <charconv>
#include <filesystem>
#include <memory>
#include <optional>

#include "cli/commands.h"
#include "cli/page_limits.h"
#include "cli/query_limits.h"
#include "cli/question.h"
#include "core/output_file.h"
#include "exporters/check.h"
#include "exporters/write.h"
#include "graph/load.h"
#include "graph/select.h"
#include "query/dates.h"
#include "query/query.h"
#include "query/store_graph.h"
#include "query/vocabulary.h"
#include "store/snapshot.h"

namespace weft::cli {

namespace {

constexpr unsigned kDeepest = 100;
constexpr unsigned kMostNodes = 1'000'000'000;

/// The words of the command line.
struct Targets {
  std::string store, format, dialect, output, check, query;
  std::vector<std::string> types, relations, modalities;
  std::string since, until, min_confidence, ego, depth, top;
  PageWords page;
  LimitWords limits;
  bool no_layout = false;
};

/// "graphml: GraphML for Gephi ...; json: ...", from the rows.
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

float confidence_from(const std::string& text) {
  if (text.empty()) return 0;
  double value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !(value >= 0 && value <= 1))
    throw core::SetupError("\"" + text +
                           "\" is not a confidence for --min-confidence. Write a number from 0 to "
                           "1: 0.5.");
  return static_cast<float>(value);
}

/// The conditions; the ego's name is looked up in the graph later.
graph::Selection selection_from(const Targets& to, const schema::Ontology& ontology) {
  graph::Selection wanted;
  for (const std::string& t : to.types) wanted.types.push_back(query::type_of(ontology, t));
  for (const std::string& r : to.relations)
    wanted.relations.push_back(query::relation_of(ontology, r));
  for (const std::string& m : to.modalities) wanted.modalities.push_back(query::modality_of(m));
  wanted.time = query::days_of({to.since, to.until});
  wanted.min_confidence = confidence_from(to.min_confidence);
  if (!to.depth.empty()) {
    if (to.ego.empty()) throw core::SetupError("--depth needs --ego NAME: depth around whom?");
    wanted.depth = whole_number(to.depth, "--depth", kDeepest);
  }
  if (!to.top.empty()) {
    wanted.top = whole_number(to.top, "--top", kMostNodes);
    if (wanted.top == 0) throw core::SetupError("--top 0 would leave nothing. Write at least 1.");
  }
  return wanted;
}

/// The selected part, and in it the node that --ego names.
struct Part {
  graph::Graph graph;
  graph::NodeIndex ego = graph::kNoNode;
};

/// What the query finds in the state that `store` is read in.
graph::Subgraph matched(const store::Store& store, const Targets& to,
                        const schema::Ontology& ontology, Session& session) {
  const query::Limits limits = limits_from(to.limits);
  const query::StoreGraph seen(store::Store::open(to.store), ontology);
  if (seen.store().meta(graph::kGraphDigest) != store.meta(graph::kGraphDigest))
    throw core::SetupError(to.store + " was built anew meanwhile. Run the same command again.",
                           core::ExitCode::broken_file);
  query::Rows rows = query::run_query(seen, to.query, {}, limits);
  graph::Subgraph out = query::matched_subgraph(rows, seen);
  if (out.nodes.empty())
    session.note(
        "The query gave no entities or facts, so none are exported. It has to RETURN them "
        "themselves, not their properties: MATCH (a)-[r:visited]->(b) RETURN r.");
  return out;
}

Part read_part(Session& session, const store::Store& store, const Targets& to,
               const schema::Ontology& ontology, graph::Selection wanted) {
  const store::Snapshot state(store);
  graph::Graph whole = graph::load(store, ontology);
  std::string ego_id;
  if (!to.ego.empty()) {
    const query::View view{whole, ontology};
    const query::NameIndex names(whole);
    const auto ego = entity_named(view, names, to.ego);
    if (!ego) throw core::SetupError(no_entity_named(view, names, to.ego));
    wanted.ego = *ego;
    ego_id = whole.nodes[*ego].id;
  }
  if (!to.query.empty()) wanted.only = matched(store, to, ontology, session);
  Part part;
  part.graph = graph::select(std::move(whole), wanted);
  if (!ego_id.empty()) part.ego = part.graph.find(ego_id);
  return part;
}

core::ExitCode run_check(Session& session, const Targets& to, const schema::Ontology& ontology,
                         const graph::Selection& wanted) {
  exporters::Options options;
  options.dialect = to.dialect;
  const exporters::Format& format = exporters::choose_format(to.check, {}, options);
  const Part part = read_part(session, store::Store::open(to.store), to, ontology, wanted);
  query::Table table;
  table.columns = {{"change"}, {"what"}, {"number"}, {"how"}};
  for (const exporters::Finding& f : exporters::check(format, part.graph, ontology, options))
    table.rows.push_back({std::string(f.change), std::string(f.what), static_cast<int64_t>(f.count),
                          std::string(f.how)});
  return session.answer(table, "Nothing is lost or changed in " + std::string(format.name) + ".");
}

/// The files of one export, opened.
exporters::Files open_outputs(const exporters::Format& format,
                              const std::vector<std::filesystem::path>& paths) {
  exporters::Files files;
  for (const std::filesystem::path& path : paths) {
    std::error_code ignored;  // a folder that can't be made is told by the file in it
    if (!format.parts.empty() && path.has_parent_path())
      std::filesystem::create_directory(path.parent_path(), ignored);
    files.push_back(std::make_unique<core::OutputFile>(path));
  }
  return files;
}

core::ExitCode run_export(Session& session, const Targets& to) {
  const auto ontology = schema::Ontology::load(session.schema_dir() / "ontology.json");
  const graph::Selection wanted = selection_from(to, ontology);
  if (!to.check.empty()) return run_check(session, to, ontology, wanted);
  if (to.output.empty() && to.format.empty())
    throw core::SetupError(
        "Say where to write: weft export STORE -o graph.graphml, or --format graphml for standard "
        "output.");
  const std::string output = to.output.empty() ? "-" : to.output;
  exporters::Options options = page_options(session, to.store, to.page);
  options.dialect = to.dialect;
  const exporters::Format& format = exporters::choose_format(to.format, output, options);
  const auto paths = exporters::part_paths(format, output);
  const auto files = open_outputs(format, paths);
  for (const auto& path : paths) options.part_names.push_back(path.filename().string());

  const store::Store store = store::Store::open(to.store);
  std::optional<store::Snapshot> state(std::in_place, store);
  const Part part = read_part(session, store, to, ontology, wanted);
  if (format.name != "html") state.reset();  // the page alone quotes texts as it is written
  options.text_of = [&store](const std::string& id) { return store.text(id); };
  options.focus = part.ego;
  const exporters::Summary summary =
      exporters::write_graph(format, part.graph, ontology, options, files, !to.no_layout);
  if (summary.replaced_characters > 0)
    session.note(std::to_string(summary.replaced_characters) + " characters that " +
                 std::string(format.name) + " can't hold were replaced by U+FFFD.");
  for (const std::string& note : summary.notes) session.note(note);
  if (output == "-") return core::ExitCode::ok;
  std::string names;
  for (const auto& path : paths) names += (names.empty() ? "" : ", ") + path.string();
  session.note("Wrote " + std::to_string(summary.nodes) + " nodes and " +
               std::to_string(summary.edges) + " edges to " + names + ".");
  return core::ExitCode::ok;
}

void declare_selection(OptionSet& options, Targets& to) {
  options.value("--query", "QUERY", to.query,
                "only the entities and facts that this query returns (`weft query --help`)");
  declare_limits(options, to.limits);
  options.list("-t,--type", "TYPE", to.types,
               "only entities of this type; may be given several times");
  options.list("-r,--relation", "RELATION", to.relations,
               "only facts of this relation; may be given several times");
  options.list("-m,--modality", "MODALITY", to.modalities,
               "only facts that are asserted, directive (should, must), planned (will) or possible "
               "(may); may be given several times");
  options.value("--since", "DATE", to.since,
                "only facts of this time or later: 2024-03-05, 2024-03 or 2024");
  options.value("--until", "DATE", to.until, "only facts of this time or earlier");
  options.value("--min-confidence", "NUMBER", to.min_confidence,
                "only facts that are at least so certain, from 0 to 1");
  options.value("--ego", "ENTITY", to.ego,
                "only what lies around this entity: an id, a label or an alias");
  options.value("--depth", "N", to.depth, "how many steps from --ego (default: 1)");
  options.value("--top", "N", to.top, "only the N entities with the most facts left");
}

}  // namespace

Run declare_export(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.value("-o,--output", "FILE", to->output,
                "where to write; \"-\" for standard output; a folder for formats of several files");
  options.value("-f,--format", "FORMAT", to->format,
                list_formats() + " (default: by the ending of FILE)");
  options.value("--dialect", "NAME", to->dialect,
                "a variant of the format; the first is the default: " + list_dialects());
  options.flag("--no-layout", to->no_layout,
               "leave out places, communities and measures, which take a while for large graphs");
  options.value("--check", "FORMAT", to->check,
                "write nothing, but tell what that format and its readers would merge, drop, "
                "rename or retype");
  declare_selection(options, *to);
  declare_page_limits(options, to->page, "html: ");
  return [to](Session& s) { return run_export(s, *to); };
}

}  // namespace weft::cli
