// Problem: a fact that is stated ten times is one fact with ten pieces of evidence. Method: an
// ordered map from subject, relation and object to its place in the list; facts stay in order of
// first appearance, symmetric relations in the direction that was met first. Cost: logarithmic in
// the facts of a document.
#include "extract/facts_collector.h"

#include <algorithm>
#include <utility>

namespace weft::extract {

FactCollector::FactCollector(doc::Document& document, const schema::Ontology& ontology)
    : document_(document), ontology_(ontology) {
  for (size_t i = 0; i < document_.facts.size(); ++i) {
    const doc::Fact& f = document_.facts[i];
    index_.emplace(Key{f.subject, f.relation.value, f.object, f.value}, i);
    for (const doc::Evidence& e : f.evidence) by_sentence_[e.sentence].push_back(i);
  }
}

void FactCollector::add(doc::LocalEntity subject, schema::RelationId relation,
                        doc::LocalEntity object, doc::Evidence evidence) {
  if (subject == object) return;
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
  document_.facts[it->second].evidence.push_back(std::move(evidence));
}

doc::Evidence* FactCollector::evidence_in(size_t fact, uint32_t sentence) const {
  const std::vector<size_t>& here = of_sentence(sentence);
  if (std::find(here.begin(), here.end(), fact) == here.end()) return nullptr;
  auto& all =
      document_.facts[fact].evidence;  // from its end: what is asked for was mostly added last
  const auto found = std::find_if(all.rbegin(), all.rend(),
                                  [&](const doc::Evidence& e) { return e.sentence == sentence; });
  return &*found;
}

const std::vector<size_t>& FactCollector::of_sentence(uint32_t sentence) const {
  static const std::vector<size_t> kNone;
  const auto found = by_sentence_.find(sentence);
  return found == by_sentence_.end() ? kNone : found->second;
}

}  // namespace weft::extract
