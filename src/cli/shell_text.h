// What the shell does with text before anything is run: queries out of lines, and completions.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::cli {

/// Gathers lines until they are a query: up to a ";" outside of quotes and comments, or an empty
/// line. A line that begins with ":" while nothing is gathered is a command.
class QueryLines {
 public:
  struct Input {
    std::string text;
    bool command = false;
  };

  void add(std::string_view line);
  /// No more lines will come: what is gathered is a query.
  void end();
  /// What is complete, in order, or nothing.
  std::optional<Input> next();
  /// Forgets what is gathered.
  void clear();
  /// The begun query; empty between queries.
  const std::string& gathered() const { return gathered_; }

 private:
  void emit(std::string_view text);

  std::string gathered_;
  std::vector<Input> ready_;
};

/// The words that may be completed, by where they may stand.
struct Vocabulary {
  std::vector<std::string> commands;   // ":help"
  std::vector<std::string> arguments;  // of commands
  std::vector<std::string> keywords;   // and functions
  std::vector<std::string> labels;
  std::vector<std::string> relations;
  std::vector<std::string> properties;
  /// Calls back with every entity's name.
  std::function<void(const std::function<void(const std::string&)>&)> entities;
};

struct Completions {
  size_t typed = 0;                // bytes before the cursor that a word replaces
  std::vector<std::string> words;  // sorted; as they are to stand in the query
  std::string common;              // what all of them begin with; "" if there are none
};

/// Completes `before`, a query or command up to the cursor: entity names within quotes, properties
/// after "." and within {}, labels and relations after ":", else keywords. Letters' case does not
/// matter.
Completions complete(std::string_view before, const Vocabulary& vocabulary);

}  // namespace weft::cli
