#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "text/fold.h"
#include "text/phrase_matcher.h"
#include "text/utf8.h"
#include "text/words.h"

using namespace weft;
using namespace std::string_literals;

TEST_CASE("malformed UTF-8 is found at its first byte") {
  const std::pair<std::string, size_t> cases[] = {
      {"", text::kValid},
      {"plain ASCII of more than eight bytes", text::kValid},
      {"S\u00e3o Tom\u00e9 \U0001F600", text::kValid},
      {"12345678\xC0\xAF", 8},  // overlong slash
      {"\xE0\x80\xAF", 0},      // overlong
      {"a\xED\xA0\x80", 1},     // surrogate
      {"\xF4\x90\x80\x80", 0},  // above U+10FFFF
      {"\xF0\x8F\xBF\xBF", 0},  // overlong
      {"abc\xE2\x82", 3},       // cut off
      {"\x80", 0},
      {"\xFF", 0},
  };
  for (const auto& [bytes, expected] : cases) {
    CAPTURE(bytes);
    CHECK(text::first_invalid_utf8(bytes) == expected);
  }
}

TEST_CASE("stepping forwards and backwards meets the same borders, on any bytes") {
  for (const std::string& s :
       {"a\u00e9\u4e2d\U0001F600z"s, "\x80\xFF\xE2\x82"s, "\xF0\x9F\x98"s, "\0a"s}) {
    size_t steps = 0;
    for (size_t pos = 0; pos < s.size(); ++steps) {
      const size_t before = pos;
      text::next_char(s, pos);
      REQUIRE(pos > before);
      REQUIRE(pos <= s.size());
    }
    for (size_t pos = s.size(); pos > 0;) {
      const size_t before = pos;
      text::previous_char(s, pos);
      REQUIRE(pos < before);
    }
    CHECK(steps > 0);
  }
  const std::string s = "a\u00e9\u4e2d\U0001F600";
  size_t pos = 0;
  CHECK(text::next_char(s, pos) == U'a');
  CHECK(text::next_char(s, pos) == U'\u00e9');
  CHECK(text::next_char(s, pos) == U'\u4e2d');
  CHECK(text::next_char(s, pos) == U'\U0001F600');
  CHECK(text::previous_char(s, pos) == U'\U0001F600');
  CHECK(text::is_char_border(s, pos));
  CHECK_FALSE(text::is_char_border(s, pos + 1));
  std::string out;
  text::append_utf8(out, 0xD800);
  CHECK(out == "\uFFFD");
}

TEST_CASE("character classes know more than ASCII") {
  CHECK(text::is_upper(U'\u00c9'));
  CHECK(text::is_lower(U'\u00e9'));
  CHECK(text::is_letter(U'\u4e2d'));
  CHECK(text::is_digit(U'7'));
  CHECK(text::is_space(0xA0));
  CHECK(text::is_space(0x200B));
  CHECK(text::is_control(0));
  CHECK(text::is_control(0x85));
  CHECK_FALSE(text::is_control('\n'));
  CHECK(text::trim("\u00a0\t a b \uFEFF") == "a b");
  CHECK(text::trim(" \n ").empty());
}

TEST_CASE("names that a reader would call the same have one key") {
  const char* cases[][2] = {
      {"  S\u00e3o\u00a0Tom\u00e9\u2019s ", "sao tome's"},
      {"STRASSE", "strasse"},
      {"stra\u00dfe", "strasse"},
      {"\ufb01sh", "fish"},
      {"\u0130stanbul", "istanbul"},
      {"Land\u2013Sea", "land-sea"},
      {"", ""},
      {"a \n\t b", "a b"},
      {"\u201cquoted\u201d", "\"quoted\""},
  };
  for (const auto& [in, out] : cases) CHECK(text::fold(in) == out);
  CHECK(text::name_key("The Hague") == "hague");
  CHECK(text::name_key("\u201cthe Belt and Road Initiative,\u201d") == "belt and road initiative");
  CHECK(text::name_key("China\u2019s") == "china");
  CHECK(text::name_key("Workers'") == "workers");
  CHECK(text::name_key("The") == "the");
  CHECK(text::name_key("...") == "...");
  CHECK(text::name_key("U.S.") == text::name_key("U.S"));
}

TEST_CASE("slugs are short ASCII and never empty") {
  const char* cases[][2] = {
      {"Xi Jinping", "xi-jinping"},
      {"S\u00e3o Paulo", "sao-paulo"},
      {"Xi\u2019an", "xian"},
      {"National People's Congress", "national-peoples-congress"},
      {"\u5317\u4eac", "bei-jing"},
      {"  --A &  B--", "a-b"},
      {"\u041c\u043e\u0441\u043a\u0432\u0430", "moskva"},
      {"C919", "c919"},
      {"\u0141\u00f3d\u017a", "lodz"},
  };
  for (const auto& [in, out] : cases) CHECK(text::slug(in) == out);
  CHECK(text::slug("").size() == 9);
  CHECK(text::slug("!?") != text::slug("?!"));
  CHECK(text::slug(std::string(200, 'a')).size() == 80);
  CHECK(text::slug(std::string(79, 'a') + " b") == std::string(79, 'a'));
}

