// Problem: say in a few dozen keys how two entities of a sentence stand to each other. Method: the
// features of feature-based relation extraction over words, the shortest path of the tree and the
// frames; a key is a hash of the number of its group and of what the group looks at, so there is no
// table of names. Cost: entities squared x the length of path and frames; both are bounded.
// References: Zhou et al. 2005 (words, entity types, trees), Bunescu and Mooney 2005 (the path).
#include "extract/relations/features.h"

#include <algorithm>
#include <string>

#include "core/hash.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::kNoToken;
using doc::Mention;
using doc::TokenIndex;

constexpr size_t kMostMentions = 4;  // of one entity in one sentence
constexpr size_t kMostSteps = 40;    // towards the root
constexpr size_t kMostLabels = 7;    // of a path that is a key as a whole
constexpr size_t kMostPathWords = 6;
constexpr uint32_t kMostBetween = 12;  // words, each of which is a key
constexpr uint32_t kWholeBetween = 4;  // words that are a key together
constexpr uint64_t kNothing = 0x51ed270b0a1f39c1ull;

constexpr uint64_t mix(uint64_t key, uint64_t value) {
  key = (key ^ value) * 0x9e3779b97f4a7c15ull;
  return key ^ (key >> 29);
}

constexpr uint64_t hash(std::string_view s) { return mix(core::fnv1a(s), s.size()); }

/// Groups of keys.
enum Group : uint32_t {
  kBias,
  kSubjectType,
  kObjectType,
  kTypes,
  kSubjectKind,
  kObjectKind,
  kSubjectCount,
  kObjectCount,
  kTitle,
  kRule,
  kFired,
  kFiredAt,
  kFiredAs,
  kBack,
  kOtherObject,
  kOtherObjectAlike,
  kOtherSubject,
  kOtherSubjectAlike,
  kSubjectAsObject,
  kObjectAsSubject,
  kAbsent,
  kSubjectForm,
  kObjectForm,
  kOrderTypes,
  kOrderDistance,
  kMentionsBetween,
  kTypeBetween,
  kSubjectHead,
  kObjectHead,
  kWord,
  kTwoWords,
  kBetween,
  kBetweenTypes,
  kBefore,
  kBehind,
  kPath,
  kPathTypes,
  kPathLengths,
  kPathWord,
  kTop,
  kTopTag,
  kPathAndWords,
  kCase,
  kVia,
  kRoles,
  kRolesLemma,
  kFrameLemma,
  kRolesTypes,
  kStatus,
  kPassed,
  kChildRoles,
  kChildLemma,
  kChildOwnLemma,
  kChildLemmas,
  kParentRoles,
  kParentLemma,
  kParentOwnLemma,
  kSubjectRole,
  kObjectRole,
  kSpeaker,
  kSpeakerVerb,
  kSpeakerRole,
  kSpeakerTypes,
  kLoneForm,
  kLoneHead,
  kLoneRole,
  kLoneLemma,
  kLoneLemmaTypes,
  kLoneMain,
  kLoneStatus,
  kLoneSpeaker,
  kLoneSaid
};

uint64_t bucket(uint32_t n) {
  constexpr uint32_t kSteps[] = {0, 1, 2, 3, 4, 6, 9, 13, 19, 30};
  return static_cast<uint64_t>(std::lower_bound(std::begin(kSteps), std::end(kSteps), n) -
                               std::begin(kSteps));
}

enum Nesting : uint64_t { apart, inside, around };

Nesting nesting(const Mention& a, const Mention& b) {
  if (b.tokens.contains(a.tokens)) return inside;
  return a.tokens.contains(b.tokens) ? around : apart;
}

bool comes_first(const Mention& a, const Mention& b) {
  return std::pair(a.tokens.begin, a.tokens.end) < std::pair(b.tokens.begin, b.tokens.end);
}

core::TokenSpan between(const Mention& a, const Mention& b) {
  const core::TokenSpan first = comes_first(a, b) ? a.tokens : b.tokens;
  const core::TokenSpan second = comes_first(a, b) ? b.tokens : a.tokens;
  return {first.end, std::max(first.end, second.begin)};
}

}  // namespace

