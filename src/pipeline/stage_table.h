// The stages in the order in which they run. Adding a stage touches its own file and one row here.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "nlp/stages.h"
#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::pipeline {

struct StageRow {
  std::string_view name;
  bool language;  // of the language models, not of extraction
  std::unique_ptr<stage::Stage> (*make)(const schema::Schema&, nlp::Tier);
};

std::span<const StageRow> stage_table();
/// The stages of the language rows alone. `schema` must outlive them.
std::vector<std::unique_ptr<stage::Stage>> language_stages(const schema::Schema& schema,
                                                           nlp::Tier tier);

}  // namespace weft::pipeline
