// weft build INPUT...: from documents to a store.
//
// Everything is done by pipeline::build(); here are its options, problems as sentences, and an
// interrupt that ends the run between two documents. What the user sees of the work is in
// cli/build_report.h.
#include "pipeline/build.h"

#include <csignal>
#include <ctime>
#include <memory>

#include "cli/annotation.h"
#include "cli/build_report.h"
#include "cli/commands.h"
#include "read/encoding.h"
#include "read/format.h"

namespace weft::cli {

namespace {

namespace fs = std::filesystem;

constexpr const char* kDefaultStore = "output/weft.weft";
constexpr unsigned kMostThreads = 1024;
constexpr unsigned kMostMegabytes = 1024;
constexpr unsigned kMostInBatch = 1'000'000;
constexpr unsigned kMostRatio = 1'000'000'000;
constexpr unsigned kMostDepth = 100;

struct Targets {
  std::vector<std::string> inputs;
  std::string store = kDefaultStore;
  std::string threads = "0", batch = "500";
  std::string max_document = "4", max_ratio = "1000", max_depth = "3", max_unpacked = "64";
  std::string files_from, input_format = "auto", encoding, model, stats = "text";
  bool any_language = false, sync = false;
};

/// Ctrl-C and a polite kill, taken between two documents: they are blocked (in all threads, which
/// inherit that) and asked for, so that no handler runs anywhere. The second one ends the program
/// at once; the store survives that.
class Interrupt {
 public:
  Interrupt() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
  }
  ~Interrupt() { release(); }
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// From now on the first one ends the program too.
  void release() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

  bool came() {
    constexpr timespec kNow{};
    if (!came_ && sigtimedwait(&set_, nullptr, &kNow) > 0) {
      came_ = true;
      release();
    }
    return came_;
  }

 private:
  sigset_t set_, before_;
  bool came_ = false;
};

unsigned at_least_one(const std::string& text, const char* option, unsigned most) {
  const unsigned number = whole_number(text, option, most);
  if (number == 0)
    throw core::SetupError(std::string(option) + " 0 would leave out everything; give 1 or more.");
  return number;
}

core::ExitCode run_build(Session& session, const Targets& to) {
  std::error_code no_error;
  const bool nothing_named = to.inputs.empty() && to.files_from.empty();
  if (nothing_named && (to.sync || !fs::exists(to.store, no_error)))
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
  const unsigned megabytes = at_least_one(to.max_document, "--max-document", kMostMegabytes);
  options.read.max_document_bytes = uint64_t{megabytes} << 20;
  options.read.max_ratio = at_least_one(to.max_ratio, "--max-ratio", kMostRatio);
  options.read.max_depth = at_least_one(to.max_depth, "--max-depth", kMostDepth);
  options.read.max_unpacked_bytes =
      uint64_t{at_least_one(to.max_unpacked, "--max-unpacked", kMostMegabytes << 10)} << 30;
  options.store = to.store;
  options.threads = whole_number(to.threads, "--threads", kMostThreads);
  options.batch = whole_number(to.batch, "--batch", kMostInBatch);
  if (options.batch == 0)
    throw core::SetupError("--batch 0 would never store anything; give 1 or more.");
  if (to.store == kDefaultStore) {
    std::error_code ignored;  // if it can't be made, opening the store says why
    fs::create_directories(options.store.parent_path(), ignored);
  }
  options.sync = to.sync;
  Interrupt interrupt;
  BuildReport report(session, to.store);
  uint64_t left_out = 0;
  options.stop = [&] { return interrupt.came(); };
  options.on_progress = [&](const pipeline::Progress& p) {
    if (p.weaving) interrupt.release();  // the graph is made whole or not at all
    report.progress(p);
  };
  options.on_note = [&](const std::string& sentence) { session.note(sentence); };
  options.on_diagnostic = [&](const core::Diagnostic& d) {
    if (d.severity == core::Severity::error) ++left_out;
    session.diagnostic(d);
  };
  const auto schema = schema::Schema::load(session.schema_dir());
  options.tier = chosen_tier(to.model, schema);
  const pipeline::BuildSummary summary = pipeline::build(schema, options);
  session.status("");
  if (to.stats == "json") {
    session.print(summary_json(summary));
    session.finish();
  }
  report.summary(summary, left_out);
  if (summary.stopped) return core::ExitCode::interrupted;
  return left_out > 0 ? core::ExitCode::nothing_found : core::ExitCode::ok;
}

}  // namespace

Run declare_build(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.arguments("INPUT", to->inputs, 0,
                    "files, folders, globs in quotes, or \"-\" for standard input");
  options.value("-o,--output", "STORE", to->store,
                std::string("the store to make or to add to (default: ") + kDefaultStore + ")");
  options.value("-j,--threads", "N", to->threads, "threads to use (default: all the machine has)");
  options.value("--batch", "N", to->batch,
                "make documents safe in the store after every N (default: 500), or a second");
  declare_model(options, to->model);
  options.value("--files-from", "LIST", to->files_from,
                "a file that names inputs, one a line; \"-\" for standard input");
  options.choice("--input-format", "FORMAT", to->input_format,
                 {"auto", "text", "html", "jsonl", "warc"},
                 "auto, text, html, jsonl or warc (default: auto, by name and content)");
  options.value("--encoding", "NAME", to->encoding,
                "the encoding of all inputs, such as windows-1252 (default: found out)");
  options.value("--max-document", "MB", to->max_document,
                "leave out documents larger than this many MiB (default: 4, about three novels)");
  options.value("--max-ratio", "N", to->max_ratio,
                "leave out what unpacks to more than N times its size (default: 1000)");
  options.value("--max-depth", "N", to->max_depth,
                "archives within archives to this depth (default: 3)");
  options.value("--max-unpacked", "GB", to->max_unpacked,
                "take at most this many GiB from one archive (default: 64)");
  options.flag("--any-language", to->any_language, "keep documents that are not in English");
  options.flag("--sync", to->sync,
               "make the store hold just what is named: remove every other document from it");
  options.choice("--stats", "FORM", to->stats, {"text", "json"},
                 "json: also print the summary to standard output as JSON");
  return [to](Session& s) { return run_build(s, *to); };
}

}  // namespace weft::cli
