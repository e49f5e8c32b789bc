// What the neural models see of words: rows and bits, word pieces, word vectors and their file.
#include "nlp/net_input.h"

#include <doctest/doctest.h>

#include <cmath>
#include <stdexcept>

#include "core/error.h"
#include "nlp/chain.h"
#include "nlp/feature.h"
#include "nlp/word.h"
#include "nlp/word_pieces.h"
#include "nlp/word_vectors.h"
#include "schema/schema.h"

namespace {

using namespace weft;
namespace fs = std::filesystem;

const nlp::WordVectors& vectors() {
  static const nlp::WordVectors loaded(test::models_dir() / "vectors.bin");
  return loaded;
}

std::vector<nlp::SurfaceInput> read(const std::vector<std::string>& words, bool knowing) {
  static const schema::Schema schema = schema::Schema::load(test::schema_dir());
  static const nlp::NameKnowledge knowledge(schema);
  nlp::SurfaceReader reader(vectors(), knowing ? &knowledge : nullptr);
  const std::vector<std::string_view> norms(words.begin(), words.end());
  std::vector<nlp::SurfaceInput> out;
  reader.read(norms, out);
  return out;
}

TEST_CASE("gaps") {
  struct Row {
    std::string_view between;
    nlp::Gap gap;
  };
  for (const Row& row :
       {Row{"", nlp::Gap::none}, Row{" ", nlp::Gap::space}, Row{" \t", nlp::Gap::space},
        Row{"\n", nlp::Gap::line}, Row{" \r\n  ", nlp::Gap::line}, Row{"\n\n", nlp::Gap::blank},
        Row{"\n \n\n", nlp::Gap::blank}, Row{"\xc2\xa0", nlp::Gap::space}}) {
    CAPTURE(row.between);
    CHECK(nlp::gap_of(row.between) == row.gap);
  }
}

TEST_CASE("case changes the shape and the flags of a word, and nothing else") {
  const auto inputs = read({"Ministers", "ministers", "MINISTERS"}, false);
  for (size_t table = 0; table < nlp::kSurfaceTables; ++table) {
    CAPTURE(table);
    CHECK((inputs[0].rows[table] == inputs[1].rows[table]) == (table != nlp::kShape));
    CHECK((inputs[1].rows[table] == inputs[2].rows[table]) == (table != nlp::kShape));
  }
  CHECK(inputs[0].bits != inputs[1].bits);
  CHECK((inputs[2].bits & nlp::kAllUpper) != 0);
  CHECK((inputs[0].bits & nlp::kAllUpper) == 0);
}

TEST_CASE("rows lie in their tables, whatever the word") {
  std::vector<std::string> words = {"",
                                    "a",
                                    "\xf0\x9f\x98\x80",
                                    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d",
                                    "\xe2\x80\x8b",
                                    std::string(100'000, 'x'),
                                    "e\xcc\x81t\xc3\xa9",
                                    "3,141.59",
                                    "U.S.",
                                    "-"};
  const auto inputs = read(words, true);
  REQUIRE(inputs.size() == words.size());
  for (const nlp::SurfaceInput& input : inputs) {
    CHECK(input.rows[nlp::kVectorTable] < vectors().rows());
    for (size_t table = 1; table < nlp::kSurfaceTables; ++table)
      CHECK(input.rows[table] < nlp::kTableRows[table]);
    // Gaps and stops are the caller's.
    CHECK((input.bits >> nlp::kGapBits & 0x1ff) == 0);
  }
}

TEST_CASE("what the schema knows of words is seen only with knowledge") {
  const auto plain = read({"He", "visited", "Beijing", "."}, false);
  const auto knowing = read({"He", "visited", "Beijing", "."}, true);
  CHECK((plain[2].bits >> nlp::kGazetteerBits) == 0);
  CHECK((knowing[2].bits >> nlp::kGazetteerBits) != 0);
  CHECK(knowing[1].bits == plain[1].bits);
  CHECK((knowing[2].bits & ((1ull << nlp::kGazetteerBits) - 1)) == plain[2].bits);
}

TEST_CASE("gap and stop bits don't touch each other or other bits") {
  uint64_t all = 0;
  const auto add = [&](uint64_t bit) {
    CHECK(bit != 0);
    CHECK((all & bit) == 0);
    CHECK(bit >= 1ull << nlp::kGapBits);
    CHECK(bit < 1ull << nlp::kGazetteerBits);
    all |= bit;
  };
  for (const nlp::Gap gap : {nlp::Gap::none, nlp::Gap::space, nlp::Gap::line, nlp::Gap::blank})
    add(nlp::gap_bit(gap));
  for (const nlp::Stop stop : {nlp::Stop::end, nlp::Stop::ellipsis, nlp::Stop::abbreviation,
                               nlp::Stop::may_end, nlp::Stop::initial})
    add(nlp::stop_bit(stop));
  CHECK(nlp::stop_bit(nlp::Stop::none) == 0);
}

TEST_CASE("frequent words have vectors, and related words have related ones") {
  const auto row = [](std::string_view word) { return vectors().row_of(nlp::hash_bytes(word)); };
  const auto cosine = [](uint32_t a, uint32_t b) {
    double dot = 0, aa = 0, bb = 0;
    for (size_t i = 0; i < nlp::WordVectors::kWidth; ++i) {
      const double x = vectors().values(a)[i], y = vectors().values(b)[i];
      dot += x * y, aa += x * x, bb += y * y;
    }
    return dot / std::sqrt(aa * bb);
  };
  REQUIRE(row("minister") != 0);
  CHECK(row("the") != row("minister"));
  CHECK(cosine(row("minister"), row("premier")) > cosine(row("minister"), row("banana")));
  CHECK(vectors().scale(row("minister")) > 0);
  CHECK(row("xqzzyv") == 0);
  for (const int8_t value : vectors().values(0)) CHECK(value == 0);
}

nlp::WordPieces small_pieces() {
  return nlp::WordPieces({"[PAD]",  "[UNK]", "[CLS]", "[SEP]",        "un",
                          "##able", "##a",   "able",  "aff",          "##ord",
                          "-",      ".",     "cafe",  "\xe4\xb8\xad", "##s",
                          "u",      "s",     "unit",  "##\xd7\xa9",   "\xd7\xa9"});
}

TEST_CASE("word pieces are the longest that fit") {
  const nlp::WordPieces pieces = small_pieces();
  CHECK(pieces.unknown() == 1);
  CHECK(pieces.begin() == 2);
  CHECK(pieces.end() == 3);
  struct Row {
    std::string token;
    std::vector<uint16_t> pieces;
  };
  const std::vector<Row> rows = {
      {"unable", {4, 5}},                      // the longest piece wins over "##a"
      {"UNAFFORDABLE", {1}},                   // "##ff" is no piece: the whole word is unknown
      {"Afford-able", {8, 9, 10, 7}},          // punctuation stands apart
      {"units", {17, 14}},                     //
      {"U.S.", {15, 11, 16, 11}},              //
      {"Caf\xc3\xa9", {12}},                   // marks are left out
      {"cafe\xcc\x81", {12}},                  //
      {"\xe4\xb8\xad\xe4\xb8\xad", {13, 13}},  // ideographs stand apart
      {"\xd7\xa9\xd7\xa9", {19, 18}},          //
      {"", {1}},                               //
      {"\xe2\x80\x8b", {1}},                   // a zero-width space alone
      {"un\xe2\x80\x8b"
       "able",
       {4, 5}},
      {std::string(200, 'u'), {1}},  // too long to be a word
  };
  for (const Row& row : rows) {
    CAPTURE(row.token);
    std::vector<uint16_t> out = {77};  // what is there stays
    pieces.split(row.token, out);
    CHECK(out.front() == 77);
    out.erase(out.begin());
    CHECK(out == row.pieces);
  }
}

TEST_CASE("no token has more than sixteen pieces or none") {
  const nlp::WordPieces pieces = small_pieces();
  for (const std::string& token :
       {std::string(100'000, '-'), std::string(100'000, 'u'), std::string("-u-u-u-u-u-u-u-u-u-u-u"),
        std::string(50'001, '\xf0')}) {
    std::string valid = token;
    if (valid[0] == '\xf0') {
      valid.clear();
      for (int i = 0; i < 20'000; ++i) valid += "\xf0\x9f\x98\x80";
    }
    std::vector<uint16_t> out;
    pieces.split(valid, out);
    CHECK(!out.empty());
    CHECK(out.size() <= nlp::WordPieces::kMostPieces);
  }
}

TEST_CASE("a vocabulary without the marks is refused") {
  CHECK_THROWS_AS(nlp::WordPieces({"[UNK]", "[CLS]", "a"}), std::invalid_argument);
  CHECK_THROWS_AS(nlp::WordPieces(std::vector<std::string>(70'000, "[UNK]")),
                  std::invalid_argument);
}

TEST_CASE("broken files of vectors are refused") {
  struct Row {
    const char* what;
    std::vector<nlp::WordVectors::Slot> slots;
    size_t scales, values;
  };
  const nlp::WordVectors::Slot empty, first{5, 1}, far{5, 9};
  for (const Row& row :
       {Row{"no slots", {}, 2, 200}, Row{"odd size", {empty, first, empty}, 2, 200},
        Row{"full", {first, first}, 2, 200}, Row{"far", {empty, far}, 2, 200},
        Row{"short rows", {empty, first}, 2, 199}, Row{"no rows", {empty}, 0, 0}}) {
    CAPTURE(row.what);
    const fs::path file = fs::temp_directory_path() / "weft-vectors-test.bin";
    nlp::ModelWriter writer("vectors");
    writer.add<nlp::WordVectors::Slot>("slots", row.slots);
    writer.add<float>("scale", std::vector<float>(row.scales));
    writer.add<int8_t>("rows", std::vector<int8_t>(row.values));
    writer.write(file);
    CHECK_THROWS_AS(nlp::WordVectors{file}, core::SetupError);
    fs::remove(file);
  }
}

}  // namespace
