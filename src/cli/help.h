// Help texts, made from the rows of commands and options.
#pragma once

#include <string>

#include "cli/options.h"
#include "cli/table.h"

namespace weft::cli {

/// The list of commands.
std::string program_help(bool color, unsigned width);
std::string command_help(const Command& command, const OptionSet& options, bool color,
                         unsigned width);

}  // namespace weft::cli
