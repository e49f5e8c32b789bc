#include "schema/lexicon.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/error.h"
#include "schema/schema.h"

using namespace weft;
namespace fs = std::filesystem;

namespace {

schema::Lexicons load(const std::string& json) {
  const fs::path dir = fs::temp_directory_path() / "weft_lexicon_test";
  fs::create_directories(dir);
  std::ofstream(dir / "a.json") << json;
  struct Remove {
    fs::path dir;
    ~Remove() { fs::remove_all(dir); }
  } const remove{dir};
  return schema::Lexicons::load(dir);
}

std::string lexicon(const std::string& entries) {
  return R"({"about": "a", "source": "s", "licence": "l", "lists": {"words": {"about": "b", "entries": [)" +
         entries + "]}}}";
}

}  // namespace

TEST_CASE("a list answers with its values") {
  const auto l =
      load(lexicon(R"("say", {"form": "according to", "value": "asserted"}, {"form": "as"})"));
  const auto& words = l.list("words");
  CHECK(words.has("say"));
  CHECK(words.value("say")->empty());
  REQUIRE(words.value("according to"));
  CHECK(*words.value("according to") == "asserted");
  CHECK_FALSE(words.has("Say"));
  CHECK(words.longest() == 2);
  CHECK(words.forms().size() == 3);
  CHECK_THROWS_WITH_AS(l.list("nothing"), doctest::Contains("\"nothing\""), core::SetupError);
}

TEST_CASE("a faulty lexicon is refused with the place of the fault") {
  const std::pair<std::string, const char*> cases[] = {
      {lexicon(R"("a", "a")"), "is there twice"},
      {lexicon(R"("Upper")"), "lower case"},
      {lexicon(R"("")"), "empty"},
      {lexicon(R"("a  b")"), "single spaces"},
      {lexicon("1"), "must be a text"},
      {lexicon("{}"), "\"form\""},
      {"{\n\"about\": \"a\"\n,,}", "a.json:3:"},
      {R"({"about": "a", "lists": {}})", "\"source\""},
      {R"({"about": "a", "source": "s", "licence": "l"})", "\"lists\""},
  };
  for (const auto& [json, message] : cases) {
    CAPTURE(json);
    CHECK_THROWS_WITH_AS(load(json), doctest::Contains(message), core::SetupError);
  }
}

TEST_CASE("the shipped lexicons hold the base lists") {
  const auto l = schema::Lexicons::load(fs::path(WEFT_SCHEMA_DIR) / "lexicons");
  const char* cases[][3] = {
      {"personal_titles", "mrs", "f"},
      {"office_heads", "premier", "state"},
      {"office_modifiers", "former", "former"},
      {"organization_heads", "bank", "finance"},
      {"place_heads", "delta", "region"},
      {"facility_heads", "airport", "transport"},
      {"event_heads", "summit", "meeting"},
      {"work_heads", "treaty", "agreement"},
      {"demonyms", "kenyan", "place/kenya"},
      {"given_names", "maria", "f"},
      {"given_names", "john", "m"},
  };
  for (const auto& [list, form, value] : cases) {
    CAPTURE(form);
    REQUIRE(l.list(list).value(form));
    CHECK(*l.list(list).value(form) == value);
  }
  for (const char* name : {"surnames", "chinese_surnames", "korean_surnames", "vietnamese_surnames",
                           "company_suffixes", "initiative_heads", "theme_heads", "industry_heads",
                           "group_heads", "kinship"})
    CHECK(l.list(name).forms().size() > 10);
}

TEST_CASE("every demonym names a place of the gazetteers") {
  const auto s = schema::Schema::load(WEFT_SCHEMA_DIR);
  const auto& demonyms = s.lexicons.list("demonyms");
  for (const auto& form : demonyms.forms()) {
    CAPTURE(form);
    CHECK(s.gazetteer.by_key(*demonyms.value(form)));
  }
}
