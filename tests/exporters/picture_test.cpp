#include "exporters/picture.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

#include "exporters/png.h"
#include "exporters/svg_writer.h"
#include "exporters/timeline_picture.h"
#include "tiny_graph.h"

using namespace weft;
using testing::shipped_ontology;

namespace {

graph::Graph grown(uint32_t nodes, unsigned edges) {
  graph::Graph g;
  const auto& o = shipped_ontology();
  std::mt19937 random(4);
  for (uint32_t i = 0; i < nodes; ++i) {
    graph::Node n;
    n.id = "n" + std::to_string(1000000 + i);
    n.label = "Entity with the number " + std::to_string(i);
    n.type = schema::TypeId{static_cast<uint16_t>(random() % o.types().size())};
    g.nodes.push_back(n);
  }
  for (unsigned i = 0; i < edges; ++i) {
    graph::Edge e;
    e.source = random() % nodes;
    e.target = static_cast<uint32_t>(std::sqrt(random() % (nodes * nodes)));
    e.relation = o.relation(i % 5 ? "influences" : "met_with");
    e.weight = 1 + random() % 3;
    if (i % 7 == 0) e.summary.modality = doc::Modality::planned;
    if (i % 11 == 0) e.summary.polarity = doc::Polarity::negative;
    g.edges.push_back(e);
  }
  return g;
}

size_t count(std::string_view text, std::string_view what) {
  size_t n = 0;
  for (size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

/// Pairs of names that cover each other.
unsigned covered(const exporters::Picture& p) {
  unsigned n = 0;
  for (size_t a = 0; a < p.nodes.size(); ++a)
    for (size_t b = a + 1; b < p.nodes.size(); ++b) {
      const auto& x = p.nodes[a];
      const auto& y = p.nodes[b];
      if (x.name.empty() || y.name.empty()) continue;
      const double wide =
          (x.letters * graph::text_width(x.name) + y.letters * graph::text_width(y.name)) / 2;
      n += std::abs(x.name_at.x - y.name_at.x) < wide - 0.1 &&
           std::abs(x.name_at.y - y.name_at.y) < (x.letters + y.letters) / 2 - 0.1;
    }
  return n;
}

}  // namespace

TEST_CASE("pictures hold what they should, inside their frame, and no name covers another") {
  for (const auto& [nodes, edges] :
       {std::pair{1u, 0u}, {12u, 20u}, {200u, 300u}, {320u, 90u}, {900u, 1500u}}) {
    CAPTURE(nodes);
    const auto g = grown(nodes, edges);
    const auto looks = graph::compute_looks(g, shipped_ontology());
    const auto picture = exporters::draw(g, shipped_ontology(), looks);
    CHECK(covered(picture) == 0);
    size_t tied = 0;
    for (const auto& l : looks.nodes) tied += l.degree > 0;
    const size_t drawn = nodes <= exporters::kMostBoxed ? nodes : tied;
    const bool boxed = drawn <= exporters::kMostBoxed;
    CHECK(picture.nodes.size() == drawn);
    size_t loops = 0;
    for (const auto& e : g.edges) loops += e.source == e.target;
    CHECK(picture.facts_drawn == g.edges.size() - loops);
    size_t named = 0;
    for (const auto& n : picture.nodes) {
      named += !n.name.empty();
      CHECK(n.boxed == boxed);
      CHECK(n.at.x - n.half_width >= picture.left);
      CHECK(n.at.x + n.half_width <= picture.left + picture.width);
      CHECK(n.at.y - n.half_height >= picture.top);
      CHECK(n.at.y + n.half_height <= picture.top + picture.height);
    }
    CHECK(named >= (boxed ? drawn : 40u));
    for (const auto& l : picture.lines) {
      CHECK(std::isfinite(l.begin.x + l.bend.x + l.end.x + l.begin.y + l.bend.y + l.end.y));
      CHECK(l.from != l.to);
    }
  }
}

TEST_CASE("the SVG picture shows types with counts, modalities and names as harmless text") {
  const auto svg = exporters::graph_svg(testing::tiny_graph(), shipped_ontology(), nullptr);
  CHECK(svg.nodes == 4);
  CHECK(svg.edges == 3);
  CHECK(svg.replaced_characters > 0);
  for (const char* words : {">Person 1<", ">Place 1<", ">Work 1<", ">planned or called for<",
                            ">denied<", "&lt;b&gt;", ">not met with", "sans-serif"}) {
    CAPTURE(words);
    CHECK(svg.text.find(words) != std::string::npos);
  }
  CHECK(svg.text.find("<b>") == std::string::npos);
  CHECK(svg.text.find("<script") == std::string::npos);
  // Every colour is the ontology's.
  CHECK(svg.text.find(shipped_ontology()[shipped_ontology().core().person].color) !=
        std::string::npos);
  const auto large = exporters::graph_svg(grown(900, 800), shipped_ontology(), nullptr);
  CHECK(large.text.find("drawn: ") != std::string::npos);
  CHECK(count(large.text, "<circle") >= large.nodes);
  const auto empty = exporters::graph_svg({}, shipped_ontology(), nullptr);
  CHECK(empty.text.find("The graph is empty.") != std::string::npos);
}

TEST_CASE("PNG is a PNG of the right size, the same twice, in any script") {
  graph::Graph g = testing::tiny_graph();
  g.nodes[0].label =
      "\xE9\x87\x8D\xE5\xBA\x86 \xD8\xA7\xD9\x84\xD9\x82\xD8\xA7\xD9\x87\xD8\xB1 "
      "\xE0\xA4\xA6\xE0\xA4\xBF\xE0\xA4\xB2\xE0\xA5\x8D\xE0\xA4\xB2\xE0\xA5\x80 "
      "\xF0\x9F\x8F\x9B";
  const auto svg = exporters::graph_svg(g, shipped_ontology(), nullptr);
  const std::string png = exporters::png_of(svg.text);
  REQUIRE(png.size() > 1000);
  CHECK(png.substr(0, 8) == "\x89PNG\r\n\x1a\n");
  const auto number = [&](size_t at) {
    unsigned n = 0;
    for (size_t i = at; i < at + 4; ++i) n = n * 256 + static_cast<unsigned char>(png[i]);
    return n;
  };
  const double width = std::stod(svg.text.substr(svg.text.find(" width=\"") + 8));
  CHECK(number(16) == doctest::Approx(width * 1.5).epsilon(0.01));
  CHECK(png == exporters::png_of(svg.text));
  // However large the drawing, the pixels are bounded.
  const std::string huge = exporters::png_of(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900000\" height=\"90\"/>", 1);
  CHECK(static_cast<unsigned char>(huge[18]) * 256 + static_cast<unsigned char>(huge[19]) ==
        exporters::kMostPixels);
}

TEST_CASE("numbers for SVG") {
  for (const auto& [value, text] : {std::pair{0.0, "0"},
                                    {-0.001, "0"},
                                    {1.5, "1.5"},
                                    {-12.05, "-12.05"},
                                    {3.999, "4"},
                                    {100.0, "100"},
                                    {0.1, "0.1"},
                                    {std::nan(""), "0"},
                                    {1e300, "0"}})
    CHECK(exporters::svg_number(value) == text);
  CHECK(exporters::ink_on("#000000") == "#ffffff");
  CHECK(exporters::ink_on("#ffffff") == "#1c2126");
}

TEST_CASE("timelines: any number of items, open ends, and words that stay in the picture") {
  CHECK(exporters::timeline_svg("Nobody", {}).find("Nothing with a time") != std::string::npos);
  constexpr int kMin = std::numeric_limits<int>::min(), kMax = std::numeric_limits<int>::max();
  using exporters::TimelineItem;
  const auto item = [](int first, int last, const char* words) {
    return TimelineItem{first, last, words, "#4477AA", doc::Modality::asserted, false};
  };
  for (const std::vector<TimelineItem>& items :
       {std::vector{item(19000, 19000, "one day")},
        {item(kMin, kMax, "always")},
        {item(kMin, 0, "until <then>"), item(19000, kMax, "since")},
        {item(-700000, -690000, "long ago"), item(19000, 19001, "now")},
        {item(19000, 19010, "a"), item(19000, 19010, "b"), item(19005, 19005, "c")}}) {
    const std::string svg = exporters::timeline_svg("A & B", items);
    CHECK(svg.find("A &amp; B") != std::string::npos);
    CHECK(svg.find("nan") == std::string::npos);
    CHECK(count(svg, "<rect") == items.size() + 1);
    for (size_t at = svg.find("<text x=\""); at != std::string::npos;
         at = svg.find("<text x=\"", at + 1)) {
      const double x = std::stod(svg.substr(at + 9));
      CHECK((x >= 0 && x <= 1200));
    }
  }
  // What is known to the month is drawn thinner than what is known to the day, and it is said why.
  TimelineItem month = item(19000, 19030, "some day of it");
  const std::string exact = exporters::timeline_svg("Bars", std::vector{month});
  month.vague = true;
  const std::string vague = exporters::timeline_svg("Bars", std::vector{month});
  CHECK(exact.find("thin bars") == std::string::npos);
  CHECK(vague.find("thin bars") != std::string::npos);
  CHECK(exact.find("height=\"10\"") != std::string::npos);
  CHECK(vague.find("height=\"10\"") == std::string::npos);
  const std::vector<TimelineItem> many(3000, item(19000, 19000, "x"));
  CHECK(exporters::timeline_svg("Many", many).find("1000 of 3000") != std::string::npos);
}
