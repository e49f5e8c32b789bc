// Problem: which facts do the frames of a sentence state? Method: each frame asks for the patterns
// of its word; a pattern that applies pairs the fillers of its subject with those of its object,
// each conjunct with each, as far as the ontology allows; where several relations claim one pair of
// one frame, the surest stays, so that a general pattern yields to a particular one. Cost: patterns
// of the word x conjuncts of both sides. Reference: Del Corro and Gemulla 2013 (ClausIE).
#include "extract/relations/matcher.h"

#include <algorithm>

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;
using doc::kNoToken;
using doc::TokenIndex;

constexpr uint32_t kMaxReach = 12;   // tokens behind a verb where a lost object may stand
constexpr float kLooseShare = 0.6f;  // confidence of a fact with a side from nearby words

bool among(const std::vector<schema::TypeId>& types, schema::TypeId type) {
  return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

// An apposition that reads as one: "X, a maker of drones, …" with an article, behind a comma.
bool stands_alone(const SentenceFrames& frames, TokenIndex head) {
  const doc::Document& d = frames.document();
  const TokenIndex det = frames.child(head, Deprel::det);
  if (det == kNoToken || det == frames.sentence().begin) return false;
  const std::string_view before = d.norm_of(det - 1);
  return before == "," || before == "(" || before == "-" || before == "--";
}

// True if a comma, semicolon or "and" follows the name that the token ends.
bool joined_to_next(const doc::Document& d, TokenIndex t, TokenIndex end) {
  if (t + 1 >= end || d.upos[t] != doc::Upos::PROPN) return false;
  const std::string_view next = d.norm_of(t + 1);
  return next == "," || next == ";" || next == "and" || next == "(";
}

// True if the frame's noun describes its bearer. What is itself an entity is no description; "under
// water" is none; an apposition must be a common noun; "analyst at X" is left to works_for and its
// like; what "it" is, is too often of the speaker's making.
bool describes(const SentenceReading& reading, const Frame& f) {
  const doc::Document& d = reading.frames.document();
  if (d.upos[f.predicate] != doc::Upos::NOUN || reading.fillers.is_mention(f.predicate) ||
      !reading.frames.preposition(f.predicate).empty())
    return false;
  for (const Argument& a : f.arguments) {
    if (a.role == Role::bearer && d.upos[a.head] == doc::Upos::PRON &&
        (f.copula || f.link != ClauseLink::relative))
      return false;
    if (a.role == Role::prep && (a.preposition == "of" || a.preposition == "at" ||
                                 a.preposition == "with" || a.preposition == "from"))
      for (const Filler& other : reading.fillers.readings(a.head))
        if (d.entities[other.entity].kind.empty() && d.upos[other.head] == doc::Upos::PROPN &&
            reading.fillers.is_mention(a.head))
          return a.preposition == "of" && f.copula;
  }
  if (f.copula) return true;
  if (f.link == ClauseLink::open_complement && f.parent != kNoFrame) {  // "became", not "called it"
    const Frame& verb = reading.frames.frames()[f.parent];
    return std::none_of(verb.arguments.begin(), verb.arguments.end(),
                        [](const Argument& a) { return a.role == Role::patient; });
  }
  return d.deprel[f.predicate] == Deprel::appos && stands_alone(reading.frames, f.predicate);
}

}  // namespace

void PatternMatcher::match(const SentenceReading& reading, FactCollector& out) const {
  std::vector<Found> found;
  for (uint32_t frame = 0; frame < reading.frames.frames().size(); ++frame) {
    found.clear();
    match_frame(reading, frame, found);
    for (const Found& f : found) {
      const bool about_saying =
          std::any_of(f.pattern->subject.begin(), f.pattern->subject.end(),
                      [](const RoleSpec& s) { return s.source == Source::speaker; });
      // What is said and that it is said are two statements.
      const bool beaten =
          !about_saying && std::any_of(found.begin(), found.end(), [&](const Found& other) {
            return other.subject == f.subject && other.object == f.object && !f.pattern->value &&
                   !other.pattern->value && other.pattern->relation != f.pattern->relation &&
                   other.pattern->confidence > f.pattern->confidence;
          });
      if (beaten) continue;
      doc::Evidence e =
          make_evidence(reading, frame, f.pattern->id + (f.loose ? "~near" : ""), f.confidence);
      if (f.pattern->has_modality) e.modality = f.pattern->modality;
      if (f.pattern->has_polarity && f.pattern->polarity == doc::Polarity::negative)
        e.polarity = e.polarity == doc::Polarity::positive ? doc::Polarity::negative
                                                           : doc::Polarity::positive;
      // "X, a campaigner of Y, said": what the noun says of its speaker is no part of the speech.
      if (e.speaker == f.subject && reading.frames.frames()[frame].kind == FrameKind::noun)
        e.speaker = kNoEntity;
      if (about_saying) {  // that someone said it is the document's own word
        e.modality = doc::Modality::asserted;
        e.polarity = f.pattern->polarity;
        e.speaker = kNoEntity;
      }
      if (f.pattern->value)
        out.add_value(f.subject, f.pattern->relation, f.value, std::move(e));
      else
        out.add(f.subject, f.pattern->relation, f.object, std::move(e));
    }
  }
}

