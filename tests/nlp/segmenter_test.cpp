// Sentences and tokens: the cases that go wrong in news, and hostile text.
#include <doctest/doctest.h>

#include <random>

#include "nlp/chain.h"
#include "nlp/tokenizer.h"
#include "text/utf8.h"

namespace {

using namespace weft;

struct Case {
  const char* text;
  const char* expected;
};

TEST_CASE("sentences end where a reader ends them") {
  const Case cases[] = {
      {"He met Mr. Li on Oct. 10. It rained.", "He met Mr. Li on Oct. 10 . | It rained ."},
      {"It moved to the U.S. in May. He left the U.S. The firm stayed.",
       "It moved to the U.S. in May . | He left the U.S. | The firm stayed ."},
      {"Sold by Acme Co., Ltd. of Ohio. Acme Inc. said so.",
       "Sold by Acme Co. , Ltd. of Ohio . | Acme Inc. said so ."},
      {"J. K. Smith wrote it. Then he left.", "J. K. Smith wrote it . | Then he left ."},
      {"\"We won.\" The crowd cheered.", "\" We won . \" | The crowd cheered ."},
      {"“We won.” The crowd cheered.", "“ We won . ” | The crowd cheered ."},
      {"(It was late.) They slept.", "( It was late . ) | They slept ."},
      {"in an orderly fashion.On Wednesday, he left.",
       "in an orderly fashion . | On Wednesday , he left ."},
      {"It grew 3.5 percent to 1,200.50 yuan.", "It grew 3.5 percent to 1,200.50 yuan ."},
      {"1. Clarify the tasks. 2. Go on.", "1 . Clarify the tasks . | 2 . Go on ."},
      {"(1) Clarify the tasks", "( 1 ) Clarify the tasks"},
      {"Strengthen the chain\nOpen the market", "Strengthen the chain | Open the market"},
      {"What now? Wait... no. And then... The end.",
       "What now ? | Wait ... no . | And then ... | The end ."},
      {"See No. 5 Middle School. No. Never.", "See No. 5 Middle School . | No . | Never ."},
      {"It opened at 9 a.m. on Monday.", "It opened at 9 a.m. on Monday ."},
      {"See www.example.org/a?b=1. It works.", "See www.example.org/a?b=1 . | It works ."},
      {"Gen. Wang and Gov. Hu met Prof. Xu.", "Gen. Wang and Gov. Hu met Prof. Xu ."},
      {"The loan is worth USD 5.9 billion over ten years. It grows.",
       "The loan is worth USD 5.9 billion over ten years . | It grows ."},
      {"It cost GBP 3.4 m. Prices reached Rs. 450 per kilo.",
       "It cost GBP 3.4 m . | Prices reached Rs. 450 per kilo ."},
      {"", ""},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(test::segmented(c.text) == c.expected);
  }
}

TEST_CASE("the model of tokens joins and splits what rules can't") {
  const Case cases[] = {
      {"I cant wait :-)", "I ca nt wait :-)"},
      {"We werent there, but they were.", "We were nt there , but they were ."},
      {"The firm sold its plants.", "The firm sold its plants ."},
      // The corpora leave these whole now and then.
      {"Monday's vote, Tuesday’s too", "Monday 's vote , Tuesday ’s too"},
      {"See TEXT.htm and Report.pdf now.", "See TEXT.htm and Report.pdf now ."},
      {"alot of it", "a lot of it"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(test::segmented(c.text) == c.expected);
  }
}

TEST_CASE("without its model, tokens are those of the rules") {
  const nlp::Tokenizer rules(test::schema().lexicons);
  const nlp::Tokenizer both(test::schema().lexicons, test::models_dir());
  const std::string text = "  cant :-) U.S.";
  const core::ByteSpan all{0, static_cast<uint32_t>(text.size())};
  std::vector<nlp::Token> by_rules, by_both, told;
  rules.tokenize(text, all, by_rules);
  both.tokenize(text, all, by_both, &told);
  const auto spans = [&](const std::vector<nlp::Token>& tokens) {
    std::string out;
    for (const nlp::Token& t : tokens) out += text.substr(t.span.begin, t.span.size()) + "|";
    return out;
  };
  CHECK(spans(by_rules) == "cant|:|-|)|U.S.|");
  CHECK(spans(told) == spans(by_rules));
  CHECK(spans(by_both) == "ca|nt|:-)|U.S.|");
  CHECK(by_both.front().space_before);
  CHECK(!by_both[1].space_before);
  CHECK(by_both.back().stop == nlp::Stop::may_end);
}

TEST_CASE("a chunk has places where letters, digits and signs meet, and where a word may be two") {
  const std::string text = "TEXT.htm Q3 dont $$ 7pm word";
  const nlp::Tokenizer rules(test::schema().lexicons);
  nlp::ChunkBorders borders;
  std::string out;
  const auto size = static_cast<uint32_t>(text.size());
  for (core::ByteSpan chunk = nlp::next_chunk(text, 0, size); !chunk.empty();
       chunk = nlp::next_chunk(text, chunk.end, size)) {
    std::vector<nlp::Token> tokens;
    rules.tokenize(text, chunk, tokens);
    std::vector<uint32_t> begins;
    for (const nlp::Token& t : tokens) begins.push_back(t.span.begin);
    if (!borders.read(text, {0, size}, chunk, begins, rules.joined_words())) continue;
    for (size_t k = 0; k < borders.count(); ++k)
      out += std::to_string(borders.place(k)) + (borders.by_rule(k) ? "+ " : "- ");
  }
  CHECK(out == "4+ 5+ 14+ 18+ 21+ ");
}

TEST_CASE("tokens follow the treebanks") {
  const Case cases[] = {
      {"don't can't cannot I'm we've", "do n't ca n't can not I 'm we 've"},
      {"Xi's Xi’s workers' don’t", "Xi 's Xi ’s workers ' do n’t"},
      {"high-quality Al-Zaman co-worker non-avian",
       "high - quality Al - Zaman co-worker non-avian"},
      {"$200 35% 7pm 20th 1990s '90s", "$ 200 35 % 7 pm 20th 1990s '90s"},
      {"and/or 9/11 7:30 COVID-19", "and / or 9/11 7:30 COVID - 19"},
      {"AT&T O'Brien L'Enfant", "AT&T O'Brien L'Enfant"},
      {"a.b@example.com, http://x.org/y.", "a.b@example.com , http://x.org/y ."},
      {"the C919 (a jet)", "the C919 ( a jet )"},
      {"Zhōngguó São-Paulo 江西省", "Zhōngguó São - Paulo 江西省"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.text);
    CHECK(test::segmented(c.text) == c.expected);
  }
}

TEST_CASE("furniture is not tokenised, metadata is, and a block border ends a sentence") {
  doc::Document document =
      test::document_of("A title\nShare this\nThe text goes on\nSource: Daily.");
  document.blocks[0].role = doc::BlockRole::title;
  document.blocks[1].role = doc::BlockRole::furniture;
  document.blocks[3].role = doc::BlockRole::metadata;
  test::run(test::segmenter(), document);
  REQUIRE(document.sentence_count() == 3);
  CHECK(document.text_of(document.sentence(0)) == "A title");
  CHECK(document.sentence_block[1] == 2);
  CHECK(document.text_of(document.sentence(2)) == "Source: Daily.");
  CHECK(document.is_prose(1));
  CHECK(!document.is_prose(2));
}

/// Tokens must cover all but white space, in order, on character borders.
void check_cover(const doc::Document& document) {
  uint32_t at = 0;
  bool sound = true;
  for (uint32_t t = 0; t < document.token_count(); ++t) {
    sound =
        sound && document.token_begin[t] >= at && document.token_begin[t] < document.token_end[t];
    sound = sound && document.token_end[t] - document.token_begin[t] <= 1000;
    sound = sound && text::is_char_border(document.text, document.token_begin[t]) &&
            text::is_char_border(document.text, document.token_end[t]);
    for (size_t i = at; sound && i < document.token_begin[t];) {
      const char32_t c = text::next_char(document.text, i);
      sound = text::is_space(c) || text::is_control(c);
    }
    at = document.token_end[t];
  }
  CHECK(sound);
  for (uint32_t s = 0; s < document.sentence_count(); ++s) REQUIRE(!document.sentence(s).empty());
}

TEST_CASE("offsets are exact on hostile text") {
  std::mt19937 random(7);
  const char32_t pool[] = {'a',    'B',    '.',     '\'',  '-',  ' ',    '\n',   '"',
                           '5',    ',',    '@',     '/',   ':',  '&',    0x2019, 0x201d,
                           0x2026, 0x4e2d, 0x1f600, 0x301, 0xa0, 0x200d, 0x7f,   0x85,
                           0x92,   0xfffd, 0x661,   0x130, 'n',  't',    's'};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (uint32_t i = 0, n = random() % 120; i < n; ++i)
      text::append_utf8(
          text, random() % 8 == 0 ? 0x20 + random() % 0xd000 : pool[random() % std::size(pool)]);
    CAPTURE(text);
    doc::Document document = test::document_of(text);
    test::run(test::segmenter(), document);
    check_cover(document);
  }
}

TEST_CASE("a megabyte without spaces or stops is cut into tokens of bounded size") {
  for (const std::string unit : {"a", "é", "a.", "'", "-", "1,", "x@y.", "中", "a-", "A&"}) {
    CAPTURE(unit);
    std::string text;
    while (text.size() < (1u << 20)) text += unit;
    doc::Document document = test::document_of(text);
    test::run(test::segmenter(), document);
    check_cover(document);
    CHECK(document.token_count() > 500);
  }
}

TEST_CASE("empty documents have no sentences") {
  doc::Document document;
  test::run(test::segmenter(), document);
  CHECK(document.token_count() == 0);
  CHECK(document.sentence_count() == 0);
}

}  // namespace
