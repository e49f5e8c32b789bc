// The program. A reader that goes away (`weft facts ... | head`) ends it quietly by SIGPIPE, even
// if the parent process ignores that signal; commands that write stores ignore it themselves.
#include <csignal>

#include "cli/program.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_DFL);
  return static_cast<int>(weft::cli::run_program({argv + (argc > 0 ? 1 : 0), argv + argc}));
}
