// The options and arguments of a command as rows: parsing (by CLI11, which stays in options.cpp),
// help and suggestions all come from them.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace weft::cli {

/// Targets must outlive parse(). Names are written "-o,--output", short one first; values are kept
/// as typed and checked by who uses them. An option given twice keeps the last value; a list keeps
/// all.
class OptionSet {
 public:
  struct Option {
    std::string names;
    std::string value;  // placeholder, "FILE"; empty for a flag
    std::string help;
    bool general = false;                          // listed under "General options"
    std::vector<std::string> allowed;              // if not empty, the only values there are
    std::function<void(const std::string&)> take;  // for a flag called with ""
  };
  struct Argument {
    std::string name;  // "STORE"
    std::string help;
    size_t minimum = 1;
    bool repeats = false;  // takes all that is left; only the last argument may
    std::function<void(const std::string&)> take;
  };

  void flag(std::string names, bool& target, std::string help);
  void value(std::string names, std::string placeholder, std::string& target, std::string help);
  void list(std::string names, std::string placeholder, std::vector<std::string>& target,
            std::string help);
  void choice(std::string names, std::string placeholder, std::string& target,
              std::vector<std::string> allowed, std::string help);
  void argument(std::string name, std::string& target, std::string help);
  void optional_argument(std::string name, std::string& target, std::string help);
  void arguments(std::string name, std::vector<std::string>& target, size_t minimum,
                 std::string help);
  /// Options declared after this belong to every command.
  void begin_general() { general_ = true; }

  /// Takes the words of a command line, without program and command. Throws SetupError (usage) for
  /// an unknown option (with the nearest one), a missing or unallowed value, and too few or too
  /// many arguments, naming `command` ("weft find").
  void parse(const std::vector<std::string>& words, const std::string& command) const;

  const std::vector<Option>& options() const { return options_; }
  const std::vector<Argument>& positional() const { return arguments_; }
  /// "STORE TEXT", "INPUT...", "[NAME]".
  std::string usage() const;

 private:
  void add(Option option);
  void parse_arguments(const std::vector<std::string>& words, const std::string& command) const;

  std::vector<Option> options_;
  std::vector<Argument> arguments_;
  bool general_ = false;
};

/// A whole number from 0 to `most`; throws SetupError (usage) naming the option.
unsigned whole_number(const std::string& text, const std::string& option, unsigned most);

}  // namespace weft::cli
