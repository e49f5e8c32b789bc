// What every command knows of its surroundings: the general options, and where its output and
// messages go.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "cli/pager.h"
#include "cli/render.h"
#include "core/error.h"
#include "query/table.h"

namespace weft::cli {

/// One run of the program. Use by one thread.
class Session {
 public:
  Session();

  void declare_general(OptionSet& options);
  /// `more`: formats that the command itself writes, beside those of answer().
  void declare_format(OptionSet& options, const std::vector<std::string>& more = {});
  /// What --format says; empty if it was not given.
  std::string_view format_wanted() const { return format_; }
  void declare_exit_status(OptionSet& options);

  bool help_wanted() const { return help_; }
  bool version_wanted() const { return version_; }
  bool quiet() const { return quiet_; }
  bool verbose() const { return verbose_; }
  bool errors_to_terminal() const { return stderr_terminal_; }
  bool color() const { return color_; }
  bool to_terminal() const { return stdout_terminal_; }
  unsigned width() const { return width_; }

  /// The folder schema/ in use; throws SetupError if there is none.
  std::filesystem::path schema_dir() const;

  /// From now on what is printed goes through $PAGER, if standard output is a terminal and there is
  /// one, until end_pager() has waited for it.
  void begin_pager();
  void end_pager();
  /// The user has left the pager: what is still printed is seen by nobody.
  bool pager_left() const { return pager_ && pager_->is_gone(); }

  /// Writes to standard output; finish() throws SetupError if it could not be written.
  void print(std::string_view text);
  /// Prints the table in the wanted format and its notes to standard error. If it has no rows, says
  /// `nothing` there. Returns the exit code: nothing_found only if there are no rows and -e was
  /// given.
  core::ExitCode answer(const query::Table& table, std::string_view nothing);
  /// For a question about something that is not there.
  core::ExitCode nothing_found(std::string_view message);
  void finish();

  /// Messages on standard error, harmless to a terminal. note() is silent with --quiet.
  void note(std::string_view sentence);
  void diagnostic(const core::Diagnostic& diagnostic);
  void error(std::string_view sentence);
  /// Shows `line` in place of the last one on a terminal; an empty line removes it.
  void status(std::string_view line);

 private:
  void message(std::string_view kind, std::string_view text);

  std::string schema_;
  std::string format_;
  bool quiet_ = false;
  bool verbose_ = false;
  bool help_ = false;
  bool version_ = false;
  bool exit_status_ = false;
  bool stdout_terminal_ = false;
  bool stderr_terminal_ = false;
  bool color_ = false;
  bool status_shown_ = false;
  bool no_pager_ = false;
  std::unique_ptr<Pager> pager_;
  unsigned width_ = 0;
};

}  // namespace weft::cli
