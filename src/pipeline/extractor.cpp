// The work on one document, without a lock: reading, the stages, the record. An input whose hash is
// known is not even decoded. What one thread writes (scratch, clocks) is its own.
#include "pipeline/extractor.h"

#include <algorithm>
#include <chrono>

#include "read/sketch.h"
#include "text/utf8.h"

namespace weft::pipeline {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Evidence that lies outside its text would break every reader of the store: a fault of a stage
/// costs the fact, not the store.
void drop_broken_evidence(doc::Record& record, std::string_view text) {
  const auto broken = [&](core::ByteSpan s) {
    return s.begin >= s.end || s.end > text.size() || !text::is_char_border(text, s.begin) ||
           !text::is_char_border(text, s.end);
  };
  for (doc::Fact& fact : record.facts)
    std::erase_if(fact.evidence, [&](const doc::Evidence& e) { return broken(e.span); });
  std::erase_if(record.facts, [](const doc::Fact& f) { return f.evidence.empty(); });
}

}  // namespace

bool Contents::has(const std::string& hash) const {
  return std::binary_search(hashes_.begin(), hashes_.end(), hash);
}

Extractor::Extractor(const schema::Schema& schema, const read::ReadOptions& options,
                     const Pipeline& pipeline, const Contents& known, unsigned threads)
    : reader_(options, schema.lexicons), pipeline_(pipeline), known_(known) {
  for (unsigned i = 0; i < threads; ++i)
    threads_.push_back({pipeline.make_worker(), 0, std::vector<double>(pipeline.stages().size())});
}

void Extractor::extract(doc::Document&& document, Outcome& out, Thread& thread) const {
  pipeline_.run(document, thread.worker, thread.stage_seconds);
  out.words = document.token_count();
  out.text = std::move(document.text);
  out.record = doc::make_record(std::move(document));
  drop_broken_evidence(out.record, out.text);
  out.record.sketch = read::sketch(out.text);
  out.extracted = true;
}

Outcome Extractor::operator()(Job& job, unsigned number) {
  Thread& thread = threads_[number];
  Outcome out;
  const auto start = Clock::now();
  if (job.again) {
    out.again = true;
    out.given = job.given;
    out.content = std::move(job.content);
    out.container = std::move(job.item.container);
    auto document = reader_.read_again(std::move(job.meta), std::move(job.text), job.given);
    thread.read_seconds += seconds_since(start);
    if (document) extract(std::move(*document), out, thread);
    return out;
  }
  read::Item& item = job.item;
  out.id = item.id;
  out.path = item.file.empty() ? item.source : item.file.string();
  out.source = item.source;
  out.container = item.container;
  std::optional<std::string> bytes = reader_.load(item, out.diagnostics);
  std::optional<doc::Document> document;
  if (bytes) {
    out.input_bytes = bytes->size();
    out.content = reader_.content_hash(item, *bytes);
    out.unchanged = known_.has(out.content);
    if (!out.unchanged)
      document = reader_.read(item, std::move(*bytes), out.diagnostics, &out.given);
  }
  thread.read_seconds += seconds_since(start);
  if (document) extract(std::move(*document), out, thread);
  return out;
}

std::vector<std::pair<std::string, double>> Extractor::seconds() const {
  std::vector<std::pair<std::string, double>> out{{"read", 0}};
  for (const auto& stage : pipeline_.stages()) out.emplace_back(stage->name(), 0);
  for (const Thread& t : threads_) {
    out[0].second += t.read_seconds;
    for (size_t i = 0; i < t.stage_seconds.size(); ++i) out[i + 1].second += t.stage_seconds[i];
  }
  return out;
}

}  // namespace weft::pipeline
