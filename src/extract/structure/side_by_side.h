// Facts that the structure of names shows without a verb: an office and the body or place it
// belongs to, an office and the person it stands beside, a person and the body behind "of", a place
// within a larger one, a body's seat, owner or branch, where an event is held.
#pragma once

#include "doc/document.h"
#include "extract/structure/memberships.h"
#include "schema/schema.h"

namespace weft::extract {

/// Appends facts (holds_position, position_in, located_in, part_of, works_for, member_of,
/// organized_by, held_in) to document.facts, each with one evidence: the sentence, rule
/// "structure.<relation>", asserted. Needs the mentions layer; `bodies` says
/// which bodies have members. Two facts of one subject, relation
/// and object may come from two sentences; the caller merges them.
void structural_facts(const schema::Schema& schema, doc::Document& document,
                      const MemberBodies& bodies);

}  // namespace weft::extract
