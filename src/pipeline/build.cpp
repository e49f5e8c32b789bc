// The main job. One thread walks the inputs and writes the store; N workers read and extract; a
// bounded queue of futures keeps the order, so the store and all messages come out the same with
// any number of threads. A document whose bytes and metadata are those of the store that is
// replaced keeps its record, if models and schema are the same too.
#include "pipeline/build.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <thread>

#include "graph/load.h"
#include "graph/resolve.h"
#include "pipeline/ordered_workers.h"
#include "pipeline/pipeline.h"
#include "store/store.h"

namespace weft::pipeline {

namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kJobsPerThread = 4;
constexpr const char* kFingerprintKey = "fingerprint";

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Documents of the store that is about to be replaced, by id; empty if its records were made by
/// other models or schema.
using Known = std::map<std::string, doc::Metadata, std::less<>>;

/// What a worker makes of one item.
struct Outcome {
  std::string source;
  core::Diagnostics diagnostics;
  std::optional<doc::Metadata> unchanged;  // the old store has this document's record
  std::optional<doc::Record> record;
  std::string text;
  uint64_t words = 0;
  double read_seconds = 0, extract_seconds = 0;
};

class Extractor {
 public:
  Extractor(const schema::Schema& schema, const read::ReadOptions& options,
            const Pipeline& pipeline, const Known& known, unsigned threads)
      : reader_(options, schema.lexicons), pipeline_(pipeline), known_(known) {
    for (unsigned i = 0; i < threads; ++i) workers_.push_back(pipeline.make_worker());
  }

  Outcome operator()(read::Item& item, unsigned thread) {
    Outcome out;
    out.source = item.source;
    const auto start = Clock::now();
    std::optional<doc::Document> document = reader_.read(item, out.diagnostics);
    out.read_seconds = seconds_since(start);
    if (!document) return out;
    if (auto it = known_.find(document->meta.id);
        it != known_.end() && it->second == document->meta) {
      out.unchanged = std::move(document->meta);
      return out;
    }
    const auto read_done = Clock::now();
    pipeline_.run(*document, workers_[thread]);
    out.words = document->token_count();
    out.text = std::move(document->text);
    out.record = doc::make_record(std::move(*document));
    out.extract_seconds = seconds_since(read_done);
    return out;
  }

 private:
  read::DocumentReader reader_;
  const Pipeline& pipeline_;
  const Known& known_;
  std::vector<Pipeline::Worker> workers_;
};

/// Gives every document of a run an id of its own, whatever the order in which documents come: of
/// several with one id but different texts the one with the smallest hash keeps it, the others get
/// "#" and eight digits of their hash.
class Ids {
 public:
  struct Answer {
    bool duplicate = false;  // the very document is there already
    std::string id;          // for the new document
    std::string displaced;   // new id of the document that had `id` before; empty if none had
  };

  Answer claim(const doc::Metadata& meta) {
    auto [it, is_new] = holders_.emplace(meta.id, meta.sha256);
    if (is_new) return {false, meta.id, {}};
    if (it->second == meta.sha256) return {true, meta.id, {}};
    if (meta.sha256 < it->second) {
      std::string other = with_hash(meta.id, it->second);
      it->second = meta.sha256;
      return {!holders_.emplace(other, std::string()).second, meta.id, std::move(other)};
    }
    std::string id = with_hash(meta.id, meta.sha256);
    const bool there = !holders_.emplace(id, meta.sha256).second;
    return {there, std::move(id), {}};
  }

 private:
  static std::string with_hash(const std::string& id, const std::string& sha256) {
    return id + "#" + sha256.substr(0, 8);
  }
  std::map<std::string, std::string> holders_;  // id -> sha256
};

class Builder {
 public:
  Builder(const schema::Schema& schema, const BuildOptions& options)
      : schema_(schema),
        options_(options),
        start_(Clock::now()),
        fingerprint_(pipeline::fingerprint(schema.dir, options.tier)),
        pipeline_(schema, options.tier),
        old_(open_old(options.store)),
        store_(store::Store::create(options.store)) {
    if (old_ && old_->meta(kFingerprintKey) == fingerprint_)
      for (doc::Metadata& meta : old_->documents()) {
        std::string id = meta.id;
        known_.emplace(std::move(id), std::move(meta));
      }
  }

