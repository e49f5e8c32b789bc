// The fact stage: from trees, mentions and times to facts with their qualifiers and evidence.
#pragma once

#include <memory>

#include "schema/schema.h"
#include "stage/pair_scorer.h"
#include "stage/stage.h"

namespace weft::extract {

class FigureNotes;
class DescriptionNotes;

/// Needs trees, mentions and times; fills Document::facts. Reads schema/relations and
/// schema/lexicons once, now. Throws SetupError on a faulty pattern. `schema` must outlive the
/// stage. Thread-safe. With a `scorer`, facts between entities are those that it finds likely.
/// `notes` and `descriptions`, for training, are told of figures (figures/values.h) and
/// descriptions (descriptions/described_facts.h); they must outlive the stage, which is then as
/// thread-safe as they are.
std::unique_ptr<stage::Stage> make_fact_stage(
    const schema::Schema& schema, std::unique_ptr<const stage::PairScorer> scorer = nullptr,
    FigureNotes* notes = nullptr, DescriptionNotes* descriptions = nullptr);

}  // namespace weft::extract
