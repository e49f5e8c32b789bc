#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "core/error.h"
#include "core/json_file.h"
#include "exporters/byte_writer.h"
#include "exporters/table.h"
#include "tiny_graph.h"
#include "written.h"

using namespace weft;
namespace fs = std::filesystem;
using testing::all_variants;
using testing::shipped_ontology;
using testing::slurp;
using testing::Variant;
using testing::write;
using testing::Written;

namespace {

/// What of a format's bytes is compared: of the page only the graph, since the rest is
/// schema/explorer/template.html.
std::string_view compared(std::string_view format, std::string_view bytes) {
  if (format != "html") return bytes;
  constexpr std::string_view kOpen = "id=\"graph\">";
  const size_t begin = bytes.find(kOpen) + kOpen.size();
  return bytes.substr(begin, bytes.find("</script>", begin) - begin);
}

}  // namespace

TEST_CASE("each format writes the bytes of its golden file") {
  // To renew them after a change you meant: WEFT_WRITE_GOLDEN=1 weft_tests
  // --source-file=*tests/exporters/*
  const bool renew = std::getenv("WEFT_WRITE_GOLDEN") != nullptr;
  const graph::Graph tiny = testing::tiny_graph();
  const graph::Looks looks = testing::hand_made_looks(tiny);
  std::vector<Variant> variants = all_variants();
  for (const char* text : {"svg", "html"})
    variants.push_back({exporters::find_format(text), "", ""});
  for (const Variant& variant : variants) {
    const fs::path golden = fs::path(WEFT_TEST_DIR) / "golden" / variant.file_name("tiny");
    CAPTURE(golden.string());
    const bool laid_out = variant.format->name == "svg";  // draws what it laid out itself
    const std::string whole = write(tiny, variant, laid_out ? nullptr : &looks).bytes;
    const std::string_view bytes = compared(variant.format->name, whole);
    if (renew) std::ofstream(golden, std::ios::binary) << bytes;
    CHECK(fs::exists(golden));
    CHECK(bytes == slurp(golden));
  }
}

TEST_CASE("every format writes every nasty graph, the same bytes twice, with and without looks") {
  // tests/interop opens them with other people's readers: WEFT_WRITE_EXPORTS names their folder.
  const char* folder = std::getenv("WEFT_WRITE_EXPORTS");
  std::vector<Variant> variants = all_variants();
  for (const char* read_by_eye : {"svg", "html"})
    variants.push_back({exporters::find_format(read_by_eye), "", ""});
  for (const testing::NamedGraph& named : testing::nasty_graphs()) {
    const graph::Looks looks = testing::hand_made_looks(named.graph);
    for (const Variant& variant : variants) {
      const std::string file = variant.file_name(named.name);
      CAPTURE(file);
      const Written with = write(named.graph, variant, &looks);
      CHECK(with.bytes == write(named.graph, variant, &looks).bytes);
      const Written without = write(named.graph, variant);
      CHECK(with.summary.edges == without.summary.edges);
      const bool is_first = variant.part.empty() || variant.part == "nodes.csv";
      if (is_first) CHECK(with.summary.nodes == named.graph.nodes.size());
      // Whatever the names hold, the file is UTF-8 without NUL.
      for (const std::string* bytes : {&with.bytes, &without.bytes}) {
        CHECK(bytes->find('\0') == std::string::npos);
        bool well_formed = true;
        for (size_t pos = 0; pos < bytes->size();) {
          const auto c = exporters::decode(*bytes, pos);
          well_formed = well_formed && c.code != exporters::kMalformed;
          pos += c.size;
        }
        CHECK(well_formed);
      }
      if (folder) std::ofstream(fs::path(folder) / file, std::ios::binary) << with.bytes;
    }
    const Variant pixels{exporters::find_format("png"), "", ""};
    const std::string png = write(named.graph, pixels, &looks).bytes;
    CHECK(png.starts_with("\x89PNG\r\n"));
    if (folder)
      std::ofstream(fs::path(folder) / pixels.file_name(named.name), std::ios::binary) << png;
  }
}

TEST_CASE("GraphML holds hostile names and reports what it replaced") {
  const Written w = write(testing::tiny_graph(), "graphml");
  CHECK(w.summary.nodes == 4);
  CHECK(w.summary.edges == 3);
  // Three in Ann's label, two bytes in an alias, one NUL, one in the last evidence; of the pair
  // that may be one thing the reason (one) at both ends, and Ann's label at the other.
  CHECK(w.summary.replaced_characters == 12);
  CHECK(w.bytes.find("&lt;b&gt;&quot;O'Neil") != std::string::npos);
  CHECK(w.bytes.find("\" label=\"visited\"") != std::string::npos);
  CHECK(w.bytes.find("<data key=\"weight\">5</data>") != std::string::npos);
  CHECK(w.bytes.find(">null<") == std::string::npos);
  CHECK(w.bytes.find("<default") == std::string::npos);
  CHECK(w.bytes.find("<desc") == std::string::npos);
  CHECK(w.bytes.find("attr.name=\"type\"") == std::string::npos);
  CHECK(w.bytes.find("attr.name=\"id\"") == std::string::npos);
  const Written strict = write(testing::tiny_graph(), "graphml", "strict");
  CHECK(strict.bytes.find("\" label=\"") == std::string::npos);
}

