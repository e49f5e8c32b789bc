// From words to a command: the command is the first word that is neither an option nor the value of
// a general one, so general options may stand before or after it. What ends a run early arrives
// here as an exception and leaves as a sentence and an exit code.
#include "cli/program.h"

#include <new>
#include <optional>

#include "cli/help.h"
#include "cli/session.h"
#include "cli/table.h"
#include "query/vocabulary.h"

namespace weft::cli {

namespace {

using core::ExitCode;

/// Index of the command's name in `words`.
std::optional<size_t> find_name(const std::vector<std::string>& words) {
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--schema" || words[i] == "--format" || words[i] == "-f")
      ++i;
    else if (words[i].empty() || words[i][0] != '-')
      return i;
  }
  return std::nullopt;
}

bool has_help(const std::vector<std::string>& words) {
  for (const std::string& w : words) {
    if (w == "--") return false;
    if (w == "-h" || w == "--help") return true;
  }
  return false;
}

core::SetupError no_such_command(const std::string& name) {
  std::vector<std::string> known{"help"};
  for (const Command& c : commands()) known.emplace_back(c.name);
  return core::SetupError("There is no command \"" + name + "\"." +
                          query::did_you_mean(name, known) + " `weft help` lists them all.");
}

ExitCode print_help(Session& session, const std::string& name) {
  if (name.empty()) {
    session.print(program_help(session.color(), session.width()));
  } else {
    const Command* command = find_command(name);
    if (!command) throw no_such_command(name);
    OptionSet options;
    const Run run = command->declare(session, options);
    session.declare_general(options);
    session.print(command_help(*command, options, session.color(), session.width()));
  }
  session.finish();
  return ExitCode::ok;
}

ExitCode print_manual(Session& session, const std::string& name) {
  if (name.empty()) {
    session.print(program_manual());
  } else {
    const Command* command = find_command(name);
    if (!command) throw no_such_command(name);
    OptionSet options;
    const Run run = command->declare(session, options);
    session.declare_general(options);
    session.print(command_manual(*command, options));
  }
  session.finish();
  return ExitCode::ok;
}

ExitCode run_without_command(Session& session, const std::vector<std::string>& words) {
  OptionSet options;
  session.declare_general(options);
  options.parse(words, "weft");
  if (session.help_wanted()) return print_help(session, "");
  if (session.version_wanted()) {
    session.print("weft " WEFT_VERSION "\n");
    session.finish();
    return ExitCode::ok;
  }
  throw core::SetupError(
      "Name a command, for example: weft build articles/ -o news.weft. `weft help` lists them "
      "all.");
}

ExitCode run(Session& session, std::vector<std::string> words) {
  const std::optional<size_t> at = find_name(words);
  if (!at) return run_without_command(session, words);
  const std::string name = words[*at];
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(*at));
  if (name == "help") {
    const bool manual = std::erase(words, "--man") > 0;
    const std::string about = words.empty() ? "" : words[0];
    return manual ? print_manual(session, about) : print_help(session, about);
  }
  const Command* command = find_command(name);
  if (!command) throw no_such_command(name);
  // Help is given even if the rest of the line is not in order yet.
  if (has_help(words)) return print_help(session, name);
  OptionSet options;
  const Run run_command = command->declare(session, options);
  session.declare_general(options);
  options.parse(words, "weft " + name);
  if (session.version_wanted()) return run_without_command(session, {"--version"});
  const ExitCode code = run_command(session);
  session.finish();
  return code;
}

}  // namespace

core::ExitCode run_program(const std::vector<std::string>& words) {
  Session session;
  try {
    return run(session, words);
  } catch (const core::SetupError& error) {
    session.error(error.what());
    return error.code();
  } catch (const std::bad_alloc&) {
    session.error(
        "There is not enough memory. Build from fewer documents, or with fewer --threads.");
  } catch (const std::exception& error) {
    session.error(std::string("Internal error: ") + error.what() +
                  ". Please report it with the command line and, if you can, the document.");
  }
  return ExitCode::broken_file;
}

}  // namespace weft::cli
