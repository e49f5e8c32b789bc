// Tagger: part of speech, Penn tag and inflection in one label, by a greedy averaged perceptron
// from left to right (Collins 2002). One label carries all three, so they never contradict each
// other. Cost: some 40 look-ups a token.
#include <algorithm>

#include "nlp/linear_model.h"
#include "nlp/stages.h"
#include "nlp/tag_label.h"
#include "nlp/tagger_features.h"

namespace weft::nlp {

namespace {

struct TaggerScratch : stage::Scratch {
  TaggerInput input;
  std::vector<std::string_view> norms;
  std::vector<uint64_t> keys;
  std::vector<int32_t> scores;
};

class Tagger : public stage::Stage {
 public:
  explicit Tagger(const std::filesystem::path& dir)
      : file_(dir / "tagger.bin", "tagger"), clusters_(dir / "clusters.bin") {
    for (const std::string& line : file_.lines("labels")) {
      const auto label = TagLabel::parse(line);
      if (!label) file_.refuse("a label is broken: " + line);
      labels_.push_back(*label);
    }
    model_ = LinearModel(file_, "", static_cast<int>(labels_.size()));
  }

  std::string_view name() const override { return "tagger"; }
  uint32_t needs() const override { return stage::kTokens; }
  uint32_t gives() const override { return stage::kTags; }
  std::unique_ptr<stage::Scratch> make_scratch() const override {
    return std::make_unique<TaggerScratch>();
  }

  void run(doc::Document& document, stage::Scratch& scratch) const override {
    auto& own = dynamic_cast<TaggerScratch&>(scratch);
    const uint32_t count = document.token_count();
    document.upos.assign(count, doc::Upos::X);
    document.xpos.assign(count, doc::Xpos::XX);
    document.morph.assign(count, 0);
    for (uint32_t s = 0; s < document.sentence_count(); ++s)
      tag(document, document.sentence(s), own);
  }

 private:
  void tag(doc::Document& document, core::TokenSpan sentence, TaggerScratch& own) const {
    own.norms.clear();
    for (uint32_t t = sentence.begin; t < sentence.end; ++t)
      own.norms.push_back(document.norm_of(t));
    own.input.assign(own.norms, clusters_);
    int previous = -1, before = -1;
    for (size_t i = 0; i < own.norms.size(); ++i) {
      own.keys.clear();
      tagger_features(own.input, i, previous, before, own.keys);
      for (const uint64_t key : own.keys) model_.prefetch(key);
      own.scores.assign(labels_.size(), 0);
      for (const uint64_t key : own.keys) model_.add(key, own.scores.data());
      const int best = static_cast<int>(std::max_element(own.scores.begin(), own.scores.end()) -
                                        own.scores.begin());
      const TagLabel& label = labels_[best];
      const uint32_t t = sentence.begin + static_cast<uint32_t>(i);
      document.upos[t] = label.upos;
      document.xpos[t] = label.xpos;
      document.morph[t] = label.morph;
      before = previous;
      previous = best;
    }
  }

  ModelFile file_;
  Clusters clusters_;
  LinearModel model_;
  std::vector<TagLabel> labels_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_tagger(const std::filesystem::path& models_dir) {
  return std::make_unique<Tagger>(models_dir);
}

}  // namespace weft::nlp