TEST_CASE("JSON is valid and loses nothing but bytes that are no UTF-8") {
  const graph::Graph g = testing::tiny_graph();
  const Written w = write(g, "json");
  CHECK(w.summary.replaced_characters == 2);
  const fs::path file =
      fs::temp_directory_path() / ("weft_json_" + std::to_string(::getpid()) + ".json");
  std::ofstream(file, std::ios::binary) << w.bytes;
  const auto json = core::read_json_file(file);
  fs::remove(file);
  const auto& nodes = json["nodes"];
  REQUIRE(nodes.Size() == g.nodes.size());
  for (unsigned i = 0; i < nodes.Size(); ++i)
    CHECK(std::string(nodes[i]["label"].GetString(), nodes[i]["label"].GetStringLength()) ==
          g.nodes[i].label);
  CHECK(nodes[1]["attributes"][0]["value"].GetString() == g.nodes[1].attributes[0].value);
  const auto& edges = json["edges"];
  REQUIRE(edges.Size() == 3);
  CHECK(edges[1]["source"] == "person/ann");
  CHECK(edges[1]["confidence"].GetDouble() == doctest::Approx(0.97));
  CHECK(edges[1]["evidence"].Size() == 4);
  CHECK(edges[0]["time"].IsNull());
  CHECK(json["graph"]["documents"][1]["date"].IsNull());
}

TEST_CASE("the order of documents does not change a byte of any format") {
  testing::Corpus corpus;
  for (int i = 0; i < 12; ++i) {
    testing::RecordBuilder b("d" + std::to_string(i));
    const auto p = b.entity("Person", i % 2 ? "Ann Lee" : "Bo Ek"), o = b.entity("Place", "Oslo");
    b.fact(p, "visited", o, {b.evidence("A visit " + std::to_string(i % 5))});
    b.value(o, "has_value", "people: " + std::to_string(i % 3), {b.evidence("Many.")});
    corpus.add(std::move(b));
  }
  std::vector<std::string> expected;
  const auto variants = all_variants();
  for (const Variant& v : variants) expected.push_back(write(corpus.graph(), v).bytes);
  std::mt19937 random(1);
  for (int round = 0; round < 3; ++round) {
    std::shuffle(corpus.records.begin(), corpus.records.end(), random);
    for (size_t i = 0; i < expected.size(); ++i)
      CHECK(write(corpus.graph(), variants[i]).bytes == expected[i]);
  }
}

TEST_CASE("a full disk is a sentence") {
  for (const auto& format : exporters::formats()) {
    core::OutputFile out("/dev/full");
    const auto run = [&] {
      format.write(testing::tiny_graph(), shipped_ontology(), {}, out);
      out.commit();
    };
    CHECK_THROWS_WITH_AS(run(), doctest::Contains("No space left"), core::SetupError);
  }
}

TEST_CASE("formats are chosen by name or ending, and a wrong choice lists what there is") {
  exporters::Options strict, ge;
  strict.dialect = "strict";
  ge.dialect = "ge";
  CHECK(exporters::choose_format("", "x/y.graphml", {}).name == "graphml");
  CHECK(exporters::choose_format("json", "x.graphml", {}).name == "json");
  CHECK(exporters::choose_format("graphml", "-", strict).name == "graphml");
  CHECK_THROWS_WITH_AS(exporters::choose_format("jsn", "-", {}),
                       doctest::Contains("graphml, gexf, json"), core::SetupError);
  CHECK_THROWS_WITH_AS(exporters::choose_format("", "out.txt", {}), doctest::Contains("--format"),
                       core::SetupError);
  CHECK_THROWS_WITH_AS(exporters::choose_format("json", "-", strict),
                       doctest::Contains("no dialect"), core::SetupError);
  CHECK_THROWS_WITH_AS(exporters::choose_format("graphml", "-", ge),
                       doctest::Contains("gephi strict"), core::SetupError);
}

TEST_CASE("decimals print alike everywhere; UTF-8 is decoded strictly") {
  const std::pair<double, const char*> rows[] = {
      {0, "0"},           {1, "1"},       {0.97, "0.97"}, {0.1 + 0.2, "0.3"},
      {0.0001, "0.0001"}, {0.00001, "0"}, {-3, "0"},      {12.5, "12.5"}};
  for (const auto& [value, text] : rows) {
    const fs::path file =
        fs::temp_directory_path() / ("weft_decimal_" + std::to_string(::getpid()));
    core::OutputFile out(file);
    exporters::ByteWriter w(out);
    w.decimal(value).flush();
    out.commit();
    CHECK(slurp(file) == text);
    fs::remove(file);
  }
  CHECK(exporters::decimal_text(-12.345, 2) == "-12.35");
  CHECK(exporters::decimal_text(-0.001, 2) == "0");
  CHECK(exporters::decimal_text(std::nan(""), 2) == "0");
  CHECK(exporters::decimal_text(-INFINITY, 8) == "-1000000000000");
  CHECK(exporters::decimal_text(1.0 / 3, 8) == "0.33333333");
  for (std::string_view bad :
       {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80", "\xE2\x82", "\xFF"})
    CHECK(exporters::decode(bad, 0).code == exporters::kMalformed);
  CHECK(exporters::decode("\xF0\x9F\x98\x80", 0).code == 0x1F600);
}

TEST_CASE("the files of a format that is several") {
  const auto& csv = *exporters::find_format("csv");
  CHECK(exporters::part_paths(csv, "x/graph.csv") ==
        std::vector<fs::path>{"x/graph.nodes.csv", "x/graph.edges.csv"});
  CHECK(exporters::part_paths(csv, "x/folder") ==
        std::vector<fs::path>{"x/folder/nodes.csv", "x/folder/edges.csv"});
  CHECK_THROWS_WITH_AS(exporters::part_paths(csv, "-"), doctest::Contains("Name a folder"),
                       core::SetupError);
  const auto& json = *exporters::find_format("json");
  CHECK(exporters::part_paths(json, "-") == std::vector<fs::path>{"-"});
  CHECK(exporters::parts_of(json) == std::vector<std::string_view>{""});
}
