// Parses a command line with CLI11: it splits options from values ("-o FILE", "--output=FILE",
// "-ev", "--"). Arguments without a dash are handed out here, as typed, because CLI11 gives meaning
// to some of them ("[a]", "{}", "%%") and they may be any file name. O(words x options).
#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>

#include "core/error.h"
#include "query/vocabulary.h"

namespace weft::cli {

using core::SetupError;

namespace {

std::vector<std::string> single_names(const std::string& names) {
  std::vector<std::string> out;
  for (size_t begin = 0; begin <= names.size();) {
    const size_t comma = std::min(names.find(',', begin), names.size());
    out.push_back(names.substr(begin, comma - begin));
    begin = comma + 1;
  }
  return out;
}

std::string see_help(const std::string& command) { return " See `" + command + " --help`."; }

/// The longest name: "--output".
std::string long_name(const OptionSet::Option& option) { return single_names(option.names).back(); }

void check_value(const OptionSet::Option& option, const std::string& value) {
  if (option.allowed.empty() ||
      std::find(option.allowed.begin(), option.allowed.end(), value) != option.allowed.end())
    return;
  std::string all;
  for (size_t i = 0; i < option.allowed.size(); ++i)
    all += (i == 0 ? "" : i + 1 == option.allowed.size() ? " or " : ", ") + option.allowed[i];
  throw SetupError("\"" + value + "\" is no value for " + long_name(option) + "." +
                   query::did_you_mean(value, option.allowed) + " It takes " + all + ".");
}

}  // namespace

void OptionSet::add(Option option) {
  option.general = general_;
  options_.push_back(std::move(option));
}

void OptionSet::flag(std::string names, bool& target, std::string help) {
  add({std::move(names), "", std::move(help), false, {}, [&target](const std::string&) {
         target = true;
       }});
}

void OptionSet::value(std::string names, std::string placeholder, std::string& target,
                      std::string help) {
  add({std::move(names),
       std::move(placeholder),
       std::move(help),
       false,
       {},
       [&target](const std::string& s) { target = s; }});
}

void OptionSet::list(std::string names, std::string placeholder, std::vector<std::string>& target,
                     std::string help) {
  add({std::move(names),
       std::move(placeholder),
       std::move(help),
       false,
       {},
       [&target](const std::string& s) { target.push_back(s); }});
}

void OptionSet::choice(std::string names, std::string placeholder, std::string& target,
                       std::vector<std::string> allowed, std::string help) {
  add({std::move(names), std::move(placeholder), std::move(help), false, std::move(allowed),
       [&target](const std::string& s) { target = s; }});
}

void OptionSet::argument(std::string name, std::string& target, std::string help) {
  arguments_.push_back({std::move(name), std::move(help), 1, false,
                        [&target](const std::string& s) { target = s; }});
}

void OptionSet::optional_argument(std::string name, std::string& target, std::string help) {
  arguments_.push_back({std::move(name), std::move(help), 0, false,
                        [&target](const std::string& s) { target = s; }});
}

void OptionSet::arguments(std::string name, std::vector<std::string>& target, size_t minimum,
                          std::string help) {
  arguments_.push_back({std::move(name), std::move(help), minimum, true,
                        [&target](const std::string& s) { target.push_back(s); }});
}

std::string OptionSet::usage() const {
  std::string out;
  for (const Argument& a : arguments_) {
    const std::string name = a.name + (a.repeats ? "..." : "");
    out += (out.empty() ? "" : " ") + (a.minimum == 0 ? "[" + name + "]" : name);
  }
  return out;
}

void OptionSet::parse(const std::vector<std::string>& words, const std::string& command) const {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<std::vector<std::string>> given(options_.size());
  for (size_t i = 0; i < options_.size(); ++i) {
    const Option& option = options_[i];
    if (option.value.empty()) {
      app.add_flag_callback(option.names, [&given, i] { given[i] = {""}; });
    } else {
      app.add_option(option.names,
                     [&given, i](const CLI::results_t& results) {
                       given[i] = results;
                       return true;
                     })
          ->expected(1)
          ->allow_extra_args(false)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    }
  }
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(reversed);
  } catch (const CLI::ArgumentMismatch&) {
    const std::string& last = words.back();
    for (const Option& option : options_)
      for (const std::string& name : single_names(option.names))
        if (name == last && !option.value.empty())
          throw SetupError(last + " needs a value: " + last + " " + option.value + "." +
                           see_help(command));
    throw SetupError("An option is without its value." + see_help(command));
  } catch (const CLI::ParseError& error) {
    throw SetupError(std::string(error.what()) + "." + see_help(command));
  }

  std::vector<std::string> rest = app.remaining();
  const auto end_of_options = std::find(rest.begin(), rest.end(), "--");
  std::vector<std::string> known;
  for (const Option& option : options_)
    for (std::string& name : single_names(option.names)) known.push_back(std::move(name));
  for (auto word = rest.begin(); word != end_of_options; ++word) {
    if (word->size() < 2 || word->front() != '-') continue;
    const std::string name = word->substr(0, word->find('='));
    // A single letter is near every other one: only long names get a suggestion.
    throw SetupError(
        "There is no option " + name + "." +
        (name.starts_with("--") || name.size() > 2 ? query::did_you_mean(name, known) : "") +
        see_help(command) + " (A name that begins with \"-\" goes after \"--\".)");
  }
  if (end_of_options != rest.end()) rest.erase(end_of_options);
  parse_arguments(rest, command);
  for (size_t i = 0; i < options_.size(); ++i)
    for (const std::string& value : given[i]) {
      check_value(options_[i], value);
      options_[i].take(value);
    }
}

void OptionSet::parse_arguments(const std::vector<std::string>& words,
                                const std::string& command) const {
  size_t next = 0;
  for (const Argument& a : arguments_) {
    const size_t most = a.repeats ? words.size() - next : std::min<size_t>(1, words.size() - next);
    if (most < a.minimum)
      throw SetupError(a.name + " is missing: " + command + " " + usage() + "." +
                       see_help(command));
    for (size_t i = 0; i < most; ++i) a.take(words[next++]);
  }
  if (next < words.size())
    throw SetupError("\"" + words[next] + "\" is one argument too many: " + command + " " +
                     usage() + ". Put a name of several words in quotes." + see_help(command));
}

unsigned whole_number(const std::string& text, const std::string& option, unsigned most) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > most)
    throw SetupError("\"" + text + "\" is no value for " + option +
                     ": it takes a whole number from 0 to " + std::to_string(most) + ".");
  return value;
}

}  // namespace weft::cli
