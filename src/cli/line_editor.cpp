// libedit behind one class. Its own handling of signals is off: it would pass Ctrl-C on to the
// whole process group. Instead its characters come from a read() here that a signal ends. It
// decodes UTF-8 only under a UTF-8 locale, so that one category of the locale is set; numbers and
// sorting stay those of "C".
#include "cli/line_editor.h"

#include <histedit.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <cstdio>
#include <cwchar>

#include "cli/terminal_text.h"

namespace weft::cli {

namespace {

constexpr int kWaitMilliseconds = 100;
constexpr int kMostLines = 2000;
constexpr size_t kMostShown = 60;

size_t characters(std::string_view s) {
  size_t out = 0;
  for (const char c : s) out += (c & 0xc0) != 0x80;
  return out;
}

}  // namespace

struct LineEditor::Libedit {
  Libedit(const std::atomic<bool>& stop, Completer complete_)
      : interrupted(stop), complete(std::move(complete_)) {}

  static Libedit& of(EditLine* el) {
    void* data = nullptr;
    el_get(el, EL_CLIENTDATA, &data);
    return *static_cast<Libedit*>(data);
  }

  static char* show_prompt(EditLine* el) { return of(el).prompt.data(); }

  static int get_character(EditLine* el, wchar_t* out) {
    const Libedit& self = of(el);
    std::mbstate_t state{};
    while (true) {
      // A signal just before the wait would not end it, so the wait is short.
      pollfd input{STDIN_FILENO, POLLIN, 0};
      const int ready = ::poll(&input, 1, kWaitMilliseconds);
      if (self.interrupted) return -1;
      if (ready == 0) continue;
      char byte = 0;
      const ssize_t n = ::read(STDIN_FILENO, &byte, 1);
      if (n == 0) return 0;
      if (n < 0) {
        if (errno == EINTR && !self.interrupted) continue;
        return -1;
      }
      const size_t used = std::mbrtowc(out, &byte, 1, &state);
      if (used == static_cast<size_t>(-2)) continue;
      if (used != static_cast<size_t>(-1)) return 1;
      state = {};  // not a character here: left out
    }
  }

  static unsigned char on_tab(EditLine* el, int) {
    const LineInfo* line = el_line(el);
    const std::string_view before(line->buffer, static_cast<size_t>(line->cursor - line->buffer));
    const Completions found = of(el).complete(before);
    if (found.words.empty()) return CC_ERROR;
    const std::string typed(before.substr(before.size() - found.typed));
    if (found.common.size() > typed.size() || (found.words.size() == 1 && found.common != typed)) {
      el_deletestr(el, static_cast<int>(characters(typed)));
      el_insertstr(el, found.common.c_str());
      return CC_REFRESH;
    }
    if (found.words.size() == 1) return CC_ERROR;
    std::string list = "\n";
    for (size_t i = 0; i < found.words.size() && i < kMostShown; ++i)
      list += (i > 0 ? "  " : "") + visible(found.words[i]);
    if (found.words.size() > kMostShown)
      list += "  and " + std::to_string(found.words.size() - kMostShown) + " more";
    std::fprintf(stderr, "%s\n", list.c_str());
    return CC_REDISPLAY;
  }

  const std::atomic<bool>& interrupted;
  Completer complete;
  std::string prompt;
  EditLine* editor = nullptr;
  History* history = nullptr;
};

LineEditor::LineEditor(const std::atomic<bool>& interrupted, Completer completer)
    : libedit_(std::make_unique<Libedit>(interrupted, std::move(completer))) {
  std::setlocale(LC_CTYPE, "");
  Libedit& own = *libedit_;
  HistEvent event;
  own.history = history_init();
  history(own.history, &event, H_SETSIZE, kMostLines);
  history(own.history, &event, H_SETUNIQUE, 1);
  own.editor = el_init("weft", stdin, stderr, stderr);
  el_set(own.editor, EL_CLIENTDATA, &own);
  el_set(own.editor, EL_SIGNAL, 0);
  el_set(own.editor, EL_EDITOR, "emacs");
  el_set(own.editor, EL_HIST, history, own.history);
  el_set(own.editor, EL_PROMPT, &Libedit::show_prompt);
  el_set(own.editor, EL_ADDFN, "weft-complete", "completes a word", &Libedit::on_tab);
  el_set(own.editor, EL_BIND, "^I", "weft-complete", nullptr);
  el_set(own.editor, EL_BIND, "^R", "em-inc-search-prev", nullptr);
  el_set(own.editor, EL_GETCFN, &Libedit::get_character);
}

LineEditor::~LineEditor() {
  el_end(libedit_->editor);
  history_end(libedit_->history);
}

LineEditor::Got LineEditor::read(const char* prompt, std::string& line) {
  libedit_->prompt = prompt;
  el_resize(libedit_->editor);
  // el_gets() shows the prompt first and leaves line mode after it; a Ctrl-D that came between the
  // two would be read as a NUL.
  el_set(libedit_->editor, EL_PREP_TERM, 1);
  int length = 0;
  const char* text = el_gets(libedit_->editor, &length);
  if (libedit_->interrupted) return Got::interrupt;
  if (!text || length <= 0) return Got::end;
  line.assign(text, static_cast<size_t>(length));
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
  return Got::line;
}

void LineEditor::remember(const std::string& line) {
  if (line.find_first_not_of(" \t") == line.npos) return;
  HistEvent event;
  history(libedit_->history, &event, H_ENTER, line.c_str());
}

void LineEditor::load(const std::filesystem::path& file) {
  HistEvent event;
  history(libedit_->history, &event, H_LOAD, file.c_str());
}

bool LineEditor::save(const std::filesystem::path& file) {
  HistEvent event;
  return history(libedit_->history, &event, H_SAVE, file.c_str()) != -1;
}

}  // namespace weft::cli
