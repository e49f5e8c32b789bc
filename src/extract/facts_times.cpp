// Problem: "On Monday X visited A. X urged B to …": the second act has a day too, told by the
// first. Method: the dated acts and main clauses of the document in order of sentences; an undated
// one takes the day of its subject's latest dated act, or, if its subject has none, of a dated act
// at most a few sentences before, or the only day told; facts about one event share its time. Cost:
// acts x log of dated acts. Reference: Chambers et al. 2014 (CAEVO) for ordering by narrative
// convention.
#include "extract/facts_times.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "schema/lexicon.h"

namespace weft::extract {

namespace {

constexpr uint32_t kNear = 3;     // sentences
constexpr size_t kDayBytes = 10;  // "2024-03-05"; intervals are longer

bool is_act(const doc::Fact& f, const schema::Ontology& ontology, const schema::WordList& acts) {
  return f.object != doc::kNoEntity && acts.has(ontology[f.relation].name);
}

bool happened(const doc::Evidence& e) {
  return e.modality == doc::Modality::asserted && e.polarity == doc::Polarity::positive;
}

/// True if an ISO time begins behind the day: of both, what is written decides.
bool lies_behind(const std::string& time, const std::string& day) {
  const size_t n = std::min({time.find('/'), time.size(), day.size()});
  return n >= 4 && time.compare(0, n, day, 0, n) > 0;
}

/// The day of an undated act: its subject's latest, one told shortly before, or the only one told.
const DatedAct* day_of(const std::vector<DatedAct>& dated, doc::LocalEntity subject,
                       uint32_t sentence) {
  const DatedAct *own = nullptr, *near = nullptr, *only = nullptr;
  bool one = true;
  for (const DatedAct& a : dated) {
    if (a.sentence > sentence) break;
    if (a.subject == subject) own = &a;
    if (sentence - a.sentence <= kNear) near = &a;
    one = one && (!only || only->time == a.time);
    only = &a;
  }
  return own ? own : near ? near : one ? only : nullptr;
}

/// Facts about one event share its time: the first that is told.
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
  std::map<doc::LocalEntity, std::pair<uint32_t, std::string>> times;
  for (const doc::Fact& f : document.facts)
    if (const auto e = event_of(f); e != doc::kNoEntity)
      for (const doc::Evidence& v : f.evidence)
        if (v.time.size() >= kDayBytes && v.polarity == doc::Polarity::positive) {
          const auto it = times.try_emplace(e, v.sentence, v.time).first;
          if (v.sentence < it->second.first) it->second = {v.sentence, v.time};
        }
  for (doc::Fact& f : document.facts)
    if (const auto it = times.find(event_of(f)); it != times.end())
      for (doc::Evidence& v : f.evidence)
        if (v.time.empty()) v.time = it->second.second;
}

}  // namespace

void carry_times(doc::Document& document, const schema::Ontology& ontology,
                 const schema::WordList& acts, const std::vector<DatedAct>& told) {
  std::vector<DatedAct> dated;
  for (const DatedAct& a : told)
    if (!lies_behind(a.time, document.meta.date)) dated.push_back(a);
  for (doc::Fact& f : document.facts)
    if (is_act(f, ontology, acts))
      for (doc::Evidence& e : f.evidence) {
        if (!happened(e) || e.time.empty()) continue;
        if (lies_behind(e.time, document.meta.date))
          e.time.clear();
        else if (e.time.size() >= kDayBytes)
          dated.push_back({e.sentence, f.subject, e.time});
      }
  std::stable_sort(dated.begin(), dated.end(),
                   [](const DatedAct& a, const DatedAct& b) { return a.sentence < b.sentence; });
  for (doc::Fact& f : document.facts) {
    if (!is_act(f, ontology, acts)) continue;
    for (doc::Evidence& e : f.evidence) {
      if (!happened(e) || !e.time.empty()) continue;
      if (const DatedAct* day = day_of(dated, f.subject, e.sentence)) e.time = day->time;
    }
  }
  share_event_times(document, ontology);
}

}  // namespace weft::extract
