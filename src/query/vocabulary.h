// The words of the ontology as people type them: any case, spaces for underscores, a relation also
// by its inverse name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "doc/fact.h"
#include "schema/ontology.h"

namespace weft::query {

/// These throw SetupError (usage) naming the nearest word there is if `word` is none.
schema::RelationId relation_of(const schema::Ontology& ontology, std::string_view word);
schema::TypeId type_of(const schema::Ontology& ontology, std::string_view word);
doc::Modality modality_of(std::string_view word);

/// Lower case, with underscores and hyphens as spaces: the form in which words are compared.
std::string plain_word(std::string_view word);
/// The word of `among` that `word` was probably meant to be, or an empty string.
std::string nearest(std::string_view word, const std::vector<std::string>& among);
/// " Did you mean \"visited\"?", or an empty string.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& among);

}  // namespace weft::query
