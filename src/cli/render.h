// A query::Table in each output format.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "query/table.h"

namespace weft::cli {

enum class Format { table, json, jsonl, csv, tsv, markdown };

struct FormatName {
  Format format;
  std::string_view name;
  std::string_view description;
};
std::span<const FormatName> format_names();

struct Style {
  Format format = Format::table;
  bool color = false;        // ANSI colours, Format::table only
  bool terminal = false;     // somebody looks at it: control characters are escaped in every format
  bool all_columns = false;  // also those that tables for people leave out
  unsigned width = 0;        // cells a line of Format::table may take; 0: any
};

/// The whole text, ending with a line break unless it is empty. Values are never cut: a table wraps
/// them, and if the columns don't fit at all, writes each row as lines of "column  value". table:
/// UTF-8, harmless on a terminal. json: an array of objects, an object a line. jsonl: an object a
/// line. Missing values are null, lists are arrays. csv: RFC 4180 (CRLF), lists joined by "|". tsv:
/// one header line, backslash escapes
/// (\t \n \r \\ \x1b) in values, lists joined by "|". markdown: a GitHub table.
std::string render(const query::Table& table, const Style& style);

}  // namespace weft::cli
