// What people and programs see of a table: widths, wrapping, hostile names, every format.
#include "cli/render.h"

#include <doctest/doctest.h>

#include "cli/terminal_text.h"

using namespace weft;
using cli::Format;

namespace {

query::Table people() {
  query::Table t;
  t.columns = {{"name"},
               {"also_called", query::Show::if_unusual},
               {"count"},
               {"id", query::Show::on_request}};
  t.rows = {
      {std::string("Ana, \"A\""), std::vector<std::string>{"a|b", "c"}, int64_t{5},
       std::string("x")},
      {std::string("\u91cd\u5e86"), std::monostate(), int64_t{12}, std::string("y\tz\n\x1b[0m\\")}};
  return t;
}

std::string as(Format format, const query::Table& table, unsigned width = 0) {
  cli::Style style;
  style.format = format;
  style.width = width;
  return cli::render(table, style);
}

}  // namespace

TEST_CASE("hostile text becomes visible, ordinary text stays as it is") {
  CHECK(cli::visible("caf\u00e9 \u91cd\u5e86 \U0001f642") == "caf\u00e9 \u91cd\u5e86 \U0001f642");
  CHECK(cli::visible("a\x1b[31mb") == "a\\x1b[31mb");
  CHECK(cli::visible(std::string_view("a\0b", 3)) == "a\\x00b");
  CHECK(cli::visible("a\xff") == "a\\xff");
  CHECK(cli::visible("\xe4\xb8") == "\\xe4\\xb8");
  CHECK(cli::visible("a\u202eb\u200bc\u009b") == "a\\u202eb\\u200bc\\u009b");
  CHECK(cli::visible("a\r\nb\tc\nd") == "a b c d");
  CHECK(cli::visible("a\nb", true) == "a\nb");
}

TEST_CASE("widths are cells of a terminal") {
  CHECK(cli::display_width("abc") == 3);
  CHECK(cli::display_width("\u91cd\u5e86") == 4);
  CHECK(cli::display_width("e\u0301") == 1);
  CHECK(cli::display_width("\uff21") == 2);
  CHECK(cli::display_width("") == 0);
}

TEST_CASE("wrapping breaks at spaces, cuts only words longer than a line, and loses nothing") {
  CHECK(cli::wrap("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(cli::wrap("abcdefgh", 3) == std::vector<std::string>{"abc", "def", "gh"});
  CHECK(cli::wrap("\u91cd\u5e86\u91cd", 4) == std::vector<std::string>{"\u91cd\u5e86", "\u91cd"});
  CHECK(cli::wrap("anything at all", 0).size() == 1);
  CHECK(cli::wrap("", 5) == std::vector<std::string>{""});
  CHECK(cli::wrap("\u91cd\u5e86", 1).size() == 2);
}

TEST_CASE("every format of one table") {
  const query::Table t = people();
  CHECK(as(Format::csv, t) ==
        "name,also_called,count,id\r\n\"Ana, \"\"A\"\"\",a|b|c,5,x\r\n"
        "\u91cd\u5e86,,12,\"y\tz\n\x1b[0m\\\"\r\n");
  CHECK(as(Format::tsv, t) ==
        "name\talso_called\tcount\tid\nAna, "
        "\"A\"\ta|b|c\t5\tx\n\u91cd\u5e86\t\t12\ty\\tz\\n\\x1b[0m\\\\\n");
  CHECK(as(Format::jsonl, t) ==
        "{\"name\": \"Ana, \\\"A\\\"\", \"also_called\": [\"a|b\", \"c\"], \"count\": 5, \"id\": "
        "\"x\"}\n"
        "{\"name\": \"\u91cd\u5e86\", \"also_called\": null, \"count\": 12, \"id\": "
        "\"y\\tz\\n\\u001B[0m\\\\\"}\n");
  CHECK(as(Format::json, t).starts_with("[\n {\"name\""));
  CHECK(as(Format::markdown, t) ==
        "| name | also_called | count |\n| --- | --- | ---: |\n"
        "| Ana, \"A\" | a\\|b; c | 5 |\n| \u91cd\u5e86 |  | 12 |\n");
  CHECK(as(Format::table, t) ==
        "NAME      ALSO CALLED  COUNT\nAna, \"A\"  a|b; c           5\n\u91cd\u5e86                "
        "      12\n");
}

TEST_CASE("CSV on a terminal is harmless too") {
  cli::Style style;
  style.format = Format::csv;
  style.terminal = true;
  CHECK(cli::render(people(), style).find('\x1b') == std::string::npos);
}

TEST_CASE("an empty table is empty for people and well formed for programs") {
  query::Table t;
  t.columns = {{"name"}};
  CHECK(as(Format::table, t).empty());
  CHECK(as(Format::json, t) == "[]\n");
  CHECK(as(Format::jsonl, t).empty());
  CHECK(as(Format::tsv, t) == "name\n");
}

TEST_CASE("a table keeps to the width of the terminal and never cuts a value") {
  query::Table t;
  t.columns = {{"name"}, {"text"}, {"more"}};
  std::string text;
  for (int i = 0; i < 30; ++i) text += "word" + std::to_string(i) + " ";
  t.rows = {{std::string("short"), text, text}};
  for (const unsigned width : {20u, 30u, 40u, 60u, 80u, 200u}) {
    CAPTURE(width);
    const std::string out = as(Format::table, t, width);
    for (int i = 0; i < 30; ++i) CHECK(out.find("word" + std::to_string(i)) != std::string::npos);
    if (width < 40) continue;  // blocks of lines, with what room there is
    for (size_t pos = 0; pos < out.size();) {
      const size_t end = out.find('\n', pos);
      CHECK(cli::display_width(std::string_view(out).substr(pos, end - pos)) <= width);
      pos = end + 1;
    }
  }
}

TEST_CASE("colours only when asked for, columns for reading only on request") {
  cli::Style style;
  CHECK(cli::render(people(), style).find('\x1b') == std::string::npos);
  CHECK(cli::render(people(), style).find("ID") == std::string::npos);
  style.color = true;
  CHECK(cli::render(people(), style).starts_with("\x1b[1m"));
  style.all_columns = true;
  CHECK(cli::render(people(), style).find("ID") != std::string::npos);
}