PairFeatures::PairFeatures(const SentenceReading& reading, std::span<const Mention> mentions,
                           std::span<const uint32_t> counts, std::span<const FiredRule> fired)
    : reading_(reading),
      document_(reading.frames.document()),
      sentence_(reading.frames.sentence()),
      mentions_(mentions),
      counts_(counts),
      fired_(fired) {
  for (uint32_t i = 0; i < mentions_.size(); ++i) {
    if (mentions_[i].entity == kNoEntity) continue;
    std::vector<uint32_t>& places = where_[mentions_[i].entity];
    if (places.empty() && entities_.size() < kMostEntities)
      entities_.push_back(mentions_[i].entity);
    if (places.size() < kMostMentions) places.push_back(i);
  }
  for (TokenIndex t = sentence_.begin; t < sentence_.end; ++t)
    lemmas_.push_back(hash(text::lower_ascii(document_.lemma_of(t))));
  fill_roles();
}

void PairFeatures::fill_roles() {
  const auto& frames = reading_.frames.frames();
  for (uint32_t f = 0; f < frames.size(); ++f) {
    for (const Argument& a : frames[f].arguments) {
      const uint64_t role = mix(static_cast<uint64_t>(a.role) + 1,
                                a.role == Role::prep ? hash(a.preposition) : kNothing);
      const std::vector<Readings> conjuncts = reading_.fillers.find(a.head);
      for (size_t c = 0; c < conjuncts.size(); ++c)
        for (size_t r = 0; r < conjuncts[c].size(); ++r)
          roles_[conjuncts[c][r].entity].push_back({f, role, static_cast<uint16_t>(c),
                                                    static_cast<uint16_t>(r),
                                                    conjuncts[c][r].passed});
    }
    for (const Mention& m : mentions_)
      if (m.entity != kNoEntity && m.head == frames[f].predicate)
        roles_[m.entity].push_back({f, kNothing, 0, 0, false});
  }
}

template <class... Values>
void PairFeatures::add(uint32_t group, Values... values) {
  uint64_t key = mix(kNothing, group + 1);
  ((key = mix(key, static_cast<uint64_t>(values))), ...);
  keys_.push_back(key);
}

std::span<const uint64_t> PairFeatures::keys(doc::LocalEntity subject, doc::LocalEntity object) {
  keys_.clear();
  frame_ = kNoFrame;
  add_types(subject, object);
  add_rules(subject, object);
  Path path;
  ends_ = nearest(subject, object, path);
  const auto [s, o] = ends_;
  if (s != nullptr && o != nullptr) {
    add_mentions(*s, *o, path);
    add_path(*s, *o, path);
  } else {
    add(kAbsent, s == nullptr, o == nullptr);
  }
  add_frames(subject, object);
  if (const Mention* const end = o != nullptr ? o : s; frame_ == kNoFrame && end != nullptr)
    frame_ = frame_above(path.top != kNoToken && s != nullptr ? path.top : end->head);
  link_ = path.top;
  take_least_firm(path);
  if ((s == nullptr) != (o == nullptr))
    add_lone(s == nullptr ? *o : *s, s == nullptr ? subject : object, s == nullptr);
  std::sort(keys_.begin(), keys_.end());
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  return keys_;
}

void PairFeatures::add_types(doc::LocalEntity subject, doc::LocalEntity object) {
  const doc::Entity &s = document_.entities[subject], &o = document_.entities[object];
  types_ = mix(s.type.value + 1u, o.type.value + 1u);
  add(kBias);
  add(kSubjectType, s.type.value);
  add(kObjectType, o.type.value);
  add(kTypes, types_);
  add(kSubjectKind, hash(s.kind));
  add(kObjectKind, hash(o.kind));
  add(kSubjectCount, std::min(counts_[subject], 4u));
  add(kObjectCount, std::min(counts_[object], 4u));
  if (document_.role_of(reading_.sentence) == doc::BlockRole::title) add(kTitle);
}

