// Chooses what of a graph is drawn, and where. Small graphs are drawn as names in boxes, with lines
// that bend around the boxes in their way (of some bends, the one that crosses fewest); large ones
// as dots with slightly bent lines, as in Gephi. Names are placed by falling size, each where it
// covers none before it and, but for those of large dots, no dot. O(n log n + m log m) for large
// graphs, O(lines * boxes) for small ones.
#include "exporters/picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

namespace weft::exporters {

namespace {

constexpr double kMargin = 30;
constexpr double kArrow = 3;                 // between a line's end and the rim
constexpr size_t kWordedLines = 400;         // more lines than these have no words
constexpr double kSmallestName = 1.0 / 150;  // letters, as a share of the picture's width
constexpr double kLineWidth = 1.0 / 3000;    // of a thin line, likewise
constexpr size_t kMostNames = 150;
constexpr double kLargeDot = 0.3;  // of the largest radius

struct Extent {
  Spot middle;
  double half_width = 0, half_height = 0;

  bool covers(const Extent& o) const {
    return std::abs(middle.x - o.middle.x) < half_width + o.half_width &&
           std::abs(middle.y - o.middle.y) < half_height + o.half_height;
  }
};

Extent extent_of(const DrawnNode& n) { return {n.at, n.half_width, n.half_height}; }

/// All facts between two nodes in one direction; those that are denied apart.
struct Bundle {
  size_t from = 0, to = 0;
  bool denied = false;
  const graph::Edge* best = nullptr;
  uint32_t weight = 0, facts = 0;
};

class Drawing {
 public:
  Drawing(const graph::Graph& graph, const schema::Ontology& ontology, const graph::Looks& looks)
      : graph_(graph), ontology_(ontology), looks_(looks) {}

  Picture draw() {
    choose_nodes();
    frame();
    const std::vector<Bundle> bundles = choose_bundles();
    boxed_ ? route(bundles) : bow(bundles);
    if (boxed_)
      add_words(bundles);
    else
      add_names();
    std::vector<uint64_t> counts(ontology_.types().size());
    for (const graph::Node& n : graph_.nodes) ++counts[n.type.value];
    for (uint16_t t = 0; t < counts.size(); ++t)
      if (counts[t] > 0) picture_.legend.push_back({schema::TypeId{t}, counts[t]});
    picture_.all_nodes = graph_.nodes.size();
    picture_.all_facts = graph_.edges.size();
    return std::move(picture_);
  }

 private:
  void choose_nodes() {
    std::vector<graph::NodeIndex> order = graph::by_size(looks_);
    // Hundreds of dots that nothing ties to anything would hide what there is to see.
    if (order.size() > kMostBoxed)
      std::erase_if(order, [&](graph::NodeIndex n) { return looks_.nodes[n].degree == 0; });
    boxed_ = order.size() <= kMostBoxed;
    order.resize(std::min(order.size(), kMostDots));
    std::reverse(order.begin(), order.end());
    index_.assign(graph_.nodes.size(), kNotDrawn);
    for (const graph::NodeIndex n : order) {
      const graph::NodeLook& look = looks_.nodes[n];
      DrawnNode drawn;
      drawn.node = n;
      drawn.at = {look.x, -double{look.y}};
      drawn.half_width = drawn.half_height = look.size;
      if (boxed_) {
        drawn.boxed = true;
        drawn.name_at = drawn.at;
        drawn.name = graph::short_label(graph_.nodes[n].label);
        drawn.letters = graph::label_height(look);
        drawn.half_width = graph::label_width(look, drawn.name) / 2;
        drawn.half_height = graph::kLabelBox * drawn.letters / 2;
      }
      index_[n] = picture_.nodes.size();
      picture_.nodes.push_back(std::move(drawn));
    }
  }

