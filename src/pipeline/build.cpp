// The main job. One thread walks the inputs and writes the store; N workers read and extract; a
// bounded queue of futures keeps the order and holds the walker back when the workers or the disk
// are behind, so memory is bounded whatever the inputs are. Documents are committed in batches and
// wait in the store until all are there; then the graph is made. A document whose bytes are known
// keeps its record, if models and schema are the same too.
#include "pipeline/build.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include "pipeline/extractor.h"
#include "pipeline/ordered_workers.h"
#include "pipeline/pipeline.h"
#include "store/store.h"

namespace weft::pipeline {

namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kJobsPerThread = 16;
constexpr uint64_t kBatchBytes = 16u << 20;  // of text
constexpr double kBatchSeconds = 1;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// "It is in German" of "It is in German, not English, and was skipped. Keep ...": a reason without
/// what differs from document to document.
std::string reason_of(std::string_view message) {
  size_t end = message.size();
  for (const std::string_view sign : {". ", ": ", ", ", " at ", " (", " of more", " than ", " \""})
    end = std::min(end, message.find(sign));
  std::string reason(message.substr(0, end));
  if (!reason.empty() && reason.back() == '.') reason.pop_back();
  return reason;
}

class Builder {
 public:
  Builder(const schema::Schema& schema, const BuildOptions& options)
      : schema_(schema),
        options_(options),
        fingerprint_(pipeline::fingerprint(schema.dir, options.tier)),
        pipeline_(schema, options.tier) {
    if (!options.inputs.inputs.empty() || !options.inputs.files_from.empty())
      stream_.emplace(options.inputs, options.read);
    store_.emplace(store::Store::open_for_writing(options.store));
  }

  BuildSummary run() {
    announce();
    const unsigned threads =
        options_.threads > 0 ? options_.threads : std::max(1u, std::thread::hardware_concurrency());
    const Contents known(store_->contents(fingerprint_));
    Extractor extractor(schema_, options_.read, pipeline_, known, threads);
    {
      Workers workers(threads, kJobsPerThread * threads,
                      [&](Job& job, unsigned thread) { return extractor(job, thread); });
      feed(workers, [this] { return next_input(); });
      if (!stopped()) extract_again(workers);
    }
    for (auto& [name, seconds] : extractor.seconds())
      summary_.stages.push_back({std::move(name), seconds});
    commit();
    if (stopped()) {
      summary_.stopped = true;
      summary_.waiting = store_->waiting_count();
    } else {
      weave();
    }
    summary_.stages.push_back({"store", store_seconds_});
    summary_.documents = store_->document_count();
    summary_.entities = entity_count(*store_);
    summary_.facts = fact_count(*store_);
    summary_.total_seconds = seconds_since(start_);
    return summary_;
  }

 private:
  using Workers = OrderedWorkers<Job, Outcome>;

  bool stopped() {
    stop_ = stop_ || (options_.stop && options_.stop());
    return stop_;
  }

  void announce() {
    if (!options_.on_note) return;
    if (const uint64_t waiting = store_->waiting_count(); waiting > 0)
      options_.on_note(
          "Going on with " + options_.store.string() + ": " + std::to_string(waiting) +
          (waiting == 1 ? " document of an earlier run is" : " documents of an earlier run are") +
          " stored already.");
    if (const size_t stale = store_->stale_rows(fingerprint_).size(); stale > 0)
      options_.on_note(
          "The models, the schema or weft itself are not those that this store was built with; " +
          (stale == 1 ? std::string("1 document is") : std::to_string(stale) + " documents are") +
          " extracted again.");
  }

  std::optional<Job> next_input() {
    if (!stream_) return std::nullopt;
    core::Diagnostics diagnostics;
    std::optional<read::Item> item = stream_->next(diagnostics);
    for (const std::string& container : stream_->take_containers())
      store_->finish_container(container);
    report(diagnostics);
    progress_.total_bytes = stream_->total_bytes();
    if (!item) return std::nullopt;
    Job job;
    job.item = std::move(*item);
    return job;
  }

  template <class Next>
  void feed(Workers& workers, Next next) {
    for (bool more = true; more || !workers.empty();) {
      while (more && !workers.full()) {
        std::optional<Job> job;
        if (!stopped()) job = next();
        if (!job) {
          more = false;
        } else {
          workers.put(std::move(*job));
        }
      }
      // Half of what waits at once: a worker that wakes up finds more than one job.
      for (size_t n = workers.size() - workers.size() / 2; n > 0; --n) take(workers.take());
    }
  }

