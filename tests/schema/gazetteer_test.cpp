#include "schema/gazetteer.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/error.h"
#include "schema/schema.h"
#include "text/fold.h"

using namespace weft;
namespace fs = std::filesystem;

namespace {

const std::string kHeader = "# source: a test\n# licence: CC0\n# about: rows of a test\n";

/// A folder that is gone when the test ends.
struct Folder {
  fs::path path = fs::temp_directory_path() /
                  ("weft_gazetteer_" + std::to_string(reinterpret_cast<uintptr_t>(this)));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name) << text;
  }
};

const schema::Ontology& ontology() {
  static const auto o = schema::Ontology::load(fs::path(WEFT_SCHEMA_DIR) / "ontology.json");
  return o;
}

const schema::Schema& shipped() {
  static const auto s = schema::Schema::load(WEFT_SCHEMA_DIR);
  return s;
}

schema::Gazetteer load(const std::string& rows) {
  const Folder folder;
  folder.write("a.tsv", kHeader + rows);
  return schema::Gazetteer::load(folder.path, ontology());
}

/// Keys of the matches in `text`, whose tokens are cut as those of names.
std::vector<std::string> match(const schema::Gazetteer& g, const std::string& text) {
  std::vector<std::string> out;
  const auto words = schema::name_words(text);
  for (const auto& m : g.match(words)) out.push_back(g[m.entry].key);
  return out;
}

