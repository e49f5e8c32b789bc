// The few shapes that our pictures are made of, as SVG.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "doc/fact.h"
#include "exporters/picture.h"

namespace weft::exporters {

/// A number for SVG: at most two decimals, no exponent, no "-0".
std::string svg_number(double value);

/// White or nearly black: what can be read on this colour ("#rrggbb").
std::string_view ink_on(std::string_view color);

/// How a line shows what it states: "7 4" for planned or called for, "2 4" for possible, "" else.
std::string_view dashes(doc::Modality modality);
inline constexpr std::string_view kDeniedColor = "#b3261e";

/// Collects a picture. Text is escaped, put on one line, and what XML can't hold is replaced and
/// counted; colours and attributes are trusted.
class SvgWriter {
 public:
  /// `about`: read out by screen readers. `pixels`: the width at which the picture is shown.
  SvgWriter(double left, double top, double width, double height, double pixels,
            std::string_view about);

  enum class Anchor { start, middle, end };
  struct Letters {
    double size = 12;
    std::string_view color = "#1c2126";
    Anchor anchor = Anchor::start;
    bool bold = false;
    bool halo = false;  // a white rim, to be read on lines
  };
  /// `at`: left end, middle or right end of the words, in the middle of their height.
  void text(Spot at, std::string_view words, const Letters& letters);
  void circle(Spot at, double radius, std::string_view color);
  /// Round at its ends.
  void box(Spot middle, double half_width, double half_height, std::string_view color,
           std::string_view more = {});
  /// A quadratic curve, straight where `bend` lies on the line; with `arrow`, a head at its end.
  struct Stroke {
    double width = 1;
    std::string_view color;
    std::string_view dashes{};
    double opacity = 1;
    bool arrow = false;
  };
  void curve(Spot begin, Spot bend, Spot end, const Stroke& stroke);
  void line(Spot begin, Spot end, const Stroke& stroke);
  void raw(std::string_view svg) { out_ += svg; }

  uint64_t replaced() const { return replaced_; }
  std::string take();

 private:
  std::string out_;
  uint64_t replaced_ = 0;
};

/// The whole picture of a graph with its legend.
struct Svg {
  std::string text;
  uint64_t nodes = 0, edges = 0;  // drawn
  uint64_t replaced_characters = 0;
};
/// `looks` may be nullptr: then they are computed. Bounded by kMostDots and kMostLines.
Svg graph_svg(const graph::Graph& graph, const schema::Ontology& ontology,
              const graph::Looks* looks);

}  // namespace weft::exporters
