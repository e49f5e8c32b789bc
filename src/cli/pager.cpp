// A pipe takes the place of standard output, and $PAGER, run by /bin/sh as git and man run it, has
// its other end and the terminal. LESS=FRX unless it is set: a short answer is just printed,
// colours are kept, and the screen stays as it is.
#include "cli/pager.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio_ext.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <vector>

extern char** environ;

namespace weft::cli {

std::unique_ptr<Pager> Pager::start(const std::string& command) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return nullptr;
  std::vector<char*> environment;
  bool has_less = false;
  for (char** e = environ; *e; ++e) {
    environment.push_back(*e);
    has_less |= std::string_view(*e).starts_with("LESS=");
  }
  std::string less = "LESS=FRX";
  if (!has_less) environment.push_back(less.data());
  environment.push_back(nullptr);
  std::string shell = "sh", flag = "-c", text = command;
  char* words[] = {shell.data(), flag.data(), text.data(), nullptr};
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
  pid_t child = 0;
  const int error = ::posix_spawn(&child, "/bin/sh", &actions, nullptr, words, environment.data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[0]);
  const int terminal = error == 0 ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3) : -1;
  if (terminal >= 0) ::dup2(ends[1], STDOUT_FILENO);
  ::close(ends[1]);
  if (terminal < 0) return nullptr;
  return std::unique_ptr<Pager>(new Pager(child, terminal));
}

Pager::Pager(pid_t child, int terminal) : child_(child), terminal_(terminal) {
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigemptyset(&ignore.sa_mask);
  ::sigaction(SIGPIPE, &ignore, &old_pipe_);
}

Pager::~Pager() {
  // What a pager that was left early no longer takes must not appear behind it.
  if (std::fflush(stdout) != 0) ::__fpurge(stdout);
  std::clearerr(stdout);
  ::dup2(terminal_, STDOUT_FILENO);
  ::close(terminal_);
  while (::waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
  }
  ::sigaction(SIGPIPE, &old_pipe_, nullptr);
}

}  // namespace weft::cli
