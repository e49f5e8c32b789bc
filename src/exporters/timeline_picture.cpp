// A time axis above lanes of bars. Each item goes into the first lane in which it and its words
// have room, so that what happens at one time stands one below the other. A time that is a month or
// a year is a thin bar, since a thick one would say that it went on so long. Ticks are days, months
// or years, as many as can be read. O(items * lanes).
#include "exporters/timeline_picture.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "exporters/svg_writer.h"
#include "text/date.h"

namespace weft::exporters {

namespace {

constexpr double kWidth = 1200, kMargin = 30, kTop = 84, kLane = 22, kLetters = 12, kDot = 5;
constexpr double kThin = 1.75;  // half the height of a vague bar
constexpr std::string_view kInk = "#1c2126", kFaint = "#57606a", kGrid = "#e6e9ed";

struct Placed {
  double from = 0, to = 0;  // of the bar
  double words_at = 0;      // left end
  size_t lane = 0;
};

struct Tick {
  int day = 0;
  std::string words;
};

class TimelinePicture {
 public:
  TimelinePicture(std::string_view title, std::span<const TimelineItem> items)
      : title_(title), all_(items.size()), items_(items.first(std::min(items.size(), kMostItems))) {
    find_range();
    place();
  }

  std::string write() {
    const double bottom = kTop + kLane * static_cast<double>(lanes_) + 12;
    const std::string notes = notes_below();
    const double height = bottom + (notes.empty() ? 12 : 30);
    SvgWriter svg(0, 0, kWidth, height, kWidth, "Timeline of " + std::string(title_));
    svg.text({kMargin, 30}, title_, {19, kInk, SvgWriter::Anchor::start, true});
    if (items_.empty())
      svg.text({kMargin, 60}, "Nothing with a time is known.", {13, kFaint});
    else
      axis(svg, bottom);
    for (size_t i = 0; i < items_.size(); ++i) item(svg, items_[i], placed_[i]);
    if (!notes.empty()) svg.text({kMargin, bottom + 12}, notes, {kLetters, kFaint});
    return svg.take();
  }

 private:
  static constexpr int kOpenBegin = std::numeric_limits<int>::min();
  static constexpr int kOpenEnd = std::numeric_limits<int>::max();

  std::string notes_below() const {
    std::string out;
    if (std::any_of(items_.begin(), items_.end(), [](const TimelineItem& i) { return i.vague; }))
      out = "thin bars: the text names a month or a year, not the days";
    if (items_.size() < all_)
      out += (out.empty() ? "" : "; ") + ("drawn: the first " + std::to_string(items_.size())) +
             " of " + std::to_string(all_);
    return out;
  }

  void find_range() {
    bool any = false;
    for (const TimelineItem& i : items_)
      for (const int day : {i.first, i.last}) {
        if (day == kOpenBegin || day == kOpenEnd) continue;
        begin_ = any ? std::min(begin_, day) : day;
        end_ = any ? std::max(end_, day) : day;
        any = true;
      }
    const int room = std::max(2, (end_ - begin_) / 40);
    begin_ -= room;
    end_ += room;
  }

  double x_of(double day) const {
    return kMargin + (day - begin_) / (end_ - begin_) * (kWidth - 2 * kMargin);
  }

  void place() {
    std::vector<double> free_from;  // of each lane
    for (const TimelineItem& i : items_) {
      Placed p;
      p.from = x_of(std::max(i.first, begin_));
      p.to = x_of(std::min(static_cast<double>(i.last) + 1, static_cast<double>(end_)));
      if (p.to - p.from < 2 * kDot) {
        p.from = (p.from + p.to) / 2 - kDot;
        p.to = p.from + 2 * kDot;
      }
      const double words = graph::text_width(i.words) * kLetters;
      double left = p.from, right = p.to + 6 + words;
      p.words_at = p.to + 6;
      if (right > kWidth - kMargin / 2) {
        // On the bar, if it is long enough, else on its left.
        const bool inside = p.to - p.from > words + 16;
        p.words_at = inside ? p.from + 8 : std::max(kMargin, p.from - 6 - words);
        left = std::min(p.from, p.words_at);
        right = std::max(p.to, p.words_at + words);
      }
      while (p.lane < free_from.size() && free_from[p.lane] > left) ++p.lane;
      if (p.lane == free_from.size()) free_from.push_back(0);
      free_from[p.lane] = right + 12;
      placed_.push_back(p);
    }
    lanes_ = std::max<size_t>(free_from.size(), 1);
  }

