// Problem: find what each sentence says of the entities in it. Method: frames (grammar undone),
// then modality and polarity, then speakers, then the patterns of schema/relations. Sentences go in
// order, because speakers and addressees carry over. Cost: linear in the text but for the conjuncts
// of a clause, which are bounded.
#include "extract/facts/facts.h"

#include <algorithm>
#include <iterator>

#include "extract/descriptions/described_facts.h"
#include "extract/facts/speaker_choice.h"
#include "extract/facts/time_choice.h"
#include "extract/facts/times.h"
#include "extract/facts/topic.h"
#include "extract/figures/values.h"
#include "extract/frames/within.h"
#include "extract/reference/first_person.h"
#include "extract/relations/matcher.h"
#include "extract/relations/reader.h"
#include "extract/structure/memberships.h"
#include "extract/structure/neighbours.h"
#include "extract/structure/office_changes.h"
#include "extract/structure/phrases.h"
#include "extract/structure/side_by_side.h"
#include "extract/times/arithmetic.h"

namespace weft::extract {

namespace {

class FactStage : public stage::Stage {
 public:
  FactStage(const schema::Schema& schema, std::unique_ptr<const stage::PairScorer> scorer,
            FactNotes notes)
      : ontology_(schema.ontology),
        patterns_(Patterns::load(schema)),
        frame_words_(FrameWords::from(schema.lexicons)),
        modality_words_(ModalityWords::from(schema.lexicons)),
        attribution_words_(AttributionWords::from(schema.lexicons, schema.ontology.core())),
        filler_words_(FillerWords::from(schema.lexicons)),
        amounts_(schema.lexicons),
        value_words_(value_words(schema.lexicons)),
        time_carriers_{schema.lexicons.list("dated_acts"), schema.lexicons.list("timeless_facts"),
                       schema.lexicons.list("figure_scores"), schema.lexicons.list("contests"),
                       schema.lexicons.list("commenting_facts")},
        standing_{schema.lexicons.list("standing_facts"), schema.lexicons.list("creating_verbs"),
                  schema.lexicons.list("mention_office_wishes")},
        event_heads_(schema.lexicons.list("event_heads")),
        describing_words_(DescribingWords::from(schema.lexicons)),
        rule_confidence_(schema.lexicons.list("rule_confidence")),
        allowed_(schema.ontology),
        sayings_(patterns_.acts_of_saying()),
        scorer_(std::move(scorer)),
        notes_(notes),
        time_weights_(schema.lexicons.list("fact_time_weights")),
        speaker_weights_(schema.lexicons.list("fact_speaker_weights")),
        schema_(schema),
        visited_(schema.ontology.relation("visited")),
        called_on_(schema.ontology.relation("called_on")),
        holds_position_(schema.ontology.relation("holds_position")),
        office_verbs_(schema.lexicons),
        known_verbs_(patterns_.verbs()) {
    for (const schema::WordList* verbs : {&describing_words_.verbs, &describing_words_.winning})
      known_verbs_.insert(verbs->forms().begin(), verbs->forms().end());
    for (const schema::WordList* verbs :
         {&office_verbs_.succeeding, &office_verbs_.leaving, &office_verbs_.entering})
      known_verbs_.insert(verbs->forms().begin(), verbs->forms().end());
    frame_words_.known_verbs = &known_verbs_;
  }

  std::string_view name() const override { return "facts"; }
  uint32_t needs() const override { return stage::kTrees | stage::kMentions | stage::kTimes; }
  uint32_t gives() const override { return stage::kFacts; }

