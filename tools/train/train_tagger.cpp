// Averaged perceptron for the tagger (Collins 2002). A part of the sentences is seen again in
// headline case and in capitals, so that headlines are no strange land. The order of sentences is
// shuffled with a fixed seed.
#include "train_tagger.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

#include "nlp/tagger_features.h"
#include "perceptron.h"

namespace weft::train {

namespace {

std::vector<nlp::TagLabel> collect_labels(const std::vector<TreeSentence>& sentences) {
  std::map<nlp::TagLabel, int> counts;
  for (const TreeSentence& sentence : sentences)
    for (const TreeWord& word : sentence.words) ++counts[word.tag];
  std::vector<nlp::TagLabel> labels;
  for (const auto& [label, count] : counts)
    if (count >= 3) labels.push_back(label);
  return labels;
}

std::string upper_case(std::string s) {
  for (char& c : s)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return s;
}

/// Headline case: words of four letters and more, and the first, begin with a capital.
void title_case(TreeSentence& sentence) {
  for (size_t i = 0; i < sentence.words.size(); ++i) {
    std::string& norm = sentence.words[i].norm;
    if ((norm.size() > 3 || i == 0) && norm[0] >= 'a' && norm[0] <= 'z')
      norm[0] = static_cast<char>(norm[0] - 32);
  }
}

class TaggerTrainer {
 public:
  TaggerTrainer(std::vector<nlp::TagLabel> labels, const nlp::Clusters& clusters)
      : labels_(std::move(labels)), clusters_(clusters), model_(static_cast<int>(labels_.size())) {}

  void train(const std::vector<TreeSentence>& sentences, const TaggerOptions& options) {
    std::vector<uint32_t> order(sentences.size());
    std::iota(order.begin(), order.end(), 0);
    std::mt19937_64 random(options.seed);
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
      for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
      size_t right = 0, all = 0;
      for (const uint32_t number : order) learn(sentences[number], right, all);
      std::fprintf(stderr, "tagger epoch %d: %.2f%% right while learning\n", epoch + 1,
                   100.0 * right / all);
    }
  }

  void tag(TreeSentence& sentence) {
    prepare(sentence);
    int previous = -1, before = -1;
    for (size_t i = 0; i < sentence.words.size(); ++i) {
      const int best = predict(i, previous, before);
      sentence.words[i].tag = labels_[best];
      before = previous;
      previous = best;
    }
  }

  void write(const std::filesystem::path& path, const TaggerOptions& options) const {
    nlp::ModelWriter out("tagger");
    std::vector<std::string> lines;
    for (const nlp::TagLabel& label : labels_) lines.push_back(label.text());
    out.add_lines("labels", lines);
    model_.write(out, "", {options.smallest, options.least_updates});
    out.write(path);
  }

 private:
  void prepare(const TreeSentence& sentence) {
    norms_.clear();
    for (const TreeWord& word : sentence.words) norms_.push_back(word.norm);
    input_.assign(norms_, clusters_);
  }

  int predict(size_t i, int previous, int before) {
    keys_.clear();
    nlp::tagger_features(input_, i, previous, before, keys_);
    model_.score(keys_, scores_);
    return static_cast<int>(std::max_element(scores_.begin(), scores_.end()) - scores_.begin());
  }

  void learn(const TreeSentence& sentence, size_t& right, size_t& all) {
    prepare(sentence);
    int previous = -1, before = -1;
    for (size_t i = 0; i < sentence.words.size(); ++i) {
      const int best = predict(i, previous, before);
      const auto place = std::lower_bound(labels_.begin(), labels_.end(), sentence.words[i].tag);
      const bool known = place != labels_.end() && *place == sentence.words[i].tag;
      const int gold = known ? static_cast<int>(place - labels_.begin()) : best;
      model_.tick();
      if (best != gold) {
        model_.update(keys_, gold, 1);
        model_.update(keys_, best, -1);
      }
      ++all;
      right += best == gold;
      before = previous;
      previous = best;  // as at run time
    }
  }

  std::vector<nlp::TagLabel> labels_;  // sorted
  const nlp::Clusters& clusters_;
  Perceptron model_;
  nlp::TaggerInput input_;
  std::vector<std::string_view> norms_;
  std::vector<uint64_t> keys_;
  std::vector<float> scores_;
};

/// One sentence in ten again in headline case, one in twenty in capitals.
std::vector<TreeSentence> with_headlines(const std::vector<TreeSentence>& sentences) {
  std::vector<TreeSentence> out = sentences;
  for (size_t i = 0; i < sentences.size(); ++i) {
    if (i % 10 == 3) {
      out.push_back(sentences[i]);
      title_case(out.back());
    }
    if (i % 20 == 7) {
      out.push_back(sentences[i]);
      for (TreeWord& word : out.back().words) word.norm = upper_case(word.norm);
    }
  }
  return out;
}

}  // namespace

void train_tagger(const std::vector<TreeSentence>& sentences, const nlp::Clusters& clusters,
                  const TaggerOptions& options, const std::filesystem::path& out) {
  TaggerTrainer trainer(collect_labels(sentences), clusters);
  trainer.train(with_headlines(sentences), options);
  trainer.write(out, options);
}

void jackknife_tags(std::vector<TreeSentence>& sentences, const nlp::Clusters& clusters,
                    const TaggerOptions& options, int folds) {
  const std::vector<TreeSentence> gold = sentences;
  const auto labels = collect_labels(gold);
  // Whole runs of sentences to a fold: neighbours of one document stay together.
  const auto fold_of = [&](size_t i) {
    return static_cast<int>(i / 50 % static_cast<size_t>(folds));
  };
  for (int fold = 0; fold < folds; ++fold) {
    std::vector<TreeSentence> rest;
    for (size_t i = 0; i < gold.size(); ++i)
      if (fold_of(i) != fold) rest.push_back(gold[i]);
    TaggerTrainer trainer(labels, clusters);
    trainer.train(with_headlines(rest), options);
    for (size_t i = 0; i < gold.size(); ++i)
      if (fold_of(i) == fold) trainer.tag(sentences[i]);
  }
}

}  // namespace weft::train
