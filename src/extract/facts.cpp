// Problem: find what each sentence says of the entities in it. Method: frames (grammar undone), then modality and polarity,
// then speakers, then the patterns of schema/relations. Sentences go in order, because speakers and addressees carry over.
// Cost: linear in the text but for the conjuncts of a clause, which are bounded.
#include "extract/facts.h"

#include "extract/facts_matcher.h"

#include <algorithm>

namespace weft::extract {

namespace {

constexpr uint32_t kMaxSentenceTokens = 400;   // longer "sentences" are tables and lists that no tree describes

class FactStage : public stage::Stage {
 public:
  explicit FactStage(const schema::Schema& schema)
      : ontology_(schema.ontology),
        patterns_(Patterns::load(schema)),
        frame_words_(FrameWords::from(schema.lexicons)),
        modality_words_(ModalityWords::from(schema.lexicons)),
        attribution_words_(AttributionWords::from(schema.lexicons)),
        passing_nouns_(schema.lexicons.list("passing_nouns")),
        called_on_(schema.ontology.relation("called_on")) {}

  std::string_view name() const override { return "facts"; }
  uint32_t needs() const override { return stage::kTrees | stage::kMentions | stage::kTimes; }
  uint32_t gives() const override { return stage::kFacts; }

  void run(doc::Document& document, stage::Scratch&) const override {
    const MentionIndex mentions(document);
    FactCollector collector(document, ontology_);
    const PatternMatcher matcher(patterns_, ontology_);
    Attributor attributor(document, attribution_words_);
    doc::LocalEntity addressee = doc::kNoEntity;
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      const core::TokenSpan tokens = document.sentence(s);
      if (tokens.empty() || tokens.size() > kMaxSentenceTokens) continue;
      const SentenceFrames frames(document, tokens, frame_words_);
      const FillerFinder fillers(frames, mentions, passing_nouns_);
      const std::vector<ClauseStatus> statuses = judge_clauses(frames, modality_words_);
      const std::vector<Attribution> attributions = attributor.attribute(s, frames, fillers, statuses);
      matcher.match({frames, fillers, statuses, attributions, addressee, s}, collector);
      for (const doc::Fact& fact : document.facts)
        if (fact.relation == called_on_ && fact.evidence.back().sentence == s) addressee = fact.object;
    }
  }

 private:
  const schema::Ontology& ontology_;
  Patterns patterns_;
  FrameWords frame_words_;
  ModalityWords modality_words_;
  AttributionWords attribution_words_;
  const schema::WordList& passing_nouns_;
  schema::RelationId called_on_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_fact_stage(const schema::Schema& schema) {
  return std::make_unique<FactStage>(schema);
}

}  // namespace weft::extract
