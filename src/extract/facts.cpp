// Problem: find what each sentence says of the entities in it. Method: frames (grammar undone),
// then modality and polarity, then speakers, then the patterns of schema/relations. Sentences go in
// order, because speakers and addressees carry over. Cost: linear in the text but for the conjuncts
// of a clause, which are bounded.
#include "extract/facts.h"

#include <algorithm>
#include <charconv>

#include "extract/facts_matcher.h"
#include "extract/facts_neighbours.h"
#include "extract/facts_speech.h"
#include "extract/facts_times.h"
#include "extract/facts_values.h"
#include "extract/structure_facts.h"

namespace weft::extract {

namespace {

constexpr uint32_t kMaxSentenceTokens =
    400;  // longer "sentences" are tables and lists that no tree describes

class FactStage : public stage::Stage {
 public:
  explicit FactStage(const schema::Schema& schema)
      : ontology_(schema.ontology),
        patterns_(Patterns::load(schema)),
        frame_words_(FrameWords::from(schema.lexicons)),
        modality_words_(ModalityWords::from(schema.lexicons)),
        attribution_words_(AttributionWords::from(schema.lexicons, schema.ontology.core().person)),
        passing_nouns_(schema.lexicons.list("passing_nouns")),
        stress_verbs_(schema.lexicons.list("stress_verbs")),
        transfer_verbs_(schema.lexicons.list("transfer_verbs")),
        dated_acts_(schema.lexicons.list("dated_acts")),
        rule_confidence_(schema.lexicons.list("rule_confidence")),
        neighbour_words_{schema.ontology, schema.lexicons.list("party_words")},
        schema_(schema),
        visited_(schema.ontology.relation("visited")),
        called_on_(schema.ontology.relation("called_on")),
        known_verbs_(patterns_.verbs()) {
    frame_words_.known_verbs = &known_verbs_;
  }

  std::string_view name() const override { return "facts"; }
  uint32_t needs() const override { return stage::kTrees | stage::kMentions | stage::kTimes; }
  uint32_t gives() const override { return stage::kFacts; }

  void run(doc::Document& document, stage::Scratch&) const override {
    const MentionIndex mentions(document);
    add_structural_facts(document);
    FactCollector collector(document, ontology_);
    const PatternMatcher matcher(patterns_, ontology_);
    Attributor attributor(document, attribution_words_);
    const SpeechReader speeches(document, ontology_, stress_verbs_);
    std::vector<DatedAct> told;
    doc::LocalEntity addressee = speeches.topic(), principal = doc::kNoEntity;
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      const core::TokenSpan tokens = document.sentence(s);
      if (tokens.empty() || tokens.size() > kMaxSentenceTokens || !document.is_prose(s)) continue;
      const SentenceFrames frames(document, tokens, frame_words_);
      const FillerFinder fillers(frames, mentions, passing_nouns_);
      const std::vector<ClauseStatus> statuses = judge_clauses(frames, modality_words_);
      const std::vector<Attribution> attributions =
          attributor.attribute(s, frames, fillers, statuses);
      const SentenceReading reading{frames,    fillers,          statuses,  attributions,
                                    addressee, speeches.topic(), principal, s};
      matcher.match(reading, collector);
      if (DatedAct act = told_by(reading); !act.time.empty()) told.push_back(std::move(act));
      speeches.read(reading, collector);
      find_values(reading, ontology_, transfer_verbs_, collector);
      find_neighbours(document, tokens, s, neighbour_words_, collector);
      if (const auto called = collector.last(called_on_, s).second;
          called != doc::kNoEntity && document.entities[called].type == ontology_.core().place)
        addressee = called;
      if (const auto visitor = collector.last(visited_, s).first; visitor != doc::kNoEntity)
        principal = visitor;
    }
    carry_times(document, ontology_, dated_acts_, told);
    calibrate(document);
  }

 private:
  // The day that the sentence's main clause tells of what happened.
  static DatedAct told_by(const SentenceReading& reading) {
    const auto& frames = reading.frames.frames();
    constexpr size_t kDayBytes = 10;
    if (frames.empty() || frames.front().kind != FrameKind::verb ||
        reading.statuses.front().modality != doc::Modality::asserted)
      return {};
    DatedAct act{reading.sentence, doc::kNoEntity, time_of(reading, 0)};
    if (act.time.size() < kDayBytes) return {};
    for (const Argument& a : frames.front().arguments)
      if (a.role == (frames.front().passive ? Role::patient : Role::agent))
        for (const Filler& f : reading.fillers.readings(a.head)) {
          act.subject = f.entity;
          return act;
        }
    return act;
  }

  // How often a rule was right on the development gold says more than its author's guess.
  void calibrate(doc::Document& document) const {
    for (doc::Fact& f : document.facts)
      for (doc::Evidence& e : f.evidence)
        if (const std::string* share = rule_confidence_.value(e.rule); share)
          std::from_chars(share->data(), share->data() + share->size(), e.confidence);
  }

  // The structure of names first; its repeated facts are merged.
  void add_structural_facts(doc::Document& document) const {
    structural_facts(schema_, document);
    std::vector<doc::Fact> found = std::move(document.facts);
    document.facts.clear();
    FactCollector collector(document, ontology_);
    for (doc::Fact& f : found)
      for (doc::Evidence& e : f.evidence) {
        if (f.object == doc::kNoEntity)
          collector.add_value(f.subject, f.relation, f.value, std::move(e));
        else
          collector.add(f.subject, f.relation, f.object, std::move(e));
      }
  }

  const schema::Ontology& ontology_;
  Patterns patterns_;
  FrameWords frame_words_;
  ModalityWords modality_words_;
  AttributionWords attribution_words_;
  const schema::WordList& passing_nouns_;
  const schema::WordList& stress_verbs_;
  const schema::WordList& transfer_verbs_;
  const schema::WordList& dated_acts_;
  const schema::WordList& rule_confidence_;
  NeighbourWords neighbour_words_;
  const schema::Schema& schema_;
  schema::RelationId visited_, called_on_;
  std::set<std::string, std::less<>> known_verbs_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_fact_stage(const schema::Schema& schema) {
  return std::make_unique<FactStage>(schema);
}

}  // namespace weft::extract
