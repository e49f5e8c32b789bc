// Problem: the value of a figure is more than its amount ("over 40 percent of the total", "34 of
// the 101 seats", "$298 a tonne, down 1.4%"), and many amounts are no figures (years, labels,
// clause numbers). Method: the amounts of figures/amounts.cpp are widened over the tokens beside
// them, because trees of quantities are unreliable: hedges to the left; counted things, rates,
// shares and changes to the right. Cost: linear in the sentence. Reference: Maiya et al. 2015 for
// figures in news.
#include "extract/figures/figures.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "extract/frames/within.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::kNoToken;
using doc::TokenIndex;
using doc::Upos;

constexpr uint32_t kMaxUnitWords = 4;
constexpr uint32_t kMaxNamedUnit = 8;  // tokens, with the names in it

bool has_digit(std::string_view s) { return std::any_of(s.begin(), s.end(), text::is_ascii_digit); }

bool is_year(std::string_view s) {
  return s.size() == 4 && (s.starts_with("19") || s.starts_with("20")) &&
         std::all_of(s.begin(), s.end(), text::is_ascii_digit);
}

class FigureReader {
 public:
  FigureReader(const SentenceReading& reading, const FigureWords& words,
               std::span<const Amount> amounts)
      : reading_(reading),
        words_(words),
        amounts_(amounts),
        document_(reading.frames.document()),
        sentence_(reading.frames.sentence()),
        mentions_(mentions_in(document_, sentence_)),
        times_(times_in(document_, sentence_)) {}

  std::vector<Figure> read() {
    std::vector<Figure> out;
    TokenIndex end = 0;  // of the figure before
    for (const Amount& amount : amounts_) {
      if (amount.tokens.begin < end || !measures(amount)) continue;
      const Figure figure = figure_at(amount);
      if (!telling(figure, amount)) continue;
      out.push_back(figure);
      end = figure.span.end;
    }
    return out;
  }

 private:
  bool in_time(TokenIndex t) const {
    return std::any_of(times_.begin(), times_.end(),
                       [&](const doc::TimeExpression& time) { return time.tokens.contains(t); });
  }
  std::string_view word(TokenIndex t) const {
    return t >= sentence_.begin && t < sentence_.end ? document_.norm_of(t) : std::string_view();
  }
  bool is_noun(TokenIndex t) const {
    return t < sentence_.end && document_.upos[t] == Upos::NOUN && !in_time(t);
  }
  const Amount* amount_from(TokenIndex t) const {
    for (const Amount& a : amounts_)
      if (a.tokens.begin == t) return &a;
    return nullptr;
  }

  // Not a year, a pronoun or a number inside a name.
  bool measures(const Amount& amount) const {
    const TokenIndex t = amount.number;
    if (inside_name(amount)) return false;
    if (amount.kind != AmountKind::count) return true;
    const std::string_view form = word(t);
    return document_.upos[t] == Upos::NUM && form != "one" && form != "One" && !is_year(form);
  }

  bool inside_name(const Amount& amount) const {
    const TokenIndex t = amount.number;
    return std::any_of(mentions_.begin(), mentions_.end(), [&](const doc::Mention& m) {
      if (!m.tokens.contains(t) || m.tokens.size() == 1) return false;
      if (amount.kind != AmountKind::count) return m.tokens.size() > amount.tokens.size() + 1;
      return m.head != t && m.tokens.begin != t;  // "40 cold stores" are what they are named by
    });
  }

  Figure figure_at(const Amount& amount) const {
    Figure f;
    f.span = amount.tokens;
    f.kind = amount.kind;
    take_hedges(f);
    f.joined = f.span.end < sentence_.end && joined_to_noun(amount);
    if (!f.joined) take_unit(f);
    f.head = head_of(f.span);
    const std::string_view number = word(amount.number);
    f.small = f.kind == AmountKind::count && (!has_digit(number) || number.size() < 2);
    if (!f.joined) {
      take_rate(f);
      take_whole(f);
      take_change(f);
    }
    return f;
  }

