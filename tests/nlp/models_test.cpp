// Annotator and lemmatiser on sentences of news, on anything, and with broken
// model files.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "core/output_file.h"
#include "nlp/chain.h"
#include "nlp/lemma_rules.h"
#include "schema/schema.h"

namespace {

using namespace weft;
namespace fs = std::filesystem;

uint32_t find(const doc::Document& document, std::string_view form) {
  for (uint32_t t = 0; t < document.token_count(); ++t)
    if (document.form(t) == form) return t;
  FAIL("no token " << form);
  return 0;
}

TEST_CASE("tags, lemmas and trees of plain news") {
  const doc::Document d = test::analyse(
      "The premier visited three factories in Ohio on Monday. The law was signed by the "
      "president.\n"
      "Companies should build new plants.");
  const uint32_t visited = find(d, "visited"), premier = find(d, "premier"),
                 factories = find(d, "factories");
  CHECK(d.upos[visited] == doc::Upos::VERB);
  CHECK(d.xpos[visited] == doc::Xpos::VBD);
  CHECK((d.morph[visited] & doc::kPast) != 0);
  CHECK(d.lemma_of(visited) == "visit");
  CHECK(d.head[visited] == doc::kNoToken);
  CHECK(d.deprel[visited] == doc::Deprel::root);
  CHECK(d.head[premier] == visited);
  CHECK(d.deprel[premier] == doc::Deprel::nsubj);
  CHECK(d.head[factories] == visited);
  CHECK(d.deprel[factories] == doc::Deprel::obj);
  CHECK(d.lemma_of(factories) == "factory");
  CHECK((d.morph[factories] & doc::kPlural) != 0);
  CHECK(d.upos[find(d, "Ohio")] == doc::Upos::PROPN);
  const uint32_t signed_ = find(d, "signed");
  CHECK((d.morph[signed_] & doc::kPassive) != 0);
  CHECK(d.deprel[find(d, "law")] == doc::Deprel::nsubj_pass);
  CHECK(d.deprel[find(d, "president")] == doc::Deprel::obl_agent);
  CHECK(d.deprel[find(d, "should")] == doc::Deprel::aux);
}

TEST_CASE("headlines in capitals are still read") {
  const doc::Document d = test::analyse("PRESIDENT VISITS THREE FACTORIES IN OHIO");
  CHECK(d.upos[find(d, "IN")] == doc::Upos::ADP);
  CHECK(d.upos[find(d, "THREE")] == doc::Upos::NUM);
}

void check_trees(const doc::Document& d) {
  REQUIRE(d.head.size() == d.token_count());
  for (uint32_t s = 0; s < d.sentence_count(); ++s) {
    const core::TokenSpan sentence = d.sentence(s);
    uint32_t roots = 0;
    bool sound = true;
    for (uint32_t t = sentence.begin; t < sentence.end; ++t) {
      if (d.head[t] == doc::kNoToken) {
        ++roots;
        sound = sound && d.deprel[t] == doc::Deprel::root;
        continue;
      }
      sound = sound && sentence.contains(d.head[t]) && d.deprel[t] != doc::Deprel::root;
      uint32_t steps = 0;
      for (uint32_t h = t; sound && h != doc::kNoToken; h = d.head[h])
        sound = ++steps <= sentence.size();
    }
    CHECK(sound);
    CHECK(roots == 1);
  }
}

TEST_CASE("every sentence gets one tree, whatever it is") {
  std::mt19937 random(11);
  const char* words[] = {"the", "of", "visited", "(",  ")",  "\"", ",",    "and", "Xi",
                         "5",   "--", "that",    "is", "to", "😀",  "中国", "'s",  ";"};
  std::string text;
  for (int sentence = 0; sentence < 200; ++sentence) {
    for (uint32_t i = 0, n = 1 + random() % 40; i < n; ++i)
      text += std::string(words[random() % std::size(words)]) + " ";
    text += "\n";
  }
  check_trees(test::analyse(text));
}

TEST_CASE("a sentence of ten thousand words is parsed in pieces") {
  std::string text;
  for (int i = 0; i < 10000; ++i) text += i % 3 == 0 ? "and " : "towns ";
  const doc::Document d = test::analyse(text);
  CHECK(d.sentence_count() == 1);
  check_trees(d);
}

TEST_CASE("names are found, typed and in order") {
  const schema::Schema& schema = test::schema();
  const doc::Document d = test::analyse(
      "Maria Lopez, a lawyer from Chicago, met officials of the World Bank in London on Monday.");
  std::string found;
  uint32_t end = 0;
  for (const doc::NameSpan& name : d.names) {
    CHECK(name.tokens.begin >= end);
    CHECK(name.score > 0);
    CHECK(name.score < 1.0001f);
    end = name.tokens.end;
    found += schema.ontology[name.type].name + ":" + std::string(d.text_of(name.tokens)) + " ";
  }
  CHECK(found == "Person:Maria Lopez Place:Chicago Organization:World Bank Place:London ");
}

TEST_CASE("scripts of lemmas don't cut characters or leave nothing") {
  std::string out;
  const auto script = nlp::LemmaScript::between("cafés", "café");
  CHECK(script.apply("naïvetés", out));
  CHECK(out == "naïveté");
  CHECK_FALSE((nlp::LemmaScript{1, ""}.apply("é", out)));
  CHECK_FALSE((nlp::LemmaScript{9, "x"}.apply("ab", out)));
  CHECK_FALSE((nlp::LemmaScript{2, ""}.apply("ab", out)));
}

/// A folder of models of its own, removed at the end.
struct ModelFolder {
  fs::path dir =
      fs::temp_directory_path() / ("weft-models-" + std::to_string(std::random_device()()));
  ModelFolder() {
    fs::create_directories(dir);
    for (const char* name : {"vectors.bin", "lemmatizer.bin"})
      fs::copy_file(test::models_dir() / name, dir / name);
  }
  ~ModelFolder() { fs::remove_all(dir); }
  std::string read(const char* name) const {
    std::ifstream in(dir / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const char* name, const std::string& bytes) const {
    std::ofstream(dir / name, std::ios::binary) << bytes;
  }
};

TEST_CASE("a missing model names the file and the command") {
  const ModelFolder folder;
  try {
    (void)nlp::make_annotator(folder.dir, test::schema(), nlp::Tier::fast);
    FAIL("no error");
  } catch (const core::SetupError& error) {
    const std::string message = error.what();
    CHECK(message.find("fast.bin") != message.npos);
    CHECK(message.find("tools/train/all") != message.npos);
  }
}

TEST_CASE("a broken model is refused") {
  const ModelFolder folder;
  const std::string good = folder.read("lemmatizer.bin");
  REQUIRE(good.size() > 200);
  CHECK_NOTHROW((void)nlp::make_lemmatizer(folder.dir));
  const auto refused = [&](const std::string& bytes) {
    folder.write("lemmatizer.bin", bytes);
    CHECK_THROWS_AS((void)nlp::make_lemmatizer(folder.dir), core::SetupError);
  };
  refused("");
  refused("text");
  refused(good.substr(0, 63));
  refused(good.substr(0, good.size() - 1));
  refused(good + "x");
  std::mt19937 random(3);
  for (int i = 0; i < 50; ++i) {
    std::string bad = good;
    bad[i < 20 ? static_cast<size_t>(i) : random() % bad.size()] ^=
        static_cast<char>(1 + random() % 255);
    // The reserved words at the end of the header mean nothing.
    if (std::equal(bad.begin(), bad.begin() + 48, good.begin()) &&
        bad.substr(64) == good.substr(64))
      continue;
    refused(bad);
  }
  folder.write("lemmatizer.bin", folder.read("vectors.bin"));
  CHECK_THROWS_AS((void)nlp::make_lemmatizer(folder.dir), core::SetupError);
}

}  // namespace
