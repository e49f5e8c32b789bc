// weft shell STORE: one query after the other on a store that is opened once.
//
// On a terminal, lines come from libedit (line_editor.h), which draws on standard error, so that
// standard output holds nothing but answers; otherwise they are read as they are, without a prompt.
// Ctrl-C sets a flag that the running query, or the line editor, looks at.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>

#include "cli/commands.h"
#include "cli/line_editor.h"
#include "cli/query_answer.h"
#include "cli/query_limits.h"
#include "cli/shell_text.h"
#include "query/functions.h"
#include "query/language/aggregates.h"
#include "query/language/functions.h"

namespace weft::cli {

namespace {

constexpr unsigned kDeepestSource = 10;
constexpr std::string_view kHelp =
    "A query ends with \";\" or an empty line.\n"
    ":help            this list (`weft help query` tells about the language)\n"
    ":schema [NAME]   the types and relations there are, or one of them\n"
    ":mode FORMAT     how answers are printed\n"
    ":explain         from now on show how queries would be run; again: run them\n"
    ":timing          from now on tell how long queries take; again: don't\n"
    ":source FILE     run what stands in a file\n"
    ":quit            leave, as does Ctrl-D\n";
constexpr const char* kKeywords[] = {
    "ALL",         "AND",    "AS",     "ASC",   "BY",     "CASE",     "CONTAINS",
    "DESC",        "END",    "ELSE",   "ENDS",  "EXISTS", "DISTINCT", "FALSE",
    "IN",          "IS",     "LIMIT",  "MATCH", "NOT",    "NULL",     "OPTIONAL",
    "OR",          "ORDER",  "RETURN", "SKIP",  "THEN",   "TRUE",     "STARTS",
    "UNION",       "UNWIND", "WHEN",   "WHERE", "WITH",   "XOR",      "allShortestPaths",
    "shortestPath"};

// A signal handler can reach nothing else.
std::atomic<bool> interrupted{false};

/// Without SA_RESTART, so that waiting for a line ends.
void catch_interrupts() {
  struct sigaction action {};
  action.sa_handler = [](int) { interrupted = true; };
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
}

struct Targets {
  std::string store, format;
  LimitWords limits;
};

/// Between two queries the store is let go, so that others may write to it.
class Reading {
 public:
  explicit Reading(query::StoreGraph& graph) : graph_(graph), current_(graph.resume()) {}
  ~Reading() { graph_.pause(); }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;
  bool current() const { return current_; }

 private:
  query::StoreGraph& graph_;
  bool current_;
};

class Shell {
 public:
  Shell(Session& session, const Targets& to)
      : session_(session),
        store_(to.store),
        limits_(limits_from(to.limits)),
        ontology_(schema::Ontology::load(session.schema_dir() / "ontology.json")) {
    open();
    wish_.format = to.format;
    wish_.title = std::filesystem::path(to.store).stem().string();
  }

  core::ExitCode run() {
    catch_interrupts();
    // A prompt on a terminal that nobody types on, or the other way round, would be in the way.
    if (::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1) return run_typed();
    run_stream(std::cin, 0);
    return core::ExitCode::ok;
  }

 private:
  void open();
  core::ExitCode run_typed();
  void run_stream(std::istream& in, unsigned depth);
  void run_input(const QueryLines::Input& input, unsigned depth);
  void run_query(const std::string& text);
  void run_command(const std::string& line, unsigned depth);
  void run_typed_input(const QueryLines::Input& input);
  Vocabulary vocabulary();