// What the patterns found of the pair, and of either end with others.
void PairFeatures::add_rules(doc::LocalEntity subject, doc::LocalEntity object) {
  const auto type = [&](doc::LocalEntity e) { return document_.entities[e].type; };
  for (const FiredRule& f : fired_) {
    const uint16_t r = f.relation.value;
    if (f.subject == subject && f.object == object) {
      add(kRule, hash(f.rule));
      add(kFired, r);
      add(kFiredAt, r, f.confidence * 10);
      add(kFiredAs, r, f.modality);
    } else if (f.subject == object && f.object == subject) {
      add(kBack, r);
    } else if (f.subject == subject) {
      add(kOtherObject, r);
      add(kOtherObjectAlike, r, type(f.object) == type(object));
    } else if (f.object == object) {
      add(kOtherSubject, r);
      add(kOtherSubjectAlike, r, type(f.subject) == type(subject));
    } else if (f.object == subject) {
      add(kSubjectAsObject, r);
    } else if (f.subject == object) {
      add(kObjectAsSubject, r);
    }
  }
}

// The pair of mentions that the tree connects by the shortest path, of several the nearest.
std::pair<const Mention*, const Mention*> PairFeatures::nearest(doc::LocalEntity subject,
                                                                doc::LocalEntity object,
                                                                Path& out) {
  const auto s = where_.find(subject), o = where_.find(object);
  std::pair<const Mention*, const Mention*> best{
      s == where_.end() ? nullptr : &mentions_[s->second.front()],
      o == where_.end() ? nullptr : &mentions_[o->second.front()]};
  if (best.first == nullptr || best.second == nullptr) return best;
  std::pair<size_t, uint32_t> least{SIZE_MAX, 0};
  Path path;
  for (const uint32_t i : s->second)
    for (const uint32_t k : o->second) {
      const Mention &a = mentions_[i], &b = mentions_[k];
      find_path(a.head, b.head, path);
      const size_t length =
          path.top == kNoToken ? 2 * kMostSteps : path.up.size() + path.down.size();
      const uint32_t gap = a.tokens.begin < b.tokens.begin ? b.tokens.begin - a.tokens.begin
                                                           : a.tokens.begin - b.tokens.begin;
      if (std::pair(length, gap) >= least) continue;
      least = {length, gap};
      best = {&a, &b};
      std::swap(out, path);
    }
  return best;
}

void PairFeatures::find_path(TokenIndex from, TokenIndex to, Path& out) const {
  const auto climb = [&](TokenIndex t, std::vector<TokenIndex>& chain) {
    chain.clear();
    for (; t != kNoToken && sentence_.contains(t) && chain.size() < kMostSteps;
         t = document_.head[t])
      chain.push_back(t);
  };
  climb(from, out.up);
  climb(to, out.down);
  out.top = kNoToken;
  for (size_t i = 0; i < out.down.size(); ++i) {
    const auto met = std::find(out.up.begin(), out.up.end(), out.down[i]);
    if (met == out.up.end()) continue;
    out.top = out.down[i];
    out.up.erase(met, out.up.end());
    out.down.resize(i);
    return;
  }
}

void PairFeatures::add_mentions(const Mention& s, const Mention& o, const Path& path) {
  add(kSubjectForm, s.form);
  add(kObjectForm, o.form);
  const uint64_t order = comes_first(s, o) ? 1 : 2;
  const Nesting nested = nesting(s, o);
  const core::TokenSpan gap = between(s, o);
  add(kOrderTypes, order, nested, types_);
  add(kOrderDistance, order, nested, bucket(gap.size()));
  std::vector<doc::LocalEntity> others;
  for (const Mention& m : mentions_)
    if (gap.contains(m.tokens) && m.entity != kNoEntity) others.push_back(m.entity);
  for (const doc::LocalEntity e : others) {
    if (document_.entities[e].type == document_.entities[s.entity].type) add(kTypeBetween, 1);
    if (document_.entities[e].type == document_.entities[o.entity].type) add(kTypeBetween, 2);
  }
  std::sort(others.begin(), others.end());
  const auto end = std::unique(others.begin(), others.end());
  add(kMentionsBetween, std::min<size_t>(static_cast<size_t>(end - others.begin()), 6));
  if (sentence_.contains(s.head)) add(kSubjectHead, lemma(s.head));
  if (sentence_.contains(o.head)) add(kObjectHead, lemma(o.head));
  if (nested != apart) return;
  add_between(gap, order);
  const Mention &first = order == 1 ? s : o, &second = order == 1 ? o : s;
  if (first.tokens.begin > sentence_.begin) add(kBefore, order, lemma(first.tokens.begin - 1));
  if (second.tokens.end < sentence_.end) add(kBehind, order, lemma(second.tokens.end));
  for (const std::vector<TokenIndex>* side : {&path.up, &path.down})
    for (size_t i = 0; i + 1 < side->size(); ++i)
      if (const doc::Deprel r = document_.deprel[(*side)[i]];
          r == doc::Deprel::conj || r == doc::Deprel::appos)
        add(kVia, r);
}