  void take_hedges(Figure& f) const {
    while (f.span.begin > sentence_.begin &&
           words_.hedges.has(text::lower_ascii(word(f.span.begin - 1))))
      --f.span.begin;
    const std::string before =
        f.span.begin > sentence_.begin ? text::lower_ascii(word(f.span.begin - 1)) : std::string();
    if (word(f.span.begin) == "than") {
      if (before == "more" || before == "less" || before == "fewer")
        --f.span.begin;
      else
        ++f.span.begin;
    }
    if ((before == "at") && (word(f.span.begin) == "least" || word(f.span.begin) == "most"))
      --f.span.begin;
  }

  // "82-kilometre railway", "EUR 340 million plant": the figure describes the noun behind it.
  bool joined_to_noun(const Amount& amount) const {
    const std::string_view text = document_.text_of(amount.tokens);
    const size_t dash = text.find('-');
    if (dash != std::string_view::npos && dash + 1 < text.size() &&
        std::isalpha(static_cast<unsigned char>(text[dash + 1])))
      return true;
    if (amount.kind == AmountKind::count || amount.kind == AmountKind::percent) return false;
    const TokenIndex next = amount.tokens.end;
    const Upos u = document_.upos[next];
    if (u != Upos::NOUN && u != Upos::ADJ && u != Upos::PROPN) return false;
    if (in_time(next)) return false;
    const TokenIndex head = document_.head[head_of(amount.tokens)];
    return head != kNoToken && head >= next && sentence_.contains(head) &&
           document_.upos[head] != Upos::VERB && document_.upos[head] != Upos::ADJ;
  }

  // The thing that is counted: "60,000 new homes", "14 percentage points".
  void take_unit(Figure& f) const {
    if (f.kind == AmountKind::money) return;
    const bool percent = f.kind == AmountKind::percent;
    uint32_t units = f.kind != AmountKind::count;
    f.unit_noun = document_.upos[f.span.end - 1] == Upos::NOUN && !percent;
    for (TokenIndex n = f.span.end; n < sentence_.end && units < kMaxUnitWords; ++n) {
      const Upos u = document_.upos[n];
      const bool number = u == Upos::NUM;
      const bool unit = u == Upos::NOUN || u == Upos::SYM ||
                        (u == Upos::PROPN && word(n - 1) == "-") ||
                        ((u == Upos::ADJ || u == Upos::PROPN) && is_noun(n + 1)) || word(n) == "-";
      if ((!number && !unit) || in_time(n)) break;
      f.span.end = n + 1;
      units += !number;
      f.unit_noun = u == Upos::NOUN;
    }
    while (f.span.size() > 1 && document_.upos[f.span.end - 1] == Upos::PUNCT) --f.span.end;
    if (f.kind == AmountKind::count && !f.unit_noun) take_named_unit(f);
  }

  // "1,240 China-Europe freight trains": a name stands before what is counted.
  void take_named_unit(Figure& f) const {
    const TokenIndex noun = document_.head[f.span.begin + f.span.size() - 1];
    if (noun == kNoToken || noun < f.span.end || noun >= f.span.end + kMaxNamedUnit ||
        noun >= sentence_.end || document_.deprel[f.span.end - 1] != doc::Deprel::nummod ||
        document_.upos[noun] != Upos::NOUN)
      return;
    for (TokenIndex t = f.span.end; t < noun; ++t) {
      const Upos u = document_.upos[t];
      const bool part = u == Upos::NOUN || u == Upos::PROPN || u == Upos::ADJ || word(t) == "-";
      if (!part || in_time(t)) return;
    }
    f.span.end = noun + 1;
    f.unit_noun = true;
  }

  // "6,000 tons per year", "$298 a tonne".
  void take_rate(Figure& f) const {
    if (!words_.rates.has(word(f.span.end)) || f.span.end + 1 >= sentence_.end) return;
    if (document_.upos[f.span.end + 1] == Upos::NOUN) f.span.end += 2;
  }

  // "34 of the 101 seats", "54,000 tonnes of raw ore", "40 percent of the total".
  void take_whole(Figure& f) const {
    if (word(f.span.end) != "of") return;
    TokenIndex n = f.span.end + 1;
    if (word(n) == "the" || word(n) == "its" || word(n) == "their" || word(n) == "all") ++n;
    if (const Amount* whole = amount_from(n); whole && f.kind == AmountKind::count) {
      f.span.end = whole->tokens.end;
      take_unit(f);
      return;
    }
    const TokenIndex limit = std::min(sentence_.end, n + 3);
    TokenIndex end = n;
    while (end < limit &&
           (is_noun(end) || (document_.upos[end] == Upos::ADJ && is_noun(end + 1)) ||
            (document_.xpos[end] == doc::Xpos::POS && is_noun(end + 1))) &&
           !reading_.fillers.is_mention(end))
      ++end;
    if (end > n && is_noun(end - 1) && f.kind != AmountKind::money) {
      f.span.end = end;
      take_rate(f);
    }
  }

