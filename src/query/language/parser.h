// From a query's text to its tree.
#pragma once

#include <string_view>

#include "query/language/ast.h"

namespace weft::query::language {

/// Throws Fault: SyntaxError with openCypher's class, or Refused for what weft does not do on
/// purpose (writing, procedures). O(bytes); nesting is limited. `query` is valid UTF-8.
Query parse(std::string_view query);

}  // namespace weft::query::language
