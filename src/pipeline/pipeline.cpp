// Composes stages and checks once, when the chain is made, that every stage finds the layers it
// needs; running a chain is then a loop over virtual calls, one a stage and document.
#include "pipeline/pipeline.h"

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "core/error.h"
#include "core/mapped_file.h"
#include "core/sha256.h"
#include "pipeline/stage_table.h"

namespace weft::pipeline {

namespace fs = std::filesystem;

namespace {

std::vector<std::unique_ptr<stage::Stage>> all_stages(const schema::Schema& schema,
                                                      nlp::Tier tier) {
  std::vector<std::unique_ptr<stage::Stage>> stages;
  for (const StageRow& row : stage_table()) stages.push_back(row.make(schema, tier));
  return stages;
}

}  // namespace

Pipeline::Pipeline(const schema::Schema& schema, nlp::Tier tier)
    : Pipeline(all_stages(schema, tier)) {}

Pipeline::Pipeline(std::vector<std::unique_ptr<stage::Stage>> stages) : stages_(std::move(stages)) {
  uint32_t there = stage::kBlocks;
  for (const auto& stage : stages_) {
    if ((stage->needs() & ~there) != 0)
      throw core::SetupError("The stage \"" + std::string(stage->name()) +
                             "\" needs a layer that no stage before it gives. Put it behind the "
                             "stage that gives it in "
                             "pipeline/stage_table.cpp.");
    there |= stage->gives();
  }
}

Pipeline::Worker Pipeline::make_worker() const {
  Worker worker;
  for (const auto& stage : stages_) worker.push_back(stage->make_scratch());
  return worker;
}

void Pipeline::run(doc::Document& document, Worker& worker) const {
  for (size_t i = 0; i < stages_.size(); ++i) stages_[i]->run(document, *worker[i]);
}

void Pipeline::run(doc::Document& document, Worker& worker, std::vector<double>& seconds) const {
  auto start = std::chrono::steady_clock::now();
  for (size_t i = 0; i < stages_.size(); ++i) {
    stages_[i]->run(document, *worker[i]);
    const auto end = std::chrono::steady_clock::now();
    seconds[i] += std::chrono::duration<double>(end - start).count();
    start = end;
  }
}

std::string fingerprint(const fs::path& schema_dir, nlp::Tier tier) {
  const std::string other = tier == nlp::Tier::fast ? "accurate.bin" : "fast.bin";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(schema_dir))
    if (entry.is_regular_file() && entry.path().extension() != ".md" &&
        entry.path().filename() != other)
      files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::string all = "weft " WEFT_VERSION " " + std::string(nlp::name_of(tier));
  for (const fs::path& file : files)
    all += "\n" + file.lexically_relative(schema_dir).generic_string() + " " +
           core::sha256_hex(core::MappedFile(file).text());
  return core::sha256_hex(all);
}

}  // namespace weft::pipeline
