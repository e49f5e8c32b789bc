// The shell's text: where queries end, and what is completed where.
#include <doctest/doctest.h>

#include "cli/shell_text.h"

using namespace weft;

namespace {

std::string shown(std::initializer_list<const char*> lines) {
  cli::QueryLines queries;
  for (const char* line : lines) queries.add(line);
  std::string out;
  while (const auto input = queries.next())
    out += (input->command ? "!" : "[") + input->text + (input->command ? "" : "]");
  return out + queries.gathered();
}

std::string completed(std::string_view before) {
  cli::Vocabulary words;
  words.commands = {":help", ":mode"};
  words.arguments = {"jsonl", "Person"};
  words.keywords = {"MATCH", "RETURN", "reverse"};
  words.labels = {"Person", "Place"};
  words.relations = {"visited", "part_of"};
  words.properties = {"label", "time"};
  words.entities = [](const auto& offer) {
    for (const char* name : {"Perth", "Köln", "Kölsch", "O'Hara", "bad\x1b[2Jname", "Perth"})
      offer(name);
  };
  const cli::Completions found = cli::complete(before, words);
  std::string out = std::to_string(found.typed) + " " + found.common + ":";
  for (const std::string& w : found.words) out += " " + w;
  return out;
}

}  // namespace

TEST_CASE("a query ends at a semicolon or an empty line") {
  CHECK(shown({"RETURN 1;"}) == "[RETURN 1]");
  CHECK(shown({"RETURN 1"}) == "RETURN 1\n");
  CHECK(shown({"RETURN", "1", ""}) == "[RETURN\n1\n]");
  CHECK(shown({"RETURN 1; RETURN 2; RETURN", "3"}) == "[RETURN 1][ RETURN 2] RETURN\n3\n");
  CHECK(shown({"RETURN ';', \";\", `;`, $`;` // ;", "/* ;", "*/;"}) ==
        "[RETURN ';', \";\", `;`, $`;` // ;\n/* ;\n*/]");
  CHECK(shown({";;", "  ", "// nothing", ""}) == "");
  CHECK(shown({":help", "  :no", ""}) == "!:help[  :no\n]");
  CHECK(shown({"RETURN", ":help", ""}) == "[RETURN\n:help\n]");
  CHECK(shown({"RETURN 'open;", ""}) == "[RETURN 'open;\n]");
  CHECK(shown({"RETURN '\xff';"}) == "[RETURN '\xff';\n]");  // refused by who runs it
}

TEST_CASE("what is completed depends on where it stands") {
  const struct {
    const char* before;
    const char* expected;
  } rows[] = {
      {"mat", "3 MATCH: MATCH"},
      {"MATCH (n) RE", "2 : RETURN reverse"},
      {"MATCH (n:p", "1 P: Person Place"},
      {"MATCH (n)-[r: V", "1 visited: visited"},
      {"MATCH (n)-[r:visited|pa", "2 part_of: part_of"},
      {"MATCH (n)-[:visited]->(:Pl", "2 Place: Place"},
      {"RETURN n.", "0 : label time"},
      {"MATCH (n {la", "2 label: label"},
      {"MATCH (n {label: 'per", "3 Perth: Perth"},
      {"RETURN \"k\xc3\xb6", "3 K\xc3\xb6l: K\xc3\xb6ln K\xc3\xb6lsch"},
      {"RETURN 'o", "1 O\\'Hara: O\\'Hara"},
      {"RETURN 'bad", "3 :"},  // nothing that steers a terminal
      {"RETURN 'a\\'per", "6 :"},
      {"RETURN 'a' // ma", "0 :"},
      {":h", "2 :help: :help"},
      {":mode js", "2 jsonl: jsonl"},
      {"", "0 : MATCH RETURN reverse"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.before);
    CHECK(completed(row.before) == row.expected);
  }
}
