// Facts that the structure of names shows without a verb: an office and its body, an office and the
// person it stands beside, a place within a larger one, a body's branch.
#pragma once

#include "doc/document.h"
#include "schema/schema.h"

namespace weft::extract {

/// Appends facts (holds_position, position_in, located_in, part_of, works_for, member_of) to
/// document.facts, each with one evidence: the sentence, rule "structure.<relation>", asserted.
/// Needs the mentions layer. Facts of one subject, relation and object may repeat; the caller
/// merges them.
void structural_facts(const schema::Schema& schema, doc::Document& document);

}  // namespace weft::extract
