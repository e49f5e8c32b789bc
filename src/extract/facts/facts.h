// The fact stage: from trees, mentions and times to facts with their qualifiers and evidence.
#pragma once

#include <memory>

#include "schema/schema.h"
#include "stage/pair_scorer.h"
#include "stage/stage.h"

namespace weft::extract {

class FigureNotes;
class DescriptionNotes;
class ChoiceNotes;

/// What training is told of: figures (figures/values.h), descriptions
/// (descriptions/described_facts.h), times and speakers of facts (facts/choices.h). All may be
/// null. They must outlive the stage, which is then as thread-safe as they are.
struct FactNotes {
  FigureNotes* figures = nullptr;
  DescriptionNotes* descriptions = nullptr;
  ChoiceNotes* times = nullptr;
  ChoiceNotes* speakers = nullptr;
};

/// Needs trees, mentions and times; fills Document::facts. Reads schema/relations and
/// schema/lexicons once, now. Throws SetupError on a faulty pattern. `schema` must outlive the
/// stage. Thread-safe. With a `scorer`, facts between entities are those that it finds likely.
/// `notes` is for training.
std::unique_ptr<stage::Stage> make_fact_stage(
    const schema::Schema& schema, std::unique_ptr<const stage::PairScorer> scorer = nullptr,
    FactNotes notes = {});

}  // namespace weft::extract
