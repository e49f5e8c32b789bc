// Problem: a pattern asks for "agent" or "recent:Event"; which entities are that? Method: the
// frame's arguments first; the arguments of a light object ("signed an agreement with X"); members
// of a list that the tree lost; then what earlier sentences left behind (addressee, principal, the
// latest entity of a type). Cost: linear in the sentence for a list, else in arguments and
// conjuncts. Reference: Gerber and Chai 2010 for arguments found outside the clause.
#include <algorithm>
#include <array>

#include "extract/frames/within.h"
#include "extract/relations/matcher.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::TokenIndex;

constexpr size_t kMaxConjuncts = 40;
constexpr uint32_t kMaxListTokens = 60;  // how far a list of names behind a verb is followed
constexpr uint32_t kRecentSentences = 4;
constexpr uint32_t kRecentKind = 24;  // sentences back to a thing of a kind: the election told of

// "prep:'s": whose the verb's object is, or by whom: "condemned Kenya's decision".
constexpr std::string_view kWhose = "'s";

// Arguments of a noun that is itself no entity count for its verb too: "signed an agreement with
// X".
constexpr std::array kLightObject = {Role::patient};

constexpr std::array<std::string_view, 6> kCompany = {"together with", "along with",
                                                      "jointly with",  "alongside",
                                                      "as well as",    "in partnership with"};

bool has_actor(const SentenceReading& reading, const Frame& frame) {
  return std::any_of(frame.arguments.begin(), frame.arguments.end(), [&](const Argument& a) {
    return a.role == Role::agent && !reading.fillers.readings(a.head).empty();
  });
}

// The sentence's main clause, or one joined to it.
bool is_main(const SentenceReading& reading, const Frame& frame) {
  return frame.parent == kNoFrame || (reading.frames.frames()[frame.parent].parent == kNoFrame &&
                                      frame.link == ClauseLink::conjunct);
}

// True if the name that `self` heads covers `inner` too.
bool covered_by(const FillerFinder& fillers, TokenIndex self, TokenIndex inner) {
  const Readings name = fillers.readings(self);
  if (name.empty()) return false;
  const Readings inside = fillers.readings(inner);
  return std::any_of(inside.begin(), inside.end(),
                     [&](const Filler& f) { return f.entity == name.front().entity; });
}

}  // namespace

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
    if (d.upos[t] == doc::Upos::VERB || d.upos[t] == doc::Upos::AUX || form == ";" || form == ":" ||
        form == "not")
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

// "A, together with B, opened C", "was built by A together with B": B did it too.
void PatternMatcher::add_companions(const SentenceReading& reading, const Frame& frame,
                                    Conjuncts& out) const {
  const doc::Document& d = reading.frames.document();
  auto joined = [&](TokenIndex head) {
    const std::string_view p = reading.frames.preposition(head);
    if (std::find(kCompany.begin(), kCompany.end(), p) != kCompany.end()) return true;
    if (p != "with") return false;
    for (TokenIndex c : reading.frames.children(head))
      if (d.deprel[c] == doc::Deprel::case_ && c > reading.frames.sentence().begin) {
        const std::string_view before = d.norm_of(c - 1);
        return before == "together" || before == "along" || before == "jointly";
      }
    return false;
  };
  std::vector<TokenIndex> heads;
  for (const Argument& a : frame.arguments) {
    if (a.role == Role::prep && !a.inherited) heads.push_back(a.head);
    if (a.role == Role::agent)
      for (TokenIndex c : reading.frames.children(a.head)) {
        if (d.deprel[c] == doc::Deprel::nmod) heads.push_back(c);
        if (d.deprel[c] == doc::Deprel::advmod)
          for (TokenIndex below : reading.frames.children(c)) heads.push_back(below);
      }
  }
  for (TokenIndex head : heads)
    if (joined(head))
      for (Readings& r : reading.fillers.find(head)) out.push_back(std::move(r));
}

