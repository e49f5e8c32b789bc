// Segmenter: tokens of each title and body block (tokenizer.cpp), then the borders of sentences
// between them. A border of blocks always ends a sentence. Inside, the net of sentences.bin says of
// each token how likely it begins one, from the words around it, the white space before it and what
// its own full stop says. It looks at the tokens that the rules make, so that it need not be
// trained anew when the model of tokens is. Without that file, rules: a stop, the closing quotes
// and brackets that touch it, and what follows, after Mikheev (2002), "Periods, capitalized words,
// etc.", without his document-wide counts. One pass, O(bytes).
#include <filesystem>
#include <limits>
#include <optional>

#include "nlp/net.h"
#include "nlp/stages.h"
#include "nlp/tokenizer.h"
#include "nlp/word.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::nlp {

namespace {

constexpr uint32_t kLongestStretch = 4096;  // tokens that see each other
constexpr size_t kBatchWords = 512;

/// The tokens of a block.
struct BlockTokens {
  uint32_t block = 0;
  core::TokenSpan tokens;
};

struct SegmenterScratch : stage::Scratch {
  std::vector<Token> tokens, by_rules;  // of one block
  std::vector<uint32_t> places;         // of by_rules: the document's token that begins there
  std::string lower;
  std::vector<BlockTokens> blocks;
  std::vector<uint8_t> begins;  // of each token of the document: a sentence begins with it

  std::optional<SurfaceReader> surfaces;  // only with a net
  std::vector<std::string_view> norms;
  std::vector<SurfaceInput> inputs;
  std::vector<uint32_t>
      batch_tokens;                 // the document's token at which each word of the batch begins
  std::vector<float> batch_doubts;  // and how much surer the net must be there
  NetBatch batch;
  NetScratch net;
  NetAnswers answers;
};

class Segmenter : public stage::Stage {
 public:
  Segmenter(const schema::Lexicons& lexicons, const std::filesystem::path& models_dir,
            const Kernels& kernels)
      : tokenizer_(lexicons, models_dir) {
    std::error_code ignored;
    if (models_dir.empty() || !std::filesystem::exists(models_dir / "sentences.bin", ignored))
      return;
    vectors_.emplace(models_dir / "vectors.bin");
    net_.emplace(models_dir / "sentences.bin", "sentences", *vectors_, kernels);
    if (!net_->finds_sentences()) net_->refuse("it lacks a head for sentences");
  }

  std::string_view name() const override { return "segmenter"; }
  uint32_t needs() const override { return stage::kBlocks; }
  uint32_t gives() const override { return stage::kTokens; }
  std::unique_ptr<stage::Scratch> make_scratch() const override {
    auto scratch = std::make_unique<SegmenterScratch>();
    if (net_) scratch->surfaces.emplace(*vectors_, nullptr);
    return scratch;
  }

  void run(doc::Document& document, stage::Scratch& scratch) const override {
    auto& own = dynamic_cast<SegmenterScratch&>(scratch);
    document.token_begin.clear();
    document.token_end.clear();
    document.norm.clear();
    own.blocks.clear();
    own.begins.clear();
    own.batch.clear();
    own.batch_tokens.clear();
    own.batch_doubts.clear();
    for (uint32_t b = 0; b < document.blocks.size(); ++b) {
      const doc::Block& block = document.blocks[b];
      if (block.role == doc::BlockRole::furniture || block.role == doc::BlockRole::repeated)
        continue;
      own.tokens.clear();
      own.by_rules.clear();
      tokenizer_.tokenize(document.text, block.span, own.tokens, net_ ? &own.by_rules : nullptr);
      if (!own.tokens.empty()) add(document, b, own);
    }
    flush(own);
    list_sentences(document, own);
  }

