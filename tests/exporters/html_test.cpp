#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>

#include "core/error.h"
#include "core/json_file.h"
#include "exporters/page_choice.h"
#include "exporters/table.h"
#include "tiny_graph.h"

using namespace weft;
namespace fs = std::filesystem;
using exporters::Options;
using testing::shipped_ontology;

namespace {

struct Page {
  std::string bytes;
  std::string graph;  // the JSON in it
  rapidjson::Document json;
  exporters::Summary summary;
};

fs::path scratch(const std::string& name) {
  return fs::temp_directory_path() / ("weft_html_" + std::to_string(::getpid()) + "_" + name);
}

Page write(const graph::Graph& g, const Options& options = {}) {
  const fs::path file = scratch("page.html"), json = scratch("graph.json");
  core::OutputFile out(file);
  Page page;
  page.summary = exporters::find_format("html")->write(g, shipped_ontology(), options, out);
  out.commit();
  std::ifstream in(file, std::ios::binary);
  page.bytes = {std::istreambuf_iterator<char>(in), {}};
  constexpr std::string_view kOpen = "id=\"graph\">";
  const size_t begin = page.bytes.find(kOpen) + kOpen.size();
  page.graph = page.bytes.substr(begin, page.bytes.find("</script>", begin) - begin);
  std::ofstream(json, std::ios::binary) << page.graph;
  page.json = core::read_json_file(json);
  fs::remove(file);
  fs::remove(json);
  return page;
}

/// Three people in a row and one alone; the middle one has two facts.
graph::Graph small_graph() {
  const auto& o = shipped_ontology();
  graph::Graph g;
  doc::Metadata d;
  d.id = "d1";
  g.documents.push_back(d);
  for (const char* name : {"a", "b", "c", "d"}) {
    graph::Node n;
    n.id = std::string("person/") + name;
    n.label = name;
    n.type = o.core().person;
    n.mentions = 1;
    g.nodes.push_back(n);
  }
  for (uint32_t i = 0; i < 2; ++i) {
    graph::Edge e;
    e.id = "e" + std::to_string(i);
    e.source = i;
    e.target = i + 1;
    e.relation = o.relation("met_with");
    e.weight = i + 1;
    graph::EvidenceItem item;
    item.document = "d1";
    item.span = {6, 12};
    item.text = "A met.";
    e.evidence = {item};
    g.edges.push_back(e);
  }
  return g;
}

}  // namespace

TEST_CASE("nothing from a document can leave the script element") {
  const char* const hostile[] = {"</script><script>alert(1)</script>",
                                 "<!-- <script>",
                                 "]]>",
                                 "</SCRIPT\n>",
                                 "\xE2\x80\xA8\xE2\x80\xA9",
                                 "&lt;/script&gt;",
                                 "\\u003c/script>",
                                 "\"}]}"};
  const size_t scripts = [] {
    const std::string empty = write({}).bytes;
    size_t count = 0;
    for (size_t at = empty.find("<script"); at != std::string::npos;
         at = empty.find("<script", at + 1))
      ++count;
    return count;
  }();
  for (const char* name : hostile) {
    CAPTURE(name);
    graph::Graph g = small_graph();
    g.nodes[0].label = name;
    g.nodes[0].kind = name;
    g.nodes[0].aliases = {{name, 1}};
    g.documents[0].title = g.documents[0].url = g.documents[0].source = g.documents[0].date = name;
    g.edges[0].evidence[0].text = name;
    g.edges[0].evidence[0].rule = g.edges[0].evidence[0].time = g.edges[0].evidence[0].speaker =
        name;
    g.edges[0].summary.speaker = g.edges[0].summary.time = name;
    Options options;
    options.title = name;
    const Page page = write(g, options);
    CHECK(page.graph.find_first_of("<>&") == std::string::npos);
    CHECK(page.graph.find("\xE2\x80\xA8") == std::string::npos);
    size_t count = 0;
    for (size_t at = page.bytes.find("<script"); at != std::string::npos;
         at = page.bytes.find("<script", at + 1))
      ++count;
    CHECK(count == scripts);
    CHECK(page.json["nodes"][0]["label"] == name);
    CHECK(page.json["documents"][0]["url"] == name);
    const unsigned sentence = page.json["edges"][0]["e"][0]["s"].GetUint();
    CHECK(page.json["sentences"][sentence][1] == name);
    CHECK(page.json["edges"][0]["by"] == name);
  }
}

