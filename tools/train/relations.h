// Examples for the relation model, and its file.
#pragma once

#include <filesystem>
#include <optional>

#include "nlp/stages.h"

namespace weft::train {

/// Runs weft over the texts of a folder and writes, for each pair of entities that the fact stage
/// would ask a relation model about, what it would show it:
/// - documents.jsonl: a line a document: id, entities (type, names), facts of patterns
///   [subject, relation, object or null, value], pieces of each word of each sentence;
/// - pairs.u32: document, sentence, subject, object, number of keys; keys.u64: the keys of all
/// pairs;
/// - allowed.u64: bits of the relations that the types allow, by place in relations.txt;
/// - ends.u32: of each pair first token and end of both mentions in the document (equal where the
///   sentence has none), and the word above both (or 0xffffffff);
/// - fired.f32: pair, relation, confidence of each pattern that fired;
/// - figures.jsonl: a line a figure, a list of candidates [entity, value, features]; an empty line
/// behind each document;
/// - descriptions.jsonl: a line a description [entity, value, features]; an empty line behind each
/// document.
void dump_relation_pairs(const std::filesystem::path& texts, const std::filesystem::path& schema,
                         std::optional<nlp::Tier> tier, const std::filesystem::path& out);

/// Packs the arrays that relations.py wrote into `dir` (named as the sections of
/// nlp/relation_net.h; those of a branch of the encoder, if there is one, as nlp/encoder_branch.h
/// and relation_head.h call them) into a model file, rows rounded to bytes.
void pack_relations(const std::filesystem::path& dir, const std::filesystem::path& out);

}  // namespace weft::train
