// The perceptron tagger, parser and name tagger as one stage, for folders without a net.
#include "nlp/stages.h"

namespace weft::nlp {

namespace {

struct ChainScratch : stage::Scratch {
  std::vector<std::unique_ptr<stage::Scratch>> parts;
};

class PerceptronAnnotator : public stage::Stage {
 public:
  PerceptronAnnotator(const std::filesystem::path& dir, const schema::Schema& schema) {
    parts_.push_back(make_tagger(dir));
    parts_.push_back(make_parser(dir));
    parts_.push_back(make_name_tagger(dir, schema));
  }
  std::string_view name() const override { return "annotator"; }
  uint32_t needs() const override { return stage::kTokens; }
  uint32_t gives() const override { return stage::kTags | stage::kTrees | stage::kNames; }
  std::unique_ptr<stage::Scratch> make_scratch() const override {
    auto scratch = std::make_unique<ChainScratch>();
    for (const auto& part : parts_) scratch->parts.push_back(part->make_scratch());
    return scratch;
  }
  void run(doc::Document& document, stage::Scratch& scratch) const override {
    auto& own = dynamic_cast<ChainScratch&>(scratch);
    for (size_t i = 0; i < parts_.size(); ++i) parts_[i]->run(document, *own.parts[i]);
  }

 private:
  std::vector<std::unique_ptr<stage::Stage>> parts_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_perceptrons(const std::filesystem::path& models_dir,
                                               const schema::Schema& schema) {
  return std::make_unique<PerceptronAnnotator>(models_dir, schema);
}

}  // namespace weft::nlp