  void frame() {
    double left = 0, right = 0, top = 0, bottom = 0;
    if (!picture_.nodes.empty()) {
      left = right = picture_.nodes[0].at.x;
      top = bottom = picture_.nodes[0].at.y;
    }
    for (const DrawnNode& n : picture_.nodes) {
      left = std::min(left, n.at.x - n.half_width);
      right = std::max(right, n.at.x + n.half_width);
      top = std::min(top, n.at.y - n.half_height);
      bottom = std::max(bottom, n.at.y + n.half_height);
    }
    const double margin = std::max(kMargin, (right - left) / 60);
    picture_.left = left - margin;
    picture_.top = top - margin;
    picture_.width = right - left + 2 * margin;
    picture_.height = bottom - top + 2 * margin;
  }

  std::vector<Bundle> choose_bundles() {
    std::map<std::tuple<size_t, size_t, bool>, Bundle> by_ends;
    for (const graph::Edge& e : graph_.edges) {
      size_t from = index_[e.source], to = index_[e.target];
      if (from == kNotDrawn || to == kNotDrawn || from == to) continue;
      // A symmetric relation joins the line that is there already, whichever way that goes.
      const bool denied = e.summary.polarity == doc::Polarity::negative;
      if (ontology_[e.relation].symmetric && by_ends.count({to, from, denied})) std::swap(from, to);
      Bundle& b = by_ends[{from, to, denied}];
      b.denied = denied;
      b.from = from;
      b.to = to;
      b.weight += e.weight;
      ++b.facts;
      if (!b.best || e.weight > b.best->weight ||
          (e.weight == b.best->weight && e.summary.confidence > b.best->summary.confidence))
        b.best = &e;
    }
    std::vector<Bundle> out;
    for (const auto& [ends, bundle] : by_ends) out.push_back(bundle);
    if (out.size() > kMostLines) {
      std::stable_sort(out.begin(), out.end(),
                       [](const Bundle& a, const Bundle& b) { return a.weight > b.weight; });
      out.resize(kMostLines);
    }
    for (const Bundle& b : out) picture_.facts_drawn += b.facts;
    return out;
  }

  DrawnLine line_of(const Bundle& b) const {
    DrawnLine line;
    line.from = b.from;
    line.to = b.to;
    line.width = std::min(boxed_ ? 1.1 + 0.35 * b.weight : 0.8 + 0.3 * b.weight, 3.5);
    if (!boxed_) line.width *= std::max(1.0, picture_.width * kLineWidth);
    line.arrow = !ontology_[b.best->relation].symmetric;
    line.modality = b.best->summary.modality;
    line.denied = b.denied;
    return line;
  }

  /// Lines between dots: all bent to the same side, so that two that go to and fro lie apart.
  void bow(const std::vector<Bundle>& bundles) {
    for (const Bundle& b : bundles) {
      DrawnLine line = line_of(b);
      const DrawnNode& from = picture_.nodes[b.from];
      const DrawnNode& to = picture_.nodes[b.to];
      const double dx = to.at.x - from.at.x, dy = to.at.y - from.at.y;
      const double bend = b.denied ? 0.2 : 0.12;
      line.bend = {(from.at.x + to.at.x) / 2 - dy * bend, (from.at.y + to.at.y) / 2 + dx * bend};
      line.begin = toward(from, line.bend, 0);
      line.end = toward(to, line.bend, line.arrow ? kArrow : 0);
      picture_.lines.push_back(std::move(line));
    }
  }

  static Spot toward(const DrawnNode& dot, const Spot& goal, double gap) {
    const double dx = goal.x - dot.at.x, dy = goal.y - dot.at.y;
    const double far = std::max(std::hypot(dx, dy), 1e-6);
    const double r = std::min(dot.half_width + gap, far / 2);
    return {dot.at.x + dx / far * r, dot.at.y + dy / far * r};
  }

  /// Where the line from a box's middle to `goal` leaves the box.
  static Spot rim(const DrawnNode& box, const Spot& goal) {
    const double dx = goal.x - box.at.x, dy = goal.y - box.at.y;
    const double scale = std::min({dx != 0 ? (box.half_width + kArrow) / std::abs(dx) : 1e9,
                                   dy != 0 ? (box.half_height + kArrow) / std::abs(dy) : 1e9, 1.0});
    return {box.at.x + dx * scale, box.at.y + dy * scale};
  }

