// weft build INPUT...: from documents to a store.
//
// Everything is done by pipeline::build(); here are its options, a progress that never scrolls a
// terminal away (one line, rewritten; in a log one line every ten seconds), problems as sentences,
// and a summary with the next thing to try.
#include "pipeline/build.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>

#include "cli/annotation.h"
#include "cli/commands.h"
#include "read/encoding.h"
#include "read/format.h"

namespace weft::cli {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr const char* kDefaultStore = "output/weft.weft";
constexpr unsigned kMostThreads = 1024;
constexpr unsigned kMostMegabytes = 1024;
constexpr Seconds kTerminalInterval{0.1};
constexpr Seconds kLogInterval{10};

struct Targets {
  std::vector<std::string> inputs;
  std::string store = kDefaultStore;
  std::string threads = "0";
  std::string max_document = "4";
  std::string files_from, input_format = "auto", encoding, model;
  bool any_language = false;
};

/// "1,234,567".
std::string grouped(uint64_t number) {
  std::string out = std::to_string(number);
  for (size_t at = out.size(); at > 3;) out.insert(at -= 3, ",");
  return out;
}

std::string counted(uint64_t number, const char* one, const char* many) {
  return grouped(number) + " " + (number == 1 ? one : many);
}

std::string decimal(double number, const char* unit) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.1f %s", number, unit);
  return buffer;
}

/// Tells how far a build is, not more often than is useful.
class ProgressLine {
 public:
  explicit ProgressLine(Session& session)
      : session_(session), start_(Clock::now()), last_(start_) {}

  void operator()(const pipeline::Progress& p) {
    const auto now = Clock::now();
    const bool terminal = session_.errors_to_terminal();
    if (session_.quiet() || now - last_ < (terminal ? kTerminalInterval : kLogInterval)) return;
    last_ = now;
    const std::string line = counted(p.documents, "document", "documents") + ", " +
                             decimal(static_cast<double>(p.bytes) / 1e6, "MB") +
                             (p.problems > 0 ? ", " + grouped(p.problems) + " left out" : "") +
                             ", " + decimal(Seconds(now - start_).count(), "s");
    terminal ? session_.status(line) : session_.note(line);
  }

 private:
  Session& session_;
  Clock::time_point start_, last_;
};

void print_summary(Session& session, const pipeline::BuildSummary& b, const std::string& store,
                   uint64_t left_out) {
  std::string read = counted(b.added, "document", "documents") + " read (" +
                     counted(b.words, "word", "words") + ")";
  if (b.unchanged > 0) read += ", " + grouped(b.unchanged) + " unchanged";
  if (left_out > 0) read += ", " + grouped(left_out) + " left out for the reasons above";
  session.note(read + ".");
  session.note(store + " holds " + counted(b.documents, "document", "documents") + ", " +
               counted(b.entities, "entity", "entities") + " and " +
               counted(b.facts, "fact", "facts") + ". It took " + decimal(b.total_seconds, "s") +
               ".");
  const std::string quoted =
      store.find_first_of(" '\"$&()*;<>?[]`|\\\n") == std::string::npos && store[0] != '-'
          ? store
          : "STORE";
  session.note("Next: weft stats " + quoted + ", weft find " + quoted + " NAME, or weft export " +
               quoted + " -o graph.graphml");
}

core::ExitCode run_build(Session& session, const Targets& to) {
  if (to.inputs.empty() && to.files_from.empty())
    throw core::SetupError(
        "Name what to read: weft build articles/ -o news.weft. \"-\" reads standard input.");
  if (to.store == "-")
    throw core::SetupError("A store can't be written to standard output. Name a file with -o.");
  // A reader of our messages that goes away must not leave a half-written store behind.
  std::signal(SIGPIPE, SIG_IGN);

  pipeline::BuildOptions options;
  options.inputs.inputs = to.inputs;
  options.inputs.files_from = to.files_from;
  options.read.format = read::format_named(to.input_format);
  if (!to.encoding.empty() && !read::knows_encoding(to.encoding))
    throw core::SetupError("There is no encoding \"" + to.encoding +
                           "\". Name one such as utf-8, windows-1252 or gb18030, or leave "
                           "--encoding out: it is found out.");
  options.read.encoding = to.encoding;
  options.read.any_language = to.any_language;
  const unsigned megabytes = whole_number(to.max_document, "--max-document", kMostMegabytes);
  if (megabytes == 0)
    throw core::SetupError("--max-document 0 would leave out everything; give 1 or more.");
  options.read.max_document_bytes = uint64_t{megabytes} << 20;
  options.store = to.store;
  options.threads = whole_number(to.threads, "--threads", kMostThreads);
  if (to.store == kDefaultStore) {
    std::error_code ignored;  // if it can't be made, opening the store says why
    fs::create_directories(options.store.parent_path(), ignored);
  }
  ProgressLine progress(session);
  uint64_t left_out = 0;
  options.on_progress = [&](const pipeline::Progress& p) { progress(p); };
  options.on_diagnostic = [&](const core::Diagnostic& d) {
    if (d.severity == core::Severity::error) ++left_out;
    session.diagnostic(d);
  };
  const auto schema = schema::Schema::load(session.schema_dir());
  options.tier = chosen_tier(to.model, schema);
  const pipeline::BuildSummary summary = pipeline::build(schema, options);
  session.status("");
  print_summary(session, summary, to.store, left_out);
  return left_out > 0 ? core::ExitCode::nothing_found : core::ExitCode::ok;
}

}  // namespace

Run declare_build(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.arguments("INPUT", to->inputs, 0,
                    "files, folders, globs in quotes, or \"-\" for standard input");
  options.value("-o,--output", "STORE", to->store,
                std::string("the store to make (default: ") + kDefaultStore + ")");
  options.value("-j,--threads", "N", to->threads, "threads to use (default: all the machine has)");
  declare_model(options, to->model);
  options.value("--files-from", "LIST", to->files_from,
                "a file that names inputs, one a line; \"-\" for standard input");
  options.choice("--input-format", "FORMAT", to->input_format, {"auto", "text", "html", "jsonl"},
                 "auto, text, html or jsonl (default: auto, by name and content)");
  options.value("--encoding", "NAME", to->encoding,
                "the encoding of all inputs, such as windows-1252 (default: found out)");
  options.value("--max-document", "MB", to->max_document,
                "leave out documents larger than this many MiB (default: 4, about three novels)");
  options.flag("--any-language", to->any_language, "keep documents that are not in English");
  return [to](Session& s) { return run_build(s, *to); };
}

}  // namespace weft::cli