bool has(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

TEST_CASE("names are cut where sentences are") {
  using V = std::vector<std::string_view>;
  const std::pair<const char*, V> cases[] = {
      {"high-quality development", {"high", "-", "quality", "development"}},
      {"Guangdong-Hong Kong-Macao", {"Guangdong", "-", "Hong", "Kong", "-", "Macao"}},
      {"Xi's", {"Xi", "'s"}},
      {"National People's Congress", {"National", "People", "'s", "Congress"}},
      {"Workers' Party", {"Workers", "'", "Party"}},
      {"Xi'an", {"Xi'an"}},
      {"Co., Ltd.", {"Co.", ",", "Ltd."}},
      {"U.S. (North)", {"U.S.", "(", "North", ")"}},
      {"AT&T", {"AT&T"}},
      {"HIV/AIDS", {"HIV", "/", "AIDS"}},
      {"1,300 km at 10:30", {"1,300", "km", "at", "10:30"}},
      {"", {}},
      {" - ", {"-"}},
  };
  for (const auto& [name, words] : cases) {
    CAPTURE(name);
    CHECK(schema::name_words(name) == words);
  }
}

TEST_CASE("case and accents: what matches and what does not") {
  const auto g = load(
      "place/nice\tPlace\tcity\tNice\t\t\tcommon\n"
      "place/sao-paulo\tPlace\tcity\tSão Paulo\t\t\t\n"
      "organization/bank-of-china\tOrganization\t\tBank of China\tBOC\t\t\n"
      "organization/nato\tOrganization\t\tNATO\t\t\t\n"
      "organization/who\tOrganization\t\tWHO\t\t\t\n"
      "place/us\tPlace\tcountry\tUnited States\tUS|U.S.\t\t\n"
      "theme/rural-revitalization\tTheme\t\trural revitalization\t\t\tlower\n"
      "group/tatar\tGroup\t\tTatar\t\t\tplural\n"
      "place/chongqing\tPlace\tmunicipality\tChongqing\t\t\t\n"
      "organization/xi-school\tOrganization\t\tXi\t\t\t\n");
  struct {
    const char* text;
    std::vector<std::string> keys;
  } const cases[] = {
      {"a nice day in Nice", {"place/nice"}},
      {"the NICE guideline", {}},
      {"Sao Paulo and SÃO PAULO", {"place/sao-paulo", "place/sao-paulo"}},
      {"Bank Of China , BOC", {"organization/bank-of-china", "organization/bank-of-china"}},
      {"bank of china", {}},
      {"Nato", {"organization/nato"}},
      {"nato", {}},
      {"Who told us", {}},
      {"WHO told the US", {"organization/who", "place/us"}},
      {"Rural Revitalization", {"theme/rural-revitalization"}},
      {"Tatars", {"group/tatar"}},
      {"XI CALLS ON CHONGQING", {"organization/xi-school", "place/chongqing"}},
      {"Xi's visit to CHONGQING", {"organization/xi-school", "place/chongqing"}},
      {"chongqing", {}},
      {"", {}},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    CHECK(match(g, c.text) == c.keys);
  }
  CHECK(g.named("the SAO PAULO's").size() == 1);
  CHECK(g.named("nowhere").empty());
  CHECK_FALSE(g.by_key("place/nowhere"));
}

TEST_CASE("longer names come first, and entries of several files are one") {
  const Folder folder;
  folder.write(
      "a.tsv",
      kHeader + "place/hong-kong\tPlace\tregion\tHong Kong\t\tplace/china\tpopulation=7\n");
  folder.write("b.tsv", kHeader +
                            "place/china\tPlace\tcountry\tChina\t\t\t\n"
                            "place/bay\tPlace\tregion\tHong Kong-Macao Bay\t\tplace/china\t\n"
                            "place/hong-kong\tPlace\t\tHong Kong SAR\tHK\t\t\r\n");
  const auto g = schema::Gazetteer::load(folder.path, ontology());
  CHECK(g.size() == 3);
  const auto id = g.by_key("place/hong-kong");
  REQUIRE(id);
  CHECK(g[id].aliases == std::vector<std::string>{"Hong Kong SAR", "HK"});
  CHECK(g[id].population == 7);
  CHECK(g[id].parent == g.by_key("place/china"));
  CHECK(match(g, "the Hong Kong-Macao Bay") ==
        std::vector<std::string>{"place/bay", "place/hong-kong"});
}

TEST_CASE("a faulty gazetteer is refused with file, line and a hint") {
  const struct {
    std::string text;
    const char* message;
  } cases[] = {
      {kHeader + "place/x\tPlace\tcity\tX\n", "a.tsv:4: A row has 4 columns"},
      {kHeader + "\nalien/x\tAlien\t\tX\t\t\t\n", "a.tsv:5: There is no entity type \"Alien\""},
      {"# source: s\n# about: a\nplace/x\tPlace\t\tX\t\t\t\n",
       "a.tsv:3: The header must come first"},
      {"# source: s\n", "lacks"},
      {kHeader + "place/X y\tPlace\t\tX\t\t\t\n", "must be \"place/\" and a slug"},
      {kHeader + "person/x\tPlace\t\tX\t\t\t\n", "must be \"place/\" and a slug"},
      {kHeader + "place/x\tPlace\tplanet\tX\t\t\t\n", "no kind \"planet\""},
      {kHeader + "place/x\tPlace\t\t X\t\t\t\n", "has spaces that don't belong"},
      {kHeader + "place/x\tPlace\t\tX\ta||b\t\t\n", "A name or alias is empty"},
      {kHeader + "place/x\tPlace\t\tX\t\tplace/y\t\n",
       "a.tsv:4: The parent \"place/y\" is in no gazetteer"},
      {kHeader + "place/x\tPlace\t\tX\t\tplace/x\t\n", "its own parent"},
      {kHeader + "place/x\tPlace\t\tX\t\t\trare\n", "no flag \"rare\""},
      {kHeader + "place/x\tPlace\t\tX\t\t\tpopulation=many\n", "is not a number"},
      {kHeader + "place/x\tPlace\tcity\tX\t\t\t\nplace/x\tPlace\triver\tX\t\t\t\n",
       "a.tsv:5: The key \"place/x\" is already there with the kind city"},
      {kHeader + "place/x\tPlace\t\t\xFF\t\t\t\n", "not valid UTF-8"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.text);
    const Folder folder;
    folder.write("a.tsv", c.text);
    CHECK_THROWS_WITH_AS(schema::Gazetteer::load(folder.path, ontology()),
                         doctest::Contains(c.message), core::SetupError);
  }
  CHECK_THROWS_WITH_AS(schema::Gazetteer::load("/nowhere/at/all", ontology()),
                       doctest::Contains("can't be read"), core::SetupError);
}

TEST_CASE("the shipped gazetteers are well-formed") {
  const auto& g = shipped().gazetteer;
  CHECK(g.size() > 15000);
  std::map<std::string, std::set<uint32_t>> bearers;
  for (uint32_t i = 0; i < g.size(); ++i) {
    const auto& e = g[schema::GazetteerId(i)];
    bearers[text::name_key(e.name)].insert(i);
    for (const auto& a : e.aliases) bearers[text::name_key(a)].insert(i);
    // Parents lead to a top in a few steps, so nothing goes round in a circle.
    int steps = 0;
    for (auto p = e.parent; p && steps < 20; p = g[p].parent) ++steps;
    CAPTURE(e.key);
    REQUIRE(steps < 12);
  }
  for (const auto& [name, ids] : bearers) {
    CAPTURE(name);
    CHECK(ids.size() <= 12);
  }
}

TEST_CASE("the shipped gazetteers know the world") {
  const auto& g = shipped().gazetteer;
  const char* cases[][2] = {
      {"U.S.", "place/united-states"},
      {"Türkiye", "place/turkey"},
      {"Côte d'Ivoire", "place/ivory-coast"},
      {"Jiangxi Province", "place/jiangxi"},
      {"Guangxi Zhuang Autonomous Region", "place/guangxi"},
      {"Guangdong-Hong Kong-Macao Greater Bay Area",
       "place/guangdong-hong-kong-macao-greater-bay-area"},
      {"Party Central Committee", "organization/cpc-central-committee"},
      {"Belt and Road", "initiative/belt-and-road-initiative"},
      {"European Commission", "organization/european-commission"},
      {"Nairobi", "place/nairobi"},
      {"Bavaria", "place/bavaria"},
      {"high-quality development", "theme/high-quality-development"},
      {"new energy vehicles", "industry/new-energy-vehicles"},
      {"Paris Agreement", "work/paris-agreement"},
      {"Pashtuns", "group/pashtun"},
      {"Urumqi", "place/urumqi"},
  };
  for (const auto& [text, key] : cases) {
    CAPTURE(text);
    CHECK(has(match(g, text), key));
  }
}

TEST_CASE("places have numbers of GeoNames and ISO codes; a flag that is none is refused") {
  const auto g = load(
      "place/a\tPlace\tcity\tAland\t\t\tpopulation=5|geonames=12\n"
      "place/b\tPlace\tprovince\tBland\t\t\tiso=XX-B\n");
  CHECK(g[g.by_key("place/a")].geonames == 12);
  CHECK(g[g.by_key("place/a")].iso.empty());
  CHECK(g[g.by_key("place/b")].iso == "XX-B");
  for (const char* flag : {"geonames=", "geonames=x", "geonames=1x", "iso=", "iso=X", "gps=1"})
    CHECK_THROWS_AS(load("place/a\tPlace\tcity\tAland\t\t\t" + std::string(flag) + "\n"),
                    core::SetupError);
}
