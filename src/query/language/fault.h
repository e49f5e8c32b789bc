// What can be wrong with a query, while it is read and while it runs.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace weft::query::language {

/// Classes of errors as openCypher's compatibility kit names them, and our own for what is refused.
enum class Trouble : uint8_t { syntax, type, argument, arithmetic, parameter, refused, limit };
std::string_view name(Trouble);

/// Thrown inside the language; leaves it as a QueryError, which knows the query's text.
class Fault : public std::runtime_error {
 public:
  /// `detail`: "UndefinedVariable"; `message`: full sentences; `at`: byte offset into the query.
  Fault(Trouble trouble, std::string_view detail, const std::string& message, size_t at,
        bool at_runtime = false)
      : std::runtime_error(message),
        trouble(trouble),
        detail(detail),
        at(at),
        at_runtime(at_runtime) {}

  Trouble trouble;
  std::string_view detail;  // a literal
  size_t at;
  bool at_runtime;
};

[[noreturn]] inline void syntax_fault(std::string_view detail, const std::string& message,
                                      size_t at) {
  throw Fault(Trouble::syntax, detail, message, at);
}

/// "line 2, column 7: message" followed by the line and a caret under the column. Long lines are
/// shown in part; control characters are left to whoever prints.
std::string with_place(std::string_view query, size_t at, std::string_view message);

}  // namespace weft::query::language
