// Dates in the text, resolved against the document's own date and against each other.
#pragma once

#include <memory>

#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::extract {

/// Needs kBlocks, kTokens, kTags, kNames and kTrees (whose verbs tell what is to come; without heads
/// the words around a time do), gives kTimes: Document::times in text order, not overlapping. A
/// value is an ISO 8601 day, month, year or interval "a/b"; empty where the text names a time that
/// can't be resolved (never the day of publication instead). In a document without a date the last
/// day that the text writes in full tells months and years ("in May", "last year"), no days. Throws SetupError if a list of
/// schema/lexicons/time.json is missing. `schema` must outlive the stage.
std::unique_ptr<stage::Stage> make_time_stage(const schema::Schema& schema);

}  // namespace weft::extract
