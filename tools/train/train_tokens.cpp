// Averaged perceptron with a margin (Collins 2002) over the places of every chunk of the training
// text where a token may end, with the features that running makes. All numbers are integers, so
// the bytes are the same on every machine. A row of the table that is used once in the corpus is
// not learnt. Cost: passes x places x features.
#include "train_tokens.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include "nlp/feature.h"
#include "nlp/model_file.h"
#include "nlp/token_borders.h"
#include "nlp/tokenizer.h"

namespace weft::train {

namespace {

constexpr int kPasses = 12;
constexpr int32_t kMargin = 12;

/// The raw text of a treebank, a paragraph a block, and where its tokens begin.
struct RawText {
  std::string text;
  std::vector<core::ByteSpan> blocks, tokens;
};

RawText raw_text(const std::vector<TreeSentence>& sentences) {
  RawText raw;
  uint32_t begin = 0;
  const auto close = [&] {
    const auto end = static_cast<uint32_t>(raw.text.size());
    if (end > begin) raw.blocks.push_back({begin, end});
    raw.text += "\n\n";
    begin = end + 2;
  };
  for (const TreeSentence& sentence : sentences) {
    if (sentence.begins_paragraph || sentence.begins_document) close();
    for (const TreeWord& word : sentence.words) {
      const auto from = static_cast<uint32_t>(raw.text.size());
      raw.text += word.form;
      raw.tokens.push_back({from, static_cast<uint32_t>(raw.text.size())});
      if (word.space_after) raw.text += ' ';
    }
  }
  close();
  return raw;
}

std::vector<core::ByteSpan> tokens_by(const nlp::Tokenizer& tokenizer, const RawText& raw) {
  std::vector<nlp::Token> tokens;
  for (const core::ByteSpan& block : raw.blocks) tokenizer.tokenize(raw.text, block, tokens);
  std::vector<core::ByteSpan> out;
  for (const nlp::Token& token : tokens) out.push_back(token.span);
  return out;
}

double f1(const std::vector<core::ByteSpan>& gold, const std::vector<core::ByteSpan>& found) {
  std::vector<core::ByteSpan> both;
  std::set_intersection(gold.begin(), gold.end(), found.begin(), found.end(),
                        std::back_inserter(both));
  return 200.0 * static_cast<double>(both.size()) / static_cast<double>(gold.size() + found.size());
}

struct Example {
  nlp::ChunkBorders::Features features;
  bool splits = false;
};

std::vector<Example> examples_of(const nlp::Tokenizer& rules, const RawText& raw) {
  std::vector<Example> out;
  nlp::ChunkBorders borders;
  std::vector<nlp::Token> tokens;
  std::vector<uint32_t> begins;
  const auto is_begin = [&](uint32_t at) {
    return std::binary_search(
        raw.tokens.begin(), raw.tokens.end(), core::ByteSpan{at, at},
        [](const core::ByteSpan& a, const core::ByteSpan& b) { return a.begin < b.begin; });
  };
  for (const core::ByteSpan& block : raw.blocks) {
    tokens.clear();
    rules.tokenize(raw.text, block, tokens);
    size_t next = 0;
    for (core::ByteSpan chunk = nlp::next_chunk(raw.text, block.begin, block.end); !chunk.empty();
         chunk = nlp::next_chunk(raw.text, chunk.end, block.end)) {
      begins.clear();
      for (; next < tokens.size() && tokens[next].span.begin < chunk.end; ++next)
        begins.push_back(tokens[next].span.begin);
      if (!borders.read(raw.text, block, chunk, begins, rules.joined_words())) continue;
      uint32_t token_begin = chunk.begin;
      for (size_t k = 0; k < borders.count(); ++k) {
        Example& example = out.emplace_back();
        borders.features(k, token_begin, example.features);
        example.splits = is_begin(borders.place(k));
        if (example.splits) token_begin = borders.place(k);
      }
    }
  }
  return out;
}

/// Weights as the mean of those after every example.
std::vector<int64_t> learn(const std::vector<Example>& examples) {
  std::vector<uint8_t> uses(nlp::TokenBorders::kRows, 0);
  for (const Example& example : examples)
    for (const uint32_t row : example.features) uses[row] = std::min<uint8_t>(uses[row] + 1, 2);
  std::vector<int32_t> weights(uses.size(), 0);
  std::vector<int64_t> late(uses.size(), 0);  // each change, times the examples before it
  std::vector<uint32_t> order(examples.size());
  std::iota(order.begin(), order.end(), 0u);
  int64_t seen = 0;
  for (int pass = 0; pass < kPasses; ++pass) {
    for (size_t i = order.size(); i > 1; --i)
      std::swap(order[i - 1], order[nlp::feature(7, pass, i) % i]);
    for (const uint32_t number : order) {
      const Example& example = examples[number];
      const int32_t sign = example.splits ? 1 : -1;
      int32_t sum = 0;
      for (const uint32_t row : example.features) sum += weights[row];
      if (sign * sum <= kMargin)
        for (const uint32_t row : example.features)
          if (uses[row] > 1) weights[row] += sign, late[row] += sign * seen;
      ++seen;
    }
  }
  std::vector<int64_t> means(weights.size());
  for (size_t row = 0; row < means.size(); ++row) means[row] = weights[row] * seen - late[row];
  return means;
}

}  // namespace

void train_tokens(const std::vector<TreeSentence>& train,
                  const std::vector<std::vector<TreeSentence>>& dev,
                  const schema::Lexicons& lexicons, const std::filesystem::path& out) {
  const nlp::Tokenizer rules(lexicons);
  const std::vector<Example> examples = examples_of(rules, raw_text(train));
  const std::vector<int64_t> means = learn(examples);
  int64_t most = 1;
  for (const int64_t mean : means) most = std::max(most, std::abs(mean));
  std::vector<int16_t> weights;
  for (const int64_t mean : means) weights.push_back(static_cast<int16_t>(mean * 32767 / most));
  nlp::ModelWriter writer("tokens");
  writer.add<int16_t>("weights", weights);
  writer.write(out);
  std::fprintf(stderr, "%zu places where a token may end\n", examples.size());
  const nlp::Tokenizer both(lexicons, out.parent_path());
  for (const auto& sentences : dev) {
    const RawText raw = raw_text(sentences);
    std::fprintf(stderr, "tokens: %.2f by rules, %.2f with the model\n",
                 f1(raw.tokens, tokens_by(rules, raw)), f1(raw.tokens, tokens_by(both, raw)));
  }
}

}  // namespace weft::train
