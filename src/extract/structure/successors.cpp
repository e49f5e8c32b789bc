// Problem: "Ann Lee was elected mayor of Oslo. She succeeds Tom Ebi" says that Ebi was mayor too,
// and no pattern of one verb finds it. Method: the latest office of each person is kept; at a verb
// of succeeding between two people the office of the one is the other's. Cost: linear in the facts
// and clauses of the document, times the logarithm of its people.
#include "extract/structure/successors.h"

#include <algorithm>

namespace weft::extract {

namespace {

constexpr uint32_t kLately = 2;  // sentences
constexpr float kLikely = 0.7F;

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

void SuccessorFinder::read(const SentenceReading& reading, doc::Document& document,
                           FactCollector& out) {
  for (const size_t i : out.of_sentence(reading.sentence))
    if (const doc::Fact& f = document.facts[i]; f.relation == holds_position_)
      latest_[f.subject] = {reading.sentence, f.object};
  for (uint32_t i = 0; i < reading.frames.frames().size(); ++i) {
    const Frame& frame = reading.frames.frames()[i];
    if (frame.kind != FrameKind::verb || !verbs_.has(frame.lemma)) continue;
    // "replaced X as chair" says itself who was chair.
    if (std::any_of(frame.arguments.begin(), frame.arguments.end(),
                    [](const Argument& a) { return a.preposition == "as"; }))
      continue;
    doc::LocalEntity heir = person_of(reading, frame, Role::agent);
    // "Lee was appointed mayor, replacing X"
    if (heir == doc::kNoEntity && frame.parent != kNoFrame && !frame.passive) {
      const Frame& above = reading.frames.frames()[frame.parent];
      heir = person_of(reading, above, above.passive ? Role::patient : Role::agent);
    }
    const doc::LocalEntity before = person_of(reading, frame, Role::patient);
    if (heir == doc::kNoEntity || before == doc::kNoEntity || heir == before) continue;
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
