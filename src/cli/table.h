// The commands: one row each. Help, suggestions and the tests are generated from the rows.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "cli/options.h"
#include "cli/session.h"
#include "core/error.h"

namespace weft::cli {

using Run = std::function<core::ExitCode(Session&)>;

struct Command {
  std::string_view name;
  std::string_view group;    // heading in the list of commands
  std::string_view summary;  // one line, no full stop
  std::string_view details;  // paragraphs for --help; may be empty
  std::string_view
      examples;  // command lines, one a line, each after "weft "; a "# " line explains the next
  /// Declares options and arguments and returns what runs once they are parsed (it owns their
  /// targets).
  Run (*declare)(Session&, OptionSet&);
};

std::span<const Command> commands();
/// nullptr if there is none of this name.
const Command* find_command(std::string_view name);

}  // namespace weft::cli