  BuildSummary run() {
    read::ItemStream stream(options_.inputs, options_.read);
    const unsigned threads =
        options_.threads > 0 ? options_.threads : std::max(1u, std::thread::hardware_concurrency());
    Extractor extractor(schema_, options_.read, pipeline_, known_, threads);
    OrderedWorkers<read::Item, Outcome> workers(
        threads, kJobsPerThread * threads,
        [&](read::Item& item, unsigned thread) { return extractor(item, thread); });
    core::Diagnostics diagnostics;
    for (bool more = true; more || !workers.empty();) {
      while (more && !workers.full()) {
        std::optional<read::Item> item = stream.next(diagnostics);
        if (!item) {
          more = false;
        } else {
          workers.put(std::move(*item));
        }
        report(diagnostics);
      }
      if (!workers.empty()) take(workers.take());
    }
    resolve();
    store_.set_meta(kFingerprintKey, fingerprint_);
    store_.commit();
    summary_.total_seconds = seconds_since(start_);
    return summary_;
  }

 private:
  /// A file that is not a store is not overwritten: the mistake is more likely in the option than
  /// in the file.
  static std::optional<store::Store> open_old(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) return std::nullopt;
    return store::Store::open(path);
  }

  void take(Outcome outcome) {
    summary_.read_seconds += outcome.read_seconds;
    summary_.extract_seconds += outcome.extract_seconds;
    report(outcome.diagnostics);
    if (outcome.record) {
      put(outcome);
    } else if (outcome.unchanged) {
      keep(outcome);
    } else {
      ++summary_.skipped;
      ++progress_.problems;
    }
    ++progress_.documents;
    if (options_.on_progress) options_.on_progress(progress_);
  }

  /// True if the document is to be stored, under `meta.id`.
  bool claim(doc::Metadata& meta, const std::string& source) {
    Ids::Answer answer = ids_.claim(meta);
    if (!answer.displaced.empty()) store_.rename(meta.id, answer.displaced, schema_.ontology);
    if (answer.duplicate) {
      ++summary_.skipped;
      core::Diagnostics note{{core::Severity::note, source,
                              "The same document was read before under the id \"" + answer.id +
                                  "\"; it counts once."}};
      report(note);
      return false;
    }
    meta.id = std::move(answer.id);
    return true;
  }

  void put(Outcome& outcome) {
    if (!claim(outcome.record->meta, outcome.source)) return;
    store_.put(*outcome.record, outcome.text, fingerprint_, schema_.ontology);
    ++summary_.added;
    summary_.words += outcome.words;
    count_bytes(outcome.text.size());
  }

  void keep(Outcome& outcome) {
    const doc::Metadata known = *outcome.unchanged;
    if (!claim(*outcome.unchanged, outcome.source)) return;
    if (outcome.unchanged->id == known.id) {
      store_.copy_unchanged(*old_, known.id, known.sha256, fingerprint_);
    } else {
      std::optional<doc::Record> record = old_->record(known.id, schema_.ontology);
      record->meta.id = outcome.unchanged->id;
      store_.put(*record, *old_->text(known.id), fingerprint_, schema_.ontology);
    }
    ++summary_.unchanged;
  }

  void count_bytes(uint64_t bytes) {
    summary_.bytes += bytes;
    progress_.bytes += bytes;
  }

  void report(core::Diagnostics& diagnostics) {
    if (options_.on_diagnostic)
      for (const core::Diagnostic& d : diagnostics) options_.on_diagnostic(d);
    diagnostics.clear();
  }

  void resolve() {
    const auto start = Clock::now();
    const std::vector<doc::Record> records = store_.records(schema_.ontology);
    const graph::Graph graph = graph::resolve(
        records, [&](const std::string& id) { return store_.text(id).value_or(std::string()); },
        schema_.ontology, &schema_.gazetteer);
    graph::save(store_, graph, schema_.ontology);
    summary_.documents = graph.documents.size();
    summary_.entities = graph.nodes.size();
    summary_.facts = graph.edges.size();
    for (const graph::Node& node : graph.nodes) summary_.facts += node.attributes.size();
    summary_.resolve_seconds = seconds_since(start);
  }

  const schema::Schema& schema_;
  const BuildOptions& options_;
  Clock::time_point start_;
  std::string fingerprint_;
  Pipeline pipeline_;
  std::optional<store::Store> old_;
  store::Store store_;
  Known known_;
  Ids ids_;
  Progress progress_;
  BuildSummary summary_;
};

}  // namespace

BuildSummary build(const schema::Schema& schema, const BuildOptions& options) {
  return Builder(schema, options).run();
}

}  // namespace weft::pipeline
