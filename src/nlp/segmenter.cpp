// Segmenter: tokens of each title and body block (tokenizer.cpp), then the ends of sentences
// between them by rules: a stop, the closing quotes and brackets that touch it, and what follows. A
// border of blocks always ends a sentence. One pass, O(bytes). The rules follow Mikheev (2002),
// "Periods, capitalized words, etc.", without his document-wide counts.
#include "nlp/stages.h"
#include "nlp/tokenizer.h"
#include "nlp/word.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::nlp {

namespace {

struct SegmenterScratch : stage::Scratch {
  std::vector<Token> tokens;
  std::string lower;
};

class Segmenter : public stage::Stage {
 public:
  explicit Segmenter(const schema::Lexicons& lexicons) : tokenizer_(lexicons) {}

  std::string_view name() const override { return "segmenter"; }
  uint32_t needs() const override { return stage::kBlocks; }
  uint32_t gives() const override { return stage::kTokens; }
  std::unique_ptr<stage::Scratch> make_scratch() const override {
    return std::make_unique<SegmenterScratch>();
  }

  void run(doc::Document& document, stage::Scratch& scratch) const override {
    auto& own = dynamic_cast<SegmenterScratch&>(scratch);
    document.token_begin.clear();
    document.token_end.clear();
    document.norm.clear();
    document.sentence_begin.clear();
    document.sentence_block.clear();
    for (uint32_t b = 0; b < document.blocks.size(); ++b) {
      const doc::Block& block = document.blocks[b];
      if (block.role == doc::BlockRole::furniture || block.role == doc::BlockRole::repeated)
        continue;
      own.tokens.clear();
      tokenizer_.tokenize(document.text, block.span, own.tokens);
      add(document, b, own);
    }
    document.sentence_begin.push_back(document.token_count());
  }

 private:
  void add(doc::Document& document, uint32_t block, SegmenterScratch& own) const {
    bool begins = true;
    for (size_t i = 0; i < own.tokens.size(); ++i) {
      if (begins) {
        document.sentence_begin.push_back(document.token_count());
        document.sentence_block.push_back(block);
      }
      const core::ByteSpan span = own.tokens[i].span;
      document.token_begin.push_back(span.begin);
      document.token_end.push_back(span.end);
      document.norm.push_back(intern_norm(document, document.bytes(span)));
      begins =
          ends_after(document, i, document.token_count() - document.sentence_begin.back(), own);
    }
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
  bool ends_after(const doc::Document& document, size_t i, uint32_t length,
                  SegmenterScratch& own) const {
    const auto& tokens = own.tokens;
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
        lower_case(follows, own.lower);
        if (!upper) return true;
        return tokenizer_.starts_sentences(own.lower);
      }
      case Stop::initial: {
        // "Plan B. The": a sentence ends; "J. Smith": a name goes on.
        if (!upper || length < 3) return false;
        lower_case(follows, own.lower);
        return tokenizer_.starts_sentences(own.lower) && follows.size() > 1;
      }
      case Stop::abbreviation:
      case Stop::none:
        return false;
    }
    return false;
  }

  Tokenizer tokenizer_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_segmenter(const schema::Lexicons& lexicons) {
  return std::make_unique<Segmenter>(lexicons);
}

}  // namespace weft::nlp
