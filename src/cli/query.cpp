// weft query STORE QUERY: the query language on a store.
//
// Ctrl-C sets a flag that the query looks at, so that it ends with a sentence; a second Ctrl-C ends
// the program.
#include <csignal>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>

#include "cli/commands.h"
#include "cli/query_answer.h"
#include "cli/query_limits.h"

namespace weft::cli {

namespace {

// A signal handler can reach nothing else.
std::atomic<bool> interrupted{false};

void on_interrupt(int) {
  interrupted = true;
  std::signal(SIGINT, SIG_DFL);
}

struct Targets {
  std::string store, query, format;
  LimitWords limits;
  std::vector<std::string> parameters;
  bool explain = false, profile = false, exit_status = false;
};

core::ExitCode run(Session& session, const Targets& to) {
  query::Limits limits = limits_from(to.limits);
  limits.stop = &interrupted;
  query::Parameters parameters;
  for (const std::string& p : to.parameters) parameters.insert(query::read_parameter(p));
  std::string text = to.query;
  if (text == "-")
    text.assign(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  const auto ontology = schema::Ontology::load(session.schema_dir() / "ontology.json");
  const query::StoreGraph graph(store::Store::open(to.store), ontology);
  std::signal(SIGINT, on_interrupt);
  const QueryWish wish{to.format, std::filesystem::path(to.store).stem().string(), to.explain,
                       to.profile};
  const Answered answered =
      answer_query(session, graph, ontology, text, std::move(parameters), limits, wish);
  const bool nothing = answered.found == 0 && !answered.plan;
  return nothing && to.exit_status ? core::ExitCode::nothing_found : core::ExitCode::ok;
}

}  // namespace

Run declare_query(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("QUERY", to->query, "the query; \"-\" reads it from standard input");
  options.list(
      "-p,--parameter", "NAME=VALUE", to->parameters,
      "a value for $NAME: JSON (42, [1, 2], \"text\") or text; may be given several times");
  options.choice(
      "-f,--format", "FORMAT", to->format, query_formats(),
      "table, json, jsonl, csv, tsv, markdown or line (default: table on a terminal, else tsv); "
      "graphml or dot: the entities and facts that the query returns, as a graph");
  declare_limits(options, to->limits);
  options.flag("--explain", to->explain, "show how the query would be run");
  options.flag("--profile", to->profile, "run it and show how many rows each step gave");
  options.flag("-e,--exit-status", to->exit_status, "exit with 1 if nothing is found");
  return [to](Session& s) { return run(s, *to); };
}

}  // namespace weft::cli
