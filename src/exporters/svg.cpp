// A graph's Picture as SVG: lines below, then dots or boxes, then names, then the legend with each
// type's colour and count and the meaning of the lines. Few lines are grey with dark heads; many
// take the colour of the node they come from, thin and translucent, so that the shape of the whole
// can be seen. O(what is drawn).
#include <algorithm>

#include "exporters/formats.h"
#include "exporters/svg_writer.h"

namespace weft::exporters {

namespace {

constexpr double kPixels = 1600;       // width at which a picture is shown, at most
constexpr double kLegendLetters = 14;  // pixels at that width
constexpr std::string_view kGrey = "#8b949e";

struct LegendItem {
  std::string words;
  std::string_view color;
  bool line = false;
  std::string_view dash{};
  double at = 0;  // from the left, filled in by arrange()
  size_t row = 0;
};

/// With a comma every three digits.
std::string grouped(uint64_t n) {
  std::string s = std::to_string(n);
  for (size_t i = s.size(); i > 3; i -= 3) s.insert(i - 3, ",");
  return s;
}

class GraphSvg {
 public:
  GraphSvg(const Picture& picture, const graph::Graph& graph, const schema::Ontology& ontology)
      : picture_(picture), graph_(graph), ontology_(ontology) {
    width_ = std::max(picture.width, 420.0);
    unit_ = std::max(1.0, width_ / kPixels);
    make_legend();
  }

  Svg write() {
    const double left = picture_.left - (width_ - picture_.width) / 2;
    const double row = kLegendLetters * 1.9 * unit_;
    const double height = picture_.height + row * static_cast<double>(rows_) + row * 0.6;
    SvgWriter svg(left, picture_.top, width_, height, std::min(width_, kPixels), about());
    lines(svg);
    nodes(svg);
    if (picture_.nodes.empty())
      svg.text({left + width_ / 2, picture_.top + picture_.height / 2}, "The graph is empty.",
               {16, "#57606a", SvgWriter::Anchor::middle});
    legend(svg, left, picture_.top + picture_.height + row / 2, row);
    Svg out;
    out.nodes = picture_.nodes.size();
    out.edges = picture_.facts_drawn;
    out.replaced_characters = svg.replaced();
    out.text = svg.take();
    return out;
  }

 private:
  std::string_view color(const DrawnNode& n) const {
    return ontology_[graph_.nodes[n.node].type].color;
  }

  std::string about() const {
    return "A graph of " + grouped(picture_.all_nodes) +
           (picture_.all_nodes == 1 ? " entity" : " entities") + " and " +
           grouped(picture_.all_facts) + (picture_.all_facts == 1 ? " fact" : " facts") +
           " between them";
  }

  void make_legend() {
    for (const LegendEntry& e : picture_.legend)
      items_.push_back({ontology_[e.type].name + " " + grouped(e.count), ontology_[e.type].color});
    bool stated = false, planned = false, possible = false, denied = false;
    for (const DrawnLine& l : picture_.lines) {
      denied |= l.denied;
      stated |= l.modality == doc::Modality::asserted;
      possible |= l.modality == doc::Modality::possible;
      planned |= l.modality == doc::Modality::planned || l.modality == doc::Modality::directive;
    }
    if (stated) items_.push_back({"stated", kGrey, true});
    if (planned)
      items_.push_back({"planned or called for", kGrey, true, dashes(doc::Modality::planned)});
    if (possible) items_.push_back({"possible", kGrey, true, dashes(doc::Modality::possible)});
    if (denied) items_.push_back({"denied", kDeniedColor, true});
    if (picture_.nodes.size() < picture_.all_nodes || picture_.facts_drawn < picture_.all_facts) {
      // Self-loops are not drawn either, so the figures say what there is, not what is missing.
      items_.push_back({"drawn: " + grouped(picture_.nodes.size()) + " of " +
                            grouped(picture_.all_nodes) + " entities, " +
                            grouped(picture_.facts_drawn) + " of " + grouped(picture_.all_facts) +
                            " facts",
                        ""});
    }
    const double margin = 26 * unit_;
    double at = margin;
    for (LegendItem& item : items_) {
      const double wide =
          (graph::text_width(item.words) * kLegendLetters + 36 + (item.line ? 20 : 0)) * unit_;
      if (at > margin && at + wide > width_ - margin / 2) {
        at = margin;
        ++rows_;
      }
      item.at = at;
      item.row = rows_ - 1;
      at += wide;
    }
    if (items_.empty()) rows_ = 0;
  }