  /// What the store holds by older models or an older schema and nobody named in this run.
  void extract_again(Workers& workers) {
    if (options_.sync) return;  // what was not named is removed
    const std::vector<int64_t> rows = store_->stale_rows(fingerprint_);
    size_t next = 0;
    feed(workers, [&]() -> std::optional<Job> {
      if (next == rows.size()) return std::nullopt;
      Job job;
      job.again = true;
      store::Origin origin;
      store_->read_row(rows[next++], job.meta, job.text, origin);
      job.item.container = std::move(origin.container);
      job.content = std::move(origin.content);
      job.given = origin.given;
      return job;
    });
  }

  void take(Outcome outcome) {
    const auto start = Clock::now();
    report(outcome.diagnostics);
    if (outcome.extracted) {
      put(outcome);
    } else if (outcome.unchanged) {
      keep(outcome);
    } else {
      ++summary_.skipped;
      ++progress_.problems;
    }
    ++progress_.documents;
    ++in_batch_;
    progress_.bytes += outcome.input_bytes;
    if (in_batch_ >= options_.batch || batch_bytes_ >= kBatchBytes ||
        seconds_since(last_commit_) >= kBatchSeconds)
      commit();
    store_seconds_ += seconds_since(start);
    if (options_.on_progress) options_.on_progress(progress_);
  }

  void commit() {
    store_->commit_batch();
    progress_.stored = progress_.documents;
    in_batch_ = 0;
    batch_bytes_ = 0;
    last_commit_ = Clock::now();
  }

  void put(Outcome& outcome) {
    const store::Origin origin{outcome.container, outcome.content, outcome.given};
    store_->put(outcome.record, outcome.text, origin, fingerprint_, schema_.ontology);
    outcome.again ? ++summary_.extracted_again : ++summary_.added;
    summary_.words += outcome.words;
    summary_.bytes += outcome.text.size();
    batch_bytes_ += outcome.text.size();
  }

  /// The store has a row of this content: the very document, or one that came from elsewhere.
  void keep(const Outcome& outcome) {
    ++summary_.unchanged;
    const auto rows = store_->rows_with_content(outcome.content, fingerprint_);
    for (const store::Row& row : rows)
      if (row.container == outcome.container && row.base == id_of(row, outcome) &&
          !store_->is_kept(row.number)) {
        moved_to(row.number, outcome.path);
        return store_->keep(row.number);
      }
    if (rows.empty()) return;
    store_->put_copy(rows[0].number, id_of(rows[0], outcome), outcome.path,
                     {outcome.container, outcome.content, 0});
  }

  /// A line that names its own id may stand elsewhere in its file now.
  void moved_to(int64_t row, const std::string& path) {
    const store::Database& database = store_->database();
    store::Statement other(database, "SELECT 1 FROM documents WHERE number = ? AND path <> ?");
    if (!other.bind(1, row).bind(2, path).step()) return;
    store_->move(row, path);
  }

  /// A document that names its own id has it wherever it stands; another one has that of its place.
  static const std::string& id_of(const store::Row& row, const Outcome& outcome) {
    return (row.given & read::kGivenId) != 0 ? row.base : outcome.id;
  }

  void report(core::Diagnostics& diagnostics) {
    for (const core::Diagnostic& d : diagnostics) {
      if (d.severity == core::Severity::error) ++summary_.reasons[reason_of(d.message)];
      if (options_.on_diagnostic) options_.on_diagnostic(d);
    }
    diagnostics.clear();
  }

  void weave() {
    progress_.weaving = true;
    if (options_.on_progress) options_.on_progress(progress_);
    Woven woven = pipeline::weave(*store_, schema_, fingerprint_, options_.sync, false);
    summary_.removed = static_cast<uint64_t>(woven.settlement.removed);
    summary_.near_copies = woven.near_copies;
    summary_.copies = std::move(woven.copies);
    summary_.stages.push_back({"load", woven.load_seconds});
    summary_.stages.push_back({"resolve", woven.resolve_seconds});
    summary_.stages.push_back({"save", woven.save_seconds});
  }

  const schema::Schema& schema_;
  const BuildOptions& options_;
  Clock::time_point start_ = Clock::now(), last_commit_ = start_;
  std::string fingerprint_;
  Pipeline pipeline_;
  std::optional<read::ItemStream> stream_;
  std::optional<store::Store> store_;
  bool stop_ = false;
  uint64_t in_batch_ = 0, batch_bytes_ = 0;
  double store_seconds_ = 0;
  Progress progress_;
  BuildSummary summary_;
};

}  // namespace

BuildSummary build(const schema::Schema& schema, const BuildOptions& options) {
  return Builder(schema, options).run();
}

}  // namespace weft::pipeline
