// Name tagger: BIO labels over the ontology's types by a structured averaged perceptron (Collins
// 2002), sentence by sentence; what a word was called earlier in the document is a feature of its
// later occurrences. Some 50 look-ups and labels² additions a token. A name's score is the logistic
// of its mean margin over the next best label.
#include <algorithm>
#include <cmath>

#include "nlp/linear_model.h"
#include "nlp/name_decoder.h"
#include "nlp/name_knowledge.h"
#include "nlp/stages.h"

namespace weft::nlp {

namespace {

struct NameScratch : stage::Scratch {
  TaggerInput input;
  std::vector<std::string_view> norms;
  std::vector<uint8_t> tags;
  std::vector<uint32_t> gazetteer;
  std::vector<uint16_t> lists;
  std::vector<uint64_t> keys;
  std::vector<int32_t> emissions;
  std::vector<int> path;
  NameDecoder<int32_t> decoder;
  NameMemory memory;
};

constexpr uint32_t kLongestPiece = 1000;

class NameTagger : public stage::Stage {
 public:
  NameTagger(const std::filesystem::path& dir, const schema::Schema& schema)
      : file_(dir / "names.bin", "names"), clusters_(dir / "clusters.bin"), knowledge_(schema) {
    for (const std::string& line : file_.lines("types")) {
      types_.push_back(schema.ontology.type(line));
      if (!types_.back().valid()) file_.refuse("the ontology has no type " + line);
    }
    labels_ = 1 + 2 * static_cast<int>(types_.size());
    const LinearModel whole(file_, "", labels_);
    model_ = whole;
    steps_.assign(static_cast<size_t>(labels_) * labels_, 0);
    for (int previous = 0; previous < labels_; ++previous)
      model_.add(name_step_key(previous), &steps_[previous * labels_]);
    const auto margin = file_.section<float>("margin");
    if (margin.size() != 1 || !(margin[0] > 0)) file_.refuse("its margin is no positive number");
    margin_ = margin[0];
  }

  std::string_view name() const override { return "name-tagger"; }
  uint32_t needs() const override { return stage::kTokens | stage::kTags; }
  uint32_t gives() const override { return stage::kNames; }
  std::unique_ptr<stage::Scratch> make_scratch() const override {
    return std::make_unique<NameScratch>();
  }

  void run(doc::Document& document, stage::Scratch& scratch) const override {
    auto& own = dynamic_cast<NameScratch&>(scratch);
    own.memory.clear();
    document.names.clear();
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      const core::TokenSpan sentence = document.sentence(s);
      for (uint32_t begin = sentence.begin; begin < sentence.end; begin += kLongestPiece)
        tag(document, {begin, std::min(sentence.end, begin + kLongestPiece)}, own);
    }
  }

 private:
  void tag(doc::Document& document, core::TokenSpan piece, NameScratch& own) const {
    own.norms.clear();
    own.tags.clear();
    for (uint32_t t = piece.begin; t < piece.end; ++t) {
      own.norms.push_back(document.norm_of(t));
      own.tags.push_back(static_cast<uint8_t>(document.xpos[t]));
    }
    own.input.assign(own.norms, clusters_);
    knowledge_.look_up(own.norms, own.gazetteer, own.lists);
    own.emissions.assign(own.norms.size() * labels_, 0);
    for (size_t i = 0; i < own.norms.size(); ++i) {
      own.keys.clear();
      name_features(own.input, {own.tags, own.gazetteer, own.lists}, i, own.memory, own.keys);
      for (const uint64_t key : own.keys) model_.prefetch(key);
      for (const uint64_t key : own.keys) model_.add(key, &own.emissions[i * labels_]);
    }
    own.decoder.decode(own.emissions, steps_, {}, labels_, own.path);
    own.memory.remember(own.input, own.path);
    for (uint32_t begin = 0; begin < piece.size();) {
      uint32_t end = begin + 1;
      if (own.path[begin] == kOutside) {
        begin = end;
        continue;
      }
      while (end < piece.size() && is_inside(own.path[end])) ++end;
      document.names.push_back({{piece.begin + begin, piece.begin + end},
                                types_[type_of_label(own.path[begin])],
                                score(own, begin, end)});
      begin = end;
    }
  }

  float score(const NameScratch& own, uint32_t begin, uint32_t end) const {
    double sum = 0;
    for (uint32_t i = begin; i < end; ++i) {
      const int32_t* scores = &own.emissions[i * labels_];
      const int label = own.path[i];
      int32_t other = scores[kOutside];
      for (int k = 1; k < labels_; ++k)
        if (type_of_label(k) != type_of_label(label)) other = std::max(other, scores[k]);
      sum += scores[label] - other;
    }
    return static_cast<float>(1 / (1 + std::exp(-sum / (end - begin) / margin_)));
  }

  ModelFile file_;
  Clusters clusters_;
  NameKnowledge knowledge_;
  LinearModel model_;
  std::vector<schema::TypeId> types_;
  std::vector<int32_t> steps_;
  int labels_ = 0;
  float margin_ = 1;
};

}  // namespace

std::unique_ptr<stage::Stage> make_name_tagger(const std::filesystem::path& models_dir,
                                               const schema::Schema& schema) {
  return std::make_unique<NameTagger>(models_dir, schema);
}

}  // namespace weft::nlp
