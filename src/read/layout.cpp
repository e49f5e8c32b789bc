// Gives each paragraph its role. A page is a head (title, dates, labels, menus), paragraphs of
// prose, and a foot (labels, links, small print); furniture may stand anywhere. The head ends at
// the first paragraph of prose, the foot begins behind the last. Of several dates the best kind
// wins (DateRank): what a machine wrote over what a label says, a line, a dateline, the foot.
#include "read/layout.h"

#include <algorithm>
#include <cctype>

#include "read/paragraphs.h"
#include "read/repeated.h"
#include "text/fold.h"
#include "text/utf8.h"
#include "text/words.h"

namespace weft::read {

namespace {

using doc::Block;
using doc::BlockRole;

constexpr size_t kHeadLines = 16;
constexpr size_t kFootLines = 12;
constexpr size_t kProseWords = 14;
constexpr size_t kTitleWords = 40;
constexpr size_t kLinesBelow = 4;      // from the first paragraph on, in which a date may stand
constexpr size_t kDatelineWords = 10;  // a paragraph shorter than this has no dateline

/// A paragraph of sentences rather than a line of the head or foot.
bool is_prose(std::string_view s) {
  const size_t words = count_words(s);
  return words > kTitleWords || (words >= kProseWords && ends_sentence(s) && s.back() != ':');
}

bool all_capitals(std::string_view s) {
  bool any = false;
  for (size_t pos = 0; pos < s.size();) {
    const char32_t c = text::next_char(s, pos);
    if (text::is_lower(c)) return false;
    any = any || text::is_upper(c);
  }
  return any;
}

/// How much a head line looks like a headline: before it stand names of sites, bodies and sections,
/// which are short, shouted or all in title case.
int title_score(std::string_view line) {
  const size_t n = count_words(line);
  int score = 4;
  if (n >= 5)
    score += 2;
  else if (n >= 3)
    score += 1;
  if (!all_capitals(line)) score += 2;
  for (const std::string_view word : text::words(line))
    if (word.size() >= 4 &&
        std::all_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; })) {
      score += 2;
      break;
    }
  const auto first = static_cast<unsigned char>(line[0]);
  if (std::isdigit(first) || first == '(' || first == '[' || first == '*' || first == '-' ||
      line.find('|') != std::string_view::npos)
    score -= 4;
  if (line.back() == ':') score -= 3;
  if (line.back() == '.' && ends_sentence(line)) score -= 3;
  return score;
}

/// The document's date as it is being found out, and the rest of what head and foot say.
struct Findings {
  std::optional<text::Date> date;
  DateRank rank = DateRank::none;
  doc::Metadata& meta;

  void offer(const std::optional<text::Date>& found, DateRank found_rank) {
    if (found && found->full() && found_rank < rank) {
      date = found;
      rank = found_rank;
    }
  }
  void take(const LineFacts& facts) {
    offer(facts.date, facts.rank);
    if (meta.source.empty()) meta.source = facts.source;
    if (meta.author.empty()) meta.author = facts.author;
  }
};

class Analysis {
 public:
  Analysis(const Layout& layout, doc::Document& document)
      : layout_(layout), doc_(document), findings_{{}, DateRank::none, document.meta} {}

  void run() {
    read_head();
    read_foot();
    mark_furniture();
    choose_title();
    read_datelines();
    if (findings_.rank == DateRank::none) read_below();
    if (doc_.meta.date.empty() && findings_.date) doc_.meta.date = text::to_iso(*findings_.date);
    mark_repeated(doc_);
  }

 private:
  std::string_view words(const Block& block) const { return doc_.bytes(block.span); }

  void read_head() {
    std::string label;
    for (size_t i = 0; i < doc_.blocks.size() && i < kHeadLines; ++i) {
      const std::string_view line = words(doc_.blocks[i]);
      const LineFacts facts = layout_.read_line(line, label);
      label.clear();
      if (!facts.title.empty()) {
        i = split_title(i, facts);
        findings_.take(facts);
      } else if (facts.metadata) {
        // A first line that only holds a date among other words may be the title itself:
        // choose_title decides.
        doc_.blocks[i].role = BlockRole::metadata;
        findings_.take(facts);
        if (facts.wants_value) label = facts.pending_label;
      } else if (layout_.is_furniture(line)) {
        doc_.blocks[i].role = BlockRole::furniture;
      } else if (is_prose(line)) {
        prose_begin_ = i;
        return;
      }
      head_end_ = i + 1;
    }
    prose_begin_ = head_end_;
  }

  /// Cuts "date 2023-07-14 Title: Words" into metadata and title.
  size_t split_title(size_t i, const LineFacts& facts) {
    Block& block = doc_.blocks[i];
    const core::ByteSpan title{block.span.begin + facts.title.begin,
                               block.span.begin + facts.title.end};
    const std::string_view before = text::trim(doc_.bytes({block.span.begin, title.begin}));
    title_given_ = true;
    if (doc_.meta.title.empty()) doc_.meta.title = std::string(doc_.bytes(title));
    if (before.empty()) {
      block = {title, BlockRole::title};
      return i;
    }
    block.span.end = block.span.begin + static_cast<uint32_t>(before.size());
    block.role = BlockRole::metadata;
    doc_.blocks.insert(doc_.blocks.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                       Block{title, BlockRole::title});
    return i + 1;
  }

