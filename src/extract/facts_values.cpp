// Problem: "the output value of Jinlong reached 18.6 billion yuan": of what is the figure, and what
// does it measure? Method: figures are read off the tokens (number, currency, unit), because trees
// of quantities are unreliable; the head of the figure leads to the noun that it measures ("a
// capacity of …") or to its verb, and from there to the subject or the owner; a figure without such
// a path, and money that changes hands, measure nothing. Years, dates and figures inside names are
// none. Cost: linear in the sentence. Reference: Maiya et al. 2015 for figure and property
// extraction from news.
#include "extract/facts_values.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "schema/lexicon.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;
using doc::kNoToken;
using doc::TokenIndex;
using doc::Upos;

constexpr uint32_t kMaxUnitWords = 4;

struct Figure {
  core::TokenSpan span;  // "over 18.6 billion yuan"
  TokenIndex head = kNoToken;
  bool unit_noun = false;  // ends in a counted thing ("60,000 homes"), not a mere measure
};

struct Owner {
  doc::LocalEntity entity = kNoEntity;
  std::string property;  // "output value"; empty if the text names none
  float confidence = 0;
};

bool has_digit(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_year(std::string_view s) {
  return s.size() == 4 && (s.starts_with("19") || s.starts_with("20")) &&
         std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
}

template <size_t N>
bool among(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_currency(std::string_view s) {
  constexpr std::array<std::string_view, 16> kSigns = {"$",   "€",   "£",  "¥",  "RMB", "US",
                                                       "USD", "EUR", "Rs", "A$", "US$", "C$",
                                                       "N$",  "CNY", "R",  "CHF"};
  return among(kSigns, s);
}

bool is_hedge(std::string_view s) {
  constexpr std::array<std::string_view, 12> kHedges = {
      "over", "about", "nearly",        "around",  "almost",    "some",
      "up",   "down",  "approximately", "roughly", "exceeding", "than"};
  return among(kHedges, s);
}

bool is_percent(std::string_view s) {
  constexpr std::array<std::string_view, 5> kPercent = {"%", "percent", "pct", "cent", "per"};
  return among(kPercent, s);
}

class ValueFinder {
 public:
  ValueFinder(const SentenceReading& reading, const schema::Ontology& ontology,
              const schema::WordList& transfers, FactCollector& out)
      : reading_(reading),
        transfers_(transfers),
        relation_(ontology.relation("has_value")),
        person_(ontology.core().person),
        position_(ontology.core().position),
        out_(out),
        document_(reading.frames.document()) {}

  void run() {
    const core::TokenSpan sentence = reading_.frames.sentence();
    for (TokenIndex t = sentence.begin; t < sentence.end; ++t) {
      if (!is_number(t)) continue;
      const Figure figure = read_figure(t);
      add(figure);
      t = std::max(t, figure.span.end - 1);
    }
  }

 private:
  bool in_time(TokenIndex t) const {
    return std::any_of(document_.times.begin(), document_.times.end(),
                       [&](const doc::TimeExpression& time) { return time.tokens.contains(t); });
  }

  bool is_number(TokenIndex t) const {
    if (document_.upos[t] != Upos::NUM || in_time(t)) return false;
    const std::string_view form = document_.norm_of(t);
    if (!has_digit(form) && (form == "one" || form == "One")) return false;
    const core::TokenSpan sentence = reading_.frames.sentence();
    const std::string_view next =
        t + 1 < sentence.end ? document_.norm_of(t + 1) : std::string_view();
    if (is_year(form) && !is_percent(next)) return false;
    const TokenIndex head = document_.head[t];
    if (head != kNoToken && sentence.contains(head) && text_is_month(document_.norm_of(head)))
      return false;
    return !inside_name(t);
  }

  static bool text_is_month(std::string_view s) {
    constexpr std::array<std::string_view, 23> kMonths = {
        "January",   "February", "March",    "April",    "May", "June", "July", "August",
        "September", "October",  "November", "December", "Jan", "Feb",  "Mar",  "Apr",
        "Jun",       "Jul",      "Aug",      "Sep",      "Oct", "Nov",  "Dec"};
    return among(kMonths, s.ends_with('.') ? s.substr(0, s.size() - 1) : s);
  }

  bool inside_name(TokenIndex t) const {
    for (const doc::Mention& m : document_.mentions)
      if (m.tokens.contains(t) && m.tokens.size() > 1 && m.head != t) return true;
    return false;
  }

  Figure read_figure(TokenIndex t) const {
    const core::TokenSpan sentence = reading_.frames.sentence();
    Figure f;
    f.span = {t, t + 1};
    while (f.span.begin > sentence.begin && (is_currency(document_.norm_of(f.span.begin - 1)) ||
                                             is_hedge(document_.norm_of(f.span.begin - 1))))
      --f.span.begin;
    if (f.span.begin > sentence.begin && document_.norm_of(f.span.begin) == "than" &&
        (document_.norm_of(f.span.begin - 1) == "more" ||
         document_.norm_of(f.span.begin - 1) == "less" ||
         document_.norm_of(f.span.begin - 1) == "fewer"))
      --f.span.begin;
    else if (document_.norm_of(f.span.begin) == "than")
      ++f.span.begin;
    f.head = t;
    uint32_t units = 0;
    bool last_is_noun = false;
    for (TokenIndex n = t + 1; n < sentence.end && units < kMaxUnitWords; ++n) {
      const std::string_view form = document_.norm_of(n);
      const Upos u = document_.upos[n];
      const bool number = u == Upos::NUM && !in_time(n);
      const bool unit =
          u == Upos::NOUN || u == Upos::SYM || is_percent(form) || is_currency(form) ||
          (u == Upos::PROPN && is_currency(form)) ||
          (u == Upos::ADJ && n + 1 < sentence.end && document_.upos[n + 1] == Upos::NOUN) ||
          form == "-";
      if (!number && (!unit || in_time(n))) {
        if ((form == "a" || form == "per" || form == "an") && n + 1 < sentence.end &&
            document_.upos[n + 1] == Upos::NOUN && last_is_noun)
          f.span.end = n + 2;
        break;
      }
      f.span.end = n + 1;
      units += !number;
      last_is_noun = u == Upos::NOUN || is_percent(form);
      f.unit_noun = u == Upos::NOUN && !is_percent(form);
    }
    while (f.span.size() > 1 && document_.upos[f.span.end - 1] == Upos::PUNCT) --f.span.end;
    for (TokenIndex n = f.span.begin; n < f.span.end; ++n)
      if (document_.head[n] == kNoToken || !f.span.contains(document_.head[n])) f.head = n;
    return f;
  }

  // Words of a property noun without the entity: "output value" of "the output value of Jinlong".
  std::string property_words(TokenIndex noun) const {
    TokenIndex begin = noun;
    for (TokenIndex c : reading_.frames.children(noun)) {
      const Deprel r = document_.deprel[c];
      if ((r == Deprel::compound || r == Deprel::amod) && c < begin &&
          !reading_.fillers.is_mention(c))
        begin = c;
    }
    if (noun - begin > kMaxUnitWords) begin = noun;
    return std::string(document_.text_of({begin, noun + 1}));
  }

  // Who a property noun belongs to: "X's capacity", "the capacity of X", "X revenue".
  Owner owner_of_property(TokenIndex noun) const {
    for (TokenIndex c : reading_.frames.children(noun)) {
      const Deprel r = document_.deprel[c];
      if (r != Deprel::nmod_poss && r != Deprel::nmod && r != Deprel::compound) continue;
      if (r == Deprel::nmod) {
        const std::string_view p = reading_.frames.preposition(c);
        if (p != "of" && p != "in" && p != "at" && p != "for") continue;
      }
      const Readings found = reading_.fillers.readings(c);
      if (!found.empty()) return {found.front().entity, property_words(noun), 0.75f};
    }
    return {};
  }

  Owner subject_owner(const Frame& verb) const {
    for (const Role role : {Role::agent, Role::bearer, Role::patient})
      for (const Argument& a : verb.arguments) {
        if (a.role != role || document_.upos[a.head] == Upos::NUM) continue;
        if (reading_.fillers.is_mention(a.head)) {
          const Readings r = reading_.fillers.readings(a.head);
          return {r.front().entity, {}, 0.7f};
        }
        Owner o = owner_of_property(a.head);
        if (o.entity != kNoEntity) return o;
        if (document_.upos[a.head] == Upos::NOUN && role != Role::patient)
          o.property = property_words(a.head);
        if (!o.property.empty()) return o;
      }
    return {};
  }

  Owner find_owner(const Figure& f, TokenIndex& verb) const {
    const core::TokenSpan sentence = reading_.frames.sentence();
    // "an 82-kilometre railway", "X (-2.3%)": the figure stands in or beside the name.
    if (f.span.end < sentence.end)
      for (const doc::Mention& m : document_.mentions)
        if (m.tokens.begin == f.span.end && m.tokens.contains(m.head) &&
            document_.head[f.head] == m.head)
          return {m.entity, {}, 0.65f};
    TokenIndex at = f.head;
    Owner pending;
    for (unsigned steps = 0; steps < 5; ++steps) {
      const TokenIndex head = document_.head[at];
      if (head == kNoToken || !sentence.contains(head)) break;
      const uint32_t frame = reading_.frames.frame_of(head);
      const Upos u = document_.upos[head];
      if (u == Upos::VERB || (frame != kNoFrame && reading_.frames.frames()[frame].copula)) {
        if (frame == kNoFrame) break;
        verb = head;
        Owner o = subject_owner(reading_.frames.frames()[frame]);
        if (pending.property.empty()) pending.property = o.property;
        if (o.entity != kNoEntity) return {o.entity, pending.property, o.confidence};
        break;  // what it measures is known, of what is not
      }
      if (u == Upos::NOUN && !f.span.contains(head)) {
        Owner o = owner_of_property(head);
        if (o.entity != kNoEntity && !reading_.fillers.is_mention(head)) return o;
        if (reading_.fillers.is_mention(head)) {
          const Readings r = reading_.fillers.readings(head);
          return {r.front().entity, pending.property, 0.65f};
        }
        if (pending.property.empty()) pending.property = property_words(head);
      } else if (u == Upos::PROPN && reading_.fillers.is_mention(head)) {
        return {reading_.fillers.readings(head).front().entity, pending.property, 0.65f};
      }
      at = head;
    }
    return {kNoEntity, pending.property, 0};
  }

  // Where the tree leads to no owner: the last thing named before the figure in its sentence that
  // can be measured.
  Owner named_before(const Figure& f, const std::string& property) const {
    for (TokenIndex t = f.span.begin; t-- > reading_.frames.sentence().begin;) {
      if (!reading_.fillers.is_mention(t)) continue;
      const Readings r = reading_.fillers.readings(t);
      if (r.empty()) continue;
      const schema::TypeId type = document_.entities[r.front().entity].type;
      if (type != person_ && type != position_) return {r.front().entity, property, 0.3f};
    }
    return {};
  }

  // A figure that says something: with a unit that is no span of time, or a number too exact to be
  // a label.
  bool telling(const Figure& f) const {
    bool unit = false, digits = false, exact = false;
    for (TokenIndex t = f.span.begin; t < f.span.end; ++t) {
      const std::string_view form = document_.norm_of(t);
      if (is_time_unit(document_.lemma_of(t))) return false;
      if (has_digit(form) && form.find(':') != std::string_view::npos) return false;  // "17:55"
      unit = unit || is_percent(form) || is_currency(form) || document_.upos[t] == Upos::NOUN;
      digits = digits || has_digit(form);
      exact =
          exact || (has_digit(form) && form.size() > 3 && form.find('/') == std::string_view::npos);
    }
    return digits && (unit || exact);
  }

  // "a 2-million-tonne contract": the figure is of the contract, which has no name.
  bool modifies_common_noun(const Figure& f) const {
    const std::string_view text = document_.text_of(f.span);
    const size_t dash = text.find('-');
    if (dash == std::string_view::npos || dash + 1 >= text.size() ||
        !std::isalpha(static_cast<unsigned char>(text[dash + 1])))
      return false;
    return std::none_of(document_.mentions.begin(), document_.mentions.end(),
                        [&](const doc::Mention& m) {
                          return m.tokens.begin == f.span.end ||
                                 (m.tokens.begin < f.span.end && m.tokens.end > f.span.begin);
                        });
  }

  static bool is_time_unit(std::string_view lemma) {
    constexpr std::array<std::string_view, 12> kUnits = {"year", "month",   "week",    "day",
                                                         "hour", "minute",  "second",  "decade",
                                                         "time", "quarter", "o'clock", "aspect"};
    return among(kUnits, lemma);
  }

  void add(const Figure& figure) {
    if (!telling(figure)) return;
    TokenIndex verb = kNoToken;
    if (modifies_common_noun(figure)) return;
    Owner owner = find_owner(figure, verb);
    const bool found = owner.entity != kNoEntity;
    if (!found) owner = named_before(figure, owner.property);
    if (owner.entity == kNoEntity) return;
    const schema::TypeId type = document_.entities[owner.entity].type;
    if (type == person_ || type == position_)
      return;  // what a person says or does in numbers measures something else
    std::string value(document_.text_of(figure.span));
    if (!owner.property.empty())
      value = owner.property + ": " + value;
    else if (verb != kNoToken && !figure.unit_noun && document_.upos[verb] == Upos::VERB)
      value = std::string(document_.form(verb)) + " " + value;
    if (verb != kNoToken) {  // money that changes hands measures neither giver nor taker
      const uint32_t v = reading_.frames.frame_of(verb);
      if (v != kNoFrame && transfers_.has(reading_.frames.frames()[v].lemma)) return;
    }
    uint32_t frame = verb == kNoToken ? kNoFrame : reading_.frames.frame_of(verb);
    for (TokenIndex at = figure.head; frame == kNoFrame;) {
      frame = reading_.frames.frame_of(at);
      if (document_.head[at] == kNoToken ||
          !reading_.frames.sentence().contains(document_.head[at]))
        break;
      at = document_.head[at];
    }
    if (frame == kNoFrame) return;
    out_.add_value(
        owner.entity, relation_, std::move(value),
        make_evidence(reading_, frame, found ? "has_value.figure" : "has_value.figure~near",
                      owner.confidence));
  }

  const SentenceReading& reading_;
  const schema::WordList& transfers_;
  schema::RelationId relation_;
  schema::TypeId person_, position_;
  FactCollector& out_;
  const doc::Document& document_;
};

}  // namespace

void find_values(const SentenceReading& reading, const schema::Ontology& ontology,
                 const schema::WordList& transfer_verbs, FactCollector& out) {
  ValueFinder(reading, ontology, transfer_verbs, out).run();
}

}  // namespace weft::extract
