// The language stages, each made from a model file of schema/models/en or from lexicons. All are
// immutable and shared by threads. A missing or broken model is a SetupError that names the file
// and the command that makes it.
#pragma once

#include <filesystem>
#include <memory>

#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::nlp {

/// Sentences and tokens of the blocks of role title and body. Needs kBlocks, gives kTokens.
std::unique_ptr<stage::Stage> make_segmenter(const schema::Lexicons& lexicons);
/// upos, xpos, morph. Needs kTokens, gives kTags.
std::unique_ptr<stage::Stage> make_tagger(const std::filesystem::path& models_dir);
/// Needs kTags, gives kLemmas.
std::unique_ptr<stage::Stage> make_lemmatizer(const std::filesystem::path& models_dir);
/// head and deprel: a tree for each sentence with exactly one root. Needs kTags, gives kTrees.
std::unique_ptr<stage::Stage> make_parser(const std::filesystem::path& models_dir);
/// names: spans of the ontology's types, in text order, without overlap. Needs kTags, gives kNames.
std::unique_ptr<stage::Stage> make_name_tagger(const std::filesystem::path& models_dir,
                                               const schema::Schema& schema);

}  // namespace weft::nlp
