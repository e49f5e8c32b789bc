// Parser: greedy transitions (arc-hybrid) scored by an averaged perceptron trained with a dynamic
// oracle (Goldberg and Nivre 2013). 2n transitions a sentence of n tokens, each some 150 look-ups.
// A very long sentence is parsed in pieces whose roots hang on the first one's, so that no input
// costs more than its length.
#include <algorithm>
#include <limits>

#include "nlp/linear_model.h"
#include "nlp/parser_input.h"
#include "nlp/parser_state.h"
#include "nlp/stages.h"

namespace weft::nlp {

namespace {

constexpr uint32_t kLongestPiece = 400;

struct ParserScratch : stage::Scratch {
  ParserState state;
  std::vector<ParserToken> tokens;
  std::string buffer;
  std::vector<uint64_t> keys;
  std::vector<int32_t> scores;
};

class Parser : public stage::Stage {
 public:
  explicit Parser(const std::filesystem::path& dir)
      : file_(dir / "parser.bin", "parser"), clusters_(dir / "clusters.bin") {
    for (const std::string& line : file_.lines("labels")) {
      relations_.push_back(doc::deprel_from(line));
      if (doc::name(relations_.back()) != line) file_.refuse("it has an unknown relation " + line);
    }
    labels_ = 1 + 2 * static_cast<int>(relations_.size());
    model_ = LinearModel(file_, "", labels_);
  }

  std::string_view name() const override { return "parser"; }
  uint32_t needs() const override { return stage::kTokens | stage::kTags; }
  uint32_t gives() const override { return stage::kTrees; }
  std::unique_ptr<stage::Scratch> make_scratch() const override {
    return std::make_unique<ParserScratch>();
  }

  void run(doc::Document& document, stage::Scratch& scratch) const override {
    auto& own = dynamic_cast<ParserScratch&>(scratch);
    document.head.assign(document.token_count(), doc::kNoToken);
    document.deprel.assign(document.token_count(), doc::Deprel::root);
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      const core::TokenSpan sentence = document.sentence(s);
      uint32_t first_root = doc::kNoToken;
      for (uint32_t begin = sentence.begin; begin < sentence.end; begin += kLongestPiece) {
        const uint32_t root =
            parse(document, {begin, std::min(sentence.end, begin + kLongestPiece)}, own);
        if (first_root == doc::kNoToken) {
          first_root = root;
        } else {
          document.head[root] = first_root;
          document.deprel[root] = doc::Deprel::parataxis;
        }
      }
    }
  }

 private:
  int best_transition(ParserScratch& own) const {
    own.keys.clear();
    own.state.features(own.keys);
    for (const uint64_t key : own.keys) model_.prefetch(key);
    own.scores.assign(labels_, 0);
    for (const uint64_t key : own.keys) model_.add(key, own.scores.data());
    int best = -1;
    int32_t best_score = std::numeric_limits<int32_t>::min();
    for (int number = 0; number < labels_; ++number) {
      if (own.scores[number] <= best_score || !own.state.allows(Transition::from(number).move))
        continue;
      best = number;
      best_score = own.scores[number];
    }
    return best;
  }

  /// Fills head and deprel of a stretch of tokens and returns its root.
  uint32_t parse(doc::Document& document, core::TokenSpan piece, ParserScratch& own) const {
    own.tokens.clear();
    for (uint32_t t = piece.begin; t < piece.end; ++t)
      own.tokens.push_back(parser_token(document.norm_of(t), document.upos[t], document.xpos[t],
                                        clusters_, own.buffer));
    own.state.start(own.tokens);
    while (!own.state.finished()) own.state.apply(Transition::from(best_transition(own)));
    uint32_t root = piece.begin;
    for (uint32_t t = piece.begin; t < piece.end; ++t) {
      const int32_t head = own.state.head(static_cast<int32_t>(t - piece.begin));
      if (head == own.state.size()) {
        root = t;
        document.head[t] = doc::kNoToken;
        document.deprel[t] = doc::Deprel::root;
        continue;
      }
      document.head[t] = piece.begin + static_cast<uint32_t>(head);
      document.deprel[t] = relations_[own.state.relation(static_cast<int32_t>(t - piece.begin))];
      if (document.deprel[t] == doc::Deprel::root) document.deprel[t] = doc::Deprel::parataxis;
    }
    return root;
  }

  ModelFile file_;
  Clusters clusters_;
  LinearModel model_;
  std::vector<doc::Deprel> relations_;
  int labels_ = 0;
};

}  // namespace

std::unique_ptr<stage::Stage> make_parser(const std::filesystem::path& models_dir) {
  return std::make_unique<Parser>(models_dir);
}

}  // namespace weft::nlp
