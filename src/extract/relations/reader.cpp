// Problem: patterns find half of what a sentence states, and some of what they find is wrong.
// Method: a model that was trained on documents with their graphs gives every ordered pair of
// entities of a sentence a probability for each relation that their types allow; over the sentences
// of a document it adds up by noisy-or, as it did in training and as evidence does in the graph.
// Cost: entities of a sentence squared (their number is bounded) x the model.
// Reference: Surdeanu et al. 2012 for learning from graphs of whole documents.
#include "extract/relations/reader.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "extract/frames/within.h"
#include "extract/structure/memberships.h"
#include "extract/structure/office_changes.h"
#include "text/ascii.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::LocalEntity;
using schema::RelationId;

constexpr float kLeastLikely = 0.1f;  // below, a sentence says nothing of the relation
constexpr float kSurest = 0.99f, kUnsurest = 0.01f;
// Of an event that the sentence doesn't name, the model is right in one of six below.
constexpr float kUnnamedFrom = 0.65f;

// What the layout of a list says is no matter of the words between two names; nor is what an item
// says of whoever the list's introduction names, or what follows from another office.
bool by_layout(std::string_view rule) {
  return rule.starts_with(kListRule) || rule.starts_with("successor.") || dates_office(rule);
}

double log_odds(float p) {
  const auto likely = static_cast<double>(std::clamp(p, kUnsurest, kSurest));
  return std::log(likely / (1 - likely));
}

bool contains(const std::vector<LocalEntity>& all, LocalEntity e) {
  return std::find(all.begin(), all.end(), e) != all.end();
}

}  // namespace

AllowedRelations::AllowedRelations(const schema::Ontology& ontology)
    : types_(ontology.types().size()), lists_(types_ * types_ * 2) {
  for (uint16_t s = 0; s < types_; ++s)
    for (uint16_t o = 0; o < types_; ++o)
      for (uint16_t r = 0; r < ontology.relations().size(); ++r) {
        const RelationId id(r);
        if (ontology[id].text_object || !ontology.allows(id, schema::TypeId(s), schema::TypeId(o)))
          continue;
        lists_[(s * types_ + o) * 2].push_back(id);
        if (!ontology[id].symmetric) lists_[(s * types_ + o) * 2 + 1].push_back(id);
      }
}

RelationReader::RelationReader(const doc::Document& document, const schema::Ontology& ontology,
                               const AllowedRelations& allowed, const std::set<RelationId>& sayings,
                               const StandingWords& standing, const schema::WordList& event_heads,
                               const RuleConfidence& rules, const stage::PairScorer* scorer)
    : document_(document),
      ontology_(ontology),
      allowed_(allowed),
      sayings_(sayings),
      standing_(standing),
      event_heads_(event_heads),
      rules_(rules),
      scorer_(scorer),
      located_in_(ontology.relation("located_in")),
      holds_position_(ontology.relation("holds_position")),
      counts_(document.entities.size()) {
  for (const doc::Mention& m : document.mentions)
    if (m.entity != kNoEntity) ++counts_[m.entity];
}

// A symmetric relation is one fact in either direction.
RelationReader::Key RelationReader::key(LocalEntity subject, RelationId r,
                                        LocalEntity object) const {
  if (ontology_[r].symmetric && object < subject) std::swap(subject, object);
  return {subject, r.value, object};
}

std::vector<FiredRule> RelationReader::fired_in(uint32_t sentence,
                                                const FactCollector& facts) const {
  std::vector<FiredRule> out;
  for (const size_t i : facts.of_sentence(sentence)) {
    const doc::Fact& f = document_.facts[i];
    if (f.object == kNoEntity) continue;
    const doc::Evidence& e = *facts.evidence_in(i, sentence);
    out.push_back({f.subject, f.object, f.relation, e.rule, rules_.of(e), e.modality});
  }
  return out;
}

