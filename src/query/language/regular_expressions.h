// The operator =~.
#pragma once

#include <memory>
#include <string_view>

#include "query/language/ast.h"

namespace weft::query::language {

/// Keeps the last pattern compiled, because a query asks the same one of row after row. Used by one
/// thread.
class RegularExpressions {
 public:
  RegularExpressions();
  ~RegularExpressions();

  /// True if the whole text matches. Throws Fault for a pattern that is none. O(bytes of the text):
  /// RE2 does not backtrack.
  bool matches(std::string_view text, std::string_view pattern, const Expr& expr);

 private:
  struct Compiled;
  std::unique_ptr<Compiled> last_;
};

}  // namespace weft::query::language
