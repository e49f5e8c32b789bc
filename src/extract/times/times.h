// Dates in the text, resolved against the document's own date.
#pragma once

#include <memory>

#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::extract {

/// Needs kBlocks, kTokens and kTags, gives kTimes: Document::times in text order, not overlapping.
/// A value is an ISO 8601 day, month, year or interval "a/b"; empty where the text names a time
/// that can't be resolved (never the day of publication instead). Throws SetupError if a list of
/// schema/lexicons/time.json is missing. `schema` must outlive the stage.
std::unique_ptr<stage::Stage> make_time_stage(const schema::Schema& schema);

}  // namespace weft::extract