  void read_foot() {
    const size_t first = std::max(
        prose_begin_, doc_.blocks.size() > kFootLines ? doc_.blocks.size() - kFootLines : 0);
    size_t begin = doc_.blocks.size();
    while (begin > first && !is_prose(words(doc_.blocks[begin - 1]))) --begin;
    for (size_t i = begin; i < doc_.blocks.size(); ++i) {
      if (doc_.blocks[i].role != BlockRole::body) continue;
      LineFacts facts = layout_.read_line(words(doc_.blocks[i]), {});
      if (!facts.metadata) continue;
      doc_.blocks[i].role = BlockRole::metadata;
      if (facts.rank != DateRank::none) facts.rank = DateRank::foot;
      findings_.take(facts);
    }
  }

  void mark_furniture() {
    for (Block& block : doc_.blocks)
      if (block.role == BlockRole::body && layout_.is_furniture(words(block)))
        block.role = BlockRole::furniture;
  }

  void choose_title() {
    if (title_given_) return;
    const std::string known = text::fold(doc_.meta.title);
    size_t best = doc_.blocks.size();
    int best_score = 0;  // nothing below it is a title
    const size_t end = std::min(doc_.blocks.size(), std::max(head_end_, size_t{1}));
    for (size_t i = 0; i < end; ++i) {
      const Block& block = doc_.blocks[i];
      const std::string_view line = words(block);
      if (!known.empty() && text::fold(line.substr(0, 600)) == known) {
        best = i;
        break;
      }
      if (block.role != BlockRole::body || is_prose(line) || layout_.read_dateline(line).size)
        continue;
      if (i >= prose_begin_) continue;
      const int score = title_score(line);
      if (score > best_score) {
        best = i;
        best_score = score;
      }
    }
    if (best == doc_.blocks.size() && known.empty()) best = title_among_metadata(end);
    if (best == doc_.blocks.size()) return;
    doc_.blocks[best].role = BlockRole::title;
    if (doc_.meta.title.empty()) doc_.meta.title = std::string(words(doc_.blocks[best]));
  }

  /// "MOFCOM press briefing, 5 June 2025: main points": the only heading there is holds the date.
  size_t title_among_metadata(size_t end) const {
    for (size_t i = 0; i < end; ++i) {
      const std::string_view line = words(doc_.blocks[i]);
      if (doc_.blocks[i].role == BlockRole::metadata && i == 0 && count_words(line) >= 5 &&
          line.find('|') == std::string_view::npos)
        return i;
    }
    return doc_.blocks.size();
  }

  void read_datelines() {
    size_t looked_at = 0;
    for (size_t i = 0; i < doc_.blocks.size() && looked_at < 3; ++i) {
      if (doc_.blocks[i].role != BlockRole::body) continue;
      ++looked_at;
      const core::ByteSpan span = doc_.blocks[i].span;
      if (count_words(doc_.bytes(span)) < kDatelineWords) continue;
      const Dateline dateline = layout_.read_dateline(doc_.bytes(span));
      if (!dateline.size) continue;
      findings_.offer(dateline.date, DateRank::dateline);
      if (doc_.meta.source.empty()) doc_.meta.source = dateline.source;
      if (doc_.meta.author.empty()) doc_.meta.author = dateline.author;
      const std::string_view head =
          text::trim(doc_.bytes({span.begin, span.begin + static_cast<uint32_t>(dateline.size)}));
      doc_.blocks[i].span.begin = span.begin + static_cast<uint32_t>(dateline.size);
      doc_.blocks.insert(doc_.blocks.begin() + static_cast<std::ptrdiff_t>(i),
                         Block{{span.begin, span.begin + static_cast<uint32_t>(head.size())},
                               BlockRole::metadata});
      return;
    }
  }

  /// A note or a long subtitle may stand between the title and the line with the date.
  void read_below() {
    const size_t end = std::min(doc_.blocks.size(), prose_begin_ + kLinesBelow);
    for (size_t i = prose_begin_; i < end; ++i) {
      Block& block = doc_.blocks[i];
      if (block.role != BlockRole::body || is_prose(words(block))) continue;
      const LineFacts facts = layout_.read_line(words(block), {});
      if (!facts.metadata || !facts.date) continue;
      block.role = BlockRole::metadata;
      findings_.take(facts);
      return;
    }
  }

  const Layout& layout_;
  doc::Document& doc_;
  Findings findings_;
  size_t head_end_ = 0;  // blocks before it are short lines of the head
  size_t prose_begin_ = 0;
  bool title_given_ = false;
};

}  // namespace

void Layout::analyse(doc::Document& document) const { Analysis(*this, document).run(); }

}  // namespace weft::read
