// Mentions and entities: which stretches of a document refer to which things.
//
// What the stage leaves in Document::mentions (order: begin, longer first; they may nest, they
// never cross):
// - A name, a description ("the province") or a pronoun, each with the entity it refers to; a
// pronoun or description
//   that could not be resolved is no mention.
// - `head` is the token of the span whose head lies outside it (without a tree: the last token).
// - A title before a name gives three mentions: the person with the title, the person's name alone
// and the Position.
//   To find what a token stands for, take the longest mention whose head it is, else the longest
//   that covers it.
// - A Position's mention covers the body it belongs to, where that stands beside it ("FSC Vice
// Chairman", "mayor of
//   Gejiu"), and the body has its own mention inside.
// Entity::aliases hold surface forms without pronouns; Entity::mentions the byte spans of names and
// descriptions.
#pragma once

#include <memory>

#include "schema/schema.h"
#include "stage/stage.h"

namespace weft::extract {

/// Needs tokens, tags, lemmas, trees and names (each may be empty: the stage then works by what is
/// left); gives mentions. Immutable; the schema must outlive it. Throws SetupError if the schema
/// lacks a list it needs.
std::unique_ptr<stage::Stage> make_mention_stage(const schema::Schema& schema);

}  // namespace weft::extract
