// Names in quotation marks: "Amber Roads", the "One Drop, One Life" campaign, "Ninth Wave"
// magazine.
//
// Problem: what the marks hold is one name, but the words in it look like several, of people or
// companies. Method: a short stretch between marks whose long words are all capitalised is one
// name; what stood in it gives way. Its type is that of the noun beside the marks (list
// mention_titled_nouns): a noun behind them belongs to the name ("... campaign"), one before them
// does not ("the novel ..."). Without such a noun a known name keeps its type, and one of several
// words that nothing else explains is a Work. Linear in tokens.
// Reference: Bick, "Named entity recognition for Danish" (2004), for quoted titles by their nouns.
#include <algorithm>
#include <map>

#include "extract/mentions/sketch.h"
#include "text/fold.h"
#include "text/utf8.h"

namespace weft::extract {

namespace {

constexpr uint32_t kMaxWords = 12;
constexpr float kUnsure = 0.85F;  // a name's type that head words or lists have not settled

struct QuotedFinder {
  explicit QuotedFinder(Sketch& sketch)
      : s(sketch), core(sketch.lists.schema.ontology.core()), draft_count(sketch.drafts.size()) {
    for (uint32_t i = 0; i < draft_count; ++i) begins.emplace(s.drafts[i].tokens.begin, i);
  }

  bool is_mark(uint32_t t) const {
    const auto& w = s.lower[t];
    return w == "\"" || w == "''" || w == "``";
  }
  bool opens(uint32_t t, uint32_t end) const {
    return is_mark(t) && t + 1 < end && s.touches(t, t + 1) &&
           (t == s.sentence_start(t) || !s.touches(t - 1, t) || s.lower[t - 1] == "(");
  }

  /// The mark that closes what `open` opens; 0 if it is no title.
  uint32_t closing(uint32_t open, uint32_t end) const;
  bool title_case(core::TokenSpan span) const;
  const std::string* noun_behind(uint32_t close, uint32_t end, uint32_t& last) const;
  const std::string* noun_apposed(uint32_t close, uint32_t end) const;
  const std::string* noun_before(uint32_t open) const;
  void consider(uint32_t open, uint32_t close, uint32_t end);
  uint32_t exact(core::TokenSpan span) const;
  uint32_t ending_at(uint32_t t) const;
  void give_way(core::TokenSpan span);
  bool crossed(core::TokenSpan span) const;
  void run();