void PatternMatcher::match_frame(const SentenceReading& reading, uint32_t frame,
                                 std::vector<Found>& found) const {
  patterns_.for_each(reading.frames.frames()[frame], [&](const Pattern& p) {
    if (applies(p, reading, frame)) pair(p, reading, frame, found);
  });
}

bool PatternMatcher::applies(const Pattern& pattern, const SentenceReading& reading,
                             uint32_t frame) const {
  const Frame& f = reading.frames.frames()[frame];
  const doc::Document& d = reading.frames.document();
  if (pattern.has_when && reading.statuses[frame].modality != pattern.when) return false;
  if (pattern.affirmed && reading.statuses[frame].polarity != doc::Polarity::positive) return false;
  // "should …" is said to the subject of its own clause, not to whom a participle or passive names.
  if (pattern.has_when && pattern.trigger == Trigger::any &&
      (f.passive || (f.kind != FrameKind::verb && !f.copula) || f.link == ClauseLink::relative ||
       f.link == ClauseLink::participle))
    return false;
  if (pattern.trigger == Trigger::reported) {
    const std::string_view verb = reading.attributions[frame].verb;
    if (std::find(pattern.lemmas.begin(), pattern.lemmas.end(), verb) == pattern.lemmas.end())
      return false;
  }
  if (pattern.trigger == Trigger::entity) {
    const Readings self = reading.fillers.readings(f.predicate);
    if (self.empty() || !reading.fillers.is_mention(f.predicate) ||
        !among(pattern.entity_types, d.entities[self.front().entity].type))
      return false;
  }
  return words_fit(pattern, reading.frames, f);
}

const Filler* PatternMatcher::choose(const Pattern& pattern, const doc::Document& document,
                                     const Readings& readings, bool subject) const {
  for (const Filler& f : readings) {
    const schema::TypeId type = document.entities[f.entity].type;
    const auto& range = ontology_[pattern.relation].range;
    const bool fits = subject ? ontology_.allows_subject(pattern.relation, type) &&
                                    among(pattern.subject_types, type)
                              : std::find(range.begin(), range.end(), type) != range.end() &&
                                    among(pattern.object_types, type);
    if (fits) return &f;
  }
  return nullptr;
}

bool PatternMatcher::pair_entities(const Pattern& pattern, const SentenceReading& reading,
                                   const Conjuncts& subjects, const Conjuncts& objects,
                                   std::vector<Found>& found) const {
  const doc::Document& d = reading.frames.document();
  bool any = false;
  for (const Readings& s : subjects) {
    const Filler* subject = choose(pattern, d, s, true);
    if (!subject) continue;
    for (const Readings& o : objects) {
      const Filler* object = choose(pattern, d, o, false);
      if (!object || object->entity == subject->entity) continue;
      const float confidence =
          pattern.confidence * std::min(subject->confidence, object->confidence);
      found.push_back({&pattern, subject->entity, object->entity, {}, confidence});
      any = true;
    }
  }
  return any;
}

void PatternMatcher::pair_mutual(const Pattern& pattern, const SentenceReading& reading,
                                 const Conjuncts& subjects, std::vector<Found>& found) const {
  const doc::Document& d = reading.frames.document();
  for (size_t i = 0; i < subjects.size(); ++i)
    for (size_t j = i + 1; j < subjects.size(); ++j) {
      const Filler* a = choose(pattern, d, subjects[i], true);
      const Filler* b = choose(pattern, d, subjects[j], false);
      if (a && b && a->entity != b->entity)
        found.push_back({&pattern,
                         a->entity,
                         b->entity,
                         {},
                         pattern.confidence * std::min(a->confidence, b->confidence)});
    }
}

bool PatternMatcher::pair_values(const Pattern& pattern, const SentenceReading& reading,
                                 const Conjuncts& subjects, const RoleSpec& value, uint32_t frame,
                                 std::vector<Found>& found) const {
  const Frame& f = reading.frames.frames()[frame];
  const doc::Document& d = reading.frames.document();
  std::vector<TokenIndex> heads;
  TokenIndex heads_after = 0;  // the description follows what it describes
  for (const Argument& a : f.arguments)
    if (a.role == Role::bearer) heads_after = std::max(heads_after, a.head);
  if (value.source == Source::self && describes(reading, f) && f.predicate > heads_after)
    heads.push_back(f.predicate);
  for (const Argument& a : f.arguments)
    if (value.source == Source::role && a.role == value.role &&
        (a.role != Role::prep || value.preposition == "*" || value.preposition == a.preposition))
      heads.push_back(a.head);
  bool any = false;
  for (TokenIndex head : heads) {
    if (d.upos[head] == doc::Upos::PRON) continue;
    std::string text = phrase_text(reading.frames, head, f.predicate);
    if (text.empty()) continue;
    for (const Readings& s : subjects)
      if (const Filler* subject = choose(pattern, d, s, true)) {
        found.push_back(
            {&pattern, subject->entity, kNoEntity, text, pattern.confidence * subject->confidence});
        any = true;
      }
  }
  return any;
}

