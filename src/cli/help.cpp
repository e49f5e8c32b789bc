// Help in two columns, wrapped to the terminal but never wider than kWidest cells, which is as far
// as an eye follows a line.
#include "cli/help.h"

#include <algorithm>

#include "cli/terminal_text.h"

namespace weft::cli {

namespace {

constexpr unsigned kWidest = 100;
constexpr unsigned kNarrowest = 50;

struct Row {
  std::string left;
  std::string right;
};

class HelpText {
 public:
  HelpText(bool color, unsigned width)
      : color_(color), width_(std::clamp(width == 0 ? 80 : width, kNarrowest, kWidest)) {}

  void heading(std::string_view text) {
    if (!out_.empty()) out_ += '\n';
    out_ += color_ ? "\x1b[1m" + std::string(text) + "\x1b[0m\n" : std::string(text) + "\n";
  }

  void paragraphs(std::string_view text, unsigned indent = 0) {
    while (!text.empty()) {
      const size_t end = std::min(text.find('\n'), text.size());
      for (const std::string& line : wrap(text.substr(0, end), width_ - indent))
        out_ += line.empty() ? "\n" : std::string(indent, ' ') + line + "\n";
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  void rows(const std::vector<Row>& rows) {
    unsigned left = 0;
    for (const Row& row : rows) left = std::max(left, display_width(row.left));
    left = std::min(left, 30u);
    for (const Row& row : rows) {
      std::string head = "  " + row.left;
      if (display_width(row.left) > left) {
        out_ += head + "\n";
        head = "  ";
      }
      head.resize(head.size() + (left + 4 - std::min(left + 4, display_width(head))), ' ');
      for (const std::string& line : wrap(row.right, width_ - left - 4)) {
        out_ += head + line + "\n";
        head.assign(left + 4, ' ');
      }
    }
  }

  void line(const std::string& text) { out_ += text + "\n"; }
  std::string take() { return std::move(out_); }

 private:
  bool color_;
  unsigned width_;
  std::string out_;
};

std::vector<Row> option_rows(const OptionSet& options, bool general) {
  std::vector<Row> out;
  for (const OptionSet::Option& o : options.options()) {
    if (o.general != general) continue;
    std::string names = o.names;
    const size_t comma = names.find(',');
    if (comma == std::string::npos)
      names = names.size() == 2 ? names : "    " + names;
    else
      names.insert(comma + 1, " ");
    out.push_back({names + (o.value.empty() ? "" : " " + o.value), o.help});
  }
  return out;
}

}  // namespace

std::string_view about_program() {
  return "weft reads documents in English and weaves what they say into one graph of people, "
         "bodies, places, plans and events, each fact with the words that prove it.";
}

std::span<const std::pair<const char*, const char*>> exit_codes() {
  static constexpr std::pair<const char*, const char*> kCodes[] = {
      {"0", "done"},
      {"1", "nothing found (with -e), or some documents could not be read"},
      {"2", "a wrong option or argument, or a fault in the schema"},
      {"3", "a store or file that is missing, broken or can't be written"},
      {"4", "a limit was reached (--timeout, --max-memory)"},
      {"130", "stopped by Ctrl-C"},
  };
  return kCodes;
}

std::string program_help(bool color, unsigned width) {
  HelpText help(color, width);
  help.paragraphs(about_program());
  help.heading("Usage");
  help.line("  weft COMMAND [ARGUMENTS] [OPTIONS]");
  std::string group;
  std::vector<Row> rows;
  const auto end_group = [&] {
    if (rows.empty()) return;
    help.heading(group);
    help.rows(rows);
    rows.clear();
  };
  for (const Command& c : commands()) {
    if (c.group != group) end_group();
    group = c.group;
    rows.push_back({std::string(c.name), std::string(c.summary)});
  }
  end_group();
  help.heading("Example");
  help.line("  weft build articles/ -o news.weft");
  help.line("  weft find news.weft \"central committee\"");
  help.line("  weft export news.weft -o news.graphml");
  help.heading("Exit codes");
  for (const auto& [code, meaning] : exit_codes()) rows.push_back({code, meaning});
  help.rows(rows);
  help.line("\n`weft COMMAND --help` tells about a command.");
  return help.take();
}

std::string command_help(const Command& command, const OptionSet& options, bool color,
                         unsigned width) {
  HelpText help(color, width);
  std::string summary(command.summary);
  help.paragraphs(summary + ".");
  if (!command.details.empty()) {
    help.line("");
    help.paragraphs(command.details);
  }
  help.heading("Usage");
  const std::string arguments = options.usage();
  help.line("  weft " + std::string(command.name) + (arguments.empty() ? "" : " " + arguments) +
            " [OPTIONS]");
  if (!options.positional().empty()) {
    help.heading("Arguments");
    std::vector<Row> rows;
    for (const OptionSet::Argument& a : options.positional()) rows.push_back({a.name, a.help});
    help.rows(rows);
  }
  if (const auto rows = option_rows(options, false); !rows.empty()) {
    help.heading("Options");
    help.rows(rows);
  }
  help.heading("General options");
  help.rows(option_rows(options, true));
  std::string_view text = command.examples;
  help.heading(std::count(text.begin(), text.end(), '\n') > 0 ? "Examples" : "Example");
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string line(text.substr(0, end));
    help.line(line.starts_with("#") ? "  " + line : "  weft " + line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return help.take();
}

}  // namespace weft::cli
