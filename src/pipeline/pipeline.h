// The chain of stages that turns a Document as read into one with facts. Immutable; shared by all
// threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/stages.h"
#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::pipeline {

class Pipeline {
 public:
  /// The scratch of one thread: one for each stage.
  using Worker = std::vector<std::unique_ptr<stage::Scratch>>;

  /// Makes every stage of the stage table. Throws SetupError for a missing model or lexicon.
  /// `schema` must outlive the object.
  Pipeline(const schema::Schema& schema, nlp::Tier tier);
  /// The same for stages made elsewhere. Throws SetupError if a stage needs a layer that none
  /// before it gives.
  explicit Pipeline(std::vector<std::unique_ptr<stage::Stage>> stages);

  Worker make_worker() const;
  /// Runs the stages in order. `worker` comes from make_worker() and is used by one thread at a
  /// time.
  void run(doc::Document& document, Worker& worker) const;
  /// The same; adds the seconds of each stage to `seconds`, which has one for each.
  void run(doc::Document& document, Worker& worker, std::vector<double>& seconds) const;
  const std::vector<std::unique_ptr<stage::Stage>>& stages() const { return stages_; }

 private:
  std::vector<std::unique_ptr<stage::Stage>> stages_;
};

/// SHA-256 over the names and contents of all files below the schema folder (but for the other
/// tier's net), the tier and weft's version:
/// when it changes, stored records are no longer what this program would make of their documents.
std::string fingerprint(const std::filesystem::path& schema_dir, nlp::Tier tier);

}  // namespace weft::pipeline
