// Problem: "Ann Lee was elected mayor of Oslo. She succeeds Tom Ebi" says that Ebi was mayor too,
// and no pattern of one verb finds it; "Minister Ann Lee resigned on Monday" and "Lee, who took
// office in May" say when she was minister. Method: the latest office of each person is kept; at a
// verb of succeeding between two people the office of the one is the other's, or that behind "as"
// is of both; at a verb of entering or leaving, the person's one office in the sentence, else in
// the text, began or ended then. Cost: linear in the facts and clauses of the document, times the
// logarithm of its people.
#include "extract/structure/office_changes.h"

#include <algorithm>

#include "extract/frames/within.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

constexpr uint32_t kLately = 2;  // sentences
constexpr float kLikely = 0.7F, kSure = 0.85F;
constexpr std::string_view kLeaving = "leaving.", kEntering = "entering.", kThen = "then.";

/// "The board dismissed him." The act of a main clause has a day, which is told beside it or before
/// it; "the minister who was dismissed" may have gone at any time.
bool is_told(const SentenceReading& reading, const Frame& frame) {
  const doc::Document& d = reading.frames.document();
  if (frame.parent != kNoFrame) return false;
  if (d.xpos[frame.predicate] == doc::Xpos::VBD) return true;
  const auto children = reading.frames.children(frame.predicate);
  return std::any_of(children.begin(), children.end(), [&](doc::TokenIndex c) {
    return d.upos[c] == doc::Upos::AUX && (d.xpos[c] == doc::Xpos::VBD || d.lemma_of(c) == "have");
  });
}

}  // namespace

bool dates_office(std::string_view rule) {
  return rule.starts_with(kLeaving) || rule.starts_with(kEntering) || rule.starts_with(kThen);
}

OfficeVerbs::OfficeVerbs(const schema::Lexicons& lexicons)
    : succeeding(lexicons.list("succeeding_verbs")),
      leaving(lexicons.list("leaving_verbs")),
      entering(lexicons.list("entering_verbs")),
      tenures(lexicons.list("tenure_nouns")) {}

OfficeChanges::OfficeChanges(const schema::Ontology& ontology, const OfficeVerbs& verbs,
                             const doc::Document& document)
    : ontology_(ontology), verbs_(verbs), holds_position_(ontology.relation("holds_position")) {
  for (const doc::Fact& f : document.facts) note(f);
}

void OfficeChanges::note(const doc::Fact& fact) {
  if (fact.relation != holds_position_) return;
  const auto [it, fresh] = only_.try_emplace(fact.subject, fact.object);
  if (!fresh && it->second != fact.object) it->second = doc::kNoEntity;
}

/// "sacked his chief of staff, Ann Lee, and Minister Tom Ebi": all of them.
std::vector<doc::LocalEntity> OfficeChanges::people_of(const SentenceReading& reading,
                                                       const Frame& frame, Role role) const {
  std::vector<doc::LocalEntity> out;
  for (const Argument& a : frame.arguments) {
    if (a.role != role) continue;
    for (const Readings& joined : reading.fillers.find(a.head)) {
      const auto person = std::find_if(joined.begin(), joined.end(), [&](const Filler& f) {
        return !f.passed &&
               reading.frames.document().entities[f.entity].type == ontology_.core().person;
      });
      if (person != joined.end()) out.push_back(person->entity);
    }
  }
  return out;
}

