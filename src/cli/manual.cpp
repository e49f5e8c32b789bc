// Manual pages in roff (man(7)), made from the same rows as the help texts. Lines that begin with a
// dot or an apostrophe are escaped, as are backslashes and hyphens.
#include <algorithm>

#include "cli/help.h"

namespace weft::cli {

namespace {

std::string roff(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c == '.' || c == '\'') && (i == 0 || text[i - 1] == '\n')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

std::string head(const std::string& page, std::string_view summary) {
  return ".TH " + upper(page) + " 1 \"\" \"weft " WEFT_VERSION "\" \"weft\"\n.SH NAME\n" +
         roff(page) + " \\- " + roff(summary) + "\n";
}

std::string item(const std::string& left, const std::string& right) {
  return ".TP\n.B " + roff(left) + "\n" + roff(right) + "\n";
}

std::string option_items(const OptionSet& options, bool general) {
  std::string out;
  for (const OptionSet::Option& o : options.options()) {
    if (o.general != general) continue;
    std::string names = o.names;
    if (const size_t comma = names.find(','); comma != std::string::npos)
      names.insert(comma + 1, " ");
    out += item(names + (o.value.empty() ? "" : " " + o.value), o.help);
  }
  return out;
}

std::string example_lines(std::string_view examples) {
  std::string out = ".nf\n";
  while (!examples.empty()) {
    const size_t end = std::min(examples.find('\n'), examples.size());
    const std::string_view line = examples.substr(0, end);
    out += roff(line.starts_with("#") ? std::string(line) : "weft " + std::string(line)) + "\n";
    examples.remove_prefix(std::min(end + 1, examples.size()));
  }
  return out + ".fi\n";
}

}  // namespace

std::string program_manual() {
  std::string out = head("weft", "weaves documents into a knowledge graph with evidence");
  out += ".SH SYNOPSIS\n.B weft\n.I COMMAND\n[ARGUMENTS] [OPTIONS]\n.SH DESCRIPTION\n" +
         roff(about_program()) + "\n";
  std::string group;
  for (const Command& c : commands()) {
    if (c.group != group) out += ".SH " + upper(group = c.group) + "\n";
    out += item("weft-" + std::string(c.name) + "(1)", std::string(c.summary));
  }
  out += ".SH EXIT STATUS\n";
  for (const auto& [code, meaning] : exit_codes()) out += item(code, meaning);
  return out;
}

std::string command_manual(const Command& command, const OptionSet& options) {
  const std::string page = "weft-" + std::string(command.name);
  std::string out = head(page, command.summary);
  const std::string arguments = options.usage();
  out += ".SH SYNOPSIS\n.B weft " + std::string(command.name) + "\n" + roff(arguments) +
         (arguments.empty() ? "" : " ") + "[OPTIONS]\n";
  if (!command.details.empty()) out += ".SH DESCRIPTION\n" + roff(command.details) + "\n";
  if (!options.positional().empty()) {
    out += ".SH ARGUMENTS\n";
    for (const OptionSet::Argument& a : options.positional()) out += item(a.name, a.help);
  }
  if (const std::string own = option_items(options, false); !own.empty())
    out += ".SH OPTIONS\n" + own;
  out += ".SH GENERAL OPTIONS\n" + option_items(options, true);
  out += ".SH EXAMPLES\n" + example_lines(command.examples);
  return out + ".SH SEE ALSO\nweft(1)\n";
}

}  // namespace weft::cli