  void lines(SvgWriter& svg) const {
    const bool few = picture_.lines.size() <= 1500;
    const bool boxed = !picture_.nodes.empty() && picture_.nodes.front().boxed;
    for (const DrawnLine& l : picture_.lines) {
      SvgWriter::Stroke s;
      s.width = l.width * (few ? 1 : 0.8);
      s.color = l.denied ? kDeniedColor : boxed ? "#9aa4b0" : color(picture_.nodes[l.from]);
      s.dashes = dashes(l.modality);
      s.opacity = boxed ? 1 : few ? 0.6 : picture_.lines.size() < 12000 ? 0.4 : 0.25;
      s.arrow = l.arrow;
      svg.curve(l.begin, l.bend, l.end, s);
    }
    for (const DrawnLine& l : picture_.lines) {
      if (l.words.empty()) continue;
      svg.text(
          l.words_at, l.words,
          {l.letters, l.denied ? kDeniedColor : "#57606a", SvgWriter::Anchor::middle, false, true});
    }
  }

  void nodes(SvgWriter& svg) const {
    for (const DrawnNode& n : picture_.nodes) {
      if (!n.boxed) {
        svg.circle(n.at, n.half_width, color(n));
        continue;
      }
      svg.box(n.at, n.half_width, n.half_height, color(n), " stroke=\"#ffffff\"");
      svg.text(n.name_at, n.name, {n.letters, ink_on(color(n)), SvgWriter::Anchor::middle});
    }
    for (const DrawnNode& n : picture_.nodes)
      if (!n.boxed && !n.name.empty())
        svg.text(n.name_at, n.name, {n.letters, "#1c2126", SvgWriter::Anchor::middle, false, true});
  }

  void legend(SvgWriter& svg, double left, double top, double row) const {
    for (const LegendItem& item : items_) {
      const double x = left + item.at, y = top + row * static_cast<double>(item.row);
      const double mark = item.color.empty() ? 0 : item.line ? 40 : 20;
      if (item.line)
        svg.line({x, y}, {x + 32 * unit_, y}, {2 * unit_, item.color, item.dash});
      else if (!item.color.empty())
        svg.circle({x + 6 * unit_, y}, 6.5 * unit_, item.color);
      svg.text({x + mark * unit_, y}, item.words, {kLegendLetters * unit_, "#3d444d"});
    }
  }

  const Picture& picture_;
  const graph::Graph& graph_;
  const schema::Ontology& ontology_;
  std::vector<LegendItem> items_;
  double width_ = 0, unit_ = 1;
  size_t rows_ = 1;
};

}  // namespace

Svg graph_svg(const graph::Graph& graph, const schema::Ontology& ontology,
              const graph::Looks* looks) {
  const graph::Looks own = looks ? graph::Looks{} : graph::compute_looks(graph, ontology);
  const Picture picture = draw(graph, ontology, looks ? *looks : own);
  return GraphSvg(picture, graph, ontology).write();
}

Summary write_svg(const graph::Graph& graph, const schema::Ontology& ontology,
                  const Options& options, core::OutputFile& file) {
  const Svg svg = graph_svg(graph, ontology, options.looks);
  file.write(svg.text);
  Summary summary;
  summary.nodes = svg.nodes;
  summary.edges = svg.edges;
  summary.replaced_characters = svg.replaced_characters;
  return summary;
}

}  // namespace weft::exporters
