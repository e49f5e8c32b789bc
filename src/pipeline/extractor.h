// What a worker thread does with one document: read, extract, sketch.
#pragma once

#include <string>
#include <vector>

#include "doc/record.h"
#include "pipeline/pipeline.h"
#include "read/source.h"

namespace weft::pipeline {

/// A document to be read or, if `again`, one of the store to be extracted anew.
struct Job {
  read::Item item;
  bool again = false;
  doc::Metadata meta;  // if again: with the id that it came with
  std::string text;
  uint32_t given = 0;
  std::string content;
};

struct Outcome {
  std::string id, path, container, source;
  core::Diagnostics diagnostics;
  std::string content;     // hash of the input; empty if it could not be loaded
  bool unchanged = false;  // a document of this content is in the store
  bool extracted = false;  // `record` and `text` hold the document
  bool again = false;
  doc::Record record;
  std::string text;
  uint32_t given = 0;
  uint64_t words = 0, input_bytes = 0;
};

/// Hashes of documents whose records need not be made again.
class Contents {
 public:
  /// `hashes` are sorted.
  explicit Contents(std::vector<std::string> hashes) : hashes_(std::move(hashes)) {}
  bool has(const std::string& hash) const;

 private:
  std::vector<std::string> hashes_;
};

/// One object serves all threads, each with its own number.
class Extractor {
 public:
  Extractor(const schema::Schema& schema, const read::ReadOptions& options,
            const Pipeline& pipeline, const Contents& known, unsigned threads);

  Outcome operator()(Job& job, unsigned thread);
  /// Seconds of reading and of each stage, over all threads; call when they rest.
  std::vector<std::pair<std::string, double>> seconds() const;

 private:
  struct Thread {
    Pipeline::Worker worker;
    double read_seconds = 0;
    std::vector<double> stage_seconds;
  };
  void extract(doc::Document&& document, Outcome& out, Thread& thread) const;

  read::DocumentReader reader_;
  const Pipeline& pipeline_;
  const Contents& known_;
  std::vector<Thread> threads_;
};

}  // namespace weft::pipeline
