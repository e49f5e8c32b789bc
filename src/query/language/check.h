// The meaning of a query that parses: which variable is which, what may be asked of it, what is
// grouped by what.
#pragma once

#include "query/language/ast.h"
#include "query/language/context.h"

namespace weft::query::language {

/// Completes the tree (see ast.h) and returns the number of slots a row needs. Throws Fault with
/// openCypher's class of error, and for names that the graph does not know if its vocabulary is
/// closed. O(size of the query x names in scope).
Slot check(Query& query, const PropertyGraph& graph, const Parameters& parameters);

}  // namespace weft::query::language
