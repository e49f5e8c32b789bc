// Problem: "soil scientist Ann Lee said" states that Ann Lee is a soil scientist. Method: the
// descriptions of the document (descriptions/descriptions.cpp) that are likely enough, as values; a
// description is likelier where little else is said of who is described. What a clause says has
// that clause's modality, polarity, time and speaker; what stands beside a name is taken for
// granted by the text itself. A description in the words of an office that its bearer holds is
// none. Cost: that of finding descriptions, and linear in the facts of the document.
#include "extract/descriptions/described_facts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "extract/descriptions/weights.h"
#include "text/ascii.h"
#include "text/fold.h"
#include "text/words.h"

namespace weft::extract {

namespace {

using doc::kNoEntity;
using doc::LocalEntity;

constexpr uint32_t kManyFacts = 3;

}  // namespace

LocalEntity DescriptionReader::opinion_of(const SentenceReading& reading, uint32_t frame) const {
  const auto& frames = reading.frames.frames();
  const Frame* f = &frames[frame];
  if (f->link == ClauseLink::open_complement && f->parent != kNoFrame) f = &frames[f->parent];
  if (f->passive || !words_.opinions.has(f->lemma)) return kNoEntity;
  for (const Argument& a : f->arguments) {
    if (a.role != Role::agent) continue;
    for (const Readings& all : reading.fillers.find(a.head))
      for (const Filler& who : all) {
        const schema::TypeId type = reading.frames.document().entities[who.entity].type;
        const auto& core = ontology_.core();
        if (type == core.person || type == core.organization || type == core.place ||
            type == core.event || type == core.group)
          return who.entity;
      }
  }
  return kNoEntity;
}

void DescriptionReader::read(const SentenceReading& reading) {
  const doc::Document& document = reading.frames.document();
  const core::TokenSpan sentence = reading.frames.sentence();
  for (doc::TokenIndex t = sentence.begin; t < sentence.end && !prizes_; ++t)
    prizes_ = words_.prizes.has(text::lower_ascii(document.lemma_of(t)));
  for (Description& d : DescriptionFinder(reading, ontology_, words_, prizes_).candidates()) {
    doc::Evidence evidence;
    if (d.frame != kNoFrame) {
      evidence = make_evidence(reading, d.frame, d.rule, 0);
      if (const LocalEntity holder = opinion_of(reading, d.frame); holder != kNoEntity)
        evidence.speaker = holder;
      if (evidence.speaker == d.entity) evidence.speaker = kNoEntity;
    } else {
      evidence.span = document.byte_span(sentence);
      evidence.sentence = reading.sentence;
      evidence.rule = d.rule;
    }
    found_.push_back(std::move(d));
    evidence_.push_back(std::move(evidence));
  }
}

void DescriptionReader::finish(const doc::Document& document, FactCollector& out) {
  const schema::RelationId serves = ontology_.relation("serves_as");
  const schema::RelationId holds = ontology_.relation("holds_position");
  std::vector<uint32_t> facts(document.entities.size(), 0);
  std::map<LocalEntity, std::set<std::string>> held;  // words of the offices that it holds
  for (const doc::Fact& f : document.facts) {
    ++facts[f.subject];
    if (f.object != kNoEntity) ++facts[f.object];
    if (f.relation != holds || f.object == kNoEntity) continue;
    const std::string office = text::fold(document.entities[f.object].label);
    for (const std::string_view word : text::words(office)) held[f.subject].emplace(word);
  }
  for (Description& d : found_) {
    const std::string type = text::lower_ascii(ontology_[document.entities[d.entity].type].name);
    const std::string many = std::to_string(std::min(facts[d.entity], kManyFacts));
    const std::string way = d.rule.substr(d.rule.find('.') + 1);
    const auto offices = held.find(d.entity);
    d.features.push_back("facts " + many);
    d.features.push_back("facts " + many + " of " + type);
    d.features.push_back(way + " facts " + many);
    d.features.push_back(offices == held.end() ? "holds no office" : "holds an office");
    std::sort(d.features.begin(), d.features.end());
  }
  if (notes_ != nullptr) notes_->note(document, found_);
  const float least = weight_in(words_.weights, "least likely");
  for (size_t i = 0; i < found_.size(); ++i) {
    const Description& d = found_[i];
    const auto offices = held.find(d.entity);
    const float likely = likelihood_of(d, words_);
    if (likely < least || !ontology_.allows_subject(serves, document.entities[d.entity].type) ||
        (offices != held.end() && offices->second.count(text::fold(document.norm_of(d.head)))) ||
        text::name_key(d.value) == text::name_key(document.entities[d.entity].label))
      continue;
    evidence_[i].confidence = likely;
    out.add_value(d.entity, serves, d.value, std::move(evidence_[i]));
  }
}

}  // namespace weft::extract
