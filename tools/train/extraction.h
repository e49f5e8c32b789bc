// Runs extraction over texts, for what takes notes of it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "doc/document.h"
#include "nlp/stages.h"
#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::train {

/// Runs the language models of the tier (default: the best there is), mentions and `facts` over the
/// texts of a folder, in the order of reading, and calls `each` with every document. One thread.
void extract_texts(const std::filesystem::path& texts, const schema::Schema& schema,
                   std::optional<nlp::Tier> tier, std::unique_ptr<stage::Stage> facts,
                   const std::function<void(const doc::Document&)>& each);

}  // namespace weft::train
