// The fact stage: from trees, mentions and times to facts with their qualifiers and evidence.
#pragma once

#include <memory>

#include "schema/schema.h"
#include "stage/pair_scorer.h"
#include "stage/stage.h"

namespace weft::extract {

class FigureNotes;

/// Needs trees, mentions and times; fills Document::facts. Reads schema/relations and
/// schema/lexicons once, now. Throws SetupError on a faulty pattern. `schema` must outlive the
/// stage. Thread-safe. With a `scorer`, facts between entities are those that it finds likely.
/// `notes`, for training, is told of figures (facts_values.h); it must outlive the stage, which is
/// then as thread-safe as it.
std::unique_ptr<stage::Stage> make_fact_stage(
    const schema::Schema& schema, std::unique_ptr<const stage::PairScorer> scorer = nullptr,
    FigureNotes* notes = nullptr);

}  // namespace weft::extract
