// Averaged perceptron with the dynamic oracle of arc-hybrid (Goldberg and Nivre 2013, "Training
// deterministic parsers with non-deterministic oracles"): a transition costs the gold arcs that it
// makes impossible; any transition that costs nothing is right, and from the second epoch on the
// parser mostly follows its own choices, so that it learns what to do after a mistake. The oracle
// is exact for projective trees; others are made projective first.
#include "train_parser.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <random>
#include <set>

#include "nlp/parser_input.h"
#include "nlp/parser_state.h"
#include "perceptron.h"

namespace weft::train {

namespace {

using nlp::Move;
using nlp::ParserState;
using nlp::Transition;

struct Example {
  std::vector<nlp::ParserToken> tokens;
  std::vector<int32_t> head;      // size() for the root
  std::vector<uint8_t> relation;  // number in the model's list
};

/// Gold arcs that `move` makes impossible.
int cost(const ParserState& state, const Example& gold, Move move) {
  const int32_t b = state.buffer(), n = state.size(), s0 = state.stack_top(0),
                s1 = state.stack_top(1);
  const auto head = [&](int32_t i) { return i < n ? gold.head[i] : nlp::kNoNode; };
  int lost = 0;
  if (move == Move::shift) {
    for (const int32_t s : state.stack()) lost += head(s) == b || (s != s0 && head(b) == s);
    return lost;
  }
  for (int32_t i = b; i < n; ++i) lost += head(i) == s0;
  if (move == Move::left) return lost + (head(s0) == s1 || head(s0) > b ? 1 : 0);
  return lost + (head(s0) >= b ? 1 : 0);
}

class ParserTrainer {
 public:
  explicit ParserTrainer(int labels) : labels_(labels), model_(labels) {}

  void learn(const Example& example, bool explore, std::mt19937_64& random) {
    state_.start(example.tokens);
    while (!state_.finished()) {
      keys_.clear();
      state_.features(keys_);
      model_.score(keys_, scores_);
      int costs[3];
      bool legal[3];
      int least = std::numeric_limits<int>::max();
      for (const Move move : {Move::shift, Move::left, Move::right}) {
        const auto m = static_cast<size_t>(move);
        legal[m] = state_.allows(move);
        costs[m] = legal[m] ? cost(state_, example, move) : std::numeric_limits<int>::max();
        least = std::min(least, costs[m]);
      }
      int best = -1, right = -1;
      for (int number = 0; number < labels_; ++number) {
        const Transition transition = Transition::from(number);
        const auto m = static_cast<size_t>(transition.move);
        if (!legal[m]) continue;
        if (best < 0 || scores_[number] > scores_[best]) best = number;
        if (costs[m] == least && label_fits(example, transition) &&
            (right < 0 || scores_[number] > scores_[right]))
          right = number;
      }
      model_.tick();
      ++all_;
      right_ += best == right;
      if (best != right) {
        model_.update(keys_, right, 1);
        model_.update(keys_, best, -1);
      }
      const bool follow = explore && random() % 10 != 0;
      state_.apply(Transition::from(follow ? best : right));
    }
  }

  double accuracy() {
    const double value = 100.0 * right_ / all_;
    right_ = all_ = 0;
    return value;
  }
  const Perceptron& model() const { return model_; }

 private:
  /// An arc of the gold tree must bear its relation; a wrong arc that costs nothing more may bear
  /// any.
  bool label_fits(const Example& example, Transition transition) const {
    if (transition.move == Move::shift) return true;
    const int32_t dependent = state_.stack_top(0);
    const int32_t head = transition.move == Move::left ? state_.buffer() : state_.stack_top(1);
    return example.head[dependent] != head || example.relation[dependent] == transition.relation;
  }

  int labels_;
  Perceptron model_;
  ParserState state_;
  std::vector<uint64_t> keys_;
  std::vector<float> scores_;
  size_t right_ = 0, all_ = 0;
};

std::vector<doc::Deprel> collect_relations(const std::vector<TreeSentence>& sentences) {
  std::set<doc::Deprel> seen;
  for (const TreeSentence& sentence : sentences)
    for (const TreeWord& word : sentence.words) seen.insert(word.deprel);
  return {seen.begin(), seen.end()};
}

}  // namespace

void train_parser(std::vector<TreeSentence> sentences, const nlp::Clusters& clusters,
                  const ParserOptions& options, const std::filesystem::path& out) {
  const auto relations = collect_relations(sentences);
  std::vector<Example> examples;
  std::string buffer;
  size_t lifted = 0;
  for (TreeSentence& sentence : sentences) {
    lifted += make_projective(sentence);
    Example example;
    for (const TreeWord& word : sentence.words) {
      example.tokens.push_back(
          nlp::parser_token(word.norm, word.tag.upos, word.tag.xpos, clusters, buffer));
      example.head.push_back(word.head);
      const auto place = std::lower_bound(relations.begin(), relations.end(), word.deprel);
      example.relation.push_back(static_cast<uint8_t>(place - relations.begin()));
    }
    examples.push_back(std::move(example));
  }
  std::fprintf(stderr, "%zu sentences, %zu made projective, %zu relations\n", examples.size(),
               lifted, relations.size());

  ParserTrainer trainer(1 + 2 * static_cast<int>(relations.size()));
  std::vector<uint32_t> order(examples.size());
  std::iota(order.begin(), order.end(), 0);
  std::mt19937_64 random(options.seed);
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
    for (const uint32_t number : order) trainer.learn(examples[number], epoch > 0, random);
    std::fprintf(stderr, "parser epoch %d: %.2f%% right while learning\n", epoch + 1,
                 trainer.accuracy());
  }
  nlp::ModelWriter writer("parser");
  std::vector<std::string> lines;
  for (const doc::Deprel relation : relations) lines.emplace_back(doc::name(relation));
  writer.add_lines("labels", lines);
  trainer.model().write(writer, "", {options.smallest, options.least_updates});
  writer.write(out);
}

}  // namespace weft::train