  /// At most some twelve ticks: days, months or years.
  std::vector<Tick> ticks() const {
    std::vector<Tick> out;
    const int days = end_ - begin_;
    const text::Date first = text::civil_from_days(begin_);
    if (days <= 60) {
      const int step = days <= 14 ? 1 : days <= 30 ? 3 : 7;
      for (int d = begin_; d <= end_; d += step)
        out.push_back({d, text::to_iso(text::civil_from_days(d))});
    } else if (days <= 3 * 366) {
      const int step = days <= 366 ? 1 : 3;
      for (int m = 0;; m += step) {
        const int month = (first.month - 1) / step * step + m;
        const text::Date date{first.year + month / 12, month % 12 + 1, 1};
        const int day = text::days_from_civil(date);
        if (day > end_) break;
        if (day >= begin_) out.push_back({day, text::to_iso({date.year, date.month, 0})});
      }
    } else {
      int step = 1;
      for (const int s : {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000})
        if (days / 365 / (step = s) <= 14) break;
      for (int year = first.year / step * step;; year += step) {
        const int day = text::days_from_civil({year, 1, 1});
        if (day > end_) break;
        if (day >= begin_) out.push_back({day, std::to_string(year)});
      }
    }
    return out;
  }

  void axis(SvgWriter& svg, double bottom) const {
    double last = -1e9;
    for (const Tick& tick : ticks()) {
      const double x = x_of(tick.day);
      svg.line({x, kTop - 16}, {x, bottom}, {1, kGrid});
      const double wide = graph::text_width(tick.words) * 11;
      if (x - wide / 2 < last + 8 || x < kMargin || x > kWidth - kMargin) continue;
      last = x + wide / 2;
      svg.text({x, kTop - 26}, tick.words, {11, kFaint, SvgWriter::Anchor::middle});
    }
    svg.line({kMargin, kTop - 16}, {kWidth - kMargin, kTop - 16}, {1.2, "#9aa4b0"});
  }

  static void item(SvgWriter& svg, const TimelineItem& i, const Placed& p) {
    const double y = kTop + kLane * (static_cast<double>(p.lane) + 0.5);
    std::string more;
    // What is planned, called for or possible is drawn as an outline.
    const std::string_view dash = dashes(i.modality);
    if (i.denied || !dash.empty()) {
      more = " fill-opacity=\"0.25\" stroke=\"" +
             std::string(i.denied ? std::string_view(kDeniedColor) : i.color) +
             "\" stroke-width=\"1.5\"";
      if (!dash.empty()) more += " stroke-dasharray=\"3 2\"";
    }
    svg.box({(p.from + p.to) / 2, y}, (p.to - p.from) / 2, i.vague ? kThin : kDot, i.color, more);
    svg.text({p.words_at, y}, i.words,
             {kLetters, i.denied ? kDeniedColor : kInk, SvgWriter::Anchor::start, false, true});
  }

  std::string_view title_;
  size_t all_;
  std::span<const TimelineItem> items_;
  std::vector<Placed> placed_;
  int begin_ = 0, end_ = 0;
  size_t lanes_ = 1;
};

}  // namespace

std::string timeline_svg(std::string_view title, std::span<const TimelineItem> items) {
  return TimelinePicture(title, items).write();
}

}  // namespace weft::exporters
