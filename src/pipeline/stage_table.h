// The stages in the order in which they run. Adding a stage touches its own file and one row here.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::pipeline {

struct StageRow {
  std::string_view name;
  std::unique_ptr<stage::Stage> (*make)(const schema::Schema&);
};

std::span<const StageRow> stage_table();

}  // namespace weft::pipeline
