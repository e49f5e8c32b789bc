// Problem: "Ann Lee was elected mayor of Oslo. She succeeds Tom Ebi" says that Ebi was mayor too,
// and no pattern of one verb finds it. Method: the latest office of each person is kept; at a verb
// of succeeding between two people the office of the one is the other's, or that behind "as" is of
// both. Cost: linear in the facts and clauses of the document, times the logarithm of its people.
#include "extract/structure/successors.h"

#include <algorithm>

#include "extract/frames/within.h"

namespace weft::extract {

namespace {

constexpr uint32_t kLately = 2;  // sentences
constexpr float kLikely = 0.7F, kSure = 0.85F;

}  // namespace

SuccessorFinder::SuccessorFinder(const schema::Ontology& ontology, const schema::WordList& verbs)
    : ontology_(ontology), verbs_(verbs), holds_position_(ontology.relation("holds_position")) {}

doc::LocalEntity SuccessorFinder::person_of(const SentenceReading& reading, const Frame& frame,
                                            Role role) const {
  for (const Argument& a : frame.arguments)
    if (a.role == role)
      for (const Filler& f : reading.fillers.readings(a.head))
        if (!f.passed &&
            reading.frames.document().entities[f.entity].type == ontology_.core().person)
          return f.entity;
  return doc::kNoEntity;
}

/// The office behind "as", be it the verb's or the other person's: "replaced X as chair".
doc::LocalEntity SuccessorFinder::office_as(const SentenceReading& reading,
                                            const Frame& frame) const {
  const doc::Document& d = reading.frames.document();
  for (const doc::Mention& m : mentions_in(d, reading.frames.sentence())) {
    if (m.entity == doc::kNoEntity || m.head == doc::kNoToken || m.head < frame.predicate ||
        d.entities[m.entity].type != ontology_.core().position ||
        reading.frames.preposition(m.head) != "as")
      continue;
    const doc::TokenIndex up = d.head[m.head];
    if (up == frame.predicate || (up != doc::kNoToken && d.head[up] == frame.predicate))
      return m.entity;
  }
  return doc::kNoEntity;
}

void SuccessorFinder::read(const SentenceReading& reading, doc::Document& document,
                           FactCollector& out) {
  for (const size_t i : out.of_sentence(reading.sentence))
    if (const doc::Fact& f = document.facts[i]; f.relation == holds_position_)
      latest_[f.subject] = {reading.sentence, f.object};
  for (uint32_t i = 0; i < reading.frames.frames().size(); ++i) {
    const Frame& frame = reading.frames.frames()[i];
    if (frame.kind != FrameKind::verb || !verbs_.has(frame.lemma)) continue;
    doc::LocalEntity heir = person_of(reading, frame, Role::agent);
    // "Lee was appointed mayor, replacing X"
    if (heir == doc::kNoEntity && frame.parent != kNoFrame && !frame.passive) {
      const Frame& above = reading.frames.frames()[frame.parent];
      heir = person_of(reading, above, above.passive ? Role::patient : Role::agent);
    }
    const doc::LocalEntity before = person_of(reading, frame, Role::patient);
    if (heir == doc::kNoEntity || before == doc::kNoEntity || heir == before) continue;
    // "replaced X as chair" says itself who was chair, and who is.
    if (const doc::LocalEntity office = office_as(reading, frame); office != doc::kNoEntity) {
      doc::Evidence e = make_evidence(reading, i, "successor.holds_position", kSure);
      out.add(heir, holds_position_, office, e);
      // Whoever will be, or wasn't, replaced holds it.
      e.modality = doc::Modality::asserted;
      e.polarity = doc::Polarity::positive;
      e.time.clear();
      out.add(before, holds_position_, office, std::move(e));
      continue;
    }
    // "replaced X as the face of the team": in nothing that the heir held before.
    if (std::any_of(frame.arguments.begin(), frame.arguments.end(),
                    [](const Argument& a) { return a.preposition == "as"; }))
      continue;
    const auto office = latest_.find(heir);
    if (office == latest_.end() || office->second.first + kLately < reading.sentence) continue;
    doc::Evidence e = make_evidence(reading, i, "successor.holds_position", kLikely);
    if (e.polarity == doc::Polarity::negative) continue;
    // Whoever will be succeeded holds it.
    e.modality = doc::Modality::asserted;
    e.time.clear();
    out.add(before, holds_position_, office->second.second, std::move(e));
  }
}

}  // namespace weft::extract
