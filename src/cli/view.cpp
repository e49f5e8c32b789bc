// weft view STORE: the explorer's page, opened in the browser.
//
// The page goes to a fresh folder that only this user can enter, so that nobody can put another
// file or a link in its place. The browser is whatever the desktop opens pages with (xdg-open, on
// macOS open), started without a shell and in a session of its own, so that Ctrl-C here doesn't end
// it. An opener that fails says so at once; one that is still busy after a moment became the
// browser, and is left alone.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>

#include "cli/commands.h"
#include "cli/page_limits.h"
#include "core/output_file.h"
#include "exporters/write.h"
#include "graph/load.h"
#include "store/snapshot.h"

extern char** environ;

namespace weft::cli {

namespace {

namespace fs = std::filesystem;

constexpr auto kPatience = std::chrono::milliseconds(1500);

struct Targets {
  std::string store, output;
  PageWords page;
  bool no_open = false;
};

fs::path temporary_page(const std::string& title) {
  std::error_code error;
  const fs::path place = fs::temp_directory_path(error);
  std::string folder = (place / "weft-view-XXXXXX").string();
  if (error || !::mkdtemp(folder.data()))
    throw core::SetupError(
        "Can't make a temporary folder: " +
            (error ? error.message() : std::string(std::strerror(errno))) +
            ". Say where to write with -o FILE, or set TMPDIR to a folder that there is.",
        core::ExitCode::broken_file);
  return fs::path(folder) / (title + ".html");
}

/// True if the desktop's opener was started and did not fail at once.
bool open_in_browser(const fs::path& page) {
#ifdef __APPLE__
  std::string opener = "open";
#else
  std::string opener = "xdg-open";
#endif
  std::string file = fs::absolute(page).string();
  char* words[] = {opener.data(), file.data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  for (const int stream : {0, 1, 2})
    ::posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, opener.c_str(), &actions, &attributes, words, environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (error != 0) return false;
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < end) {
    int status = 0;
    if (::waitpid(child, &status, WNOHANG) == child)
      return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

core::ExitCode run_view(Session& session, const Targets& to) {
  if (to.output == "-")
    throw core::SetupError(
        "weft view writes a file for the browser. For standard output use weft export STORE "
        "--format html -o -.");
  exporters::Options options = page_options(session, to.store, to.page);
  const auto ontology = schema::Ontology::load(options.schema_dir / "ontology.json");
  const store::Store store = store::Store::open(to.store);
  const store::Snapshot state(store);  // of the graph and of the texts that the page quotes
  const graph::Graph graph = graph::load(store, ontology);
  options.text_of = [&store](const std::string& id) { return store.text(id); };

  const fs::path page = to.output.empty() ? temporary_page(options.title) : fs::path(to.output);
  exporters::Files files;
  files.push_back(std::make_unique<core::OutputFile>(page));
  const exporters::Summary summary =
      exporters::write_graph(*exporters::find_format("html"), graph, ontology, options, files);
  for (const std::string& note : summary.notes) session.note(note);
  session.print(page.string() + "\n");
  if (!to.no_open && !open_in_browser(page))
    session.note("No browser could be opened from here. Open " + page.string() + " in one.");
  return core::ExitCode::ok;
}

}  // namespace

Run declare_view(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.value("-o,--output", "FILE", to->output,
                "where to write the page (default: a new temporary folder)");
  options.flag("--no-open", to->no_open, "write the page and say where, but open no browser");
  declare_page_limits(options, to->page);
  return [to](Session& s) { return run_view(s, *to); };
}

}  // namespace weft::cli