TEST_CASE("only punctuation is made plain") {
  CHECK(text::plain_punctuation("\u201cS\u00e3o\u201d \u2018x\u2019 a\u2014b\u00a0c") ==
        "\"S\u00e3o\" 'x' a-b c");
  CHECK(text::plain_punctuation("Ordinary text.") == "Ordinary text.");
}

TEST_CASE("edit distance counts characters and neighbours that changed places") {
  CHECK(text::edit_distance("jiangxi", "jiangxi", 3) == 0);
  CHECK(text::edit_distance("jiangxi", "jiagnxi", 3) == 1);
  CHECK(text::edit_distance("jiangxi", "jiangsu", 3) == 2);
  CHECK(text::edit_distance("\u00e9", "e", 3) == 1);
  CHECK(text::edit_distance("", "abc", 3) == 3);
  CHECK(text::edit_distance("completely", "different", 2) == 3);
  CHECK(text::edit_distance("kitten", "sitting", 5) == 3);
}

namespace {

std::vector<std::vector<uint32_t>> find(const text::PhraseMatcher& m,
                                        const std::vector<std::string_view>& words) {
  std::vector<core::StringId> ids;
  for (const auto w : words) ids.push_back(m.word(w));
  std::vector<text::PhraseMatcher::Match> matches;
  m.find(ids, matches);
  std::vector<std::vector<uint32_t>> out;
  for (const auto& x : matches) out.push_back({x.tokens.begin, x.tokens.end, x.payload});
  return out;
}

void add(text::PhraseMatcher& m, std::vector<std::string_view> words, uint32_t payload) {
  m.add(words, payload);
}

}  // namespace

TEST_CASE("the phrase matcher finds overlapping and nested phrases in order") {
  text::PhraseMatcher m;
  add(m, {"b", "c"}, 2);
  add(m, {"a", "b", "c", "d"}, 1);
  add(m, {"c"}, 3);
  add(m, {"b"}, 5);
  add(m, {"b"}, 4);
  add(m, {"c", "e"}, 6);
  m.compile();
  CHECK(m.size() == 6);
  using V = std::vector<std::vector<uint32_t>>;
  CHECK(find(m, {"a", "b", "c", "d"}) == V{{0, 4, 1}, {1, 3, 2}, {1, 2, 4}, {1, 2, 5}, {2, 3, 3}});
  CHECK(find(m, {"a", "b", "c", "e"}) == V{{1, 3, 2}, {1, 2, 4}, {1, 2, 5}, {2, 4, 6}, {2, 3, 3}});
  CHECK(find(m, {"a", "x", "c"}) == V{{2, 3, 3}});
  CHECK(find(m, {}).empty());
  text::PhraseMatcher none;
  none.compile();
  CHECK(find(none, {"a"}).empty());
}

TEST_CASE("the phrase matcher agrees with looking everywhere") {
  // All phrases over {a, b} of up to four words, thinned, in all texts of ten words: small, but it
  // has every overlap.
  text::PhraseMatcher m;
  std::vector<std::vector<std::string_view>> phrases;
  for (unsigned length = 1; length <= 4; ++length)
    for (unsigned bits = 0; bits < (1u << length); ++bits) {
      if ((bits * 7 + length) % 3 == 0) continue;
      std::vector<std::string_view> words;
      for (unsigned i = 0; i < length; ++i) words.push_back((bits >> i) & 1 ? "a" : "b");
      m.add(words, static_cast<uint32_t>(phrases.size()));
      phrases.push_back(words);
    }
  m.compile();
  for (unsigned bits = 0; bits < 1024; ++bits) {
    std::vector<std::string_view> words;
    for (unsigned i = 0; i < 10; ++i) words.push_back((bits >> i) & 1 ? "a" : "b");
    size_t expected = 0;
    for (const auto& p : phrases)
      for (size_t at = 0; at + p.size() <= words.size(); ++at)
        expected +=
            std::equal(p.begin(), p.end(), words.begin() + static_cast<std::ptrdiff_t>(at)) ? 1 : 0;
    REQUIRE(find(m, words).size() == expected);
  }
}

TEST_CASE("words are what white space parts") {
  using Words = std::vector<std::string_view>;
  CHECK(text::words("").empty());
  CHECK(text::words(" \t\r\n").empty());
  CHECK(text::words("one") == Words{"one"});
  CHECK(text::words("  a\tb\r\n\u00e9 c ") == Words{"a", "b", "\u00e9", "c"});
}
