// Where output goes and how it should look there: a terminal (isatty) gets tables, colours unless
// NO_COLOR is set (no-color.org) or TERM is dumb, and lines as wide as it is; a pipe gets
// tab-separated values. All messages pass through visible(), because they quote names and paths.
#include "cli/session.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "cli/terminal_text.h"
#include "schema/ontology.h"

namespace weft::cli {

namespace {

constexpr unsigned kNarrowestTerminal = 20;

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value && *value;
}

/// Cells of a line: $COLUMNS, else the terminal's own size, else any.
unsigned line_width(bool terminal) {
  if (const char* columns = std::getenv("COLUMNS")) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(columns, columns + std::strlen(columns), value);
    if (error == std::errc() && *end == '\0' && value >= kNarrowestTerminal) return value;
  }
  if (!terminal) return 0;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= kNarrowestTerminal)
    return size.ws_col;
  return 80;
}

void write_error(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

}  // namespace

Session::Session()
    : stdout_terminal_(::isatty(STDOUT_FILENO) == 1),
      stderr_terminal_(::isatty(STDERR_FILENO) == 1) {
  const char* term = std::getenv("TERM");
  const bool dumb = term && std::string_view(term) == "dumb";
  color_ = stdout_terminal_ && !dumb && !is_set("NO_COLOR");
  width_ = line_width(stdout_terminal_);
}

void Session::declare_general(OptionSet& options) {
  options.begin_general();
  options.value("--schema", "DIR", schema_,
                "the folder of types, rules and models (default: the one weft came with)");
  options.flag("-q,--quiet", quiet_, "no progress and no notes; only results and errors");
  options.flag("-v,--verbose", verbose_, "tables show all columns; a build tells more");
  options.flag("--no-pager", no_pager_, "results on a terminal don't go through $PAGER");
  options.flag("-h,--help", help_, "this help");
  options.flag("--version", version_, "the version of weft");
}

void Session::declare_format(OptionSet& options, const std::vector<std::string>& more) {
  std::vector<std::string> names;
  for (const FormatName& f : format_names()) names.emplace_back(f.name);
  names.insert(names.end(), more.begin(), more.end());
  std::string help;
  for (size_t i = 0; i < names.size(); ++i)
    help += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
  options.choice("-f,--format", "FORMAT", format_, names,
                 help + " (default: table on a terminal, else tsv)");
}

void Session::declare_exit_status(OptionSet& options) {
  options.flag("-e,--exit-status", exit_status_, "exit with 1 if nothing is found");
}

std::filesystem::path Session::schema_dir() const { return schema::find_schema_dir(schema_); }

void Session::begin_pager() {
  if (!stdout_terminal_ || no_pager_ || pager_ || !is_set("PAGER")) return;
  finish();
  pager_ = Pager::start(std::getenv("PAGER"));
  if (!pager_) note(std::string("The pager \"") + std::getenv("PAGER") + "\" can't be started.");
}

void Session::end_pager() { pager_.reset(); }

void Session::print(std::string_view text) {
  if (pager_ && pager_->is_gone()) return;
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) finish();
}

void Session::finish() {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
  if (pager_ && errno == EPIPE) {
    pager_->leave();
    return;
  }
  const int reason = errno;
  throw core::SetupError(
      std::string("Can't write to standard output: ") + std::strerror(reason) + ".",
      core::ExitCode::broken_file);
}

core::ExitCode Session::answer(const query::Table& table, std::string_view nothing) {
  Style style;
  style.format = stdout_terminal_ ? Format::table : Format::tsv;
  for (const FormatName& f : format_names())
    if (f.name == format_) style.format = f.format;
  style.color = color_;
  style.terminal = stdout_terminal_;
  style.all_columns = verbose_;
  style.width = width_;
  begin_pager();
  print(render(table, style));
  finish();
  end_pager();
  if (!table.rows.empty()) {
    for (const std::string& text : table.notes) note(text);
    return core::ExitCode::ok;
  }
  return nothing_found(nothing);
}

core::ExitCode Session::nothing_found(std::string_view sentence) {
  note(sentence);
  return exit_status_ ? core::ExitCode::nothing_found : core::ExitCode::ok;
}

void Session::message(std::string_view kind, std::string_view text) {
  status("");
  std::string line = "weft: ";
  line += kind;
  line += visible(text, true);
  if (line.back() != '\n') line += '\n';
  write_error(line);
}

void Session::note(std::string_view sentence) {
  if (!quiet_) message("", sentence);
}

void Session::error(std::string_view sentence) { message("", sentence); }

void Session::diagnostic(const core::Diagnostic& d) {
  const char* kinds[] = {"note: ", "warning: ", "error: "};
  if (d.severity == core::Severity::note && !verbose_) return;
  if (d.severity != core::Severity::error && quiet_) return;
  message(kinds[static_cast<size_t>(d.severity)],
          d.source.empty() ? d.message : visible(d.source) + ": " + d.message);
}

void Session::status(std::string_view line) {
  if (line.empty() && !status_shown_) return;
  write_error("\r\x1b[K" + visible(line));
  status_shown_ = !line.empty();
}

}  // namespace weft::cli