  void run(doc::Document& document, stage::Scratch&) const override {
    const std::vector<Amount> amounts = amounts_.find(document);
    MemberBodies bodies(schema_, document);
    add_structural_facts(document, bodies);
    resolve_first_person(document, ontology_, frame_words_, modality_words_, attribution_words_,
                         filler_words_);
    const MentionIndex mentions(document);
    FactCollector collector(document, ontology_);
    const PatternMatcher matcher(patterns_, ontology_, event_heads_);
    Attributor attributor(document, attribution_words_);
    const doc::LocalEntity topic = find_topic(document, ontology_);
    const PlaceNames places = place_names(document, ontology_);
    std::vector<DatedAct> told;
    RelationReader relations(document, ontology_, allowed_, sayings_, standing_, event_heads_,
                             rule_confidence_, scorer_.get());
    doc::LocalEntity addressee = topic, principal = doc::kNoEntity;
    ToldBefore before(document, ontology_);
    OfficeChanges office_changes(ontology_, office_verbs_, document);
    DescriptionReader descriptions(ontology_, describing_words_, notes_.descriptions);
    for (uint32_t s = 0; s < document.sentence_count(); ++s) {
      const core::TokenSpan tokens = document.sentence(s);
      if (tokens.empty() || tokens.size() > kMaxSentenceTokens || !document.is_prose(s)) continue;
      const SentenceFrames frames(document, tokens, frame_words_);
      const FillerFinder fillers(frames, mentions, filler_words_);
      const std::vector<ClauseStatus> statuses = judge_clauses(frames, modality_words_);
      const std::vector<Attribution> attributions =
          attributor.attribute(s, frames, fillers, statuses);
      const SentenceReading reading{frames, fillers,   statuses, attributions,        addressee,
                                    topic,  principal, s,        attributor.subject()};
      matcher.match(reading, collector);
      if (DatedAct act = dated_act(reading); !act.time.empty()) told.push_back(std::move(act));
      find_values(reading, ontology_, value_words_, begin_in(std::span(amounts), tokens), before,
                  collector, notes_.figures);
      descriptions.read(reading);
      find_neighbours(document, tokens, s, ontology_, bodies, places, collector);
      date_offices(reading, holds_position_, document, collector);
      office_changes.read(reading, document, collector);
      relations.read(reading, collector);
      for (const size_t i : collector.of_sentence(s)) {
        const doc::Fact& f = document.facts[i];
        doc::Evidence& e = *collector.evidence_in(i, s);
        if (f.object != doc::kNoEntity && !dates_office(e.rule))
          free_from_clause(reading, ontology_, standing_, f.relation, f.subject, f.object, e);
      }
      if (const auto called = collector.last(called_on_, s).second;
          called != doc::kNoEntity && document.entities[called].type == ontology_.core().place &&
          !is_imperative(frames) &&
          !(topic != doc::kNoEntity && is_subject(document, tokens, called)))
        addressee = called;
      if (const auto visitor = collector.last(visited_, s).first; visitor != doc::kNoEntity)
        principal = visitor;
    }
    descriptions.finish(document, collector);
    office_changes.finish(document);
    std::vector<doc::Fact> doubted = relations.finish(document);
    settle_memberships(ontology_, document, bodies);
    // What is doubted is not said, but tells times.
    const auto said = static_cast<std::ptrdiff_t>(document.facts.size());
    std::move(doubted.begin(), doubted.end(), std::back_inserter(document.facts));
    carry_times(document, ontology_, time_carriers_, told);
    document.facts.erase(document.facts.begin() + said, document.facts.end());
    choose_times(document, ontology_, time_carriers_, told, time_weights_, notes_.times);
    choose_speakers(document, ontology_, sayings_, speaker_weights_, notes_.speakers);
  }

 private:
  /// "Dali must build dams": what is asked of one place among others changes nothing about whom the
  /// text addresses.
  static bool is_subject(const doc::Document& d, core::TokenSpan sentence, doc::LocalEntity e) {
    const auto mentions = mentions_in(d, sentence);
    return std::any_of(mentions.begin(), mentions.end(), [&](const doc::Mention& m) {
      return m.entity == e && m.head != doc::kNoToken && d.deprel[m.head] == doc::Deprel::nsubj;
    });
  }

  static ValueWords value_words(const schema::Lexicons& lists) {
    return {{lists.list("amount_hedges"), lists.list("figure_time_units"), lists.list("rate_words"),
             lists.list("measure_units")},
            {lists.list("transfer_verbs"), lists.list("country_measures"),
             lists.list("mention_descriptions"), lists.list("figure_scores"),
             lists.list("measuring_verbs"), lists.list("figure_owner_weights")},
            lists.list("holding_verbs"),
            lists.list("changing_verbs")};
  }

  // "Support X in hosting Y": whom one of the demands is about isn't whom all of them are made of.
  static bool is_imperative(const SentenceFrames& frames) {
    if (frames.frames().empty() || frames.frames().front().kind != FrameKind::verb) return false;
    const Frame& root = frames.frames().front();
    return frames.document().xpos[root.predicate] == doc::Xpos::VB &&
           std::none_of(root.arguments.begin(), root.arguments.end(),
                        [](const Argument& a) { return a.role == Role::agent; });
  }

  // The structure of lists and names first; its repeated facts are merged.
  void add_structural_facts(doc::Document& document, MemberBodies& bodies) const {
    find_list_memberships(schema_, document, bodies);
    structural_facts(schema_, document, bodies);
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
  FillerWords filler_words_;
  AmountFinder amounts_;
  ValueWords value_words_;
  TimeCarriers time_carriers_;
  StandingWords standing_;
  const schema::WordList& event_heads_;
  DescribingWords describing_words_;
  RuleConfidence rule_confidence_;
  AllowedRelations allowed_;
  std::set<schema::RelationId> sayings_;
  std::unique_ptr<const stage::PairScorer> scorer_;  // null: patterns alone
  FactNotes notes_;
  ChoiceWeights time_weights_, speaker_weights_;
  const schema::Schema& schema_;
  schema::RelationId visited_, called_on_, holds_position_;
  OfficeVerbs office_verbs_;
  std::set<std::string, std::less<>> known_verbs_;
};

}  // namespace

std::unique_ptr<stage::Stage> make_fact_stage(const schema::Schema& schema,
                                              std::unique_ptr<const stage::PairScorer> scorer,
                                              FactNotes notes) {
  return std::make_unique<FactStage>(schema, std::move(scorer), notes);
}

}  // namespace weft::extract