  static Spot on_curve(const DrawnLine& l, double t) {
    const double a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
    return {a * l.begin.x + b * l.bend.x + c * l.end.x, a * l.begin.y + b * l.bend.y + c * l.end.y};
  }

  void bend_line(DrawnLine& line, double bend) const {
    const DrawnNode& from = picture_.nodes[line.from];
    const DrawnNode& to = picture_.nodes[line.to];
    const double dx = to.at.x - from.at.x, dy = to.at.y - from.at.y;
    // Each box is left a little toward the side to which the line bends.
    line.begin = rim(from, {to.at.x - dy * bend, to.at.y + dx * bend});
    line.end = rim(to, {from.at.x - dy * bend, from.at.y + dx * bend});
    line.bend = {(line.begin.x + line.end.x) / 2 - (line.end.y - line.begin.y) * bend,
                 (line.begin.y + line.end.y) / 2 + (line.end.x - line.begin.x) * bend};
  }

  /// Boxes that the line crosses, in samples.
  unsigned hits(const DrawnLine& line) const {
    constexpr int kSamples = 20;
    std::array<Spot, kSamples - 1> at;
    double left = 1e300, right = -1e300, top = 1e300, bottom = -1e300;
    for (int i = 1; i < kSamples; ++i) {
      const Spot s = at[static_cast<size_t>(i - 1)] = on_curve(line, double(i) / kSamples);
      left = std::min(left, s.x);
      right = std::max(right, s.x);
      top = std::min(top, s.y);
      bottom = std::max(bottom, s.y);
    }
    unsigned count = 0;
    for (size_t n = 0; n < picture_.nodes.size(); ++n) {
      const DrawnNode& box = picture_.nodes[n];
      const double w = box.half_width + 4, h = box.half_height + 4;
      if (n == line.from || n == line.to || box.at.x + w < left || box.at.x - w > right ||
          box.at.y + h < top || box.at.y - h > bottom)
        continue;
      for (const Spot& s : at)
        count += std::abs(s.x - box.at.x) < w && std::abs(s.y - box.at.y) < h;
    }
    return count;
  }

  void route(const std::vector<Bundle>& bundles) {
    static constexpr std::array kBends = {0.0, 0.08, -0.08, 0.18, -0.18, 0.3, -0.3};
    static constexpr std::array kBendsOfSeveral = {0.12, 0.2, 0.3};
    std::map<std::pair<size_t, size_t>, unsigned> between;
    for (const Bundle& b : bundles) ++between[std::minmax(b.from, b.to)];
    for (const Bundle& b : bundles) {
      DrawnLine best;
      double least = 1e300;
      const auto attempt = [&](double bend) {
        DrawnLine line = line_of(b);
        bend_line(line, bend);
        const double cost = hits(line) * 10 + std::abs(bend) * 12;
        if (cost < least) {
          least = cost;
          best = std::move(line);
        }
      };
      if (between[std::minmax(b.from, b.to)] > 1)
        for (const double bend : kBendsOfSeveral) attempt(b.denied ? bend + 0.12 : bend);
      else
        for (const double bend : kBends) attempt(bend);
      picture_.lines.push_back(std::move(best));
    }
  }

