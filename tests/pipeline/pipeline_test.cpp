#include "pipeline/pipeline.h"

#include <doctest/doctest.h>

#include "core/error.h"

using namespace weft;

namespace {

class Fake : public stage::Stage {
 public:
  Fake(std::string_view name, uint32_t needs, uint32_t gives)
      : name_(name), needs_(needs), gives_(gives) {}
  std::string_view name() const override { return name_; }
  uint32_t needs() const override { return needs_; }
  uint32_t gives() const override { return gives_; }
  void run(doc::Document& document, stage::Scratch&) const override {
    document.meta.title += name_;
  }

 private:
  std::string_view name_;
  uint32_t needs_, gives_;
};

}  // namespace

TEST_CASE("stages run in order") {
  std::vector<std::unique_ptr<stage::Stage>> stages;
  stages.push_back(std::make_unique<Fake>("a", stage::kBlocks, stage::kTokens));
  stages.push_back(std::make_unique<Fake>("b", stage::kTokens, stage::kTags));
  const pipeline::Pipeline pipeline(std::move(stages));
  auto worker = pipeline.make_worker();
  doc::Document document;
  pipeline.run(document, worker);
  CHECK(document.meta.title == "ab");
}

TEST_CASE("a stage whose needs nobody gives is refused by name") {
  std::vector<std::unique_ptr<stage::Stage>> stages;
  stages.push_back(std::make_unique<Fake>("parse", stage::kTokens | stage::kTags, stage::kTrees));
  CHECK_THROWS_WITH_AS(pipeline::Pipeline(std::move(stages)), doctest::Contains("\"parse\""),
                       core::SetupError);
}
