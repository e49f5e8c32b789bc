// Examples for the choice of each fact's time and speaker.
#pragma once

#include <filesystem>
#include <optional>

#include "nlp/stages.h"

namespace weft::train {

/// Runs weft over the texts of a folder, with its relation model, and writes documents.jsonl (as
/// `weft-train relations` does, without pieces), times.jsonl and speakers.jsonl: a line a piece of
/// evidence, [subject, relation, object or null, value, [[choice, features], ...]], with all that
/// it may have (a speaker as the number of an entity); an empty line behind each document.
void dump_fact_qualifiers(const std::filesystem::path& texts, const std::filesystem::path& schema,
                          std::optional<nlp::Tier> tier, const std::filesystem::path& out);

}  // namespace weft::train