 private:
  void add(doc::Document& document, uint32_t block, SegmenterScratch& own) const {
    const uint32_t first = document.token_count();
    for (const Token& token : own.tokens) {
      document.token_begin.push_back(token.span.begin);
      document.token_end.push_back(token.span.end);
      document.norm.push_back(intern_norm(document, document.bytes(token.span)));
    }
    own.blocks.push_back({block, {first, document.token_count()}});
    own.begins.resize(document.token_count(), 0);
    own.begins[first] = 1;
    if (net_) {
      ask_net(document, own);
      // "left the U.S. The firm": rare in the treebanks, so the net keeps such stops too close.
      for (size_t i = 0; i + 1 < own.by_rules.size(); ++i)
        if (own.by_rules[i].stop == Stop::may_end &&
            ends_after(document, own.by_rules, i, 1, own.lower))
          own.begins[own.places[i + 1]] = 1;
      return;
    }
    uint32_t length = 0;
    for (size_t i = 0; i + 1 < own.tokens.size(); ++i)
      if (ends_after(document, own.tokens, i, ++length, own.lower)) {
        own.begins[first + i + 1] = 1;
        length = 0;
      }
  }

  /// Puts the last block's tokens, as the rules have them, into the batch.
  void ask_net(doc::Document& document, SegmenterScratch& own) const {
    const std::vector<Token>& tokens = own.by_rules;
    core::TokenSpan there = own.blocks.back().tokens;  // the block's tokens from here on
    own.places.clear();
    for (size_t begin = 0; begin < tokens.size(); begin += kLongestStretch) {
      const size_t end = std::min<size_t>(tokens.size(), begin + kLongestStretch);
      own.norms.clear();
      for (size_t t = begin; t < end; ++t) {
        const core::ByteSpan span = tokens[t].span;
        while (there.begin + 1 < there.end && document.token_begin[there.begin] < span.begin)
          ++there.begin;
        const bool same = document.token_begin[there.begin] == span.begin &&
                          document.token_end[there.begin] == span.end;
        own.norms.push_back(same ? document.norm_of(there.begin)
                                 : document.pool[intern_norm(document, document.bytes(span))]);
        own.places.push_back(there.begin);
        own.batch_tokens.push_back(there.begin);
      }
      own.surfaces->read(own.norms, own.inputs);
      for (size_t t = begin; t < end; ++t) {
        const Gap gap =
            t == 0 ? Gap::blank
                   : gap_of(document.bytes({tokens[t - 1].span.end, tokens[t].span.begin}));
        own.inputs[t - begin].bits |= gap_bit(gap) | stop_bit(tokens[t].stop);
        own.batch_doubts.push_back(t > 0 && gap == Gap::space ? doubt(document, tokens, t) : 0);
      }
      own.batch.words.insert(own.batch.words.end(), own.inputs.begin(), own.inputs.end());
      own.batch.begin.push_back(static_cast<uint32_t>(own.batch.words.size()));
      if (own.batch.words.size() >= kBatchWords) flush(own);
    }
  }

  void flush(SegmenterScratch& own) const {
    if (own.batch_tokens.empty()) return;
    net_->run(own.batch, own.net, own.answers);
    for (size_t row = 0; row < own.batch_tokens.size(); ++row)
      if (own.answers.begins[row] > net_->spec().threshold + own.batch_doubts[row])
        own.begins[own.batch_tokens[row]] = 1;
    own.batch.clear();
    own.batch_tokens.clear();
    own.batch_doubts.clear();
  }

  /// How much surer than its threshold (in log odds) the net must be that token `t` begins a
  /// sentence, if nothing before it ends one: of lower case or digits never ("USD | 5.9 billion",
  /// "Rs. | 450"), of capitals seldom ("On Monday Human Rights | Watch accused").
  static float doubt(const doc::Document& document, const std::vector<Token>& tokens, size_t t) {
    constexpr float kUnmarked = 3.0F;
    const auto first = [&](size_t i) {
      size_t pos = 0;
      return text::next_char(document.bytes(tokens[i].span), pos);
    };
    const Stop stop = tokens[t - 1].stop;
    const bool word = text::is_letter(first(t - 1)) || text::is_digit(first(t - 1));
    if (!word || (stop != Stop::none && stop != Stop::abbreviation)) return 0;
    if (text::is_lower(first(t)) || text::is_digit(first(t)))
      return std::numeric_limits<float>::infinity();
    return stop == Stop::none ? kUnmarked : 0;
  }

