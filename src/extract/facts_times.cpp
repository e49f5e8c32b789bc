// Problem: "On Monday X visited A. X urged B to …": the second act has a day too, told by the
// first. Method: the dated acts of the document in order of sentences; an undated one takes the day
// of its subject's latest dated act, or, if its subject has none, of a dated act at most a few
// sentences before. Cost: acts x log of dated acts. Reference: Chambers et al. 2014 (CAEVO) for
// ordering by narrative convention.
#include "extract/facts_times.h"

#include <algorithm>
#include <string>
#include <vector>

#include "schema/lexicon.h"

namespace weft::extract {

namespace {

constexpr uint32_t kNear = 3;     // sentences
constexpr size_t kDayBytes = 10;  // "2024-03-05"; intervals are longer

struct DatedAct {
  uint32_t sentence;
  doc::LocalEntity subject;
  std::string time;
};

bool is_act(const doc::Fact& f, const schema::Ontology& ontology, const schema::WordList& acts) {
  return f.object != doc::kNoEntity && acts.has(ontology[f.relation].name);
}

bool happened(const doc::Evidence& e) {
  return e.modality == doc::Modality::asserted && e.polarity == doc::Polarity::positive;
}

}  // namespace

void carry_times(doc::Document& document, const schema::Ontology& ontology,
                 const schema::WordList& acts) {
  std::vector<DatedAct> dated;
  for (const doc::Fact& f : document.facts)
    if (is_act(f, ontology, acts))
      for (const doc::Evidence& e : f.evidence)
        if (happened(e) && e.time.size() >= kDayBytes)
          dated.push_back({e.sentence, f.subject, e.time});
  std::stable_sort(dated.begin(), dated.end(),
                   [](const DatedAct& a, const DatedAct& b) { return a.sentence < b.sentence; });
  if (dated.empty()) return;
  for (doc::Fact& f : document.facts) {
    if (!is_act(f, ontology, acts)) continue;
    for (doc::Evidence& e : f.evidence) {
      if (!happened(e) || !e.time.empty()) continue;
      const DatedAct *own = nullptr, *near = nullptr;
      for (const DatedAct& a : dated) {
        if (a.sentence > e.sentence) break;
        if (a.subject == f.subject) own = &a;
        if (e.sentence - a.sentence <= kNear) near = &a;
      }
      if (own || near) e.time = (own ? own : near)->time;
    }
  }
}

}  // namespace weft::extract
