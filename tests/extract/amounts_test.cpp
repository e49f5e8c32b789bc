// Amounts in tokens as the tokenizer makes them; check_amounts measures the same on whole
// sentences.
#include "extract/figures/amounts.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>

#include "core/error.h"
#include "extract/frames/within.h"

using namespace weft;

namespace {

/// Words separated by spaces; "~" before a word: it touches the word before it. "won_V" is a verb.
doc::Document tokens(const std::string& words) {
  doc::Document d;
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    const bool touches = word[0] == '~', verb = word.ends_with("_V");
    if (touches) word.erase(0, 1);
    if (verb) word.resize(word.size() - 2);
    if (!touches && !d.text.empty()) d.text += ' ';
    d.token_begin.push_back(static_cast<uint32_t>(d.text.size()));
    d.text += word;
    d.token_end.push_back(static_cast<uint32_t>(d.text.size()));
    d.norm.push_back(d.pool.intern(word));
    d.upos.push_back(verb ? doc::Upos::VERB : doc::Upos::X);
  }
  d.sentence_begin = {0, d.token_count()};
  d.sentence_block = {0};
  return d;
}

std::string amounts_of(const doc::Document& d) {
  static const auto lexicons =
      schema::Lexicons::load(std::filesystem::path(WEFT_SCHEMA_DIR) / "lexicons");
  static const extract::AmountFinder finder(lexicons);
  std::string out;
  for (const extract::Amount& amount : finder.find(d)) {
    constexpr const char* kKinds[] = {"money", "percent", "quantity", "count"};
    out += (out.empty() ? "" : "; ") + std::string(kKinds[static_cast<size_t>(amount.kind)]) + " " +
           std::string(d.text_of(amount.tokens));
  }
  return out;
}

TEST_CASE("amounts reach from the sign or number to the unit") {
  const struct {
    const char* words;
    const char* expected;
  } cases[] = {
      {"it paid about $ ~5 million", "money $5 million"},
      {"US ~$ ~1.2 billion", "money US$1.2 billion"},
      {"RMB 500 million ( US ~$ ~70m )", "money RMB 500 million"},
      {"18.6 billion yuan", "money 18.6 billion yuan"},
      {"Rs. 450 and KSh 4.5 billion , not sdg 5", "money Rs. 450; money KSh 4.5 billion; count 5"},
      {"20 Hong Kong dollars", "money 20 Hong Kong dollars"},
      {"5 million US dollars", "money 5 million US dollars"},
      {"50 €", "money 50 €"},
      {"$ ~5 ~- ~6 million", "money $5-6 million"},
      {"£ ~1.9 ~bn", "money £1.9bn"},
      {"tens of millions of dollars", "money tens of millions of dollars"},
      {"millions of people", ""},
      {"the team 5 won_V", "count 5"},
      {"3.5 ~% or 4 per cent", "percent 3.5%; percent 4 per cent"},
      {"5 to 6 percent", "percent 5 to 6 percent"},
      {"from 5 to 6 percent", "count 5; percent 6 percent"},
      {"two percentage points", "percent two percentage points"},
      {"half a percent", "percent half a percent"},
      {"82 ~- ~kilometre", "quantity 82-kilometre"},
      {"300 square kilometres", "quantity 300 square kilometres"},
      {"120 kilometres per hour", "quantity 120 kilometres per hour"},
      {"40 degrees Celsius", "quantity 40 degrees Celsius"},
      {"6 feet 2 inches", "quantity 6 feet 2 inches"},
      {"two hundred and fifty tonnes", "quantity two hundred and fifty tonnes"},
      {"a million euros", "money a million euros"},
      {"1,200 homes", "count 1,200"},
      {"room 12:30 and 24/7", ""},
      {"$", ""},
      {"- - - of per", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.words);
    CHECK(amounts_of(tokens(c.words)) == c.expected);
  }
}

TEST_CASE("an amount overlaps no time") {
  doc::Document d = tokens("in 2020 5 million euros");
  d.times.push_back({{1, 2}, 1, "2020"});
  CHECK(amounts_of(d) == "money 5 million euros");
  d.times = {{{1, 3}, 1, ""}};
  CHECK(amounts_of(d).find("2020") == std::string::npos);
}

TEST_CASE("amounts of a sentence are found without a look at the others") {
  std::vector<extract::Amount> all;
  for (uint32_t t = 0; t < 20; t += 2) all.push_back({{t, t + 1}, t, extract::AmountKind::count});
  const auto some = extract::begin_in(std::span<const extract::Amount>(all), {4, 9});
  REQUIRE(some.size() == 3);
  CHECK(some.front().tokens.begin == 4);
  CHECK(some.back().tokens.begin == 8);
  CHECK(extract::begin_in(std::span<const extract::Amount>(all), {19, 25}).empty());
}

TEST_CASE("a lexicon without the lists of amounts is refused by name") {
  CHECK_THROWS_AS(extract::AmountFinder{schema::Lexicons()}, core::SetupError);
}

}  // namespace