  Session& session_;
  std::string store_;
  query::Limits limits_;  // of each query
  schema::Ontology ontology_;
  std::optional<query::StoreGraph> graph_;  // paused but while a query runs
  QueryWish wish_;
  bool timing_ = false;
  bool quit_ = false;
};

void Shell::open() {
  graph_.emplace(store::Store::open(store_), ontology_);
  graph_->pause();
}

/// Where the lines are kept; empty if there is no such place.
std::filesystem::path history_file() {
  const auto folder = [](const char* variable) {
    const char* value = std::getenv(variable);
    return std::filesystem::path(value && *value == '/' ? value : "");
  };
  std::filesystem::path state = folder("XDG_STATE_HOME");
  if (state.empty() && !folder("HOME").empty()) state = folder("HOME") / ".local" / "state";
  if (state.empty()) return {};
  std::error_code error;
  std::filesystem::create_directories(state / "weft", error);
  return error ? std::filesystem::path() : state / "weft" / "history";
}

Vocabulary Shell::vocabulary() {
  Vocabulary out;
  out.commands = {":help", ":schema", ":mode", ":explain", ":timing", ":source", ":quit"};
  out.arguments = query_formats();
  out.keywords.assign(std::begin(kKeywords), std::end(kKeywords));
  for (const auto& f : query::language::functions()) out.keywords.emplace_back(f.name);
  for (const auto& a : query::language::aggregates()) out.keywords.emplace_back(a.name);
  out.labels = graph_->labels();
  out.relations = graph_->types();
  out.arguments.insert(out.arguments.end(), out.labels.begin(), out.labels.end());
  out.arguments.insert(out.arguments.end(), out.relations.begin(), out.relations.end());
  out.properties = graph_->node_keys();
  const std::vector<std::string> more = graph_->relationship_keys();
  out.properties.insert(out.properties.end(), more.begin(), more.end());
  out.entities = [this](const auto& offer) {
    const Reading reading(*graph_);
    if (!reading.current()) return;
    for (uint32_t n = 0; n < graph_->node_count(); ++n) offer(std::string(graph_->label_of(n)));
  };
  return out;
}

core::ExitCode Shell::run_typed() {
  const Vocabulary words = vocabulary();
  QueryLines lines;
  LineEditor editor(interrupted, [&](std::string_view before) {
    return complete(lines.gathered() + std::string(before), words);
  });
  const std::filesystem::path file = history_file();
  if (!file.empty()) editor.load(file);
  session_.note(":help lists the commands; a query ends with \";\" or an empty line.");
  std::string line;
  while (!quit_) {
    interrupted = false;
    const auto got = editor.read(lines.gathered().empty() ? "weft> " : "  ... ", line);
    if (got == LineEditor::Got::interrupt) lines.clear();
    if (got != LineEditor::Got::line) std::fputc('\n', stderr);
    if (got == LineEditor::Got::end) break;
    if (got == LineEditor::Got::interrupt) continue;
    editor.remember(line);
    lines.add(line);
    while (const auto input = lines.next()) run_typed_input(*input);
  }
  if (!file.empty() && !editor.save(file))
    session_.note("The lines could not be kept in " + file.string() + ".");
  return core::ExitCode::ok;
}

/// An error is told, and the next query may be typed.
void Shell::run_typed_input(const QueryLines::Input& input) {
  interrupted = false;
  try {
    run_input(input, 0);
  } catch (const core::SetupError& error) {
    session_.finish();
    session_.error(error.what());
  }
}

void Shell::run_stream(std::istream& in, unsigned depth) {
  QueryLines lines;
  std::string line;
  const auto run_ready = [&] {
    while (!quit_) {
      const auto input = lines.next();
      if (!input) return;
      run_input(*input, depth);
    }
  };
  while (!quit_ && std::getline(in, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.add(line);
    run_ready();
  }
  if (interrupted) throw core::SetupError("Stopped by Ctrl-C.", core::ExitCode::interrupted);
  lines.end();
  run_ready();
}

void Shell::run_input(const QueryLines::Input& input, unsigned depth) {
  if (input.command) return run_command(input.text, depth);
  run_query(input.text);
}

void Shell::run_query(const std::string& text) {
  query::Limits limits = limits_;
  limits.stop = &interrupted;
  const auto begin = std::chrono::steady_clock::now();
  std::optional<Reading> reading(std::in_place, *graph_);
  if (!reading->current()) {
    reading.reset();
    open();
    reading.emplace(*graph_);
    session_.note("The store has changed and was opened anew.");
  }
  const Answered answered = answer_query(session_, *graph_, ontology_, text, {}, limits, wish_);
  session_.finish();
  if (!timing_) return;
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
  session_.note(std::to_string(answered.found) + " found in " +
                std::to_string(static_cast<int64_t>(took.count())) + " ms.");
}

void Shell::run_command(const std::string& line, unsigned depth) {
  std::istringstream words(line);
  std::string name, argument;
  words >> name;
  std::getline(words >> std::ws, argument);
  while (!argument.empty() && (argument.back() == ' ' || argument.back() == ';'))
    argument.pop_back();
  while (name.size() > 1 && name.back() == ';') name.pop_back();
  if (name == ":quit") {
    quit_ = true;
  } else if (name == ":help") {
    session_.print(kHelp);
  } else if (name == ":schema") {
    session_.answer(query::schema_listing(ontology_, argument), "");
  } else if (name == ":explain") {
    wish_.explain = !wish_.explain;
    session_.note(wish_.explain ? "Queries are explained." : "Queries are run.");
  } else if (name == ":timing") {
    timing_ = !timing_;
    session_.note(timing_ ? "Times are told." : "Times are not told.");
  } else if (name == ":mode") {
    const std::vector<std::string> formats = query_formats();
    if (std::find(formats.begin(), formats.end(), argument) == formats.end()) {
      std::string all;
      for (const std::string& f : formats) all += (all.empty() ? "" : ", ") + f;
      throw core::SetupError("There is no format \"" + argument + "\". :mode takes " + all + ".");
    }
    wish_.format = argument;
  } else if (name == ":source") {
    if (depth >= kDeepestSource)
      throw core::SetupError("Files that :source one another more than " +
                             std::to_string(kDeepestSource) + " deep. Does one name itself?");
    std::ifstream in(argument);
    if (!in || std::filesystem::is_directory(argument))
      throw core::SetupError("Can't read " + argument + ".", core::ExitCode::broken_file);
    run_stream(in, depth + 1);
  } else {
    throw core::SetupError("There is no command " + name + ". :help lists them.");
  }
  session_.finish();
}

}  // namespace

Run declare_shell(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.choice("-f,--format", "FORMAT", to->format, query_formats(),
                 "how answers are printed, as :mode (default: table on a terminal, else tsv)");
  declare_limits(options, to->limits);
  return [to](Session& s) { return Shell(s, *to).run(); };
}

}  // namespace weft::cli