void RelationReader::read(const SentenceReading& reading, const FactCollector& facts) {
  if (scorer_ == nullptr) return;
  const std::vector<FiredRule> fired = fired_in(reading.sentence, facts);
  PairFeatures features(reading, mentions_in(document_, reading.frames.sentence()), counts_, fired);
  const std::vector<LocalEntity>& named = features.entities();
  for (size_t i = 0; i < named.size(); ++i)
    for (size_t k = 0; k < named.size(); ++k)
      if (i != k) score(reading, features, named[i], named[k], k < i, fired);
  const std::vector<LocalEntity> carried = carried_into(reading, named);
  unnamed_event_ = event_ != kNoEntity && !contains(named, event_);
  for (const LocalEntity c : carried)
    for (const LocalEntity e : named) {
      score(reading, features, c, e, false, fired);
      score(reading, features, e, c, true, fired);
    }
  // What a pattern took from elsewhere ("he", the last visitor) is no pair of this sentence.
  const auto missing = [&](LocalEntity e) { return !contains(named, e) && !contains(carried, e); };
  std::vector<std::pair<LocalEntity, LocalEntity>> done;
  for (const FiredRule& f : fired) {
    const std::pair pair(f.subject, f.object);
    if (!missing(f.subject) && !missing(f.object) &&
        (contains(named, f.subject) || contains(named, f.object)))
      continue;
    if (std::find(done.begin(), done.end(), pair) != done.end()) continue;
    done.push_back(pair);
    score(reading, features, f.subject, f.object, false, fired);
  }
  agree_in_lists(reading, fired);
  // What follows a meeting took place at it; what follows an earthquake didn't.
  for (const doc::Mention& m : mentions_in(document_, reading.frames.sentence()))
    if (m.entity != kNoEntity && document_.entities[m.entity].type == ontology_.core().event &&
        is_gathering(document_, m, event_heads_))
      event_ = m.entity;
}

// "The bloc consists of A, B and C": what one rule, or the model, finds of several items of a list
// is as likely of each as of all together: the mean of their log odds.
void RelationReader::agree_in_lists(const SentenceReading& reading,
                                    std::span<const FiredRule> fired) {
  const core::TokenSpan sentence = reading.frames.sentence();
  std::map<LocalEntity, doc::TokenIndex> lists;  // the first item's head, of each item
  for (const doc::Mention& m : mentions_in(document_, sentence)) {
    if (m.entity == kNoEntity || m.head == doc::kNoToken) continue;
    const doc::TokenIndex up = document_.head[m.head];
    const bool joined = document_.deprel[m.head] == doc::Deprel::conj && up != doc::kNoToken &&
                        sentence.contains(up);
    lists.try_emplace(m.entity, joined ? up : m.head);
  }
  using Items = std::tuple<std::string_view, uint16_t, LocalEntity, bool, doc::TokenIndex>;
  std::map<Items, std::set<Key>> found;
  const auto note = [&](std::string_view rule, LocalEntity subject, RelationId relation,
                        LocalEntity object) {
    for (const bool of_object : {false, true})
      if (const auto in = lists.find(of_object ? object : subject); in != lists.end())
        found[{rule, relation.value, of_object ? subject : object, of_object, in->second}].insert(
            key(subject, relation, object));
  };
  for (const FiredRule& f : fired) note(f.rule, f.subject, f.relation, f.object);
  for (auto p = proposals_.rbegin();
       p != proposals_.rend() && p->evidence.sentence == reading.sentence; ++p)
    note("model", p->subject, p->relation, p->object);
  for (const auto& [items, keys] : found) {
    if (keys.size() < 2) continue;
    double odds = 0;
    std::vector<float*> each;
    for (const Key& k : keys) {
      each.push_back(&likely_[k][reading.sentence]);
      odds += log_odds(*each.back());
    }
    const double together = 1 / (1 + std::exp(-odds / static_cast<double>(keys.size())));
    for (float* p : each) *p = static_cast<float>(together);
  }
}

// Who speaks and the event that is told of need not be named again in each sentence.
std::vector<LocalEntity> RelationReader::carried_into(const SentenceReading& reading,
                                                      const std::vector<LocalEntity>& named) const {
  std::vector<LocalEntity> out;
  const auto add = [&](LocalEntity e) {
    if (e != kNoEntity && !contains(named, e) && !contains(out, e)) out.push_back(e);
  };
  for (const Attribution& said : reading.attributions) add(said.speaker);
  add(event_);
  add(reading.implied);
  return out;
}

// "Sweden's NATO membership" says nothing of where NATO is.
bool RelationReader::only_owned_by_name(const SentenceReading& reading, LocalEntity e) const {
  for (const doc::Mention& m : mentions_in(document_, reading.frames.sentence()))
    if (m.entity == e && m.tokens.begin > reading.frames.sentence().begin &&
        document_.xpos[m.tokens.begin - 1] == doc::Xpos::POS &&
        names_what_follows(document_, m, ontology_.core().position))
      return true;
  return false;
}

// The person of "Ann Lee as minister"; nobody else is to hold that office there.
LocalEntity RelationReader::holder_as(core::TokenSpan sentence, LocalEntity office) const {
  const doc::Document& d = document_;
  constexpr doc::TokenIndex kWords = 3;  // from "as" to the office
  const auto mentions = mentions_in(d, sentence);
  for (const doc::Mention& m : mentions) {
    if (m.entity != office) continue;
    for (doc::TokenIndex t = m.tokens.begin; t > sentence.begin && m.tokens.begin - t < kWords;
         --t) {
      if (d.norm_of(t - 1) != "as") continue;
      for (const doc::Mention& p : mentions)
        if (p.tokens.end == t - 1 && p.entity != kNoEntity && p.head != doc::kNoToken &&
            (d.deprel[p.head] == doc::Deprel::obj || d.deprel[p.head] == doc::Deprel::nsubj) &&
            d.entities[p.entity].type == ontology_.core().person)
          return p.entity;
    }
  }
  return kNoEntity;
}

