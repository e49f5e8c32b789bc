#include <doctest/doctest.h>

#include <algorithm>

#include "exporters/check.h"
#include "exporters/escape.h"
#include "exporters/spells.h"
#include "tiny_graph.h"
#include "written.h"

using namespace weft;
using testing::shipped_ontology;
using testing::write;

namespace {

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

size_t count(std::string_view text, std::string_view part) {
  size_t n = 0;
  for (size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

}  // namespace

TEST_CASE("spells are whole days that don't overlap, and open ends stay open") {
  const struct {
    std::vector<std::string> times;
    std::string expected;
  } rows[] = {
      {{""}, ""},
      {{"2024-02-29"}, "2024-02-29..2024-02-29"},
      {{"2023-02"}, "2023-02-01..2023-02-28"},
      {{"1843"}, "1843-01-01..1843-12-31"},
      {{"2024-03/.."}, "2024-03-01.."},
      {{"../2024"}, "..2024-12-31"},
      {{"../.."}, ""},
      {{"2025/2024"}, ""},
      {{"last week", "2024-13"}, ""},
      {{"2024-01-05", "2024-01-01/2024-01-04"}, "2024-01-01..2024-01-05"},
      {{"2024-01", "2024-03"}, "2024-01-01..2024-01-31 2024-03-01..2024-03-31"},
      {{"2024-01", "2024", "2024-03/.."}, "2024-01-01.."},
      {{"2024-05/..", "2025"}, "2024-05-01.."},
      {{"../2020", "2019", "2024"}, "..2020-12-31 2024-01-01..2024-12-31"},
  };
  for (const auto& row : rows) {
    graph::Edge e;
    e.summary.time = row.times[0];
    for (const std::string& time : row.times) {
      graph::EvidenceItem item;
      item.time = time;
      e.evidence.push_back(item);
    }
    std::string got;
    for (const text::DayRange r : exporters::spells(e))
      got += (got.empty() ? "" : " ") + exporters::first_day(r) + ".." + exporters::last_day(r);
    CHECK(got == row.expected);
  }
  graph::Edge e;
  for (const auto& [time, precision] :
       {std::pair("2024", "year"), std::pair("2024-03", "month"), std::pair("2024-03-05", "day"),
        std::pair("2024/2025", "interval"), std::pair("soon", "")}) {
    e.summary.time = time;
    CHECK(exporters::span_of(e).precision == precision);
  }
}

TEST_CASE("texts made safe") {
  uint64_t replaced = 0;
  CHECK(exporters::xml_text("a<b>&\"\t\x01", replaced) == "a&lt;b&gt;&amp;&quot;&#9;\xEF\xBF\xBD");
  CHECK(replaced == 1);
  CHECK(exporters::json_text("\"\\\n\x1f\xE2\x80\xA8", replaced) ==
        "\"\\\"\\\\\\n\\u001f\\u2028\"");
  CHECK(replaced == 1);
  CHECK(exporters::csv_text("a,b", replaced) == "\"a,b\"");
  CHECK(exporters::csv_text("say \"x\"", replaced) == "\"say \"\"x\"\"\"");
  CHECK(exporters::csv_text("plain", replaced) == "plain");
  CHECK(exporters::one_line("\n a\r\n\tb\x01"
                            "c \xFF ",
                            replaced) == "a b c \xEF\xBF\xBD");
  CHECK(replaced == 2);
  CHECK(exporters::shortened("caf\xC3\xA9", 4) == "caf\xE2\x80\xA6");
  CHECK(exporters::shortened("caf\xC3\xA9", 5) == "caf\xC3\xA9");
}

TEST_CASE(
    "GEXF has a timeline exactly if a fact has a time, and no edge is lost by its direction") {
  const auto tiny = write(testing::tiny_graph(), "gexf", "gephi").bytes;
  CHECK(has(tiny, "mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\""));
  CHECK(has(tiny, "<spell start=\"2024-03-01\" end=\"2024-03-31\"/>"));
  CHECK_FALSE(has(tiny, "defaultedgetype"));
  CHECK(count(tiny, "type=\"undirected\"") == 1);
  CHECK(count(tiny, "type=\"directed\"") == 2);
  const auto directed = write(testing::tiny_graph(), "gexf", "directed").bytes;
  CHECK(has(directed, "defaultedgetype=\"directed\""));
  CHECK(count(directed, "type=\"undirected\"") == 0);
  CHECK(has(write(testing::case_twins().graph, "gexf").bytes, "mode=\"static\""));
}

TEST_CASE("looks are written where a format can carry them, and only then") {
  const graph::Graph g = testing::tiny_graph();
  const graph::Looks looks = testing::hand_made_looks(g);
  const std::pair<const char*, const char*> rows[] = {
      {"graphml", "<data key=\"x\">-87.5</data><data key=\"y\">42.75</data>"},
      {"gexf", "<viz:position x=\"-87.5\" y=\"42.75\"/><viz:size value=\"4.13\"/>"},
      {"json", "\"x\": -87.5, \"y\": 42.75, \"size\": 4.13"},
      {"graphology", "\"x\": -87.5, \"y\": 42.75"},
      {"d3", "\"x\": -87.5, \"y\": -42.75"},
      {"cytoscape", "\"position\": {\"x\": -87.5, \"y\": -42.75}"},
      {"gephi-lite", "\"person/ann\": {\"x\": -87.5, \"y\": 42.75}"},
      {"csv", ",-87.5,42.75,"},
      {"neo4j", ",-87.5,42.75,"},
      {"dot", "pos=\"-87.5,42.75!\""},
      {"turtle", "weft:community 1"},
      {"markdown", "community: 1"},
  };
  for (const auto& [format, part] : rows) {
    CAPTURE(format);
    const testing::Variant variant{exporters::find_format(format), "", ""};
    CHECK(has(write(g, variant, &looks).bytes, part));
    CHECK_FALSE(has(write(g, variant).bytes, part));
  }
}

TEST_CASE("what documents say never becomes code, markup or a formula") {
  const graph::Graph g = testing::hostile_names().graph;
  // Gephi Lite's parser makes functions of such lists.
  for (const char* format : {"graphology", "gephi-lite"})
    CHECK_FALSE(has(write(g, format).bytes, "\"<<Function\", \"alert(1)\""));
  CHECK(has(write(g, "json").bytes, "\"<<Function\", \"alert(1)\""));
  const std::string csv = write(g, "csv", "gephi", "nodes.csv").bytes;
  CHECK(has(csv, ",\"'=cmd|' /C calc'!A0\","));
  CHECK_FALSE(has(csv, ",=1+1,"));
  const std::string markdown = write(g, "markdown").bytes;
  CHECK_FALSE(has(markdown, "<script"));
  CHECK_FALSE(has(markdown, "](javascript"));
  CHECK_FALSE(has(write(g, "dot").bytes, "\"a\\N"));
  const std::string turtle = write(g, "turtle").bytes;
  CHECK(has(turtle, "<urn:weft:document:e%3Ca%3E%26%22b%22%20%7Bc%7D%7C%5C%5E%60%20%2520.txt>"));
}

TEST_CASE("a report of one entity tells what points to it too") {
  const graph::Graph g = testing::tiny_graph();
  const testing::Variant markdown{exporters::find_format("markdown"), "", ""};
  const std::string report = write(g, markdown, nullptr, g.find("place/cairo")).bytes;
  CHECK(report.starts_with("# \xD8\xA7"));
  CHECK(has(report, "## influences"));
  CHECK(has(report, "## visited by"));
  CHECK(has(report, "(denied, asserted; confidence 0.9)"));
  CHECK(has(report, "(planned; 2024-03; says null; confidence 0.97)"));
  CHECK(has(report, "  > Ann was \xE2\x80\x9Chere\xE2\x80\x9D. \\(1\\)"));
  CHECK(has(report, "## Documents\n\n1. Line one line \"two\" three, A &amp; B, 2024-03-13"));
}

TEST_CASE("--check tells what each format loses, and counts it") {
  const auto find = [](const graph::Graph& g, const char* format, const char* dialect,
                       std::string_view change, std::string_view what) -> uint64_t {
    exporters::Options options;
    options.dialect = dialect;
    for (const exporters::Finding& f :
         exporters::check(*exporters::find_format(format), g, shipped_ontology(), options)) {
      CHECK(f.count > 0);
      CHECK(f.how.ends_with('.'));
      if (f.change == change && f.what.find(what) != f.what.npos) return f.count;
    }
    return 0;
  };
  const graph::Graph tiny = testing::tiny_graph();
  graph::Graph certain = tiny;
  certain.maybe_same.clear();  // which stand at both ends, and count there
  CHECK(find(certain, "graphml", "", "replaces", "XML 1.0") ==
        write(certain, "graphml").summary.replaced_characters);
  CHECK(find(tiny, "gexf", "", "retypes", "may be one thing") == 1);
  CHECK(find(tiny, "svg", "", "drops", "may be one thing") == 1);
  CHECK(find(certain, "gexf", "", "retypes", "may be one thing") == 0);
  CHECK(find(tiny, "graphml", "strict", "renames", "ids") == 4);
  CHECK(find(tiny, "graphml", "strict", "merges", "another relation") == 1);
  CHECK(find(tiny, "graphml", "", "drops", "third piece") == 1);
  CHECK(find(tiny, "graphml", "", "shortens", "500 bytes") == 1);
  CHECK(find(tiny, "graphml", "", "renames", "null") == 2);
  CHECK(find(tiny, "graphml", "strict", "renames", "null") == 0);
  CHECK(find(tiny, "gexf", "", "retypes", "month") == 1);
  CHECK(find(tiny, "json", "", "replaces", "no UTF-8") ==
        write(tiny, "json").summary.replaced_characters);
  CHECK(find(tiny, "json", "", "drops", "") == 0);
  CHECK(find(testing::times().graph, "gexf", "", "merges", "overlap") == 5);
  CHECK(find(testing::times().graph, "gexf", "", "drops", "no dates") == 5);
  CHECK(find(testing::hostile_names().graph, "csv", "", "replaces", "formula") >= 10);
  CHECK(find({}, "dot", "", "drops", "") == 0);
  // Each format says something of the graph that is all wrong.
  for (const exporters::Format& f : exporters::formats())
    CHECK_FALSE(
        exporters::check(f, testing::hostile_names().graph, shipped_ontology(), {}).empty());
}
