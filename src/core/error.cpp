// The one exception type of weft and its "file:line:column" form, which editors and people can
// follow.
#include "core/error.h"

namespace weft::core {

SetupError SetupError::at(const std::string& file, uint64_t line, uint64_t column,
                          const std::string& message) {
  std::string where = file;
  if (line > 0) where += ":" + std::to_string(line);
  if (line > 0 && column > 0) where += ":" + std::to_string(column);
  return SetupError(where + ": " + message);
}

}  // namespace weft::core
