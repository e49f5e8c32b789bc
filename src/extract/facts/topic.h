// The place that a document is about: demands that name nobody are made of it. Internal to
// extract/.
#pragma once

#include "doc/document.h"
#include "schema/ontology.h"

namespace weft::extract {

/// The place below a country that the document leads with and names most often; kNoEntity if there
/// is none.
doc::LocalEntity find_topic(const doc::Document& document, const schema::Ontology& ontology);

}  // namespace weft::extract