// The other end is not named here: it speaks, or what happens has to do with it.
void PairFeatures::add_lone(const Mention& m, doc::LocalEntity absent, bool is_object) {
  add(kLoneForm, is_object, m.form, types_);
  if (sentence_.contains(m.head)) add(kLoneHead, is_object, lemma(m.head), types_);
  const auto& frames = reading_.frames.frames();
  if (const auto found = roles_.find(m.entity); found != roles_.end())
    for (const Filled& f : found->second) {
      const uint64_t word = hash(frames[f.frame].lemma);
      add(kLoneRole, is_object, f.role, types_);
      add(kLoneLemma, is_object, word, f.role);
      add(kLoneLemmaTypes, is_object, word, types_);
    }
  if (!frames.empty()) add(kLoneMain, is_object, hash(frames.front().lemma), types_);
  if (frame_ == kNoFrame) return;
  add(kLoneStatus, is_object, reading_.statuses[frame_].modality, types_);
  const Attribution& said = reading_.attributions[frame_];
  add(kLoneSpeaker, is_object, said.speaker == absent, types_);
  if (said.speaker == absent || said.speaker == m.entity)
    add(kLoneSaid, said.speaker == absent, hash(said.verb), types_);
}

void PairFeatures::add_between(core::TokenSpan words, uint64_t order) {
  uint64_t whole = order, last = kNothing;
  for (TokenIndex t = words.begin; t < words.end && words.size() <= kMostBetween; ++t) {
    add(kWord, order, lemma(t));
    add(kTwoWords, order, last, lemma(t));
    whole = mix(whole, lemma(t));
    last = lemma(t);
  }
  if (words.size() <= kMostBetween) add(kTwoWords, order, last, kNothing);
  if (words.size() > kWholeBetween) return;
  add(kBetween, whole);
  add(kBetweenTypes, whole, types_);
}

void PairFeatures::add_path(const Mention& s, const Mention& o, const Path& path) {
  if (path.top == kNoToken) return;
  const size_t length = path.up.size() + path.down.size() + 1;
  uint64_t labels = kNothing;
  for (const TokenIndex t : path.up) labels = mix(labels, 1000u + (unsigned)document_.deprel[t]);
  for (size_t i = path.down.size(); i-- > 0;)
    labels = mix(labels, 1u + (unsigned)document_.deprel[path.down[i]]);
  std::vector<TokenIndex> inner(path.up.begin() + !path.up.empty(), path.up.end());
  if (!path.up.empty() && !path.down.empty()) inner.push_back(path.top);
  inner.insert(inner.end(), path.down.begin() + !path.down.empty(), path.down.end());
  if (inner.size() > kMostPathWords) inner.resize(kMostPathWords);
  add(kPathLengths, std::min<size_t>(path.up.size(), 6), std::min<size_t>(path.down.size(), 6));
  uint64_t words = labels;
  for (size_t i = 0; i < inner.size(); ++i) {
    add(kPathWord, lemma(inner[i]));
    if (i < 4) words = mix(words, lemma(inner[i]));
  }
  if (length <= kMostLabels) {
    add(kPath, labels);
    add(kPathTypes, labels, types_);
    add(kPathAndWords, words);
  }
  if (!path.up.empty() && !path.down.empty()) {
    add(kTop, lemma(path.top), document_.deprel[path.up.back()],
        document_.deprel[path.down.back()]);
    add(kTopTag, document_.upos[path.top]);
  }
  const auto add_case = [&](uint64_t side, TokenIndex t) {
    for (const TokenIndex c : reading_.frames.children(t))
      if (document_.deprel[c] == doc::Deprel::case_) add(kCase, side, lemma(c));
  };
  if (sentence_.contains(s.head)) add_case(1, s.head);
  if (sentence_.contains(o.head)) add_case(2, o.head);
  if (!path.up.empty()) add_case(1, path.up.back());
  if (!path.down.empty()) add_case(2, path.down.back());
}

