// Problem: a fact that is stated ten times is one fact with ten pieces of evidence. Method: an
// ordered map from subject, relation and object to its place in the list; facts stay in order of
// first appearance, symmetric relations in the direction that was met first. Cost: logarithmic in
// the facts of a document.
#include "extract/facts/collector.h"

#include <algorithm>
#include <utility>

namespace weft::extract {

namespace {

// What a country may lie in: a part of the world.
bool may_hold_countries(const doc::Entity& place) {
  return place.kind == "region" || place.kind == "country";
}

}  // namespace

FactCollector::FactCollector(doc::Document& document, const schema::Ontology& ontology)
    : document_(document), ontology_(ontology), located_in_(ontology.relation("located_in")) {
  for (size_t i = 0; i < document_.facts.size(); ++i) {
    const doc::Fact& f = document_.facts[i];
    index_.emplace(Key{f.subject, f.relation.value, f.object, f.value}, i);
    for (size_t k = 0; k < f.evidence.size(); ++k) {
      by_sentence_[f.evidence[k].sentence].push_back(i);
      places_.insert_or_assign({i, f.evidence[k].sentence}, k);
    }
  }
}

void FactCollector::add(doc::LocalEntity subject, schema::RelationId relation,
                        doc::LocalEntity object, doc::Evidence evidence) {
  if (subject == object) return;
  // "a summit with Serbia in Ohrid", "the US in London": no country lies in a town.
  if (relation == located_in_ && document_.entities[subject].kind == "country" &&
      !may_hold_countries(document_.entities[object]))
    return;
  if (ontology_[relation].symmetric &&
      ontology_.allows(relation, document_.entities[object].type,
                       document_.entities[subject].type) &&
      index_.count(Key{object, relation.value, subject, {}}))
    std::swap(subject, object);
  add(Key{subject, relation.value, object, {}}, std::move(evidence));
}

void FactCollector::add_value(doc::LocalEntity subject, schema::RelationId relation,
                              std::string value, doc::Evidence evidence) {
  if (!value.empty())
    add(Key{subject, relation.value, doc::kNoEntity, std::move(value)}, std::move(evidence));
}

std::pair<doc::LocalEntity, doc::LocalEntity> FactCollector::last(schema::RelationId relation,
                                                                  uint32_t sentence) const {
  const auto it = last_.find(relation.value);
  if (it == last_.end() || it->second.sentence != sentence) return {doc::kNoEntity, doc::kNoEntity};
  return {it->second.subject, it->second.object};
}

void FactCollector::add(Key key, doc::Evidence evidence) {
  last_[std::get<1>(key)] = {evidence.sentence, std::get<0>(key), std::get<2>(key)};
  const auto [it, fresh] = index_.emplace(key, document_.facts.size());
  if (fresh) {
    doc::Fact fact;
    fact.subject = std::get<0>(key);
    fact.relation = schema::RelationId(std::get<1>(key));
    fact.object = std::get<2>(key);
    fact.value = std::get<3>(key);
    document_.facts.push_back(std::move(fact));
  }
  if (doc::Evidence* same = evidence_in(it->second, evidence.sentence)) {
    if (evidence.confidence > same->confidence) *same = std::move(evidence);
    return;
  }
  by_sentence_[evidence.sentence].push_back(it->second);
  places_.emplace(std::pair{it->second, evidence.sentence},
                  document_.facts[it->second].evidence.size());
  document_.facts[it->second].evidence.push_back(std::move(evidence));
}

doc::Evidence* FactCollector::evidence_in(size_t fact, uint32_t sentence) const {
  const auto found = places_.find({fact, sentence});
  return found == places_.end() ? nullptr : &document_.facts[fact].evidence[found->second];
}

const std::vector<size_t>& FactCollector::of_sentence(uint32_t sentence) const {
  static const std::vector<size_t> kNone;
  const auto found = by_sentence_.find(sentence);
  return found == by_sentence_.end() ? kNone : found->second;
}

}  // namespace weft::extract