  Sketch& s;
  const schema::CoreTypes& core;
  uint32_t draft_count;
  std::multimap<uint32_t, uint32_t> begins;  // token -> draft
};

uint32_t QuotedFinder::closing(uint32_t open, uint32_t end) const {
  for (uint32_t t = open + 1; t < end && t <= open + kMaxWords + 1; ++t)
    if (is_mark(t)) return t;
  return 0;
}

/// All words of four letters or more are capitalised, and no sentence ends inside.
bool QuotedFinder::title_case(core::TokenSpan span) const {
  if (span.empty() || !s.capital[span.begin]) return false;
  for (uint32_t t = span.begin; t < span.end; ++t) {
    const auto& w = s.lower[t];
    if (w == "." || w == "!" || w == "?" || w == ":" || w == ";" || w == "i" || w == "'s")
      return false;
    size_t pos = 0;
    if (text::is_letter(text::next_char(w, pos)) && w.size() > 3 && !s.capital[t] &&
        !s.lists.particles.has(w))
      return false;
  }
  return true;
}

/// "... campaign", "... youth festival": the noun behind the marks and where it ends.
const std::string* QuotedFinder::noun_behind(uint32_t close, uint32_t end, uint32_t& last) const {
  const std::string* found = nullptr;
  for (uint32_t t = close + 1; t < end && t < close + 4; ++t) {
    if (!s.nominal(t) || s.title_token[t]) break;
    if (const auto* value = s.lists.titled_nouns.value(s.lower[t])) {
      found = value;
      last = t + 1;
    }
  }
  return found;
}

/// "..., a novel about the sea": the noun in apposition.
const std::string* QuotedFinder::noun_apposed(uint32_t close, uint32_t end) const {
  const bool inside = s.lower[close - 1] == ",";
  if (!inside && (close + 1 >= end || s.lower[close + 1] != ",")) return nullptr;
  uint32_t t = close + (inside ? 1 : 2);
  if (t >= end || (s.lower[t] != "a" && s.lower[t] != "an" && s.lower[t] != "the" &&
                   s.lower[t] != "his" && s.lower[t] != "her" && s.lower[t] != "their"))
    return nullptr;
  const std::string* found = nullptr;
  for (++t; t < end && t < close + 6 && s.nominal(t) && !s.title_token[t]; ++t)
    found = s.lists.titled_nouns.value(s.lower[t]);
  return found;
}

/// "the novel ...", "a lecture titled ...", "Documentary: ...": the noun before the marks.
const std::string* QuotedFinder::noun_before(uint32_t open) const {
  const uint32_t start = s.sentence_start(open);
  uint32_t t = open;
  while (t > start && t + 4 > open &&
         (s.lower[t - 1] == ":" || s.lower[t - 1] == "," || s.lists.naming.has(s.lower[t - 1])))
    --t;
  return t > start ? s.lists.titled_nouns.value(s.lower[t - 1]) : nullptr;
}

uint32_t QuotedFinder::exact(core::TokenSpan span) const {
  const auto [from, to] = begins.equal_range(span.begin);
  for (auto it = from; it != to; ++it)
    if (s.drafts[it->second].tokens == span) return it->second;
  return kNone;
}

/// The longest name that ends before the token; kNone if none does.
uint32_t QuotedFinder::ending_at(uint32_t t) const {
  for (auto it = begins.lower_bound(t > kMaxWords ? t - kMaxWords : 0);
       it != begins.end() && it->first < t; ++it)
    if (s.drafts[it->second].tokens.end == t && !s.drafts[it->second].key.empty())
      return it->second;
  return kNone;
}

/// True if a name goes on beyond the marks.
bool QuotedFinder::crossed(core::TokenSpan span) const {
  for (auto it = begins.lower_bound(span.begin > kMaxWords ? span.begin - kMaxWords : 0);
       it != begins.end() && it->first < span.end; ++it) {
    const auto tokens = s.drafts[it->second].tokens;
    if (tokens.end > span.begin && !span.contains(tokens)) return true;
  }
  return false;
}

/// The drafts inside the span make room: clean() drops what has no key.
void QuotedFinder::give_way(core::TokenSpan span) {
  for (auto it = begins.lower_bound(span.begin); it != begins.end() && it->first < span.end; ++it)
    if (span.contains(s.drafts[it->second].tokens)) s.drafts[it->second].key.clear();
}

void QuotedFinder::consider(uint32_t open, uint32_t close, uint32_t end) {
  core::TokenSpan span{open + 1, close};
  if (!span.empty() && s.lower[span.end - 1] == ",") --span.end;
  if (!title_case(span) || crossed(span) || !s.usable[open]) return;
  uint32_t last = close;
  const std::string* behind = noun_behind(close, end, last);
  const std::string* before = behind ? nullptr : noun_before(open);
  if (!behind && !before) before = noun_apposed(close, end);
  const auto* value = behind ? behind : before;
  const bool article = s.lists.not_names.has(s.lower[span.begin]) && span.size() > 1;
  uint32_t known = exact(span);
  if (known == kNone && article) known = exact({span.begin + 1, span.end});
  auto type = value ? s.lists.schema.ontology.type(*value) : schema::TypeId();
  if (!type.valid()) {
    // No noun tells: what lists or head words know stays as it is.
    const bool settled =
        known != kNone && (s.drafts[known].entry.valid() || s.drafts[known].confidence >= kUnsure);
    if (settled || span.size() < 2) return;
    type = s.lists.schema.ontology.type("Work");
    if (!type.valid()) return;
  }
  // The "Business Breakfast" before the marks belongs to the name.
  const uint32_t event =
      before && type == s.lists.schema.ontology.type("Event") && s.capital[open - 1]
          ? ending_at(open)
          : kNone;
  if (event != kNone) {
    const core::TokenSpan name = s.drafts[event].tokens;
    const std::string first = s.drafts[event].label;
    give_way({name.begin, close});
    auto& draft = s.add({name.begin, close + 1}, type, 0.75F);
    draft.aliases.push_back(first);
    draft.aliases.push_back(s.text(span));
    return;
  }
  give_way(span);
  const core::TokenSpan whole = behind ? core::TokenSpan{open, last} : span;
  if (behind) give_way({close + 1, last});
  auto& draft = s.add(whole, type, value ? 0.75F : 0.5F);
  if (behind) draft.aliases.push_back(s.text(span));
}

void QuotedFinder::run() {
  for (uint32_t t = 0; t < s.size(); ++t) {
    const uint32_t end = s.sentence_end(t);
    if (!opens(t, end)) continue;
    const uint32_t close = closing(t, end);
    if (close == 0) continue;
    consider(t, close, end);
    t = close;
  }
}

}  // namespace

void find_quoted(Sketch& sketch) { QuotedFinder(sketch).run(); }

}  // namespace weft::extract
