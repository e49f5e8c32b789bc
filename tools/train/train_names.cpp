// Structured averaged perceptron (Collins 2002) with partial labels: the best path of all is moved
// towards the best path through the labels that the source allows. Whole documents are shuffled,
// their sentences stay in order, because what a word was called earlier in its document is a
// feature.
#include "train_names.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <numeric>
#include <random>

#include "perceptron.h"

namespace weft::train {

namespace {

class NameTrainer {
 public:
  explicit NameTrainer(const nlp::Clusters& clusters)
      : clusters_(clusters), labels_(name_label_count()), model_(labels_) {}

  /// Finds the best path; learns from it if `learning`.
  const std::vector<int>& run(const NameSentence& sentence, bool learning) {
    if (sentence.begins_document) memory_.clear();
    norms_.assign(sentence.norms.begin(), sentence.norms.end());
    input_.assign(norms_, clusters_);
    const size_t n = norms_.size();
    keys_.resize(std::max(keys_.size(), n));
    emissions_.clear();
    for (size_t i = 0; i < n; ++i) {
      keys_[i].clear();
      nlp::name_features(input_, {sentence.tags, sentence.gazetteer, sentence.lists}, i, memory_,
                         keys_[i]);
      model_.score(keys_[i], scores_);
      emissions_.insert(emissions_.end(), scores_.begin(), scores_.end());
    }
    steps_.clear();
    for (int previous = 0; previous < labels_; ++previous) {
      const uint64_t key = nlp::name_step_key(previous);
      model_.score({&key, 1}, scores_);
      steps_.insert(steps_.end(), scores_.begin(), scores_.end());
    }
    decoder_.decode(emissions_, steps_, {}, labels_, path_);
    if (learning) learn(sentence);
    memory_.remember(input_, path_);
    return path_;
  }

  double margin() const { return margin_count_ == 0 ? 1 : margin_sum_ / margin_count_; }
  Perceptron& model() { return model_; }

 private:
  void learn(const NameSentence& sentence) {
    model_.tick();
    decoder_.decode(emissions_, steps_, sentence.allowed, labels_, gold_);
    for (size_t i = 0; i < path_.size(); ++i) {
      const int before = i > 0 ? path_[i - 1] : nlp::kOutside,
                gold_before = i > 0 ? gold_[i - 1] : nlp::kOutside;
      if (path_[i] != gold_[i]) {
        model_.update(keys_[i], gold_[i], 1);
        model_.update(keys_[i], path_[i], -1);
      } else if (path_[i] != nlp::kOutside) {
        margin_sum_ +=
            std::abs(emissions_[i * static_cast<size_t>(labels_) + static_cast<size_t>(path_[i])] -
                     emissions_[i * static_cast<size_t>(labels_)]);
        ++margin_count_;
      }
      if (path_[i] != gold_[i] || before != gold_before) {
        const uint64_t key = nlp::name_step_key(before), gold_key = nlp::name_step_key(gold_before);
        model_.update({&gold_key, 1}, gold_[i], 1);
        model_.update({&key, 1}, path_[i], -1);
      }
    }
  }

