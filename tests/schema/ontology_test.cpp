#include "schema/ontology.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/error.h"

using namespace weft;

TEST_CASE("the shipped ontology loads and enforces domain and range") {
  const auto o = schema::Ontology::load(std::filesystem::path(WEFT_SCHEMA_DIR) / "ontology.json");
  CHECK(o.types().size() == 12);
  CHECK(o.relations().size() == 34);
  const auto visited = o.relation("visited");
  REQUIRE(visited);
  CHECK(o.allows(visited, o.core().person, o.core().place));
  CHECK_FALSE(o.allows(visited, o.core().place, o.core().person));
  CHECK_FALSE(o.type("Alien"));
  CHECK(o[o.relation("met_with")].symmetric);
  CHECK(o[o.relation("has_value")].text_object);
}

TEST_CASE("a broken ontology is refused with the place of the fault") {
  const auto file = std::filesystem::temp_directory_path() / "weft_broken_ontology.json";
  std::ofstream(file) << "{\n  \"types\": [,]\n}\n";
  CHECK_THROWS_WITH_AS(schema::Ontology::load(file), doctest::Contains(":2:"), core::SetupError);
  std::filesystem::remove(file);
}