// Parsers lose arguments of long sentences. A verb that lacks one takes the nearest name that fits:
// before it as what stands before a verb, behind it as what stands behind.
PatternMatcher::Conjuncts PatternMatcher::nearby(const Pattern& pattern,
                                                 const SentenceReading& reading, uint32_t frame,
                                                 bool subject) const {
  Conjuncts out;
  const Frame& f = reading.frames.frames()[frame];
  if (!pattern.nearby || f.kind != FrameKind::verb) return out;
  const std::vector<RoleSpec>& specs = subject ? pattern.subject : pattern.object;
  const bool wants_agent =
      specs.front().source == Source::role && specs.front().role == Role::agent;
  const bool wants_patient =
      specs.front().source == Source::role && specs.front().role == Role::patient;
  if (!wants_agent && !wants_patient) return out;
  const doc::Document& d = reading.frames.document();
  const bool before = wants_agent != f.passive;
  const core::TokenSpan sentence = reading.frames.sentence();
  // In what somebody says, who is to act is the speaker's to tell; a name after a preposition is
  // no subject.
  if (subject && reading.attributions[frame].speaker != kNoEntity) return out;
  auto try_token = [&](TokenIndex t) {
    Readings r = reading.fillers.readings(t);
    if (!reading.fillers.is_mention(t) || !choose(pattern, d, r, subject)) return false;
    if (subject && before && !reading.frames.preposition(t).empty()) return false;
    out.push_back(std::move(r));
    return true;
  };
  if (before) {
    // "A, head of B; C, mayor of D; and E spoke": people in a list all do what the verb says.
    for (TokenIndex t = f.predicate; t-- > sentence.begin;) {
      const bool listed = !out.empty();
      if (listed && (d.upos[t] == doc::Upos::VERB || d.upos[t] == doc::Upos::AUX)) break;
      if (listed && d.entities[out.front().front().entity].type != ontology_.core().person) break;
      if (listed && !joined_to_next(d, t, sentence.end)) continue;
      try_token(t);
    }
  } else {
    for (TokenIndex t = f.predicate + 1; t < sentence.end && t < f.predicate + kMaxReach; ++t) {
      if (d.upos[t] == doc::Upos::VERB && d.morph[t] & doc::kFinite) break;
      if (try_token(t)) return out;
    }
  }
  return out;
}

void PatternMatcher::pair(const Pattern& pattern, const SentenceReading& reading, uint32_t frame,
                          std::vector<Found>& found) const {
  const doc::Document& d = reading.frames.document();
  auto usable = [&](Conjuncts all, bool subject) {
    std::erase_if(all, [&](const Readings& r) { return !choose(pattern, d, r, subject); });
    return all;
  };
  const bool own_words =
      pattern.trigger == Trigger::entity;  // a name's arguments are those that hang on it
  Conjuncts subjects;
  std::vector<Conjuncts> objects;
  auto take_objects = [&] {
    for (const Conjuncts& o : objects)
      if (pair_entities(pattern, reading, subjects, o, found)) return true;
    return false;
  };
  for (const RoleSpec& o : pattern.object)
    if (!pattern.value) objects.push_back(usable(fill(o, reading, frame, own_words), false));
  for (const RoleSpec& s : pattern.subject) {
    subjects = usable(fill(s, reading, frame, own_words), true);
    if (subjects.empty()) continue;
    // "They sued Norway": not one another.
    const bool apart =
        subjects.front().front().joint &&
        std::any_of(objects.begin(), objects.end(), [](const Conjuncts& o) { return !o.empty(); });
    if (pattern.mutual && subjects.size() > 1 && !apart) {
      pair_mutual(pattern, reading, subjects, found);
      if (pattern.object.empty()) return;
    }
    if (pattern.value) {
      for (const RoleSpec& o : pattern.object)
        if (pair_values(pattern, reading, subjects, o, frame, found)) return;
    } else if (take_objects()) {
      return;
    }
  }
  if (pattern.value || pattern.object.empty()) return;
  const size_t before = found.size();
  const bool object_there =
      std::any_of(objects.begin(), objects.end(), [](const Conjuncts& c) { return !c.empty(); });
  if (subjects.empty() && object_there) {
    subjects = nearby(pattern, reading, frame, true);
  } else if (!subjects.empty() && !object_there) {
    objects = {nearby(pattern, reading, frame, false)};
  } else {
    return;
  }
  take_objects();
  for (size_t i = before; i < found.size(); ++i) {
    found[i].loose = true;

    found[i].confidence *= kLooseShare;
  }
}

}  // namespace weft::extract
