// Problem: judge pairs of entities by sparse features. Method: each known key has a row of bytes
// with a scale; rows add up to log odds of each relation and to a hidden layer (rectified) that
// adds its own part; a pattern that fired starts from its log odds, any other relation from a
// learnt number. Cost: keys x (relations + hidden), some thousand multiplications a pair.
// Reference: Joulin et al. 2017 for sums of rows before a small net.
#include "nlp/relation_net.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "nlp/model_file.h"
#include "nlp/relation_head.h"

namespace weft::nlp {

namespace {

constexpr uint32_t kMostHidden = 1024;
constexpr float kSurest = 0.97f;  // of a pattern: its log odds stay finite

class RelationNet final : public stage::PairScorer {
 public:
  RelationNet(const std::filesystem::path& path, const schema::Ontology& ontology,
              const Kernels& kernels)
      : file_(path, kRelationModel), place_(ontology.relations().size(), kUnknown) {
    const std::vector<std::string> names = file_.lines("relations");
    for (uint32_t i = 0; i < names.size(); ++i)
      if (const auto id = ontology.relation(names[i]); id.valid()) place_[id.value] = i;
    count_ = names.size();
    keys_ = file_.section<uint64_t>("keys");
    scales_ = file_.section<float>("scales");
    rows_ = file_.section<int8_t>("rows");
    hidden_bias_ = file_.section<float>("hidden.bias");
    out_ = file_.section<float>("out");
    bias_ = file_.section<float>("bias");
    unfired_ = file_.section<float>("unfired");
    limits_ = file_.section<float>("limits");
    const size_t width = count_ + hidden_bias_.size();
    if (count_ == 0 || hidden_bias_.size() > kMostHidden || scales_.size() != keys_.size() ||
        rows_.size() != keys_.size() * width || out_.size() != count_ * hidden_bias_.size() ||
        bias_.size() != count_ || unfired_.size() != count_ || limits_.size() != 3)
      file_.refuse("its arrays don't fit together");
    if (!std::is_sorted(keys_.begin(), keys_.end())) file_.refuse("its keys are out of order");
    if (const auto spec = BranchSpec::read(file_))
      head_.emplace(file_, Tensors(file_), *spec, count_, ontology, kernels);
  }

  void score(const stage::EntityPair& pair, std::span<float> probabilities) const override {
    const size_t hidden = hidden_bias_.size(), width = count_ + hidden;
    std::vector<float> sum(bias_.begin(), bias_.end());
    sum.insert(sum.end(), hidden_bias_.begin(), hidden_bias_.end());
    auto from = keys_.begin();
    for (const uint64_t key : pair.features) {
      from = std::lower_bound(from, keys_.end(), key);
      if (from == keys_.end()) break;
      if (*from != key) continue;
      const auto row = static_cast<size_t>(from - keys_.begin());
      const int8_t* values = rows_.data() + row * width;
      for (size_t i = 0; i < width; ++i) sum[i] += scales_[row] * static_cast<float>(values[i]);
    }
    for (size_t i = count_; i < width; ++i) sum[i] = std::max(sum[i], 0.0f);
    if (head_) head_->add(pair, std::span(sum).first(count_));
    for (size_t k = 0; k < pair.allowed.size(); ++k)
      probabilities[k] = probability(pair, pair.allowed[k], sum);
  }
  float keep_from() const override { return limits_[1]; }
  float propose_from() const override { return limits_[2]; }

 private:
  static constexpr uint32_t kUnknown = 0xffffffffu;

  float probability(const stage::EntityPair& pair, schema::RelationId relation,
                    const std::vector<float>& sum) const {
    const auto fired =
        std::find_if(pair.fired.begin(), pair.fired.end(),
                     [&](const stage::FiredPattern& f) { return f.relation == relation; });
    const uint32_t r = place_[relation.value];
    if (r == kUnknown) return fired == pair.fired.end() ? 0 : fired->confidence;
    float odds = sum[r];
    const size_t hidden = hidden_bias_.size();
    for (size_t i = 0; i < hidden; ++i) odds += out_[r * hidden + i] * sum[count_ + i];
    if (fired == pair.fired.end()) {
      odds += unfired_[r];
    } else {
      const double c = std::clamp(fired->confidence, 1 - kSurest, kSurest);
      odds += limits_[0] * static_cast<float>(std::log(c / (1 - c)));
    }
    // In double, so that libraries that differ in the last bit give one float.
    return static_cast<float>(1 / (1 + std::exp(-static_cast<double>(odds))));
  }

  ModelFile file_;
  std::vector<uint32_t> place_;  // of the ontology's relations in the model
  size_t count_ = 0;             // of the model's relations
  std::span<const uint64_t> keys_;
  std::span<const float> scales_, hidden_bias_, out_, bias_, unfired_, limits_;
  std::span<const int8_t> rows_;
  std::optional<RelationHead> head_;
};

}  // namespace

std::unique_ptr<const stage::PairScorer> load_relation_net(const std::filesystem::path& models_dir,
                                                           const schema::Ontology& ontology,
                                                           const Kernels& kernels) {
  const std::filesystem::path path = models_dir / kRelationFile;
  if (!std::filesystem::exists(path)) return nullptr;
  return std::make_unique<RelationNet>(path, ontology, kernels);
}

}  // namespace weft::nlp
