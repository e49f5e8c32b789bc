// A line typed on a terminal, with history and completion.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "cli/shell_text.h"

namespace weft::cli {

/// One at a time, used by one thread. It reads standard input and draws on standard error.
class LineEditor {
 public:
  enum class Got { line, interrupt, end };
  /// Told the line up to the cursor.
  using Completer = std::function<Completions(std::string_view)>;

  /// `interrupted` is set by the caller's handler of SIGINT, which must not restart reading.
  LineEditor(const std::atomic<bool>& interrupted, Completer completer);
  ~LineEditor();
  LineEditor(const LineEditor&) = delete;
  LineEditor& operator=(const LineEditor&) = delete;

  /// `line` is without its line break.
  Got read(const char* prompt, std::string& line);
  /// Empty lines, and a line equal to the last, are not kept.
  void remember(const std::string& line);
  /// A missing file is an empty history. False if it can't be written.
  void load(const std::filesystem::path& file);
  bool save(const std::filesystem::path& file);

 private:
  struct Libedit;
  std::unique_ptr<Libedit> libedit_;
};

}  // namespace weft::cli
