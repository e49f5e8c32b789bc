// The fact stage: from trees, mentions and times to facts with their qualifiers and evidence.
#pragma once

#include <memory>

#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::extract {

/// Needs trees, mentions and times; fills Document::facts. Reads schema/relations and
/// schema/lexicons once, now. Throws SetupError on a faulty pattern. `schema` must outlive the
/// stage. Thread-safe.
std::unique_ptr<stage::Stage> make_fact_stage(const schema::Schema& schema);

}  // namespace weft::extract