doc::LocalEntity OfficeChanges::person_of(const SentenceReading& reading, const Frame& frame,
                                          Role role) const {
  const std::vector<doc::LocalEntity> people = people_of(reading, frame, role);
  return people.empty() ? doc::kNoEntity : people.front();
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
  read_then(reading, document, out);
  const auto& frames = reading.frames.frames();
  for (uint32_t i = 0; i < frames.size(); ++i) {
    if (frames[i].kind != FrameKind::verb) continue;
    if (verbs_.succeeding.has(frames[i].lemma)) read_succession(reading, i, out);
    const std::string verb = reading.frames.with_particle(frames[i]);
    if (const std::string* who = verbs_.leaving.value(verb))
      read_leaving(reading, i, *who == "subject" ? Role::agent : Role::patient, document, out);
    if (const std::string* who = verbs_.entering.value(verb))
      read_entering(reading, i, *who, document, out);
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

/// "the ban that then President Ruiz imposed in April": who was it at that time.
void OfficeChanges::read_then(const SentenceReading& reading, const doc::Document& document,
                              FactCollector& out) const {
  const core::TokenSpan sentence = reading.frames.sentence();
  for (const doc::Mention& m : mentions_in(document, sentence)) {
    doc::TokenIndex t = m.tokens.begin;
    if (m.entity == doc::kNoEntity || m.head == doc::kNoToken) continue;
    if (t > sentence.begin && document.norm_of(t - 1) == "-") --t;
    if (t == sentence.begin || text::lower_ascii(document.norm_of(t - 1)) != "then") continue;
    const uint32_t clause = reading.frames.clause_over(m.head);
    const std::string time = clause == kNoFrame ? std::string() : time_of(reading, clause);
    for (const size_t i : out.of_sentence(reading.sentence))
      if (const doc::Fact& f = document.facts[i];
          !time.empty() && f.relation == holds_position_ && f.object == m.entity) {
        doc::Evidence& e = *out.evidence_in(i, reading.sentence);
        e.rule = std::string(kThen) + "holds_position";
        e.time = time;
      }
  }
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
  std::vector<doc::LocalEntity> people = people_of(reading, frame, role);
  if (people.empty()) people.push_back(holder_of(reading, frame, role, document, out));
  for (const doc::LocalEntity person : people)
    date(reading, i, kLeaving, person, true, document, out);
}

/// The person entered or left, when the clause says so, the office behind "as", else the one that
/// the sentence tells, else, with `anywhere`, the only one that the text has told so far. The
/// evidence takes the place of what else the sentence says of it.
void OfficeChanges::date(const SentenceReading& reading, uint32_t i, std::string_view rule,
                         doc::LocalEntity person, bool anywhere, const doc::Document& document,
                         FactCollector& out) const {
  const Frame& frame = reading.frames.frames()[i];
  // "the third minister to resign since 2005": no day of hers.
  if (person == doc::kNoEntity || document.xpos[frame.predicate] == doc::Xpos::VB) return;
  doc::Evidence evidence = make_evidence(reading, i, std::string(rule) + "holds_position", kSure);
  if ((evidence.time.empty() && !is_told(reading, frame)) ||
      evidence.modality != doc::Modality::asserted || evidence.polarity != doc::Polarity::positive)
    return;
  doc::LocalEntity office = office_as(reading, frame);
  if (office == doc::kNoEntity) office = office_in(document, reading.sentence, person, out);
  if (const auto only = only_.find(person);
      office == doc::kNoEntity && anywhere && only != only_.end())
    office = only->second;
  if (office == doc::kNoEntity) return;
  for (const size_t k : out.of_sentence(reading.sentence))
    if (const doc::Fact& f = document.facts[k];
        f.relation == holds_position_ && f.subject == person && f.object == office) {
      *out.evidence_in(k, reading.sentence) = std::move(evidence);
      return;
    }
  out.add(person, holds_position_, office, std::move(evidence));
}

void OfficeChanges::finish(doc::Document& document) const {
  for (doc::Fact& f : document.facts) {
    if (f.relation != holds_position_) continue;
    const doc::Evidence *entered = nullptr, *left = nullptr;
    for (const doc::Evidence& e : f.evidence) {
      if (e.rule.starts_with(kEntering) && !entered) entered = &e;
      if (e.rule.starts_with(kLeaving)) left = &e;
    }
    if (!entered || !left || entered->time.empty() || !(entered->time < left->time)) continue;
    const std::string tenure = entered->time.substr(0, entered->time.find('/')) + "/" +
                               left->time.substr(left->time.find('/') + 1);
    for (doc::Evidence& e : f.evidence)
      if (e.rule.starts_with(kEntering) || e.rule.starts_with(kLeaving)) e.time = tenure;
  }
}

/// "Mayor Ann Lee, elected in May", "Lee, who took office in 2019".
void OfficeChanges::read_entering(const SentenceReading& reading, uint32_t i,
                                  const std::string& who, const doc::Document& document,
                                  FactCollector& out) const {
  const Frame& frame = reading.frames.frames()[i];
  const bool subject = who != "object";
  const Role role = subject ? Role::agent : Role::patient;
  bool tenure = who != "office";
  for (const Argument& a : frame.arguments) {
    if (a.role == role) continue;
    const bool names = verbs_.tenures.has(document.lemma_of(a.head));
    tenure = tenure || names;
    // "elected to parliament", "took over the company": into something else.
    const bool where = a.role == Role::prep &&
                       (a.preposition == "to" || a.preposition == "for" || a.preposition == "of");
    if (!names && (where || (subject && a.role == Role::patient))) return;
  }
  if (!tenure) return;
  for (const doc::LocalEntity person : people_of(reading, frame, role))
    date(reading, i, kEntering, person, subject, document, out);
}

}  // namespace weft::extract
