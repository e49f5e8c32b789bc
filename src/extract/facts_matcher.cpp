// Problem: which facts do the frames of a sentence state? Method: each frame asks for the patterns
// of its word; a pattern that applies pairs the fillers of its subject with those of its object,
// each conjunct with each, as far as the ontology allows; where several relations claim one pair of
// one frame, the surest stays, so that a general pattern yields to a particular one. Cost: patterns
// of the word x conjuncts of both sides. Reference: Del Corro and Gemulla 2013 (ClausIE).
#include "extract/facts_matcher.h"

#include <algorithm>
#include <array>

namespace weft::extract {

namespace {

using doc::Deprel;
using doc::kNoEntity;
using doc::kNoToken;
using doc::TokenIndex;

constexpr size_t kMaxValueBytes = 200;
constexpr size_t kMaxConjuncts = 40;
constexpr uint32_t kMaxReach = 12;       // tokens behind a verb where a lost object may stand
constexpr uint32_t kMaxListTokens = 60;  // how far a list of names behind a verb is followed
constexpr uint32_t kRecentSentences = 4;
constexpr float kLooseShare = 0.6f;  // confidence of a fact with a side from nearby words

bool among(const std::vector<schema::TypeId>& types, schema::TypeId type) {
  return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

// Arguments of a noun that is itself no entity count for its verb too: "signed an agreement with
// X".
constexpr std::array kLightObject = {Role::patient};

// An apposition that reads as one: "X, a maker of drones, …" with an article, behind a comma.
bool stands_alone(const SentenceFrames& frames, TokenIndex head) {
  const doc::Document& d = frames.document();
  const TokenIndex det = frames.child(head, Deprel::det);
  if (det == kNoToken || det == frames.sentence().begin) return false;
  const std::string_view before = d.norm_of(det - 1);
  return before == "," || before == "(" || before == "-" || before == "--";
}

}  // namespace

std::string phrase_text(const SentenceFrames& frames, TokenIndex head) {
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
      if (top && std::find(kCut.begin(), kCut.end(), r) != kCut.end()) continue;
      if (!top && (r == Deprel::acl_relcl || r == Deprel::parataxis || r == Deprel::appos))
        continue;
      if (!top && r == Deprel::punct && c + 1 >= span.end) continue;
      todo.push_back(c);
    }
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
    for (const doc::TimeExpression& time : d.times) {
      if (time.value.empty() || !sentence.contains(time.tokens)) continue;
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

void PatternMatcher::match(const SentenceReading& reading, FactCollector& out) const {
  std::vector<Found> found;
  for (uint32_t frame = 0; frame < reading.frames.frames().size(); ++frame) {
    found.clear();
    match_frame(reading, frame, found);
    for (const Found& f : found) {
      const bool beaten = std::any_of(found.begin(), found.end(), [&](const Found& other) {
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
      const bool about_saying =
          std::any_of(f.pattern->subject.begin(), f.pattern->subject.end(),
                      [](const RoleSpec& s) { return s.source == Source::speaker; });
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

// "Luo, director of A, and Yue, minister of B, attended": in long lists the tree loses the later
// members. A list goes on with names of one type as long as a comma or "and" stands before each,
// titles and descriptions aside.
void PatternMatcher::extend_list(const SentenceReading& reading, const Frame& frame,
                                 TokenIndex head, Conjuncts& out) const {
  if (out.empty() || out.front().empty()) return;
  const doc::Document& d = reading.frames.document();
  const schema::TypeId type = d.entities[out.front().front().entity].type;
  if (type != ontology_.core().person && type != ontology_.core().organization &&
      type != ontology_.core().place)
    return;
  const core::TokenSpan sentence = reading.frames.sentence();
  const TokenIndex end =
      head < frame.predicate ? frame.predicate : std::min(sentence.end, head + kMaxListTokens);
  Conjuncts more;
  bool joined = false, joined_by_and = false;
  for (TokenIndex t = head + 1; t < end; ++t) {
    const std::string_view form = d.norm_of(t);
    if (d.upos[t] == doc::Upos::VERB || d.upos[t] == doc::Upos::AUX || form == ";" || form == ":")
      break;
    if (form == "," || form == "and" || form == "&") {
      joined = true;
      joined_by_and = joined_by_and || form != ",";
      continue;
    }
    if (d.upos[t] == doc::Upos::ADP) joined = false;
    Readings r;
    for (Filler& f : reading.fillers.readings(t))
      if (d.entities[f.entity].type == type) r.push_back(f);
    if (r.empty() || !reading.fillers.is_mention(t) || !joined) continue;
    more.push_back({r.front()});
    joined = false;
  }
  if (!joined_by_and) return;
  for (Readings& r : more) {
    const bool there = std::any_of(out.begin(), out.end(), [&](const Readings& o) {
      return std::any_of(o.begin(), o.end(),
                         [&](const Filler& f) { return f.entity == r.front().entity; });
    });
    if (!there) out.push_back(std::move(r));
  }
}

void PatternMatcher::add_role(const RoleSpec& spec, const SentenceReading& reading,
                              const Frame& frame, bool own_words, Conjuncts& out) const {
  auto take = [&](const Frame& from, bool from_object) {
    for (const Argument& a : from.arguments) {
      if (a.role != spec.role) continue;
      if (spec.role == Role::prep && spec.preposition != "*" && spec.preposition != a.preposition)
        continue;
      if (from_object && a.role != Role::prep) continue;
      if (own_words && a.inherited) continue;
      for (Readings& r : reading.fillers.find(a.head)) out.push_back(std::move(r));
      if (!own_words) extend_list(reading, frame, a.head, out);
    }
  };
  take(frame, false);
  if (out.empty() && spec.role == Role::agent && frame.kind == FrameKind::noun && !own_words) {
    // "the launch of X by Y": the tree may hang Y on X.
    for (const Argument& a : frame.arguments) {
      const uint32_t inner = a.role == Role::prep ? reading.frames.frame_of(a.head) : kNoFrame;
      if (inner == kNoFrame) continue;
      for (const Argument& by : reading.frames.frames()[inner].arguments)
        if (by.role == Role::agent && by.preposition == "by")
          for (Readings& r : reading.fillers.find(by.head)) out.push_back(std::move(r));
    }
  }
  if (!out.empty() || spec.role != Role::prep || frame.kind != FrameKind::verb) return;
  for (const Argument& a : frame.arguments) {
    if (std::find(kLightObject.begin(), kLightObject.end(), a.role) == kLightObject.end() ||
        a.inherited)
      continue;
    // After a name the phrase may belong to the name: "the port in X".
    const std::string& p = spec.preposition;
    if (reading.fillers.is_mention(a.head) &&
        (p == "of" || p == "in" || p == "at" || p == "on" || p == "*"))
      continue;
    if (const uint32_t object = reading.frames.frame_of(a.head); object != kNoFrame)
      take(reading.frames.frames()[object], true);
  }
}

// What a clause below the frame is about: the objects and oblique objects of every frame under it.
void PatternMatcher::add_content(const SentenceReading& reading, uint32_t frame,
                                 Conjuncts& out) const {
  const auto& all = reading.frames.frames();
  for (uint32_t i = 0; i < all.size() && out.size() < kMaxConjuncts; ++i) {
    bool below = false;
    for (uint32_t at = i; at != kNoFrame && !below; at = all[at].parent) {
      const ClauseLink link = all[at].link;
      below = all[at].parent == frame &&
              (link == ClauseLink::complement || link == ClauseLink::open_complement ||
               link == ClauseLink::parataxis);
    }
    if (!below || all[i].kind != FrameKind::verb) continue;
    for (const Argument& a : all[i].arguments)
      if ((a.role == Role::patient || a.role == Role::prep) && !a.inherited)
        for (Readings& r : reading.fillers.find(a.head)) out.push_back(std::move(r));
  }
}

// The event that a speech was given at is often named a sentence before the speech.
void PatternMatcher::add_recent(schema::TypeId type, const SentenceReading& reading,
                                TokenIndex predicate, Conjuncts& out) const {
  const doc::Document& d = reading.frames.document();
  const uint32_t first =
      reading.sentence > kRecentSentences ? reading.sentence - kRecentSentences : 0;
  for (size_t i = d.mentions.size(); i-- > 0;) {
    const doc::Mention& m = d.mentions[i];
    if (m.tokens.begin >= predicate) continue;
    if (m.tokens.begin < d.sentence_begin[first]) break;
    if (m.entity == kNoEntity || d.entities[m.entity].type != type) continue;
    out.push_back({Filler{m.entity, m.head, 0.75f * m.confidence, false}});
    return;
  }
}

PatternMatcher::Conjuncts PatternMatcher::fill(const RoleSpec& spec, const SentenceReading& reading,
                                               uint32_t frame, bool own_words) const {
  const auto& all = reading.frames.frames();
  const Frame& f = all[frame];
  Conjuncts out;
  switch (spec.source) {
    case Source::role:
      add_role(spec, reading, f, own_words, out);
      break;
    case Source::self:
      if (Readings r = reading.fillers.readings(f.predicate); !r.empty())
        out.push_back(std::move(r));
      break;
    case Source::speaker:
      if (const auto speaker = reading.attributions[frame].speaker; speaker != kNoEntity)
        out.push_back({Filler{speaker, f.predicate, 1.0f, false}});
      break;
    case Source::addressee:
      if (reading.addressee != kNoEntity)
        out.push_back({Filler{reading.addressee, f.predicate, 0.7f, false}});
      break;
    case Source::principal:
      if (reading.principal != kNoEntity)
        out.push_back({Filler{reading.principal, f.predicate, 0.8f, false}});
      break;
    case Source::recent:
      add_recent(spec.type, reading, f.predicate, out);
      break;
    case Source::clause_agent:
      for (const Frame& inner : all) {
        if (inner.parent != frame || inner.kind != FrameKind::verb) continue;
        if (inner.link != ClauseLink::complement && inner.link != ClauseLink::open_complement &&
            inner.link != ClauseLink::adverbial)
          continue;
        for (const Argument& a : inner.arguments)
          if (a.role == (inner.passive ? Role::patient : Role::agent))
            for (Readings& r : reading.fillers.find(a.head)) out.push_back(std::move(r));
      }
      break;
    case Source::clause_content:
      add_content(reading, frame, out);
      break;
  }
  if (out.size() > kMaxConjuncts) out.resize(kMaxConjuncts);
  return out;
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
  // What is itself an entity is no description, and an apposition must be a common noun.
  if (value.source == Source::self && !reading.fillers.is_mention(f.predicate) &&
      d.upos[f.predicate] == doc::Upos::NOUN && f.predicate > heads_after &&
      (f.copula || f.link == ClauseLink::open_complement ||
       (d.deprel[f.predicate] == Deprel::appos && stands_alone(reading.frames, f.predicate))))
    heads.push_back(f.predicate);
  for (const Argument& a : f.arguments)
    if (value.source == Source::role && a.role == value.role &&
        (a.role != Role::prep || value.preposition == "*" || value.preposition == a.preposition))
      heads.push_back(a.head);
  bool any = false;
  for (TokenIndex head : heads) {
    if (d.upos[head] == doc::Upos::PRON) continue;
    std::string text = phrase_text(reading.frames, head);
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
  auto try_token = [&](TokenIndex t) {
    Readings r = reading.fillers.readings(t);
    if (!reading.fillers.is_mention(t) || !choose(pattern, d, r, subject)) return false;
    out.push_back(std::move(r));
    return true;
  };
  if (before) {
    for (TokenIndex t = f.predicate; t-- > sentence.begin;)
      if (try_token(t)) return out;
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
    if (pattern.mutual && subjects.size() > 1) {
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
