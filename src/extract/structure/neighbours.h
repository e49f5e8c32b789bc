// Facts between names that stand side by side: "A (B)", "B-based A", "B's A".
#pragma once

#include <functional>
#include <map>
#include <string>

#include "core/span.h"
#include "doc/document.h"
#include "extract/facts/collector.h"
#include "extract/structure/memberships.h"

namespace weft::extract {

/// Names of a document's places, as they are written.
using PlaceNames = std::map<std::string, doc::LocalEntity, std::less<>>;
PlaceNames place_names(const doc::Document& document, const schema::Ontology& ontology);

/// Adds works_for and member_of facts of "Person (Organization)", and located_in facts of
/// "Place-based Organization", "Place's Organization" and "Place Airport", in one sentence.
void find_neighbours(const doc::Document& document, core::TokenSpan sentence, uint32_t number,
                     const schema::Ontology& ontology, const MemberBodies& bodies,
                     const PlaceNames& places, FactCollector& out);

}  // namespace weft::extract
