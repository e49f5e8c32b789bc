// The relation model's file: what it answers, and what is refused.
#include "nlp/relation_net.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>

#include "core/error.h"
#include "nlp/model_file.h"
#include "nlp/relation_head.h"
#include "schema/schema.h"

namespace {

using namespace weft;
namespace fs = std::filesystem;

const schema::Ontology& ontology() {
  static const auto kOntology = schema::Ontology::load(fs::path(WEFT_SCHEMA_DIR) / "ontology.json");
  return kOntology;
}

struct Folder {
  fs::path dir = fs::temp_directory_path() / "weft-relation-net-test";
  fs::path file = dir / "relations.bin";
  Folder() {
    fs::remove_all(dir);
    fs::create_directories(dir);
  }
  ~Folder() { fs::remove_all(dir); }
  auto load() const { return nlp::load_relation_net(dir, ontology()); }
};

/// Two relations, two keys, one hidden number. Key 5 says visited (127 x 0.02), key 9 the hidden
/// number (100 x 0.01), which speaks for met_with.
void write_sections(nlp::ModelWriter& writer, size_t rows, std::vector<uint64_t> keys) {
  writer.add_lines("relations", {"visited", "met_with"});
  writer.add<uint64_t>("keys", keys);
  writer.add<float>("scales", std::vector<float>{0.02f, 0.01f});
  std::vector<int8_t> values = {127, 0, 0, 0, 0, 100};
  values.resize(rows);
  writer.add<int8_t>("rows", values);
  writer.add<float>("hidden.bias", std::vector<float>{0.5f});
  writer.add<float>("out", std::vector<float>{0, 2});
  writer.add<float>("bias", std::vector<float>{0.25f, 0});
  writer.add<float>("unfired", std::vector<float>{-3, -4});
  writer.add<float>("limits", std::vector<float>{1.5f, 0.1f, 0.3f});
}

void write_small(const fs::path& file, size_t rows = 6, std::vector<uint64_t> keys = {5, 9}) {
  nlp::ModelWriter writer("relations");
  write_sections(writer, rows, std::move(keys));
  writer.write(file);
}

float odds(float p) { return std::log(p / (1 - p)); }

TEST_CASE("keys, hidden numbers and fired patterns add up") {
  const Folder folder;
  write_small(folder.file);
  const auto net = folder.load();
  REQUIRE(net);
  CHECK(net->keep_from() == doctest::Approx(0.1f));
  CHECK(net->propose_from() == doctest::Approx(0.3f));
  const doc::Document document;
  const std::vector<schema::RelationId> allowed = {ontology().relation("visited"),
                                                   ontology().relation("met_with")};
  const auto ask = [&](std::vector<uint64_t> keys, std::vector<stage::FiredPattern> fired) {
    std::vector<float> p(2);
    net->score({document, 0, 0, 1, allowed, keys, fired}, p);
    return std::pair(odds(p[0]), odds(p[1]));
  };
  const auto [visited, met] = ask({1, 5, 9, 20}, {});
  CHECK(visited == doctest::Approx(0.25 + 2.54 - 3));
  CHECK(met == doctest::Approx(2 * (0.5 + 1) - 4));
  CHECK(ask({}, {}).second == doctest::Approx(2 * 0.5 - 4));
  const auto fired = ask({5}, {{allowed[0], 0.8f}});
  CHECK(fired.first == doctest::Approx(0.25 + 2.54 + 1.5 * odds(0.8f)));
  CHECK(fired.second == doctest::Approx(2 * 0.5 - 4));
}

TEST_CASE("a relation that the model does not know keeps its pattern's confidence") {
  const Folder folder;
  write_small(folder.file);
  const std::vector<schema::RelationId> allowed = {ontology().relation("owns")};
  const std::vector<stage::FiredPattern> fired = {{allowed[0], 0.7f}};
  const doc::Document document;
  std::vector<float> p(1);
  folder.load()->score({document, 0, 0, 1, allowed, {}, fired}, p);
  CHECK(p[0] == doctest::Approx(0.7));
  folder.load()->score({document, 0, 0, 1, allowed, {}, {}}, p);
  CHECK(p[0] == 0);
}

/// A head for states of 16 numbers: adds the mean of number 0 over the subject's words to the odds
/// of visited, and number 1 of the link to those of met_with.
void write_with_head(const fs::path& file) {
  constexpr uint32_t kWidth = 16, kHidden = 16;
  const uint32_t in = nlp::RelationHead::inputs(kWidth);
  std::vector<float> into(size_t{kHidden} * in, 0), out(size_t{2} * kHidden, 0);
  into[0] = 1;                    // hidden 0: number 0 of the subject's mean
  into[in + 4 * kWidth + 1] = 1;  // hidden 1: number 1 of the word above
  out[0] = 1;
  out[kHidden + 1] = 1;
  nlp::TensorWriter tensors;
  tensors.add_linear("branch.project", std::vector<float>(kWidth * 32, 0.5f), 32,
                     std::vector<float>(kWidth, 0));
  tensors.add_linear("head.in", into, in, std::vector<float>(kHidden, 0));
  tensors.add_linear("head.out", out, kHidden, std::vector<float>(2, 0));
  tensors.add_rows("head.types", std::vector<float>(2 * nlp::RelationHead::kTypeWidth, 0),
                   nlp::RelationHead::kTypeWidth);
  tensors.add_rows(
      "head.distances",
      std::vector<float>(nlp::RelationHead::kDistances * nlp::RelationHead::kDistanceWidth, 0),
      nlp::RelationHead::kDistanceWidth);
  nlp::ModelWriter writer("relations");
  write_sections(writer, 6, {5, 9});
  nlp::BranchSpec{1, 0, kWidth, kHidden}.write(writer);
  writer.add_lines("types", {"Person"});
  tensors.write(writer);
  writer.write(file);
}

TEST_CASE("the head adds what the states of a pair's words say, where there are states") {
  const Folder folder;
  write_with_head(folder.file);
  const std::vector<schema::RelationId> allowed = {ontology().relation("visited"),
                                                   ontology().relation("met_with")};
  doc::Document document;
  for (uint32_t t = 0; t < 4; ++t) {
    document.token_begin.push_back(2 * t);
    document.token_end.push_back(2 * t + 1);
  }
  document.sentence_begin = {0, 4};
  document.entities.resize(2);
  for (doc::Entity& e : document.entities) e.type = ontology().type("Person");
  const stage::EntityPair pair{document, 0, 0, 1, allowed, {}, {}, {0, 2}, {3, 4}, 2};
  const auto ask = [&](const char* edition) {
    std::vector<float> p(2);
    nlp::load_relation_net(folder.dir, ontology(), *nlp::kernels_named(edition))->score(pair, p);
    return std::pair(odds(p[0]), odds(p[1]));
  };
  const auto without = ask("plain");
  document.states.width = 16;
  document.states.scale = {0.01f, 0.02f, 0.01f, 0.05f};
  document.states.bytes.assign(4 * 16, 128);
  document.states.bytes[0] = 128 + 100;           // 1 in the first word of the subject
  document.states.bytes[16] = 128 + 50;           // 1 in the second
  document.states.bytes[2 * 16 + 1] = 128 + 100;  // 1 in the word above
  const auto with = ask("plain");
  CHECK(with.first - without.first == doctest::Approx(1).epsilon(0.02));
  CHECK(with.second - without.second == doctest::Approx(1).epsilon(0.02));
  for (const char* edition : {"avx2", "avx512"})
    if (nlp::kernels_named(edition) != nullptr) CHECK(ask(edition) == with);
  document.states.width = 8;  // of another net
  CHECK(ask("plain") == without);
}

TEST_CASE("without the file there is no model; a broken one is refused by name") {
  const Folder folder;
  CHECK(folder.load() == nullptr);
  const auto refused = [&](const char* why) {
    try {
      folder.load();
      FAIL("a model is taken: " << why);
    } catch (const core::SetupError& error) {
      const std::string said = error.what();
      CHECK_MESSAGE(said.find("relations.bin") != said.npos, said);
      CHECK_MESSAGE(said.find(why) != said.npos, said);
    }
  };
  write_small(folder.file, 5);
  refused("don't fit together");
  write_small(folder.file, 6, {9, 5});
  refused("out of order");
  write_small(folder.file);
  fs::resize_file(folder.file, fs::file_size(folder.file) - 1);
  refused("size");
  write_small(folder.file);
  {
    std::fstream file(folder.file, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-3, std::ios::end);
    file.put('X');
  }
  refused("checksum");
  nlp::ModelWriter("other").write(folder.file);
  refused("kind");
}

TEST_CASE("the model of the project loads, and its relations are the ontology's") {
  const auto net = nlp::load_relation_net(fs::path(WEFT_SCHEMA_DIR) / "models" / "en", ontology());
  REQUIRE(net);
  CHECK(net->keep_from() <= net->propose_from());
  const doc::Document document;
  for (uint16_t r = 0; r < ontology().relations().size(); ++r) {
    const std::vector<schema::RelationId> allowed = {schema::RelationId(r)};
    std::vector<float> p(1, 2);
    net->score({document, 0, 0, 1, allowed, {}, {}}, p);
    CHECK(p[0] >= 0);
    CHECK(p[0] < 0.5);
  }
}

}  // namespace