void PairFeatures::add_frames(doc::LocalEntity subject, doc::LocalEntity object) {
  static const std::vector<Filled> kNone;
  const auto of = [&](doc::LocalEntity e) -> const std::vector<Filled>& {
    const auto found = roles_.find(e);
    return found == roles_.end() ? kNone : found->second;
  };
  const std::vector<Filled>&ss = of(subject), &os = of(object);
  for (const Filled& s : ss)
    for (const Filled& o : os) add_linked(s, o);
  for (const Filled& s : ss) add(kSubjectRole, s.role);
  for (const Filled& o : os) {
    add(kObjectRole, o.role);
    const Attribution& said = reading_.attributions[o.frame];
    if (said.speaker != subject) continue;
    add(kSpeaker);
    add(kSpeakerVerb, hash(said.verb));
    add(kSpeakerRole, o.role);
    add(kSpeakerTypes, reading_.statuses[o.frame].modality, o.role, types_);
  }
}

// Both fill roles of one frame, or of a frame and one that hangs on it.
void PairFeatures::add_linked(const Filled& s, const Filled& o) {
  const Frame &sf = reading_.frames.frames()[s.frame], &of = reading_.frames.frames()[o.frame];
  const uint64_t sl = hash(sf.lemma), ol = hash(of.lemma);
  if (s.frame == o.frame) {
    if (s.role == o.role && s.conjunct == o.conjunct && s.reading != o.reading) return;
    if (frame_ == kNoFrame || reading_.frames.frames()[frame_].kind != FrameKind::verb)
      frame_ = s.frame;
    add(kRoles, sf.kind, s.role, o.role);
    add(kRolesLemma, sl, s.role, o.role);
    add(kFrameLemma, sl);
    add(kRolesTypes, s.role, o.role, types_);
    const ClauseStatus& status = reading_.statuses[s.frame];
    add(kStatus, status.modality, status.polarity,
        reading_.attributions[s.frame].speaker != kNoEntity);
    if (s.passed) add(kPassed, 1);
    if (o.passed) add(kPassed, 2);
  } else if (of.parent == s.frame) {
    if (frame_ == kNoFrame) frame_ = o.frame;
    add(kChildRoles, s.role, of.link, o.role);
    add(kChildLemma, sl, s.role, of.link, o.role);
    add(kChildOwnLemma, ol, s.role, o.role);
    add(kChildLemmas, sl, ol);
  } else if (sf.parent == o.frame) {
    if (frame_ == kNoFrame) frame_ = s.frame;
    add(kParentRoles, s.role, sf.link, o.role);
    add(kParentLemma, ol, s.role, sf.link, o.role);
    add(kParentOwnLemma, sl, s.role, o.role);
  }
}

// "Zhao is to take up a post in Beijing": what stands between the two may be less firm than what
// holds them together.
void PairFeatures::take_least_firm(const Path& path) {
  if (frame_ == kNoFrame || reading_.statuses[frame_].modality != doc::Modality::asserted) return;
  for (const std::vector<TokenIndex>* side : {&path.up, &path.down})
    for (const TokenIndex t : *side)
      if (const uint32_t f = reading_.frames.frame_of(t);
          f != kNoFrame && reading_.statuses[f].modality != doc::Modality::asserted) {
        frame_ = f;
        return;
      }
}

uint32_t PairFeatures::frame_above(TokenIndex t) const {
  for (size_t steps = 0; t != kNoToken && sentence_.contains(t) && steps < kMostSteps;
       ++steps, t = document_.head[t])
    if (const uint32_t f = reading_.frames.frame_of(t); f != kNoFrame) return f;
  return kNoFrame;
}

}  // namespace weft::extract
