// Time expressions by recursive descent over words, after the classes of TIMEX3 (Pustejovsky et al.
// 2003): calendar dates with or without a year (times/calendar.cpp), what is told from the day of
// publication or from the date spoken of last (times/relative.cpp), parts of a period
// (times/parts.cpp). What words mean is in schema/lexicons/time.json. Here are the words themselves
// and the order in which readings are tried. Constant cost for each word.
#include "extract/times/parser.h"

#include <algorithm>
#include <cstdlib>

#include "extract/times/arithmetic.h"
#include "text/fold.h"

namespace weft::extract {

using text::Date;

TimeLists::TimeLists(const schema::Lexicons& lexicons)
    : units(lexicons.list("time_units")),
      directions(lexicons.list("time_directions")),
      points(lexicons.list("time_points")),
      day_parts(lexicons.list("time_day_parts")),
      seasons(lexicons.list("time_seasons")),
      numbers(lexicons.list("time_numbers")),
      year_parts(lexicons.list("time_year_parts")),
      vague_parts(lexicons.list("time_vague_parts")),
      future_cues(lexicons.list("time_future_cues")),
      scheduled_verbs(lexicons.list("time_scheduled_verbs")),
      deadlines(lexicons.list("time_deadlines")),
      later(lexicons.list("time_later")),
      next_to_last(lexicons.list("time_next_to_last")),
      dated_events(lexicons.list("time_dated_events")),
      eras(lexicons.list("time_eras")),
      year_leads(lexicons.list("time_year_leads")),
      weekend_leads(lexicons.list("time_weekend_leads")),
      quarter_figures(lexicons.list("time_quarter_figures")),
      holidays(lexicons.list("time_holidays")),
      past_nouns(lexicons.list("time_past_nouns")) {}

TimeParser::TimeParser(const TimeLists& lists, schema::TypeId person, const doc::Document& document)
    : lists_(lists), person_(person), doc_(document) {
  if (const auto date = text::from_iso(document.meta.date); date && date->full()) now_ = *date;
}

void TimeParser::tell_about(const Date& day) {
  now_ = {day.year, day.month, 0};
  about_ = day;
}

void TimeParser::start_sentence(core::TokenSpan sentence) {
  words_.clear();
  ++since_day_;
  for (doc::TokenIndex t = sentence.begin; t < sentence.end; ++t) {
    const std::string_view form = doc_.norm_of(t);
    std::string lower(form);
    for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    const bool capital = !form.empty() && form[0] >= 'A' && form[0] <= 'Z';
    // "2021-2025", "12-15", "mid-2025": the parts are words of their own.
    const size_t dash = lower.find('-');
    const bool vague = dash != std::string::npos && lists_.vague_parts.has(lower.substr(0, dash));
    if (vague && text::month_number(std::string_view(lower).substr(dash + 1))) {  // "mid-October"
      words_.push_back({lower.substr(0, dash), t, capital});
      words_.push_back({lower.substr(dash + 1), t, true});
      continue;
    }
    if (dash != std::string::npos &&
        lists_.year_parts.has(lower.substr(0, dash) + " " + lower.substr(dash + 1))) {
      words_.push_back({lower.substr(0, dash), t, capital});  // "first-quarter"
      words_.push_back({lower.substr(dash + 1), t, false});
      continue;
    }
    if (dash != std::string::npos && lower.find('-', dash + 1) == std::string::npos &&
        digits(std::string_view(lower).substr(dash + 1)) &&
        (digits(std::string_view(lower).substr(0, dash)) || vague)) {
      words_.push_back({lower.substr(0, dash), t, capital});
      if (digits(words_.back().text)) words_.push_back({"-", t, false});
      words_.push_back({lower.substr(dash + 1), t, false});
    } else {
      words_.push_back({std::move(lower), t, capital});
    }
  }
}

const std::string& TimeParser::word(size_t i) const {
  return i < words_.size() ? words_[i].text : none_;
}

/// `n` words as one phrase; an ending goes to its word ("new year's day").
std::string TimeParser::phrase(size_t i, size_t n) const {
  std::string out = word(i);
  for (size_t k = i + 1; k < i + n; ++k) out += (word(k).starts_with('\'') ? "" : " ") + word(k);
  return out;
}

bool TimeParser::ends_at(size_t i) const {
  return i >= words_.size() || doc_.upos[words_[i].token] == doc::Upos::PUNCT ||
         word(i).find_first_not_of(".,;:)!?\"") == std::string::npos;
}

bool TimeParser::is_noun(size_t i) const {
  if (i >= words_.size()) return false;
  const doc::Upos tag = doc_.upos[words_[i].token];
  return tag == doc::Upos::NOUN || tag == doc::Upos::PROPN || tag == doc::Upos::ADJ;
}

int TimeParser::number(size_t i) const {
  const std::string& w = word(i);
  if (digits(w) && w.size() <= 4) return std::atoi(w.c_str());
  const std::string* value = lists_.numbers.value(w);
  return value ? std::atoi(value->c_str()) : 0;
}

int TimeParser::day(size_t i, bool ordinal_only) const {
  std::string w = word(i);
  bool ordinal = false;
  if (w.size() > 2)
    for (const char* end : {"st", "nd", "rd", "th"})
      if (w.compare(w.size() - 2, 2, end) == 0) {
        w.resize(w.size() - 2);
        ordinal = true;
        break;
      }
  if (!digits(w) || w.size() > 2 || (ordinal_only && !ordinal)) return 0;
  const int d = std::atoi(w.c_str());
  return d >= 1 && d <= 31 ? d : 0;
}

int TimeParser::year(size_t i) const {
  const std::string& w = word(i);
  if (w.size() != 4 || !digits(w)) return 0;
  const int y = std::atoi(w.c_str());
  return y >= 1000 && y <= 2199 ? y : 0;
}

/// "Han Jun", "Theresa May": a word of a longer name that the language model found.
bool TimeParser::is_named(size_t i) const {
  const doc::TokenIndex t = words_[i].token;
  const auto behind = std::upper_bound(
      doc_.names.begin(), doc_.names.end(), t,
      [](doc::TokenIndex at, const doc::NameSpan& name) { return at < name.tokens.begin; });
  return behind != doc_.names.begin() && std::prev(behind)->type == person_ &&
         std::prev(behind)->tokens.contains(t) && std::prev(behind)->tokens.size() > 1;
}

int TimeParser::month(size_t i) const {
  if (i >= words_.size() || !words_[i].capital) return 0;
  const int m = text::month_number(word(i));
  if (!m || is_named(i)) return 0;
  // "Mar del Plata": an abbreviation stands beside a number.
  constexpr size_t kAbbreviation = 3;
  const auto numbered = [&](size_t k) { return day(k) || year(k); };
  if (word(i).size() <= kAbbreviation && m != 5 && !(i > 0 && numbered(i - 1)) &&
      !numbered(i + 1) && !(word(i + 1) == "." && numbered(i + 2)) && word(i + 1) != "-")
    return 0;
  // "May" and "March" begin sentences as other words too.
  return doc_.upos[words_[i].token] != doc::Upos::AUX &&
                 doc_.upos[words_[i].token] != doc::Upos::VERB
             ? m
             : 0;
}

int TimeParser::direction(size_t i, int none) const {
  const std::string* value = lists_.directions.value(word(i));
  // "is to last seven years"
  const bool verb = value && doc_.upos[words_[i].token] == doc::Upos::VERB;
  return value && !verb ? std::atoi(value->c_str()) : none;
}

/// "takes over", "is visiting": a present tense of what is arranged.
bool TimeParser::scheduled(size_t i) const {
  if (!lists_.scheduled_verbs.has(word(i))) return false;
  const auto present = [&](size_t k) {
    const doc::Xpos tag = doc_.xpos[words_[k].token];
    return tag == doc::Xpos::VBZ || tag == doc::Xpos::VBP;
  };
  const bool going = doc_.xpos[words_[i].token] == doc::Xpos::VBG;
  return going ? i > 0 && present(i - 1) && doc_.upos[words_[i - 1].token] == doc::Upos::AUX
               : present(i);
}

/// Whether what the verb tells is still to be done; nothing where its form leaves that open. Only
/// a time that hangs on the verb itself is that of its tense.
std::optional<bool> TimeParser::verb_ahead(doc::TokenIndex verb, bool direct) const {
  constexpr doc::TokenIndex kReach = 8;  // words before a verb in which its auxiliaries stand
  const auto cue = [&](doc::TokenIndex t) {
    return lists_.future_cues.has(text::fold(doc_.norm_of(t)));
  };
  if (cue(verb)) return true;
  bool to = false, past = false, have = false;
  for (doc::TokenIndex t = verb > kReach ? verb - kReach : 0; t < verb; ++t) {
    if (doc_.head[t] != verb) continue;
    to = to || (doc_.deprel[t] == doc::Deprel::mark && doc_.norm_of(t) == "to");
    if (doc_.upos[t] != doc::Upos::AUX) continue;
    if (cue(t)) return true;
    past = past || doc_.xpos[t] == doc::Xpos::VBD;
    have = have || doc_.lemma_of(t) == "have";
  }
  if (to) {  // "is expected to resign"
    const doc::TokenIndex up = doc_.head[verb];
    return up != doc::kNoToken && cue(up) ? std::optional(true) : std::nullopt;
  }
  if (!direct) return std::nullopt;
  switch (doc_.xpos[verb]) {
    case doc::Xpos::VBD:
      return false;
    case doc::Xpos::VBN:
      return past || have ? std::optional(false) : std::nullopt;
    case doc::Xpos::VBZ:
    case doc::Xpos::VBP:
      return lists_.scheduled_verbs.has(text::fold(doc_.norm_of(verb))) ? std::optional(true)
                                                                        : std::nullopt;
    default:
      return past ? std::optional(false) : std::nullopt;
  }
}

/// What the tree says: the verb that a time hangs on, or, of what is to come, one above its noun
/// ("is expected to resign at a congress on 24 April").
std::optional<bool> TimeParser::told_ahead(size_t begin, size_t end) const {
  constexpr unsigned kSteps = 4;  // up the tree, and along joined verbs
  if (doc_.head.size() != doc_.token_count() || begin >= end || end > words_.size())
    return std::nullopt;
  const core::TokenSpan own{words_[begin].token, words_[end - 1].token + 1};
  const core::TokenSpan sentence{words_.front().token, words_.back().token + 1};
  doc::TokenIndex t = own.begin;
  for (unsigned inside = 0; own.contains(t); ++inside) {
    if (inside > own.size() || doc_.head[t] == doc::kNoToken) return std::nullopt;
    t = doc_.head[t];
  }
  for (unsigned steps = 0; steps < kSteps && sentence.contains(t); ++steps) {
    if (doc_.upos[t] == doc::Upos::VERB) {
      std::optional<bool> ahead = verb_ahead(t, steps == 0);
      // "will resign and meet": of joined verbs the first has the auxiliary.
      for (unsigned joined = 0; !ahead && joined < kSteps; ++joined) {
        if (doc_.deprel[t] != doc::Deprel::conj || doc_.xpos[doc_.head[t]] != doc_.xpos[t]) break;
        t = doc_.head[t];
        ahead = verb_ahead(t, steps == 0);
      }
      return ahead;
    }
    if (lists_.past_nouns.has(text::fold(doc_.lemma_of(t)))) return false;
    if (doc_.head[t] == doc::kNoToken) break;
    t = doc_.head[t];
  }
  return std::nullopt;
}

/// True if the verb of a time, or else what stands nearest to its words, speaks of the future.
bool TimeParser::future_near(size_t begin, size_t end) const {
  constexpr size_t kReach = 12;
  constexpr size_t kLead = 2;  // words before a time that leads its sentence
  if (begin > 0 && lists_.deadlines.has(word(begin - 1))) return true;
  if (const auto ahead = told_ahead(begin, end)) return *ahead;
  for (size_t distance = 1; distance <= kReach; ++distance) {
    for (const bool before : {true, false}) {
      if (before ? begin < distance : end + distance > words_.size()) continue;
      const size_t i = before ? begin - distance : end + distance - 1;
      if (lists_.future_cues.has(word(i)) || lists_.future_cues.has(word(i) + " " + word(i + 1)))
        return true;
      if ((before || begin <= kLead) && scheduled(i)) return true;
      const doc::Xpos tag = doc_.xpos[words_[i].token];
      if (tag == doc::Xpos::VBD || tag == doc::Xpos::VBN) {
        // A participle after "will be" is future: look at what is before it.
        bool future = false;
        for (size_t k = 1; k <= 3 && k <= i; ++k)
          future = future || lists_.future_cues.has(word(i - k));
        return future;
      }
    }
  }
  return false;
}

void TimeParser::tell_day(const Date& day) {
  day_ = day;
  since_day_ = 0;
}

/// The day told of last, if that is not long ago or it was written as a date; year 0 otherwise.
Date TimeParser::day_told() const {
  constexpr unsigned kSentences = 12;
  return day_.full() && (since_day_ <= kSentences || day_ == last_) ? day_ : Date{};
}

/// The day so many days from the one told of last; empty if that is unknown.
std::string TimeParser::beside_day_told(int days) const {
  const Date day = day_told();
  return day.year ? text::to_iso(add_days(day, days)) : std::string();
}

std::optional<FoundTime> TimeParser::parse(size_t i) {
  if (auto found = months_to(i)) return found;
  if (auto found = part(i)) return found;
  if (auto found = year_of_era(i)) return found;
  if (auto found = century(i)) return found;
  if (auto found = range_or_date(i)) return found;
  for (const auto read :
       {&TimeParser::weekday, &TimeParser::point, &TimeParser::beside_point, &TimeParser::counted})
    if (auto found = (this->*read)(i)) {
      // Of several days the last.
      const std::string_view value = found->value;
      if (const auto day = text::from_iso(value.substr(value.find('/') + 1)); day && day->full())
        tell_day(*day);
      return found;
    }
  if (auto found = counted_from_last(i)) return found;
  if (auto found = beside_last(i)) return found;
  return unit(i);
}

}  // namespace weft::extract
