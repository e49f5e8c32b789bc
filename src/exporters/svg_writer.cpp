// SVG 1.1 without style sheets or script, so that browsers, Inkscape, librsvg and word processors
// show the same. Fonts are asked for by a chain that ends in the generic sans-serif: the first that
// is there and has the character is used, so names in any script come out wherever a font for them
// is installed. Numbers are printed from integers (no locale). Reference: www.w3.org/TR/SVG11.
#include "exporters/svg_writer.h"

#include <algorithm>
#include <cmath>

#include "exporters/escape.h"

namespace weft::exporters {

namespace {

constexpr std::string_view kFonts =
    "'DejaVu Sans', Verdana, 'Noto Sans', 'Helvetica Neue', Arial, 'Noto Sans CJK SC', "
    "'PingFang SC', 'Microsoft YaHei', 'Noto Sans Arabic', sans-serif";

unsigned hex(char c) {
  return static_cast<unsigned>(c >= '0' && c <= '9' ? c - '0' : ((c | 32) - 'a' + 10) & 15);
}

std::string attribute(std::string_view name, double value) {
  return " " + std::string(name) + "=\"" + svg_number(value) + "\"";
}

std::string point(const Spot& p) { return svg_number(p.x) + "," + svg_number(p.y); }

}  // namespace

std::string svg_number(double value) {
  if (!(std::abs(value) < 1e12)) value = 0;
  const auto hundredths = static_cast<int64_t>(std::llround(value * 100));
  const auto size = static_cast<uint64_t>(hundredths < 0 ? -hundredths : hundredths);
  std::string out = hundredths < 0 ? "-" : "";
  out += std::to_string(size / 100);
  if (const uint64_t rest = size % 100; rest > 0) {
    out += rest < 10 ? ".0" : ".";
    out += std::to_string(rest % 10 == 0 ? rest / 10 : rest);
  }
  return out;
}

std::string_view ink_on(std::string_view color) {
  if (color.size() != 7) return "#1c2126";
  const auto part = [&](size_t i) { return hex(color[i]) * 16.0 + hex(color[i + 1]); };
  return 0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5) < 135 ? "#ffffff" : "#1c2126";
}

std::string_view dashes(doc::Modality modality) {
  switch (modality) {
    case doc::Modality::planned:
    case doc::Modality::directive:
      return "7 4";
    case doc::Modality::possible:
      return "2 4";
    case doc::Modality::asserted:
      break;
  }
  return {};
}

SvgWriter::SvgWriter(double left, double top, double width, double height, double pixels,
                     std::string_view about) {
  out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"" + svg_number(left) + " " +
         svg_number(top) + " " + svg_number(width) + " " + svg_number(height) + "\"" +
         attribute("width", std::round(pixels)) +
         attribute("height", std::round(pixels * height / width)) + " role=\"img\" font-family=\"" +
         std::string(kFonts) + "\">\n<title>" + xml_text(about, replaced_) + "</title>\n<rect" +
         attribute("x", left) + attribute("y", top) + attribute("width", width) +
         attribute("height", height) + " fill=\"#ffffff\"/>\n";
}

void SvgWriter::text(Spot at, std::string_view words, const Letters& letters) {
  // Not every reader of SVG knows dominant-baseline; a third of the height puts capitals and small
  // letters in the middle.
  out_ += "<text" + attribute("x", at.x) + attribute("y", at.y + letters.size * 0.35) +
          attribute("font-size", letters.size);
  if (letters.anchor == Anchor::middle) out_ += " text-anchor=\"middle\"";
  if (letters.anchor == Anchor::end) out_ += " text-anchor=\"end\"";
  if (letters.bold) out_ += " font-weight=\"bold\"";
  if (letters.halo)
    out_ +=
        " stroke=\"#ffffff\" stroke-opacity=\"0.85\" stroke-linejoin=\"round\" "
        "paint-order=\"stroke\"" +
        attribute("stroke-width", letters.size * 0.28);
  out_ += " fill=\"" + std::string(letters.color) + "\">";
  out_ += xml_text(one_line(words, replaced_), replaced_);
  out_ += "</text>\n";
}

void SvgWriter::circle(Spot at, double radius, std::string_view color) {
  out_ += "<circle" + attribute("cx", at.x) + attribute("cy", at.y) + attribute("r", radius) +
          " fill=\"" + std::string(color) + "\" stroke=\"#ffffff\"" +
          attribute("stroke-width", std::clamp(radius * 0.1, 0.5, 3.0)) + "/>\n";
}

void SvgWriter::box(Spot middle, double half_width, double half_height, std::string_view color,
                    std::string_view more) {
  out_ += "<rect" + attribute("x", middle.x - half_width) + attribute("y", middle.y - half_height) +
          attribute("width", 2 * half_width) + attribute("height", 2 * half_height) +
          attribute("rx", std::min(half_width, half_height)) + " fill=\"" + std::string(color) +
          "\"" + std::string(more) + "/>\n";
}

void SvgWriter::curve(Spot begin, Spot bend, Spot end, const Stroke& s) {
  double dx = end.x - bend.x, dy = end.y - bend.y;
  const double far = std::max(std::hypot(dx, dy), 1e-6);
  dx /= far;
  dy /= far;
  const double length = 6.5 + 1.6 * s.width, half = 2.4 + 0.75 * s.width;
  const Spot neck{end.x - dx * length, end.y - dy * length};
  const Spot stop = s.arrow ? Spot{end.x - dx * length * 0.7, end.y - dy * length * 0.7} : end;
  out_ += "<path d=\"M" + point(begin) + " Q" + point(bend) + " " + point(stop) +
          "\" fill=\"none\" stroke=\"" + std::string(s.color) + "\"" +
          attribute("stroke-width", s.width);
  if (!s.dashes.empty()) out_ += " stroke-dasharray=\"" + std::string(s.dashes) + "\"";
  if (s.opacity < 1) out_ += attribute("stroke-opacity", s.opacity);
  out_ += "/>\n";
  if (!s.arrow) return;
  out_ += "<path d=\"M" + point(end) + " L" + point({neck.x - dy * half, neck.y + dx * half}) +
          " L" + point({neck.x + dy * half, neck.y - dx * half}) + "Z\" fill=\"" +
          std::string(s.color) + "\"";
  if (s.opacity < 1) out_ += attribute("fill-opacity", std::min(1.0, s.opacity * 1.4));
  out_ += "/>\n";
}

void SvgWriter::line(Spot begin, Spot end, const Stroke& stroke) {
  curve(begin, {(begin.x + end.x) / 2, (begin.y + end.y) / 2}, end, stroke);
}

std::string SvgWriter::take() {
  out_ += "</svg>\n";
  return std::move(out_);
}

}  // namespace weft::exporters