  /// Relations beside their lines, short lines first: they have the fewest places to choose from.
  void add_words(const std::vector<Bundle>& bundles) {
    if (bundles.size() > kWordedLines) return;
    std::vector<Extent> taken;
    for (const DrawnNode& n : picture_.nodes) taken.push_back(extent_of(n));
    std::vector<size_t> order(picture_.lines.size());
    std::iota(order.begin(), order.end(), size_t{0});
    const auto length = [&](size_t i) {
      const DrawnLine& l = picture_.lines[i];
      return std::hypot(l.end.x - l.begin.x, l.end.y - l.begin.y);
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return length(a) < length(b); });
    for (const size_t i : order) {
      DrawnLine& line = picture_.lines[i];
      std::string words = ontology_[bundles[i].best->relation].name;
      std::replace(words.begin(), words.end(), '_', ' ');
      if (line.denied) words = "not " + words;
      if (bundles[i].facts > 1) words += " +" + std::to_string(bundles[i].facts - 1);
      line.letters = 9.5;
      const double half = line.letters * graph::text_width(words) / 2 + 2;
      for (const double t : {0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8}) {
        const Extent wanted{on_curve(line, t), half, line.letters * 0.62};
        if (std::any_of(taken.begin(), taken.end(),
                        [&](const Extent& e) { return e.covers(wanted); }))
          continue;
        taken.push_back(wanted);
        line.words = std::move(words);
        line.words_at = wanted.middle;
        break;
      }
    }
  }

  void add_names() {
    const double smallest = picture_.width * kSmallestName;
    std::vector<Extent> taken;
    for (size_t i = picture_.nodes.size(); i-- > 0 && taken.size() < kMostNames;) {
      DrawnNode& n = picture_.nodes[i];
      const double letters = std::max<double>(graph::label_height(looks_.nodes[n.node]), smallest);
      std::string name = graph::short_label(graph_.nodes[n.node].label);
      const double half = letters * graph::text_width(name) / 2 + letters * 0.2;
      const Extent* best = nullptr;
      const std::array<Extent, 4> places = places_around(n, half, letters * 0.65);
      for (const Extent& place : places) {
        if (std::any_of(taken.begin(), taken.end(),
                        [&](const Extent& e) { return e.covers(place); }))
          continue;
        if (!hides_dots(place, i)) {
          best = &place;
          break;
        }
        // What is large has its name even where that hides small dots.
        if (!best && n.half_width >= kLargeDot * picture_.nodes.back().half_width) best = &place;
      }
      if (!best) continue;
      taken.push_back(*best);
      n.name = std::move(name);
      n.name_at = best->middle;
      n.letters = letters;
    }
    make_room_for(taken);
  }

  /// In the dot if it is large enough, else below, right, above, left.
  static std::array<Extent, 4> places_around(const DrawnNode& n, double half, double high) {
    const double down = n.half_height + high, aside = n.half_width + half;
    const Extent below{{n.at.x, n.at.y + (half < n.half_width ? 0 : down)}, half, high};
    return {below, Extent{{n.at.x + aside, n.at.y}, half, high},
            Extent{{n.at.x, n.at.y - down}, half, high},
            Extent{{n.at.x - aside, n.at.y}, half, high}};
  }

  bool hides_dots(const Extent& name, size_t own) const {
    for (size_t i = 0; i < picture_.nodes.size(); ++i)
      if (i != own && name.covers(extent_of(picture_.nodes[i]))) return true;
    return false;
  }

  void make_room_for(const std::vector<Extent>& taken) {
    // Names may reach beyond the dots.
    for (const Extent& e : taken) {
      const double low = e.middle.y + e.half_height + kMargin / 2 - picture_.top;
      picture_.height = std::max(picture_.height, low);
      const double top = std::min(picture_.top, e.middle.y - e.half_height - kMargin / 2);
      picture_.height += picture_.top - top;
      picture_.top = top;
      const double right = picture_.left + picture_.width;
      const double left = std::min(picture_.left, e.middle.x - e.half_width - kMargin / 2);
      picture_.width = std::max(right, e.middle.x + e.half_width + kMargin / 2) - left;
      picture_.left = left;
    }
  }

  static constexpr size_t kNotDrawn = static_cast<size_t>(-1);
  const graph::Graph& graph_;
  const schema::Ontology& ontology_;
  const graph::Looks& looks_;
  Picture picture_;
  std::vector<size_t> index_;  // of graph nodes in picture_.nodes
  bool boxed_ = false;
};

}  // namespace

Picture draw(const graph::Graph& graph, const schema::Ontology& ontology,
             const graph::Looks& looks) {
  return Drawing(graph, ontology, looks).draw();
}

}  // namespace weft::exporters