void PatternMatcher::add_role(const RoleSpec& spec, const SentenceReading& reading,
                              const Frame& frame, bool own_words, Conjuncts& out) const {
  auto take = [&](const Frame& from, bool from_object) {
    for (const Argument& a : from.arguments) {
      // Below a verb, "by" of its object is a phrase like any other: "rejected a claim by X".
      const bool by = from_object && a.role == Role::agent && a.preposition == "by" &&
                      spec.role == Role::prep && spec.preposition == "by";
      if (by)
        for (Readings& r : reading.fillers.find(a.head)) out.push_back(std::move(r));
      if (a.role != spec.role) continue;
      if (spec.role == Role::prep && spec.preposition != "*" && spec.preposition != a.preposition)
        continue;
      if (from_object && a.role != Role::prep) continue;
      if (own_words && a.inherited) continue;
      // What stands inside the name itself ("Bank of Ghana") is for the structure of names.
      if (own_words && covered_by(reading.fillers, frame.predicate, a.head)) continue;
      for (Readings& r : reading.fillers.find(a.head)) out.push_back(std::move(r));
      if (!own_words) extend_list(reading, frame, a.head, out);
    }
  };
  take(frame, false);
  // "The board: 1. approved X": the verb of an item has its subject in the introduction.
  if (out.empty() && spec.role == Role::agent && reading.implied != kNoEntity &&
      frame.kind == FrameKind::verb && !frame.passive && is_main(reading, frame))
    out.push_back({Filler{reading.implied, frame.predicate, 0.8f, false}});
  if (spec.role == Role::agent && !own_words && !out.empty()) add_companions(reading, frame, out);
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
  if (spec.preposition == kWhose) {
    for (const Argument& a : frame.arguments) {
      const bool object =
          a.role == Role::patient ||
          (a.role == Role::prep &&
           (a.preposition == "against" || a.preposition == "at" || a.preposition == "over"));
      if (!object || a.inherited || reading.fillers.is_mention(a.head)) continue;
      const uint32_t noun = reading.frames.frame_of(a.head);
      if (noun == kNoFrame) continue;
      for (const Argument& owner : reading.frames.frames()[noun].arguments)
        if (owner.role == Role::agent && !owner.inherited)
          for (Readings& r : reading.fillers.find(owner.head)) out.push_back(std::move(r));
    }
    return;
  }
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

// Policy prose puts weight on all that is in a stressed clause, whatever its place in the grammar
// ("stressed the need to build A by strengthening B for C").
void PatternMatcher::add_clause_mentions(const SentenceReading& reading, uint32_t frame,
                                         Conjuncts& out) const {
  const Frame& clause = reading.frames.frames()[frame];
  if (clause.kind != FrameKind::verb && !clause.copula) return;
  const doc::Document& d = reading.frames.document();
  const core::TokenSpan sentence = reading.frames.sentence();
  for (const doc::Mention& m : mentions_in(d, sentence)) {
    if (m.entity == kNoEntity || m.tokens.empty() || !sentence.contains(m.tokens) ||
        m.head == doc::kNoToken || !sentence.contains(m.head))
      continue;
    if (reading.frames.clause_over(m.head) == frame)
      out.push_back({Filler{m.entity, m.head, m.confidence, false}});
  }
}

// The event that a speech was given at is often named a sentence before the speech.
void PatternMatcher::add_recent(const RoleSpec& spec, const SentenceReading& reading,
                                TokenIndex predicate, Conjuncts& out) const {
  const doc::Document& d = reading.frames.document();
  const uint32_t reach = spec.heads ? kRecentKind : kRecentSentences;
  const uint32_t first = reading.sentence > reach ? reading.sentence - reach : 0;
  const auto before = begin_in(std::span(d.mentions), {d.sentence_begin[first], predicate});
  for (size_t i = before.size(); i-- > 0;) {
    const doc::Mention& m = before[i];
    if (m.entity == kNoEntity || d.entities[m.entity].type != spec.type) continue;
    if (spec.heads ? !head_in(d, m, *spec.heads)
                   : spec.type == ontology_.core().event && !is_gathering(d, m, event_heads_))
      continue;
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
      // Only what somebody demands, and of nobody in particular: "It is necessary to build …".
      if (reading.addressee != kNoEntity && reading.attributions[frame].speaker != kNoEntity &&
          reading.attributions[frame].speaker != reading.addressee && !has_actor(reading, f))
        out.push_back({Filler{reading.addressee, f.predicate, 0.7f, false}});
      break;
    case Source::topic:
      if (reading.topic != kNoEntity && reading.attributions[frame].speaker == kNoEntity &&
          !has_actor(reading, f))
        out.push_back({Filler{reading.topic, f.predicate, 0.7f, false}});
      break;
    case Source::principal:
      if (reading.principal != kNoEntity)
        out.push_back({Filler{reading.principal, f.predicate, 0.8f, false}});
      break;
    case Source::recent:
      add_recent(spec, reading, f.predicate, out);
      break;
    case Source::clause_agent:
      for (const Frame& inner : all) {
        if (inner.parent != frame || inner.kind != FrameKind::verb) continue;
        // "the charge that X had lied": a clause with a subject of its own says what a noun means.
        const bool of_noun =
            f.kind == FrameKind::noun && inner.own_subject && inner.link == ClauseLink::participle;
        if (inner.link != ClauseLink::complement && inner.link != ClauseLink::open_complement &&
            inner.link != ClauseLink::adverbial && !of_noun)
          continue;
        // "complained as X went on": what happens meanwhile is not what is said.
        if (inner.link == ClauseLink::adverbial && inner.own_subject &&
            !reading.frames.has_mark(inner.predicate, "to"))
          continue;
        for (const Argument& a : inner.arguments)
          if (a.role == (inner.passive ? Role::patient : Role::agent))
            for (Readings& r : reading.fillers.find(a.head)) out.push_back(std::move(r));
      }
      break;
    case Source::matrix_agent:
    case Source::matrix_subject:
      if (f.parent == kNoFrame || (spec.source == Source::matrix_agent && has_actor(reading, f)))
        break;
      if (const Frame& matrix = all[f.parent]; matrix.kind == FrameKind::verb)
        add_role({Source::role, matrix.passive ? Role::patient : Role::agent, {}, {}}, reading,
                 matrix, false, out);
      else if (spec.source == Source::matrix_subject)  // "is full of praise for X"
        add_role({Source::role, Role::bearer, {}, {}}, reading, matrix, false, out);
      break;
    case Source::clause_content:
      add_content(reading, frame, out);
      break;
    case Source::clause_mentions:
      add_clause_mentions(reading, frame, out);
      break;
  }
  if (out.size() > kMaxConjuncts) out.resize(kMaxConjuncts);
  return out;
}

}  // namespace weft::extract