  // "CNY 412 million, up 17%", "3.8% to CNY 96,450", "139 votes to 137".
  void take_change(Figure& f) const {
    TokenIndex n = f.span.end;
    if (word(n) == "to") {
      const Amount* to = amount_from(n + 1);
      if (to && to->kind != AmountKind::percent && (f.kind == AmountKind::percent || f.unit_noun) &&
          (f.kind == AmountKind::percent || to->kind == AmountKind::count)) {
        f.span.end = to->tokens.end;
        take_rate(f);
      }
      return;
    }
    if (word(n) == ",") ++n;
    if (word(n) == "(") ++n;
    const TokenIndex sign = n;
    if (word(n) == "up" || word(n) == "down" || word(n) == "+" || word(n) == "-") ++n;
    if (n == sign) return;
    if (word(n) == "by") ++n;
    if (const Amount* change = amount_from(n); change && change->kind == AmountKind::percent)
      f.span.end = change->tokens.end;
  }

  TokenIndex head_of(core::TokenSpan span) const {
    TokenIndex head = span.begin;
    for (TokenIndex n = span.begin; n < span.end; ++n)
      if (document_.head[n] == kNoToken || !span.contains(document_.head[n])) head = n;
    return head;
  }

  // With a unit that is no span of time, or a number too exact to be a label ("7,912").
  bool telling(const Figure& f, const Amount& amount) const {
    if (f.kind != AmountKind::count) return true;
    bool unit = false, digits = false, exact = false;
    for (TokenIndex t = f.span.begin; t < f.span.end; ++t) {
      const std::string_view form = word(t);
      if (has_digit(form) && form.find(':') != std::string_view::npos) return false;  // "17:55"
      unit = unit || document_.upos[t] == Upos::NOUN;
      digits = digits || has_digit(form);
      exact = exact || (has_digit(form) && form.size() > 3 &&
                        form.find_first_of(",.") != std::string_view::npos);
    }
    for (TokenIndex t = amount.tokens.end; t < f.span.end && !words_.rates.has(word(t)); ++t)
      if (words_.time_units.has(document_.lemma_of(t))) return false;
    return unit || (digits && (exact || is_level(f)));
  }

  // "rose to 537", "Entries: 640": a bare number that is said of something.
  bool is_level(const Figure& f) const {
    if (f.span.begin == sentence_.begin || word(f.span.begin).size() < 2) return false;
    const std::string_view before = word(f.span.begin - 1);
    if (before == ":") return true;
    const TokenIndex head = document_.head[f.head];
    return (before == "to" || before == "at" || before == "from") && head != kNoToken &&
           sentence_.contains(head) && document_.upos[head] == Upos::VERB;
  }

  const SentenceReading& reading_;
  const FigureWords& words_;
  std::span<const Amount> amounts_;
  const doc::Document& document_;
  core::TokenSpan sentence_;
  std::span<const doc::Mention> mentions_;
  std::span<const doc::TimeExpression> times_;
};

}  // namespace

std::vector<Figure> figures_of(const SentenceReading& reading, const FigureWords& words,
                               std::span<const Amount> amounts) {
  return FigureReader(reading, words, amounts).read();
}

std::string figure_text(const doc::Document& document, const Figure& figure,
                        const FigureWords& words) {
  std::string text(document.text_of(figure.span));
  for (char& c : text)
    if (c == '\n' || c == '\r' || c == '\t' || (figure.joined && c == '-')) c = ' ';
  if (!figure.joined || figure.kind != AmountKind::quantity) return text;
  constexpr size_t kShortestPlural = 4;  // "km" stays
  const std::string unit = text.substr(text.rfind(' ') + 1);
  if (unit.size() >= kShortestPlural && words.units.has(unit + "s")) text += 's';
  return text;
}

}  // namespace weft::extract
