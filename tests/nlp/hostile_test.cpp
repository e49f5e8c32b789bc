// Text that nobody would write, through the whole chain of language stages: every layer must be
// complete and sound, and the work must grow with the length of the text alone.
#include <doctest/doctest.h>

#include <random>

#include "nlp/chain.h"
#include "text/utf8.h"

namespace {

using namespace weft;

std::string repeated(std::string_view unit, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += unit;
  return out;
}

/// Every column is filled; each sentence is one tree; names lie in order inside sentences.
void check_layers(const doc::Document& d) {
  const size_t n = d.token_count();
  REQUIRE(d.upos.size() == n);
  REQUIRE(d.head.size() == n);
  REQUIRE(d.deprel.size() == n);
  REQUIRE(d.lemma.size() == n);
  bool sound = true;
  for (uint32_t s = 0; s < d.sentence_count(); ++s) {
    const core::TokenSpan sentence = d.sentence(s);
    uint32_t roots = 0;
    std::vector<uint8_t> known(sentence.size(), 0);  // 1: on the way, 2: leads to the root
    for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
      roots += d.head[t] == doc::kNoToken;
      std::vector<uint32_t> way;
      uint32_t at = t;
      while (sound && at != doc::kNoToken && known[at - sentence.begin] != 2) {
        sound = known[at - sentence.begin] == 0 &&
                (d.head[at] == doc::kNoToken || sentence.contains(d.head[at]));
        known[at - sentence.begin] = 1;
        way.push_back(at);
        at = d.head[at];
      }
      for (const uint32_t w : way) known[w - sentence.begin] = 2;
    }
    CHECK(roots == 1);
  }
  CHECK(sound);
  uint32_t end = 0;
  for (const doc::NameSpan& name : d.names) {
    CHECK(name.tokens.begin >= end);
    CHECK(name.tokens.begin < name.tokens.end);
    CHECK(name.score >= 0);
    CHECK(name.score <= 1);
    end = name.tokens.end;
    CHECK(d.sentence_of(name.tokens.begin) == d.sentence_of(end - 1));
  }
}

TEST_CASE("a token of 100,000 characters is cut and annotated") {
  for (const char* unit : {"a", "A", "\xc3\xa9", "\xe4\xb8\xad", "-", "9"}) {
    CAPTURE(unit);
    check_layers(test::analyse("Maria met " + repeated(unit, 100000) + " in London."));
  }
}

TEST_CASE("a sentence of 20,000 tokens is annotated in pieces") {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += i % 7 == 0 ? "London " : i % 3 == 0 ? "and " : "towns ";
  const doc::Document d = test::analyse(text);
  CHECK(d.token_count() == 20000);
  check_layers(d);
}

TEST_CASE("emoji, right-to-left text, marks, invisible characters and control characters") {
  for (const char* text :
       {"\xf0\x9f\x98\x80 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x80 Maria smiled "
        "\xf0\x9f\x8e\x89!",
        "\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 said \xe2\x80\xaeMaria\xe2\x80\xac to "
        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d.",
        "Ma\xe2\x80\x8bria vis\xe2\x81\xa0ited Lon\xc2\xad"
        "don\xef\xbb\xbf.",
        "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81 a\xcd\x8f\xcd\x8f b\xcc\xb2", "\x01\x02 \x7f \xc2\x85 x",
        "\xef\xbf\xbd\xef\xbf\xbd \xef\xbf\xbe", "\xe2\x80\x8d", "."}) {
    CAPTURE(text);
    check_layers(test::analyse(text));
  }
}

TEST_CASE("random characters from everywhere") {
  std::mt19937 random(17);
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    const uint32_t c = random() % 4 == 0 ? 0x20 : random() % (i % 3 == 0 ? 0x10ffff : 0x3000);
    if (c < 0x20 || (c >= 0xd800 && c < 0xe000)) continue;
    text::append_utf8(text, c);
  }
  check_layers(test::analyse(text));
}

TEST_CASE("what stands beside a sentence does not change it") {
  const std::string sentence = "Maria Lopez visited three factories in Ohio on Monday.";
  const doc::Document alone = test::analyse(sentence);
  std::string text = sentence + "\n";
  for (int i = 0; i < 50; ++i)
    text += repeated("The law was signed. ", static_cast<size_t>(i)) + "\n";
  const doc::Document among = test::analyse(text);
  for (uint32_t t = 0; t < alone.token_count(); ++t) {
    CHECK(alone.xpos[t] == among.xpos[t]);
    CHECK(alone.head[t] == among.head[t]);
    CHECK(alone.deprel[t] == among.deprel[t]);
  }
  REQUIRE(among.names.size() >= alone.names.size());
  for (size_t i = 0; i < alone.names.size(); ++i) {
    CHECK(alone.names[i].tokens == among.names[i].tokens);
    CHECK(alone.names[i].score == among.names[i].score);
  }
}

}  // namespace
