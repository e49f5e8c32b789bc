// Problem: "On Monday X visited A. X urged B to …": the second act has a day too, told by the
// first. Method: the dated acts and main clauses of the document in order of sentences; an undated
// one takes the day of its subject's latest dated act, or, if its subject has none, of a dated act
// at most a few sentences before, or the only day told; facts about one event share its time. Cost:
// acts x log of dated acts. Reference: Chambers et al. 2014 (CAEVO) for ordering by narrative
// convention.
#include "extract/facts/times.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "extract/times/arithmetic.h"
#include "schema/lexicon.h"

namespace weft::extract {

namespace {

constexpr uint32_t kNear = 3;      // sentences
constexpr size_t kMonthBytes = 7;  // "2024-03"

/// True if the evidence tells an act of a day that has happened.
bool happened(const doc::Fact& f, const doc::Evidence& e, const schema::Ontology& ontology,
              const schema::WordList& acts) {
  return f.object != doc::kNoEntity && (acts.has(ontology[f.relation].name) || acts.has(e.rule)) &&
         e.modality == doc::Modality::asserted && e.polarity == doc::Polarity::positive;
}

/// The latest dated act of one of the two up to the sentence.
const DatedAct* last_of(const std::vector<DatedAct>& dated, const doc::Fact& f, uint32_t sentence,
                        bool mutual) {
  const DatedAct *own = nullptr, *others = nullptr;
  for (const DatedAct& a : dated) {
    if (a.sentence > sentence) break;
    if (a.subject == f.subject) own = &a;
    if (mutual && a.subject == f.object) others = &a;
  }
  return own ? own : others;
}

/// The day of an undated act: its subject's latest (or, of an act of both, its object's), one told
/// shortly before, or the only one told.
const DatedAct* day_of(const std::vector<DatedAct>& dated, const doc::Fact& f, uint32_t sentence,
                       bool mutual) {
  if (const DatedAct* own = last_of(dated, f, sentence, mutual)) return own;
  const DatedAct *near = nullptr, *only = nullptr;
  bool one = true;
  for (const DatedAct& a : dated) {
    if (a.sentence > sentence) break;
    if (sentence - a.sentence <= kNear) near = &a;
    one = one && (!only || only->time == a.time);
    only = &a;
  }
  if (near) return near;
  if (only) return one ? only : nullptr;
  // A lead is dated by what it sums up.
  for (const DatedAct& a : dated)
    if (a.subject == f.subject || a.subject == f.object) return &a;
  return nullptr;
}

/// Facts about one event share its time: the first day that is told, else the first month (a bare
/// year is mostly that of something beside it).
void share_event_times(doc::Document& document, const schema::Ontology& ontology) {
  const schema::TypeId event = ontology.core().event;
  auto event_of = [&](const doc::Fact& f) {
    if (f.object == doc::kNoEntity) return doc::kNoEntity;
    const std::string_view r = ontology[f.relation].name;
    if (r == "held_in" || r == "organized_by")
      return document.entities[f.subject].type == event ? f.subject : doc::kNoEntity;
    const bool takes_part = r == "attended" || r == "spoke_at" || r == "presided_over";
    return takes_part && document.entities[f.object].type == event ? f.object : doc::kNoEntity;
  };
  struct Told {
    bool days;
    uint32_t sentence;
    std::string time;
  };
  std::map<doc::LocalEntity, Told> times;
  for (const doc::Fact& f : document.facts)
    if (const auto e = event_of(f); e != doc::kNoEntity)
      for (const doc::Evidence& v : f.evidence) {
        if (v.time.size() < kMonthBytes || v.polarity != doc::Polarity::positive) continue;
        const Told told{tells_days(v.time), v.sentence, v.time};
        Told& best = times.try_emplace(e, told).first->second;
        if (std::pair(!told.days, told.sentence) < std::pair(!best.days, best.sentence))
          best = told;
      }
  for (doc::Fact& f : document.facts)
    if (const auto it = times.find(event_of(f)); it != times.end())
      for (doc::Evidence& v : f.evidence)
        if (v.time.empty()) v.time = it->second.time;
}

/// "An explosion killed three and injured ten on Monday, officials said": the time of what is said
/// before who says so, and its clause; no time if nothing is.
std::string time_said(const SentenceReading& reading, uint32_t& clause) {
  const SentenceFrames& frames = reading.frames;
  const doc::Document& d = frames.document();
  const doc::TokenIndex root = frames.frames().front().predicate;
  const doc::TokenIndex said = frames.child(root, doc::Deprel::ccomp);
  if (said == doc::kNoToken || said > root || frames.frame_of(said) == kNoFrame) return {};
  clause = frames.frame_of(said);
  std::string time = time_of(reading, clause);
  for (const doc::TokenIndex c : frames.children(said)) {
    if (!time.empty() || d.deprel[c] != doc::Deprel::conj) continue;
    const uint32_t joined = frames.frame_of(c);
    if (joined != kNoFrame && frames.frames()[joined].kind == FrameKind::verb)
      time = time_of(reading, joined);
  }
  return time;
}

/// "Nine people were killed when a bomber attacked a station on Thursday": the time of what
/// happened at the same time.
std::string time_meanwhile(const SentenceReading& reading, uint32_t clause) {
  const auto& frames = reading.frames.frames();
  const doc::Document& d = reading.frames.document();
  const auto meanwhile = [&](doc::TokenIndex c) {
    const std::string_view word = d.norm_of(c);
    return (d.deprel[c] == doc::Deprel::mark || d.deprel[c] == doc::Deprel::advmod) &&
           (word == "when" || word == "as");
  };
  for (uint32_t f = 0; f < frames.size(); ++f) {
    if (frames[f].parent != clause || frames[f].link != ClauseLink::adverbial ||
        frames[f].kind != FrameKind::verb ||
        reading.statuses[f].modality != doc::Modality::asserted)
      continue;
    const auto words = reading.frames.children(frames[f].predicate);
    if (std::none_of(words.begin(), words.end(), meanwhile)) continue;
    if (std::string time = time_of(reading, f); !time.empty()) return time;
  }
  return {};
}

}  // namespace

DatedAct dated_act(const SentenceReading& reading) {
  const auto& frames = reading.frames.frames();
  if (frames.empty()) return {};
  const doc::Document& d = reading.frames.document();
  uint32_t clause = 0;
  DatedAct act{reading.sentence, doc::kNoEntity, time_of(reading, 0)};
  if (act.time.empty()) act.time = time_said(reading, clause);
  if (act.time.empty()) act.time = time_meanwhile(reading, clause);
  const Frame& frame = frames[clause];
  if (frame.kind != FrameKind::verb || !tells_days(act.time) ||
      reading.statuses[clause].modality != doc::Modality::asserted)
    return {};
  for (const doc::TokenIndex c : reading.frames.children(frame.predicate))
    if (d.deprel[c] == doc::Deprel::aux && d.xpos[c] == doc::Xpos::VBD && d.lemma_of(c) == "have")
      act.earlier = true;
  for (const Argument& a : frame.arguments)
    if (a.role == (frame.passive ? Role::patient : Role::agent))
      for (const Filler& f : reading.fillers.readings(a.head)) {
        act.subject = f.entity;
        return act;
      }
  return act;
}

void date_offices(const SentenceReading& reading, schema::RelationId holds_position,
                  const doc::Document& document, FactCollector& facts) {
  std::vector<std::pair<size_t, doc::Evidence*>> undated;
  for (const size_t i : facts.of_sentence(reading.sentence))
    if (document.facts[i].relation == holds_position)
      if (doc::Evidence* e = facts.evidence_in(i, reading.sentence); e->time.empty())
        undated.emplace_back(i, e);
  const auto& frames = reading.frames.frames();
  for (uint32_t f = 0; !undated.empty() && f < frames.size(); ++f) {
    if (frames[f].kind != FrameKind::verb && !frames[f].copula) continue;
    const std::string time = time_of(reading, f);
    if (time.empty()) continue;
    // A word with its title ("Mayor Ruiz") is one end only: its surest reading.
    std::vector<doc::LocalEntity> named;
    const auto add = [&](doc::TokenIndex head) {
      if (const Readings r = reading.fillers.readings(head); !r.empty())
        named.push_back(r.front().entity);
    };
    add(frames[f].predicate);
    for (const Argument& a : frames[f].arguments)
      if (a.role != Role::compound) add(a.head);
    for (const Frame& below : frames)  // "was elected mayor"
      if (below.parent == f && below.link == ClauseLink::open_complement) add(below.predicate);
    for (const auto& [fact, evidence] : undated) {
      const auto has = [&](doc::LocalEntity e) {
        return std::find(named.begin(), named.end(), e) != named.end();
      };
      if (has(document.facts[fact].subject) && has(document.facts[fact].object))
        evidence->time = time;
    }
  }
}

void carry_times(doc::Document& document, const schema::Ontology& ontology,
                 const TimeCarriers& lists, const std::vector<DatedAct>& told) {
  share_event_times(document, ontology);
  std::vector<DatedAct> dated;
  std::set<uint32_t> earlier;  // sentences
  for (const DatedAct& a : told) {
    if (a.earlier) earlier.insert(a.sentence);
    if (!a.earlier && !lies_behind(a.time, document.meta.date)) dated.push_back(a);
  }
  for (doc::Fact& f : document.facts)
    for (doc::Evidence& e : f.evidence) {
      if (e.time.empty() || !happened(f, e, ontology, lists.acts)) continue;
      if (lies_behind(e.time, document.meta.date))
        e.time.clear();
      else if (tells_days(e.time) && e.speaker == doc::kNoEntity && earlier.count(e.sentence) == 0)
        dated.push_back({e.sentence, f.subject, e.time});
    }
  std::stable_sort(dated.begin(), dated.end(),
                   [](const DatedAct& a, const DatedAct& b) { return a.sentence < b.sentence; });
  for (doc::Fact& f : document.facts) {
    if (f.object == doc::kNoEntity) continue;
    const bool mutual =
        ontology[f.relation].symmetric || ontology[f.relation].name == "accompanied";
    for (doc::Evidence& e : f.evidence) {
      if (!e.time.empty() || !happened(f, e, ontology, lists.acts)) continue;
      if (const DatedAct* day = day_of(dated, f, e.sentence, mutual)) e.time = day->time;
    }
  }
  share_event_times(document, ontology);
  for (doc::Fact& f : document.facts)
    for (doc::Evidence& e : f.evidence)
      if (lists.timeless.has(ontology[f.relation].name) || lists.timeless.has(e.rule))
        e.time.clear();
}

}  // namespace weft::extract