// "Kenya and Ghana, but not Togo, signed": of Togo the clause says nothing that a guess could add.
bool RelationReader::excluded(const SentenceReading& reading, LocalEntity entity) const {
  const auto mentions = mentions_in(document_, reading.frames.sentence());
  return std::any_of(mentions.begin(), mentions.end(), [&](const doc::Mention& m) {
    return m.entity == entity && m.head != doc::kNoToken &&
           document_.deprel[m.head] == doc::Deprel::conj && reading.frames.excluded(m.head);
  });
}

// "is running for mayor", "the candidate for mayor"; "works for the mayor, Ann Lee", if `held`.
bool RelationReader::is_apart(const SentenceReading& reading, LocalEntity office, bool held) const {
  const auto mentions = mentions_in(document_, reading.frames.sentence());
  return std::any_of(mentions.begin(), mentions.end(), [&](const doc::Mention& m) {
    if (m.entity != office || m.head == doc::kNoToken) return false;
    const doc::TokenIndex above = document_.head[m.head];
    const std::string_view preposition = reading.frames.preposition(m.head);
    if (above == doc::kNoToken || preposition.empty()) return false;
    return preposition == "for" ? held || standing_.wishes.has(document_.lemma_of(above))
                                : held && (preposition == "with" || preposition == "by" ||
                                           preposition == "from" || preposition == "against");
  });
}

// "The president named Ann Lee minister", "wants Ann Lee as minister": who makes somebody hold an
// office doesn't hold it.
bool RelationReader::gives_office(const SentenceReading& reading, uint32_t frame,
                                  LocalEntity subject, LocalEntity office,
                                  std::span<const FiredRule> fired) const {
  if (const LocalEntity holder = holder_as(reading.frames.sentence(), office);
      holder != kNoEntity) {
    // "refused Ann Lee as minister": what the clause wishes or plans has a modality, the rest none.
    const bool wished = frame != kNoFrame &&
                        standing_.wishes.has(reading.frames.frames()[frame].lemma) &&
                        reading.statuses[frame].modality == doc::Modality::asserted;
    return holder != subject || wished;
  }
  const bool held = std::any_of(fired.begin(), fired.end(), [&](const FiredRule& f) {
    return f.relation == holds_position_ && f.object == office && f.subject != subject;
  });
  if (is_apart(reading, office, held)) return true;
  if (frame == kNoFrame) return false;
  const auto is = [&](const Argument& a, LocalEntity e) {
    const auto readings = reading.fillers.readings(a.head);
    return std::any_of(readings.begin(), readings.end(),
                       [&](const Filler& f) { return f.entity == e; });
  };
  const auto& arguments = reading.frames.frames()[frame].arguments;
  const auto has = [&](Role role, LocalEntity e) {
    return std::any_of(arguments.begin(), arguments.end(),
                       [&](const Argument& a) { return a.role == role && is(a, e); });
  };
  return has(Role::agent, subject) &&
         std::any_of(fired.begin(), fired.end(), [&](const FiredRule& f) {
           return f.relation == holds_position_ && f.object == office && f.subject != subject &&
                  has(Role::patient, f.subject);
         });
}

