// The relation model's file: what it answers, and what is refused.
#include "nlp/relation_net.h"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>

#include "core/error.h"
#include "nlp/model_file.h"
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
void write_small(const fs::path& file, size_t rows = 6, std::vector<uint64_t> keys = {5, 9}) {
  nlp::ModelWriter writer("relations");
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
