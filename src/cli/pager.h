// Results on a terminal through the user's pager.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <memory>
#include <string>

namespace weft::cli {

/// Standard output goes to the program's input as long as this lives; the destructor waits until
/// the user has left it. SIGPIPE is ignored meanwhile, so that leaving early ends the answer and
/// not weft. At most one at a time.
class Pager {
 public:
  /// `command` is run by the shell, as everywhere. Null if it can't be started.
  static std::unique_ptr<Pager> start(const std::string& command);
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

  /// A write failed because nobody reads any more.
  void leave() { gone_ = true; }
  bool is_gone() const { return gone_; }

 private:
  Pager(pid_t child, int terminal);

  pid_t child_;
  int terminal_;  // standard output as it was
  bool gone_ = false;
  struct sigaction old_pipe_ {};
};

}  // namespace weft::cli
