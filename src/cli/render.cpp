// The formats that programs read, and the dispatch to all formats. Each is a loop over rows and
// cells; strings in JSON are escaped by RapidJSON, with C1 controls and DEL on top, which JSON
// itself would let through. O(bytes).
#include "cli/render.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>

#include "cli/render_table.h"
#include "cli/terminal_text.h"

namespace weft::cli {

namespace {

using query::Cell;
using query::Table;
using JsonWriter = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr FormatName kFormats[] = {
    {Format::table, "table", "columns for people; the default on a terminal"},
    {Format::json, "json", "an array of objects"},
    {Format::jsonl, "jsonl", "an object a line"},
    {Format::csv, "csv", "RFC 4180"},
    {Format::tsv, "tsv", "tab-separated; the default in a pipe"},
    {Format::markdown, "markdown", "a table for a README"},
};

std::string json_text(const std::string& s) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.String(s);
  std::string out;
  const std::string_view escaped(buffer.GetString(), buffer.GetSize());
  for (size_t i = 0; i < escaped.size(); ++i) {
    const auto byte = static_cast<unsigned char>(escaped[i]);
    const auto after = i + 1 < escaped.size() ? static_cast<unsigned char>(escaped[i + 1]) : 0u;
    if (byte == 0x7f) {
      out += "\\u007F";
    } else if (byte == 0xc2 && after >= 0x80 && after < 0xa0) {
      constexpr char kHex[] = "0123456789ABCDEF";
      out += std::string("\\u00") + kHex[after >> 4] + kHex[after & 15];
      ++i;
    } else {
      out += escaped[i];
    }
  }
  return out;
}

std::string json_cell(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return json_text(*text);
  if (const auto* list = std::get_if<std::vector<std::string>>(&cell)) {
    std::string out = "[";
    for (const std::string& s : *list) out += (out.size() > 1 ? ", " : "") + json_text(s);
    return out + "]";
  }
  if (std::holds_alternative<std::monostate>(cell)) return "null";
  return plain_cell(cell, "");
}

std::string json_object(const Table& table, const std::vector<Cell>& row) {
  std::string out = "{";
  for (size_t c = 0; c < table.columns.size(); ++c)
    out += (c > 0 ? ", " : "") + json_text(table.columns[c].name) + ": " + json_cell(row[c]);
  return out + "}";
}

std::string render_json(const Table& table) {
  std::string out = "[";
  for (const auto& row : table.rows)
    out += (out.size() > 1 ? ",\n " : "\n ") + json_object(table, row);
  return out + (table.rows.empty() ? "]\n" : "\n]\n");
}

std::string render_jsonl(const Table& table) {
  std::string out;
  for (const auto& row : table.rows) out += json_object(table, row) + "\n";
  return out;
}

std::string csv_field(std::string s, bool terminal) {
  if (terminal) s = visible(s, true);
  if (s.find_first_of(",\"\r\n") == std::string::npos && !s.starts_with(' ') && !s.ends_with(' '))
    return s;
  std::string out = "\"";
  for (const char c : s) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string tsv_field(const std::string& s) {
  std::string out;
  for (const char c : s) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr char kHex[] = "0123456789abcdef";
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        if (byte < 0x20 || byte == 0x7f)
          out += std::string("\\x") + kHex[byte >> 4] + kHex[byte & 15];
        else
          out += c;
    }
  }
  return out;
}

template <class Field>
std::string render_lines(const Table& table, const char* separator, const char* line_end,
                         Field field) {
  std::string out;
  for (size_t c = 0; c < table.columns.size(); ++c)
    out += (c > 0 ? separator : "") + field(table.columns[c].name);
  out += line_end;
  for (const auto& row : table.rows) {
    for (size_t c = 0; c < row.size(); ++c)
      out += (c > 0 ? separator : "") + field(plain_cell(row[c], "|"));
    out += line_end;
  }
  return out;
}

std::string markdown_field(const std::string& s) {
  std::string out;
  for (const char c : visible(s)) {
    if (std::string_view("\\|*`[<").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string render_markdown(const Table& table, bool all_columns) {
  const std::vector<size_t> shown = shown_columns(table, all_columns);
  std::string head = "|";
  std::string rule = "|";
  for (const size_t c : shown) {
    head += " " + table.columns[c].name + " |";
    rule += is_numeric(table, c) ? " ---: |" : " --- |";
  }
  std::string out = head + "\n" + rule + "\n";
  for (const auto& row : table.rows) {
    out += "|";
    for (const size_t c : shown) out += " " + markdown_field(plain_cell(row[c], "; ")) + " |";
    out += "\n";
  }
  return out;
}

}  // namespace

std::span<const FormatName> format_names() { return kFormats; }

std::string plain_cell(const Cell& cell, std::string_view separator) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* list = std::get_if<std::vector<std::string>>(&cell)) {
    std::string out;
    for (size_t i = 0; i < list->size(); ++i) {
      if (i > 0) out += separator;
      out += (*list)[i];
    }
    return out;
  }
  if (const auto* integer = std::get_if<int64_t>(&cell)) return std::to_string(*integer);
  if (const auto* number = std::get_if<double>(&cell)) {
    char digits[64];
    return {digits, std::to_chars(digits, digits + sizeof digits, *number).ptr};
  }
  return {};
}

std::string render(const Table& table, const Style& style) {
  switch (style.format) {
    case Format::table:
      return render_table(table, style);
    case Format::json:
      return render_json(table);
    case Format::jsonl:
      return render_jsonl(table);
    case Format::csv:
      return render_lines(table, ",", "\r\n",
                          [&](const std::string& s) { return csv_field(s, style.terminal); });
    case Format::tsv:
      return render_lines(table, "\t", "\n", [&](const std::string& s) {
        return style.terminal ? visible(tsv_field(s)) : tsv_field(s);
      });
    case Format::markdown:
      return render_markdown(table, style.all_columns);
  }
  return {};
}

}  // namespace weft::cli