  static void list_sentences(doc::Document& document, const SegmenterScratch& own) {
    document.sentence_begin.clear();
    document.sentence_block.clear();
    for (const BlockTokens& block : own.blocks)
      for (uint32_t t = block.tokens.begin; t < block.tokens.end; ++t)
        if (own.begins[t] != 0) {
          document.sentence_begin.push_back(t);
          document.sentence_block.push_back(block.block);
        }
    document.sentence_begin.push_back(document.token_count());
  }

  static core::StringId intern_norm(doc::Document& document, std::string_view form) {
    for (const char c : form)
      if (c & 0x80) return document.pool.intern(text::plain_punctuation(form));
    return document.pool.intern(form);
  }

  static bool closes(std::string_view form) {
    return form == "\"" || form == "\xe2\x80\x9d" || form == "'" || form == "\xe2\x80\x99" ||
           form == "''" || form == ")" || form == "]" || form == "\xc2\xbb";
  }

  /// True if a sentence ends behind token `i`; `length` is the number of its tokens so far.
  bool ends_after(const doc::Document& document, const std::vector<Token>& tokens, size_t i,
                  uint32_t length, std::string& buffer) const {
    const size_t next = i + 1;
    if (next == tokens.size()) return true;
    const auto form = [&](size_t t) { return document.bytes(tokens[t].span); };
    // Closing quotes and brackets belong to the sentence whose stop they touch.
    if (!tokens[next].space_before && closes(form(next)) &&
        (tokens[i].stop != Stop::none || closes(form(i))))
      return false;
    size_t stop = i;
    while (stop > 0 && tokens[stop].stop == Stop::none && !tokens[stop].space_before &&
           closes(form(stop)) && i - stop < 4)
      --stop;
    if (tokens[stop].stop == Stop::none) return false;
    if (stop != i && tokens[stop].stop == Stop::abbreviation) return false;

    size_t pos = 0;
    const std::string_view follows = form(next);
    const char32_t c = text::next_char(follows, pos);
    const bool lower = text::is_lower(c), upper = text::is_upper(c), digit = text::is_digit(c);
    if (!tokens[next].space_before) {
      // "orderly fashion.On Wednesday": a forgotten space; but not "Yahoo!s" or "3.x".
      return tokens[stop].stop == Stop::end && upper && follows.size() > 1 &&
             tokens[i].span.size() == 1 && stop > 0 && length > 2;
    }
    switch (tokens[stop].stop) {
      case Stop::end:
        // A number or letter before the first word is the mark of a list: "1. Clarify", "a.
        // Clarify".
        if (length <= 2 && form(stop) == "." && stop > 0 && form(stop - 1).size() <= 3 &&
            form(stop - 1) != "No") {
          const char first = form(stop - 1)[0];
          if ((first >= '0' && first <= '9') || form(stop - 1).size() == 1) return false;
        }
        return !lower && !(follows == "," || follows == ";" || follows == ":" ||
                           (follows == ")" || follows == "]"));
      case Stop::ellipsis:
        return upper && length > 1;
      case Stop::may_end: {
        if (lower || digit || !(upper || follows == "\"" || c == 0x201c)) return false;
        lower_case(follows, buffer);
        if (!upper) return true;
        return tokenizer_.starts_sentences(buffer);
      }
      case Stop::initial: {
        // "Plan B. The": a sentence ends; "J. Smith": a name goes on.
        if (!upper || length < 3) return false;
        lower_case(follows, buffer);
        return tokenizer_.starts_sentences(buffer) && follows.size() > 1;
      }
      case Stop::abbreviation:
      case Stop::none:
        return false;
    }
    return false;
  }

  Tokenizer tokenizer_;
  std::optional<WordVectors> vectors_;
  std::optional<Net> net_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_segmenter(const schema::Lexicons& lexicons,
                                             const std::filesystem::path& models_dir,
                                             const Kernels& kernels) {
  return std::make_unique<Segmenter>(lexicons, models_dir, kernels);
}

}  // namespace weft::nlp
