// Help texts, made from the rows of commands and options.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "cli/options.h"
#include "cli/table.h"

namespace weft::cli {

/// The list of commands.
std::string program_help(bool color, unsigned width);
std::string command_help(const Command& command, const OptionSet& options, bool color,
                         unsigned width);

/// The same as manual pages, in roff: `weft help --man | man -l -`.
std::string program_manual();
std::string command_manual(const Command& command, const OptionSet& options);

/// What weft is, in one sentence; the exit codes and what they mean.
std::string_view about_program();
std::span<const std::pair<const char*, const char*>> exit_codes();

}  // namespace weft::cli