  const nlp::Clusters& clusters_;
  int labels_;
  Perceptron model_;
  nlp::TaggerInput input_;
  nlp::NameMemory memory_;
  nlp::NameDecoder<float> decoder_;
  std::vector<std::string_view> norms_;
  std::vector<std::vector<uint64_t>> keys_;
  std::vector<float> scores_, emissions_, steps_;
  std::vector<int> path_, gold_;
  double margin_sum_ = 0;
  size_t margin_count_ = 0;
};

struct Count {
  size_t right = 0, found = 0, gold = 0;
};

/// Spans of a path as (begin, end, type).
std::vector<std::array<int, 3>> spans(const std::vector<int>& path) {
  std::vector<std::array<int, 3>> out;
  for (size_t i = 0; i < path.size(); ++i) {
    if (nlp::is_begin(path[i]))
      out.push_back({static_cast<int>(i), static_cast<int>(i) + 1, nlp::type_of_label(path[i])});
    if (nlp::is_inside(path[i]) && !out.empty()) out.back()[1] = static_cast<int>(i) + 1;
  }
  return out;
}

/// The gold path of a sentence: the first allowed label; spans whose words may be anything are left
/// out on both sides.
void count(const NameSentence& sentence, const std::vector<int>& path, std::vector<Count>& counts) {
  const auto labels = static_cast<size_t>(name_label_count());
  std::vector<int> gold;
  for (size_t i = 0; i < sentence.norms.size(); ++i) {
    const uint8_t* row = &sentence.allowed[i * labels];
    gold.push_back(static_cast<int>(std::find(row, row + labels, 1) - row));
  }
  const auto fits = [&](const std::array<int, 3>& span) {
    for (int i = span[0]; i < span[1]; ++i)
      if (!sentence.allowed[static_cast<size_t>(i) * labels +
                            static_cast<size_t>(path[static_cast<size_t>(i)])])
        return false;
    const auto end = static_cast<size_t>(span[1]);
    return end >= gold.size() || !nlp::is_inside(gold[end]);
  };
  for (const auto& span : spans(gold)) ++counts[static_cast<size_t>(span[2])].gold;
  for (const auto& span : spans(path)) {
    const bool silent = gold[static_cast<size_t>(span[0])] == nlp::kOutside && fits(span);
    if (silent) continue;  // the source does not annotate this type
    const bool right = fits(span);
    const int type = right ? nlp::type_of_label(gold[static_cast<size_t>(span[0])]) : span[2];
    ++counts[static_cast<size_t>(type)].found;
    counts[static_cast<size_t>(type)].right += right;
  }
}

void report(const std::string& name, const std::vector<Count>& counts) {
  std::printf("%-9s", name.c_str());
  Count all;
  const auto f1 = [](const Count& c) {
    return c.found + c.gold == 0 ? 0 : 200.0 * c.right / (c.found + c.gold);
  };
  for (size_t t = 0; t < counts.size(); ++t) {
    all.right += counts[t].right, all.found += counts[t].found, all.gold += counts[t].gold;
    if (counts[t].gold > 0)
      std::printf(" %s %.1f (%zu)", name_types()[t].c_str(), f1(counts[t]), counts[t].gold);
  }
  std::printf(" all P %.1f R %.1f F1 %.1f (%zu)\n", all.found ? 100.0 * all.right / all.found : 0,
              all.gold ? 100.0 * all.right / all.gold : 0, f1(all), all.gold);
}

}  // namespace

void train_names(const std::vector<NameCorpus>& corpora, const nlp::Clusters& clusters,
                 const NameOptions& options,
                 const std::vector<std::pair<std::string, NameCorpus>>& tests,
                 const std::filesystem::path& out) {
  std::vector<std::pair<const NameSentence*, size_t>>
      documents;  // first sentence, number of sentences
  for (const NameCorpus& corpus : corpora)
    for (const NameSentence& sentence : corpus) {
      if (sentence.begins_document || documents.empty()) documents.emplace_back(&sentence, 0);
      ++documents.back().second;
    }
  NameTrainer trainer(clusters);
  std::mt19937_64 random(options.seed);
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    for (size_t i = documents.size(); i > 1; --i)
      std::swap(documents[i - 1], documents[random() % i]);
    for (const auto& [first, sentences] : documents)
      for (size_t s = 0; s < sentences; ++s) trainer.run(first[s], true);
    std::fprintf(stderr, "names epoch %d\n", epoch + 1);
  }
  nlp::ModelWriter writer("names");
  writer.add_lines("types", name_types());
  const auto margin = static_cast<float>(trainer.margin());
  // The margin is kept in the units of the rounded weights.
  const double scale = trainer.model().write(writer, "", {options.smallest, options.least_updates});
  const float rounded = static_cast<float>(margin * scale / 2);
  writer.add<float>("margin", std::span<const float>(&rounded, 1));
  writer.write(out);
  trainer.model().average();
  for (const auto& [name, corpus] : tests) {
    std::vector<Count> counts(name_types().size());
    for (const NameSentence& sentence : corpus)
      count(sentence, trainer.run(sentence, false), counts);
    report(name, counts);
  }
}

}  // namespace weft::train
