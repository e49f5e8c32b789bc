// Command lines as people mistype them.
#include "cli/options.h"

#include <doctest/doctest.h>

#include "cli/table.h"
#include "core/error.h"

using namespace weft;
using core::SetupError;

namespace {

struct Line {
  std::string store, output, format;
  std::vector<std::string> rest, relations;
  bool quiet = false, exit_status = false;
  cli::OptionSet options;

  Line() {
    options.argument("STORE", store, "");
    options.arguments("TEXT", rest, 1, "");
    options.value("-o,--output", "FILE", output, "");
    options.list("-r,--relation", "R", relations, "");
    options.choice("--format", "F", format, {"json", "csv"}, "");
    options.flag("-q,--quiet", quiet, "");
    options.flag("-e", exit_status, "");
  }
  void parse(const std::vector<std::string>& words) { options.parse(words, "weft test"); }
};

}  // namespace

TEST_CASE("options and arguments in any order and spelling") {
  Line line;
  line.parse({"-qe", "s.weft", "--output=a=b", "-r", "x", "two words", "-rx2", "--format", "json"});
  CHECK(line.quiet);
  CHECK(line.exit_status);
  CHECK(line.store == "s.weft");
  CHECK(line.output == "a=b");
  CHECK(line.relations == std::vector<std::string>{"x", "x2"});
  CHECK(line.rest == std::vector<std::string>{"two words"});
  CHECK(line.format == "json");
}

TEST_CASE("names that look like options, and names that parsers like to interpret") {
  Line line;
  line.parse({"-o", "-", "--", "-s", "--output", "[a,b]", "{}", "%%", "", "--", "a\nb"});
  CHECK(line.output == "-");
  CHECK(line.store == "-s");
  CHECK(line.rest == std::vector<std::string>{"--output", "[a,b]", "{}", "%%", "", "--", "a\nb"});
  Line dash;
  dash.parse({"-", "-"});
  CHECK(dash.store == "-");
}

TEST_CASE("a mistake is one sentence with what to do") {
  struct Row {
    std::vector<std::string> words;
    const char* says;
  };
  for (const Row& row :
       {Row{{"s", "t", "--outptu", "x"}, "Did you mean \"--output\"?"},
        Row{{"s", "t", "-x"}, "There is no option -x."},
        Row{{"s", "t", "--format", "jsno"}, "Did you mean \"json\"?"},
        Row{{"s", "t", "--output"}, "--output needs a value: --output FILE"},
        Row{{"s"}, "TEXT is missing: weft test STORE TEXT..."}, Row{{}, "STORE is missing"}}) {
    Line line;
    CAPTURE(row.says);
    CHECK_THROWS_WITH_AS(line.parse(row.words), doctest::Contains(row.says), SetupError);
  }
}

TEST_CASE("numbers are whole and bounded") {
  CHECK(cli::whole_number("7", "--depth", 10) == 7);
  for (const char* bad : {"", "-1", "11", "1.5", "x", "99999999999999999999", " 1"}) {
    CAPTURE(bad);
    CHECK_THROWS_AS(cli::whole_number(bad, "--depth", 10), SetupError);
  }
}

TEST_CASE("every command has a summary and an example of itself") {
  for (const cli::Command& command : cli::commands()) {
    CAPTURE(command.name);
    CHECK_FALSE(command.summary.empty());
    CHECK(command.examples.find(command.name) != std::string_view::npos);
    CHECK(cli::find_command(command.name) == &command);
  }
  CHECK(cli::find_command("nonsense") == nullptr);
}