TEST_CASE("the best connected are kept, and what was cut is said") {
  Options options;
  options.max_nodes = 3;
  const Page page = write(small_graph(), options);
  REQUIRE(page.json["nodes"].Size() == 3);
  CHECK(page.json["nodes"][2]["id"] == "person/c");
  CHECK(page.json["edges"].Size() == 2);
  CHECK(page.json["total"]["nodes"].GetUint() == 4);
  REQUIRE(page.summary.notes.size() == 1);
  CHECK(page.summary.notes[0].find("3 best connected of 4 entities and 2 of 2 facts") !=
        std::string::npos);

  options.max_nodes = 2;  // b has two facts; a and c have one each, and a comes first
  const Page two = write(small_graph(), options);
  CHECK(two.json["nodes"][0]["id"] == "person/a");
  CHECK(two.json["nodes"][1]["id"] == "person/b");
  CHECK(two.json["edges"].Size() == 1);

  options = {};
  options.max_edges = 1;  // the one with more evidence
  const Page one = write(small_graph(), options);
  REQUIRE(one.json["edges"].Size() == 1);
  CHECK(one.json["edges"][0]["id"] == "e1");
  CHECK(one.json["edges"][0]["s"].GetUint() == 1);

  options.max_edges = options.max_nodes = 0;
  CHECK(write(small_graph(), options).json["nodes"].Size() == 0);
  CHECK(write(small_graph()).summary.notes.empty());
}

TEST_CASE("a sentence is written once, with the words around it") {
  const graph::Graph g = small_graph();
  Options options;
  options.text_of = [](const std::string&) {
    return "First\n\nHer. A met. Then he left.\n\nNext paragraph.";
  };
  graph::Graph shifted = g;
  for (graph::Edge& e : shifted.edges) e.evidence[0].span = {12, 18};
  const Page page = write(shifted, options);
  REQUIRE(page.json["sentences"].Size() == 1);
  const auto& sentence = page.json["sentences"][0];
  REQUIRE(sentence.Size() == 4);
  CHECK(sentence[1] == "A met.");
  CHECK(sentence[2] == "Her. ");
  CHECK(sentence[3] == " Then he left.");
  CHECK(page.json["edges"][0]["e"][0]["s"].GetUint() == 0);
  CHECK(page.json["edges"][1]["e"][0]["s"].GetUint() == 0);

  // A text that ends before the span, or that can't be had, costs the words around and nothing
  // else.
  options.text_of = [](const std::string&) { return "short"; };
  CHECK(write(g, options).json["sentences"][0].Size() == 2);
  options.text_of = [](const std::string&) { return std::nullopt; };
  CHECK(write(g, options).json["sentences"][0].Size() == 2);
}

TEST_CASE("looks are written as numbers, whatever they are") {
  const graph::Graph g = small_graph();
  graph::Looks looks;
  looks.nodes.resize(4);
  looks.nodes[0].x = -12.5f;
  looks.nodes[0].y = std::numeric_limits<float>::quiet_NaN();
  looks.nodes[1].x = std::numeric_limits<float>::infinity();
  looks.nodes[2].pagerank = 0.25;
  looks.nodes[2].community = 3;
  Options options;
  options.looks = &looks;
  const Page page = write(g, options);
  CHECK(page.json["nodes"][0]["x"].GetDouble() == doctest::Approx(-12.5));
  CHECK(page.json["nodes"][0]["y"].GetDouble() == 0);
  CHECK(page.json["nodes"][1]["x"].GetDouble() == 0);
  CHECK(page.json["nodes"][2]["pagerank"].GetDouble() == doctest::Approx(0.25));
  CHECK(page.json["nodes"][2]["community"].GetUint() == 3);
  CHECK_FALSE(write(g).json["nodes"][0].HasMember("x"));
}

TEST_CASE("the layout is made of what is shown, whatever is left out") {
  const graph::Graph g = small_graph();
  Options options;
  const graph::Looks whole = exporters::page_looks(g, shipped_ontology(), options);
  REQUIRE(whole.nodes.size() == 4);
  CHECK(whole.nodes[1].degree == 2);
  options.max_nodes = 2;
  const graph::Looks part = exporters::page_looks(g, shipped_ontology(), options);
  REQUIRE(part.nodes.size() == 4);
  CHECK(part.nodes[1].degree == 1);  // only the edge that is in the page
  CHECK((part.nodes[0].x != part.nodes[1].x || part.nodes[0].y != part.nodes[1].y));
  CHECK(part.nodes[3].degree == 0);
}

TEST_CASE("a page that is missing or has no place for a graph is a sentence") {
  Options options;
  options.schema_dir = scratch("schema");
  CHECK_THROWS_WITH_AS(write({}, options), doctest::Contains("template.html, is missing"),
                       core::SetupError);
  fs::create_directories(options.schema_dir / "explorer");
  std::ofstream(options.schema_dir / "explorer" / "template.html") << "<p>nothing</p>";
  CHECK_THROWS_WITH_AS(write({}, options), doctest::Contains("no place for a graph"),
                       core::SetupError);
  fs::remove_all(options.schema_dir);
}
