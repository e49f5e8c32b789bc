// Problem: what a fact carries besides its ends: the words of a value, its time, its modality,
// polarity and speaker. Method: a value is the noun phrase of its head without what hangs on it
// loosely; a time is the expression that hangs on the predicate, or on the clause that it belongs
// to. Cost: linear in the phrase, and times of the document x clauses above the predicate.
// Reference: Pustejovsky et al. 2003 (TimeML) for what anchors a predicate in time.
#include <algorithm>
#include <array>

#include "extract/facts_matcher.h"
#include "extract/within.h"

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;
using doc::kNoToken;
using doc::TokenIndex;

constexpr size_t kMaxValueBytes = 200;
constexpr size_t kDayBytes = 10;  // "2024-03-05"

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
    for (const doc::TimeExpression& time : times_in(d, sentence)) {
      if (time.value.empty() || !sentence.contains(time.tokens)) continue;
      // A year inside a name ("2025 Spring Fair") dates the thing, not what happens to it.
      if (time.value.size() < kDayBytes && reading.fillers.is_mention(time.tokens.begin)) continue;
      // The time hangs on this predicate: directly, or through words that make no clause.
      TokenIndex t = time.head == kNoToken ? time.tokens.begin : time.head;
      for (unsigned steps = 0; steps < 4 && t != kNoToken && sentence.contains(t); ++steps) {
        t = d.head[t];
        if (t == all[at].predicate) return time.value;
        if (t == kNoToken || !sentence.contains(t) || d.upos[t] == doc::Upos::VERB) break;
      }
    }
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
  return e;
}

}  // namespace weft::extract
