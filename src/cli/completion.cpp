// weft completion SHELL: what bash, zsh and fish need to complete commands, options and their
// values.
//
// Generated from the tables of commands and options, so that a new command is completed without
// anybody thinking of it. Where no option's values are known, the shell completes file names.
#include <memory>

#include "cli/commands.h"

namespace weft::cli {

namespace {

/// "-f,--format" as {"-f", "--format"}.
std::vector<std::string> split_names(const std::string& names) {
  const size_t comma = names.find(',');
  if (comma == std::string::npos) return {names};
  return {names.substr(0, comma), names.substr(comma + 1)};
}

std::string joined(const std::vector<std::string>& words, const char* separator) {
  std::string out;
  for (const std::string& w : words) out += (out.empty() ? "" : separator) + w;
  return out;
}

/// Without what zsh and fish take as syntax in descriptions, to stand in single quotes.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text)
    out += c == '\'' || c == '[' || c == ']' || c == ':' || c == '`' || c == '\\' ? ' ' : c;
  return out;
}

/// The command and all its options, the general ones too.
struct Declared {
  std::string name, summary;
  OptionSet options;
  Run run;  // owns what the options point to
};

std::vector<Declared> declared(Session& session) {
  std::vector<Declared> out;
  for (const Command& c : commands()) {
    Declared d{std::string(c.name), std::string(c.summary), {}, {}};
    d.run = c.declare(session, d.options);
    session.declare_general(d.options);
    out.push_back(std::move(d));
  }
  return out;
}

std::string bash(const std::vector<Declared>& all) {
  std::string out =
      "# weft completion bash > /etc/bash_completion.d/weft\n"
      "_weft() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command= "
      "words= i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case ${COMP_WORDS[i]} in -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac\n"
      "  done\n"
      "  case $command in\n";
  std::string names;
  for (const Declared& d : all) names += d.name + " ";
  out += "    '') words='" + names + "help --help --version' ;;\n    help) words='" + names +
         "--man' ;;\n";
  for (const Declared& d : all) {
    std::string words, values;
    for (const auto& o : d.options.options()) {
      const auto both = split_names(o.names);
      words += both.back() + " ";
      if (!o.value.empty())
        values += "        " + joined(both, "|") + ") words='" + joined(o.allowed, " ") + "' ;;\n";
    }
    words.pop_back();
    out += "    " + d.name + ")\n      case $previous in\n" + values + "        *) words='" +
           words + "' ;;\n      esac ;;\n";
  }
  return out +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o bashdefault -o default -F _weft weft\n";
}

std::string zsh(const std::vector<Declared>& all) {
  std::string out = "#compdef weft\n# weft completion zsh > ~/.zfunc/_weft\n_weft() {\n";
  out += "  local -a commands=(\n";
  for (const Declared& d : all) out += "    '" + d.name + ":" + plain(d.summary) + "'\n";
  out += "    'help:Tells about a command'\n  )\n";
  out +=
      "  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
      "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n"
      "    help) _describe command commands ;;\n";
  for (const Declared& d : all) {
    out += "    " + d.name + ")\n      _arguments -s \\\n";
    for (const auto& o : d.options.options())
      for (const std::string& name : split_names(o.names)) {
        out += "        '*" + name + "[" + plain(o.help) + "]";
        if (!o.value.empty())
          out += ":" + plain(o.value) + ":" +
                 (o.allowed.empty() ? "_files" : "(" + joined(o.allowed, " ") + ")");
        out += "' \\\n";
      }
    out += "        '*:file:_files' ;;\n";
  }
  return out + "  esac\n}\n_weft \"$@\"\n";
}

std::string fish(const std::vector<Declared>& all) {
  std::string out = "# weft completion fish > ~/.config/fish/completions/weft.fish\n";
  for (const Declared& d : all)
    out += "complete -c weft -n __fish_use_subcommand -f -a " + d.name + " -d '" +
           plain(d.summary) + "'\n";
  out += "complete -c weft -n __fish_use_subcommand -f -a help -d 'Tells about a command'\n";
  for (const Declared& d : all)
    for (const auto& o : d.options.options()) {
      out += "complete -c weft -n '__fish_seen_subcommand_from " + d.name + "'";
      for (const std::string& name : split_names(o.names))
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!o.value.empty()) out += " -r";
      if (!o.allowed.empty()) out += " -f -a '" + joined(o.allowed, " ") + "'";
      out += " -d '" + plain(o.help) + "'\n";
    }
  return out;
}

}  // namespace

Run declare_completion(Session&, OptionSet& options) {
  const auto shell = std::make_shared<std::string>();
  options.argument("SHELL", *shell, "bash, zsh or fish");
  return [shell](Session& s) {
    if (*shell != "bash" && *shell != "zsh" && *shell != "fish")
      throw core::SetupError("There is no completion for \"" + *shell +
                             "\". There are bash, zsh and fish.");
    const std::vector<Declared> all = declared(s);
    s.print(*shell == "bash" ? bash(all) : *shell == "zsh" ? zsh(all) : fish(all));
    s.finish();
    return core::ExitCode::ok;
  };
}

}  // namespace weft::cli
