// Problem: what a fact carries besides its ends: the words of a value, its time, its modality,
// polarity and speaker. Method: a value is the noun phrase of its head without what hangs on it
// loosely; a time is the expression that hangs on the predicate, or on the clause that it belongs
// to. Cost: linear in the phrase, and times of the document x clauses above the predicate.
// Reference: Pustejovsky et al. 2003 (TimeML) for what anchors a predicate in time.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "extract/frames/within.h"
#include "extract/relations/matcher.h"
#include "extract/times/arithmetic.h"
#include "text/fold.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;
using doc::kNoToken;
using doc::TokenIndex;

constexpr size_t kMaxValueBytes = 200;
constexpr size_t kDayBytes = 10;  // "2024-03-05"
constexpr unsigned kMaxTimeSteps = 4;

// The tokens of a phrase, without what hangs on its head loosely.
core::TokenSpan phrase_span(const SentenceFrames& frames, TokenIndex head, bool with_case) {
  const doc::Document& d = frames.document();
  static constexpr std::array kCut = {
      Deprel::acl_relcl,    Deprel::appos,      Deprel::parataxis, Deprel::cop,    Deprel::nsubj,
      Deprel::nsubj_pass,   Deprel::advcl,      Deprel::conj,      Deprel::cc,     Deprel::case_,
      Deprel::mark,         Deprel::aux,        Deprel::punct,     Deprel::advmod, Deprel::ccomp,
      Deprel::obl_unmarked, Deprel::nsubj_outer};
  core::TokenSpan span{head, head + 1};
  std::vector<TokenIndex> todo{head};
  while (!todo.empty()) {
    const TokenIndex t = todo.back();
    todo.pop_back();
    span.begin = std::min(span.begin, t);
    span.end = std::max(span.end, t + 1);
    for (TokenIndex c : frames.children(t)) {
      const Deprel r = d.deprel[c];
      const bool top = t == head;
      if (top && !(with_case && r == Deprel::case_) &&
          std::find(kCut.begin(), kCut.end(), r) != kCut.end())
        continue;
      if (!top && (r == Deprel::acl_relcl || r == Deprel::parataxis || r == Deprel::appos))
        continue;
      if (!top && r == Deprel::punct && c + 1 >= span.end) continue;
      todo.push_back(c);
    }
  }
  return span;
}

/// The word through which the predicate is told by the participle: "in a statement read out on
/// Monday, X urged", "Speaking on Monday, X urged".
TokenIndex above_participle(const SentenceFrames& frames, TokenIndex verb, TokenIndex predicate) {
  const doc::Document& d = frames.document();
  const TokenIndex up = d.head[verb];
  if (up == kNoToken || !frames.sentence().contains(up)) return kNoToken;
  if (d.deprel[verb] == Deprel::acl && d.deprel[up] == Deprel::obl && d.head[up] == predicate)
    return up;
  const bool leads = d.deprel[verb] == Deprel::advcl && d.xpos[verb] == doc::Xpos::VBG &&
                     verb < predicate && up == predicate;
  return leads ? verb : kNoToken;
}

/// How many words above a time expression the predicate stands, over words that make no clause; 0
/// if it doesn't.
unsigned steps_to(const SentenceReading& reading, const doc::TimeExpression& time, uint32_t frame) {
  const SentenceFrames& frames = reading.frames;
  const doc::Document& d = frames.document();
  const TokenIndex predicate = frames.frames()[frame].predicate;
  TokenIndex t = time.head == kNoToken ? time.tokens.begin : time.head;
  unsigned beyond = 0;  // what is told by a participle comes last
  for (unsigned steps = 1; steps <= kMaxTimeSteps; ++steps) {
    t = d.head[t];
    if (t == predicate) return steps + beyond;
    if (t == kNoToken || !frames.sentence().contains(t)) return 0;
    if (d.upos[t] != doc::Upos::VERB) continue;
    if (beyond || !tells_days(time.value) ||
        reading.statuses[frame].modality != doc::Modality::asserted)
      return 0;
    t = above_participle(frames, t, predicate);
    if (t == kNoToken) return 0;
    beyond = kMaxTimeSteps;
  }
  return 0;
}

/// "visits", "is visiting".
bool is_present(const SentenceFrames& frames, TokenIndex verb) {
  const doc::Document& d = frames.document();
  const auto present = [&](TokenIndex t) {
    return d.xpos[t] == doc::Xpos::VBZ || d.xpos[t] == doc::Xpos::VBP;
  };
  if (present(verb)) return true;
  const TokenIndex aux = frames.child(verb, Deprel::aux);
  return d.xpos[verb] == doc::Xpos::VBG && aux != kNoToken && present(aux);
}

/// "since May", "since the beginning of the year".
bool starts(const doc::Document& d, const doc::TimeExpression& time) {
  TokenIndex t = time.tokens.begin;
  if (t > 0 && d.norm_of(t - 1) == "the") --t;
  return t > 0 && text::fold(d.norm_of(t - 1)) == "since";
}

/// From the beginning of an ISO time to the document's date, as precise as that beginning.
std::string until_now(const std::string& time, const std::string& now) {
  const std::string begin = time.substr(0, time.find('/'));
  if (now.size() < begin.size() || now.compare(0, begin.size(), begin) <= 0) return begin;
  return begin + "/" + now.substr(0, begin.size());
}

