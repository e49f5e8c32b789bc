// Problem: "Ann Lee was elected mayor of Oslo. She succeeds Tom Ebi" says that Ebi was mayor too,
// and no pattern of one verb finds it; "Minister Ann Lee resigned on Monday" says when she was
// minister. Method: the latest office of each person is kept; at a verb of succeeding between two
// people the office of the one is the other's, or that behind "as" is of both; at a verb of leaving
// the person's one office in the sentence, else in the text, ended then. Cost: linear in the facts
// and clauses of the document, times the logarithm of its people.
#include "extract/structure/office_changes.h"

#include <algorithm>

#include "extract/frames/within.h"

namespace weft::extract {

namespace {

constexpr uint32_t kLately = 2;  // sentences
constexpr float kLikely = 0.7F, kSure = 0.85F;

}  // namespace

OfficeChanges::OfficeChanges(const schema::Ontology& ontology, const schema::WordList& succeeding,
                             const schema::WordList& leaving, const doc::Document& document)
    : ontology_(ontology),
      succeeding_(succeeding),
      leaving_(leaving),
      holds_position_(ontology.relation("holds_position")) {
  for (const doc::Fact& f : document.facts) note(f);
}

void OfficeChanges::note(const doc::Fact& fact) {
  if (fact.relation != holds_position_) return;
  const auto [it, fresh] = only_.try_emplace(fact.subject, fact.object);
  if (!fresh && it->second != fact.object) it->second = doc::kNoEntity;
}

doc::LocalEntity OfficeChanges::person_of(const SentenceReading& reading, const Frame& frame,
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
doc::LocalEntity OfficeChanges::office_as(const SentenceReading& reading,
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

void OfficeChanges::read(const SentenceReading& reading, const doc::Document& document,
                         FactCollector& out) {
  for (const size_t i : out.of_sentence(reading.sentence))
    if (const doc::Fact& f = document.facts[i]; f.relation == holds_position_) {
      latest_[f.subject] = {reading.sentence, f.object};
      note(f);
    }
  const auto& frames = reading.frames.frames();
  for (uint32_t i = 0; i < frames.size(); ++i) {
    if (frames[i].kind != FrameKind::verb) continue;
    if (succeeding_.has(frames[i].lemma)) read_succession(reading, i, out);
    if (const std::string* who = leaving_.value(reading.frames.with_particle(frames[i])))
      read_leaving(reading, i, *who == "subject" ? Role::agent : Role::patient, document, out);
  }
}

void OfficeChanges::read_succession(const SentenceReading& reading, uint32_t i,
                                    FactCollector& out) {
  const Frame& frame = reading.frames.frames()[i];
  doc::LocalEntity heir = person_of(reading, frame, Role::agent);
  // "Lee was appointed mayor, replacing X"
  if (heir == doc::kNoEntity && frame.parent != kNoFrame && !frame.passive) {
    const Frame& above = reading.frames.frames()[frame.parent];
    heir = person_of(reading, above, above.passive ? Role::patient : Role::agent);
  }
  const doc::LocalEntity before = person_of(reading, frame, Role::patient);
  if (heir == doc::kNoEntity || before == doc::kNoEntity || heir == before) return;
  // "replaced X as chair" says itself who was chair, and who is.
  if (const doc::LocalEntity office = office_as(reading, frame); office != doc::kNoEntity) {
    doc::Evidence e = make_evidence(reading, i, "successor.holds_position", kSure);
    out.add(heir, holds_position_, office, e);
    // Whoever will be, or wasn't, replaced holds it.
    e.modality = doc::Modality::asserted;
    e.polarity = doc::Polarity::positive;
    e.time.clear();
    out.add(before, holds_position_, office, std::move(e));
    return;
  }
  // "replaced X as the face of the team": in nothing that the heir held before.
  if (std::any_of(frame.arguments.begin(), frame.arguments.end(),
                  [](const Argument& a) { return a.preposition == "as"; }))
    return;
  const auto office = latest_.find(heir);
  if (office == latest_.end() || office->second.first + kLately < reading.sentence) return;
  doc::Evidence e = make_evidence(reading, i, "successor.holds_position", kLikely);
  if (e.polarity == doc::Polarity::negative) return;
  // Whoever will be succeeded holds it.
  e.modality = doc::Modality::asserted;
  e.time.clear();
  out.add(before, holds_position_, office->second.second, std::move(e));
}

/// The one office that the sentence gives to the person; of several none.
doc::LocalEntity OfficeChanges::office_in(const doc::Document& document, uint32_t sentence,
                                          doc::LocalEntity person,
                                          const FactCollector& facts) const {
  doc::LocalEntity out = doc::kNoEntity;
  for (const size_t i : facts.of_sentence(sentence)) {
    const doc::Fact& f = document.facts[i];
    if (f.relation != holds_position_ || f.subject != person || f.object == out) continue;
    if (out != doc::kNoEntity) return doc::kNoEntity;
    out = f.object;
  }
  return out;
}

/// "The minister, Ann Lee, resigned": who holds, in the sentence, the office that does what the
/// verb says.
doc::LocalEntity OfficeChanges::holder_of(const SentenceReading& reading, const Frame& frame,
                                          Role role, const doc::Document& document,
                                          const FactCollector& facts) const {
  for (const Argument& a : frame.arguments) {
    if (a.role != role) continue;
    for (const Filler& filler : reading.fillers.readings(a.head))
      for (const size_t i : facts.of_sentence(reading.sentence)) {
        const doc::Fact& f = document.facts[i];
        if (f.relation == holds_position_ && f.object == filler.entity) return f.subject;
      }
  }
  return doc::kNoEntity;
}

/// "Minister Ann Lee resigned on Monday", "Lee, who was dismissed in May".
void OfficeChanges::read_leaving(const SentenceReading& reading, uint32_t i, Role role,
                                 const doc::Document& document, FactCollector& out) const {
  const Frame& frame = reading.frames.frames()[i];
  doc::LocalEntity person = person_of(reading, frame, role);
  if (person == doc::kNoEntity) person = holder_of(reading, frame, role, document, out);
  // "the third minister to resign since 2005": no day of hers.
  if (person == doc::kNoEntity || document.xpos[frame.predicate] == doc::Xpos::VB) return;
  doc::Evidence e = make_evidence(reading, i, std::string(kLeavingRule) + "holds_position", kSure);
  if (e.time.empty() || e.modality != doc::Modality::asserted ||
      e.polarity != doc::Polarity::positive)
    return;
  doc::LocalEntity office = office_as(reading, frame);
  if (office == doc::kNoEntity) office = office_in(document, reading.sentence, person, out);
  if (const auto only = only_.find(person); office == doc::kNoEntity && only != only_.end())
    office = only->second;
  if (office == doc::kNoEntity) return;
  for (const size_t k : out.of_sentence(reading.sentence))
    if (const doc::Fact& f = document.facts[k];
        f.relation == holds_position_ && f.subject == person && f.object == office) {
      *out.evidence_in(k, reading.sentence) = std::move(e);
      return;
    }
  out.add(person, holds_position_, office, std::move(e));
}

}  // namespace weft::extract
