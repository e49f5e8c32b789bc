// The language stages, each made from a model file of schema/models/en or from lexicons. All are
// immutable and shared by threads. A missing or broken model is a SetupError that names the file
// and the command that makes it.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "nlp/net_kernels.h"
#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::nlp {

/// Which net annotates: the small one, or the one with a pretrained encoder.
enum class Tier : uint8_t { fast, accurate };
/// "fast", "accurate": also the kind and the name of its file.
std::string_view name_of(Tier tier);
std::optional<Tier> tier_named(std::string_view name);
/// Accurate if the folder holds its file, else fast.
Tier best_tier(const std::filesystem::path& models_dir);

/// Sentences and tokens of the blocks of role title and body; borders of sentences by the net of
/// sentences.bin where the folder has it, else (or without a folder) by rules. Needs kBlocks, gives
/// kTokens.
std::unique_ptr<stage::Stage> make_segmenter(const schema::Lexicons& lexicons,
                                             const std::filesystem::path& models_dir,
                                             const Kernels& kernels = nlp::kernels());
/// Needs kTags, gives kLemmas.
std::unique_ptr<stage::Stage> make_lemmatizer(const std::filesystem::path& models_dir);
/// By one net: upos, xpos, morph; head and deprel, a tree for each sentence with exactly one root;
/// names, spans of the ontology's types, in text order, without overlap, each inside one sentence.
/// Needs kTokens, gives kTags, kTrees and kNames. `schema` must outlive the stage.
std::unique_ptr<stage::Stage> make_annotator(const std::filesystem::path& models_dir,
                                             const schema::Schema& schema, Tier tier,
                                             const Kernels& kernels = nlp::kernels());

}  // namespace weft::nlp