void RelationReader::score(const SentenceReading& reading, PairFeatures& features,
                           LocalEntity subject, LocalEntity object, bool backward,
                           std::span<const FiredRule> fired) {
  const auto& entities = document_.entities;
  std::vector<stage::FiredPattern> own;
  bool listed = false;
  for (const FiredRule& f : fired)
    if (f.subject == subject && f.object == object) {
      own.push_back({f.relation, f.confidence});
      backward = backward && !ontology_[f.relation].symmetric;
      listed = listed || by_layout(f.rule);
    }
  const std::vector<RelationId>& allowed =
      allowed_.between(entities[subject].type, entities[object].type, backward);
  if (allowed.empty()) return;
  std::sort(own.begin(), own.end(),
            [](const auto& a, const auto& b) { return a.relation < b.relation; });
  probabilities_.assign(allowed.size(), 0);
  const std::span<const uint64_t> keys = features.keys(subject, object);
  const auto tokens = [](const doc::Mention* m) { return m ? m->tokens : core::TokenSpan{}; };
  scorer_->score({document_, reading.sentence, subject, object, allowed, keys, own,
                  tokens(features.subject()), tokens(features.object()), features.link()},
                 probabilities_);
  // One statement gives one fact: of the relations that no pattern found, the likeliest counts.
  size_t likeliest = allowed.size();
  const auto found = [&](size_t i) {
    return std::any_of(own.begin(), own.end(),
                       [&](const auto& f) { return f.relation == allowed[i]; });
  };
  for (size_t i = 0; i < allowed.size(); ++i)
    if (!found(i) && (likeliest == allowed.size() || probabilities_[i] > probabilities_[likeliest]))
      likeliest = i;
  for (size_t i = 0; i < allowed.size(); ++i) {
    const bool by_pattern = found(i);
    if (listed && !by_pattern) continue;
    if (!by_pattern && allowed[i] == located_in_ && only_owned_by_name(reading, subject)) continue;
    if (!by_pattern && allowed[i] == holds_position_ &&
        gives_office(reading, features.frame(), subject, object, fired))
      continue;
    if (!by_pattern && (i != likeliest || probabilities_[i] < kLeastLikely)) continue;
    if (!by_pattern && (excluded(reading, subject) || excluded(reading, object))) continue;
    float p = std::clamp(probabilities_[i], kUnsurest, kSurest);
    for (const FiredRule& f : fired)
      if (f.subject == subject && f.object == object && f.relation == allowed[i] &&
          (by_layout(f.rule) || subject == reading.implied))
        p = std::max(p, f.confidence);
    const Key k = key(subject, allowed[i], object);
    float& best = likely_[k][reading.sentence];
    best = std::max(best, p);
    if (by_pattern)
      by_pattern_.insert(k);
    else
      proposals_.push_back({subject, object, allowed[i],
                            evidence(reading, features.frame(), allowed[i], subject, object, p),
                            unnamed_event_ && (subject == event_ || object == event_)});
  }
}

doc::Evidence RelationReader::evidence(const SentenceReading& reading, uint32_t frame,
                                       RelationId relation, LocalEntity subject, LocalEntity object,
                                       float p) const {
  const std::string rule = "model." + ontology_[relation].name;
  // What no clause connects is as firm as the sentence: a demand is no fact.
  if (frame == kNoFrame && !reading.frames.frames().empty()) frame = 0;
  if (frame != kNoFrame) {
    doc::Evidence e = make_evidence(reading, frame, rule, p);
    if (e.speaker == subject && sayings_.count(relation)) {
      e.speaker = kNoEntity;  // that someone says something is the document's own word
      e.modality = doc::Modality::asserted;
    }
    free_from_clause(reading, ontology_, standing_, relation, subject, object, e);
    return e;
  }
  doc::Evidence e;
  e.span = document_.byte_span(reading.frames.sentence());
  e.sentence = reading.sentence;
  e.rule = rule;
  e.confidence = p;
  return e;
}

double RelationReader::probability(const Key& key) const {
  double doubt = 1;
  for (const auto& [sentence, p] : likely_.at(key)) doubt *= 1 - static_cast<double>(p);
  return 1 - doubt;
}

std::vector<doc::Fact> RelationReader::finish(doc::Document& document) {
  for (doc::Fact& f : document.facts) {
    const Key k = key(f.subject, f.relation, f.object);
    for (doc::Evidence& e : f.evidence) {
      e.confidence = rules_.of(e);
      if (scorer_ == nullptr || f.object == kNoEntity) continue;
      // A sentence that was not read is a table or a line of metadata.
      const auto [scored, unread] = likely_[k].emplace(e.sentence, std::min(e.confidence, kSurest));
      e.confidence = scored->second;
      if (unread) by_pattern_.insert(k);
    }
  }
  std::vector<doc::Fact> doubted;
  if (scorer_ == nullptr) return doubted;
  std::map<Key, double> known;  // a fact of many sentences is asked for as often
  const auto likelihood = [&](const Key& k) {
    const auto [it, fresh] = known.try_emplace(k, 0);
    if (fresh) it->second = probability(k);
    return it->second;
  };
  std::erase_if(document.facts, [&](const doc::Fact& f) {
    return f.object != kNoEntity &&
           likelihood(key(f.subject, f.relation, f.object)) < scorer_->keep_from();
  });
  FactCollector facts(document, ontology_);
  for (Proposal& p : proposals_) {
    const Key k = key(p.subject, p.relation, p.object);
    const double least = by_pattern_.count(k) ? scorer_->keep_from() : scorer_->propose_from();
    if (likelihood(k) < least) continue;
    p.evidence.confidence = likely_.at(k).at(p.evidence.sentence);
    if (p.unnamed_event && p.evidence.confidence < kUnnamedFrom) {
      doc::Fact fact;
      fact.subject = p.subject;
      fact.relation = p.relation;
      fact.object = p.object;
      fact.evidence.push_back(std::move(p.evidence));
      doubted.push_back(std::move(fact));
    } else {
      facts.add(p.subject, p.relation, p.object, std::move(p.evidence));
    }
  }
  return doubted;
}

}  // namespace weft::extract