/// How many days the words tell that the predicate or one of its arguments takes: "a four-day
/// forum ended", "closed after three days of talks"; 0 if none.
int days_taken(const SentenceFrames& frames, TokenIndex predicate) {
  constexpr int kMostDays = 31;
  const doc::Document& d = frames.document();
  const core::TokenSpan sentence = frames.sentence();
  for (TokenIndex t = sentence.begin; t < sentence.end; ++t) {
    if (d.lemma_of(t) != "day" || d.head[t] == kNoToken) continue;
    const TokenIndex number = frames.child(t, Deprel::nummod);
    if (number == kNoToken) continue;
    const TokenIndex up = d.head[t];
    const bool of_argument =
        d.deprel[t] == Deprel::compound && sentence.contains(up) && d.head[up] == predicate;
    const bool told =
        d.deprel[t] == Deprel::obl && up == predicate && frames.preposition(t) == "after";
    if (!of_argument && !told) continue;
    const std::string word = text::fold(d.norm_of(number));
    const std::string* value = frames.words().numbers.value(word);
    const int n = value ? std::atoi(value->c_str()) : digits(word) ? std::atoi(word.c_str()) : 0;
    if (n > 1 && n <= kMostDays) return n;
  }
  return 0;
}

/// From the first or last day of what takes several to all of them.
std::string all_days(const SentenceReading& reading, const Frame& frame, const std::string& day) {
  const std::string* bound = reading.frames.words().bounds.value(frame.lemma);
  const auto date = bound && day.size() == kDayBytes ? text::from_iso(day) : std::nullopt;
  const int days = date ? days_taken(reading.frames, frame.predicate) : 0;
  if (days == 0) return day;
  return *bound == "first" ? iso_interval(*date, add_days(*date, days - 1))
                           : iso_interval(add_days(*date, 1 - days), *date);
}

}  // namespace

std::string phrase_text(const SentenceFrames& frames, TokenIndex head, TokenIndex verb) {
  const doc::Document& d = frames.document();
  core::TokenSpan span = phrase_span(frames, head, false);
  if (verb != head)
    for (TokenIndex c : frames.children(verb)) {
      const std::string_view p = frames.preposition(c);
      if (c < span.end || (p != "to" && p != "for" && p != "of" && p != "between")) continue;
      const core::TokenSpan more = phrase_span(frames, c, true);
      if (more.begin == span.end) span.end = more.end;
    }
  while (span.size() > 1 &&
         (d.upos[span.begin] == doc::Upos::DET || d.upos[span.begin] == doc::Upos::PUNCT))
    ++span.begin;
  while (span.size() > 1 && d.upos[span.end - 1] == doc::Upos::PUNCT) --span.end;
  std::string text(d.text_of(span));
  for (char& c : text)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return text.size() > kMaxValueBytes ? std::string() : text;
}

std::string time_of(const SentenceReading& reading, uint32_t frame) {
  const doc::Document& d = reading.frames.document();
  const auto& all = reading.frames.frames();
  const core::TokenSpan sentence = reading.frames.sentence();
  for (uint32_t at = frame; at != kNoFrame; at = all[at].parent) {
    const doc::TimeExpression* best = nullptr;
    std::pair<unsigned, bool> best_rank;
    for (const doc::TimeExpression& time : times_in(d, sentence)) {
      if (time.value.empty() || !sentence.contains(time.tokens)) continue;
      // A year inside a name ("2025 Spring Fair") dates the thing, not what happens to it.
      if (time.value.size() < kDayBytes && reading.fillers.is_mention(time.tokens.begin)) continue;
      const unsigned steps = steps_to(reading, time, at);
      // "its highest since August": a start that hangs on a noun is none of the clause's.
      if (steps == 0 || (steps > 1 && starts(d, time))) continue;
      // The nearest, and of equals a day ("on the 5th … the talks of the first quarter").
      const std::pair rank(steps, !tells_days(time.value));
      if (best && best_rank <= rank) continue;
      best = &time;
      best_rank = rank;
    }
    // What was done since May lies between; what has been so since May is told by its beginning.
    if (best && !all[at].copula && starts(d, *best)) return until_now(best->value, d.meta.date);
    if (best) return all_days(reading, all[at], best->value);
    const ClauseLink link = all[at].link;
    if (link == ClauseLink::complement || link == ClauseLink::relative ||
        link == ClauseLink::parataxis)
      break;
  }
  return {};
}

doc::Evidence make_evidence(const SentenceReading& reading, uint32_t frame, const std::string& rule,
                            float confidence) {
  const doc::Document& d = reading.frames.document();
  doc::Evidence e;
  e.span = d.byte_span(reading.frames.sentence());
  e.sentence = reading.sentence;
  e.rule = rule;
  e.confidence = confidence;
  e.modality = reading.statuses[frame].modality;
  e.polarity = reading.statuses[frame].polarity;
  e.speaker = reading.attributions[frame].speaker;
  e.time = time_of(reading, frame);
  // "takes over on 1 September": what is told of a day to come is planned.
  if (e.modality == doc::Modality::asserted &&
      reading.frames.frames()[frame].kind == FrameKind::verb &&
      is_present(reading.frames, reading.frames.frames()[frame].predicate) &&
      lies_behind(e.time, d.meta.date))
    e.modality = doc::Modality::planned;
  return e;
}

}  // namespace weft::extract
