// Two tables, nodes.csv and edges.csv (RFC 4180), for Gephi's "Import spreadsheet" or, in the
// dialect "plain", for everything else. Gephi guesses the type of a column from its first 25 rows
// and loses what doesn't fit later, so decimals always have a point, and times are only in
// `Timeset`, which it takes for its timeline, as whole days; `date_precision` says what the text
// said ("2024", "2024-03"). It also takes a backslash for an escape, so that stands twice; and the
// first cell of a column of texts that look like numbers begins with a curly apostrophe. In both
// dialects a text that a spreadsheet would run as a formula begins with a plain one. Streamed,
// O(bytes).
#include <algorithm>
#include <cctype>

#include "exporters/escape.h"
#include "exporters/flat_rows.h"
#include "exporters/formats.h"
#include "exporters/graph_writer.h"
#include "exporters/spells.h"

namespace weft::exporters {

namespace {

using namespace std::string_literals;

/// Columns that stand first under other names.
bool is_elsewhere(std::string_view column) {
  for (const std::string_view name : {"label", "edgelabel", "weight", "relation"})
    if (column == name) return true;
  return false;
}

/// Columns whose type Gephi would guess wrong.
bool misleads_gephi(std::string_view column) {
  return column == "time" || column == "start" || column == "end";
}

constexpr size_t kGuessedRows = 25;  // by which Gephi guesses the types of columns
constexpr size_t kNever = static_cast<size_t>(-1);

/// Two letters in a row that are no number, truth value or set of times: surely text to Gephi.
bool is_surely_text(std::string_view s) {
  for (const std::string_view word : {"NaN", "Infinity", "-Infinity", "true", "false"})
    if (s == word) return false;
  if (s.starts_with('<') || s.starts_with('[') || s.starts_with('(')) return false;
  const auto is_letter = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 ||
           (std::tolower(c) >= 'a' && std::tolower(c) <= 'z');
  };
  for (size_t i = 1; i < s.size(); ++i)
    if (is_letter(s[i - 1]) && is_letter(s[i])) return true;
  return false;
}

class CsvWriter : GraphWriter {
 public:
  CsvWriter(const graph::Graph& g, const schema::Ontology& ontology, const Options& options,
            core::OutputFile& file)
      : GraphWriter(g, ontology, options, file),
        gephi_(options.dialect != "plain"),
        rows_(g, ontology, options.looks) {}

  Summary nodes() {
    out_.raw("Id,Label");
    header(rows_.node_columns());
    mark_texts(rows_.node_columns(), graph_.nodes.size(),
               [&](size_t i) { return &rows_.node(static_cast<uint32_t>(i)); });
    for (graph::NodeIndex n = 0; n < graph_.nodes.size(); ++n) {
      out_.raw(text(graph_.nodes[n].id)).raw(",").raw(text(graph_.nodes[n].label));
      values(n, rows_.node_columns(), rows_.node(n));
    }
    return finish(graph_.nodes.size(), 0);
  }

  Summary edges() {
    out_.raw("Source,Target,Type,Kind,Id,Label,Weight,Timeset");
    header(rows_.edge_columns());
    mark_texts(rows_.edge_columns(), graph_.edges.size(),
               [&](size_t i) { return &rows_.edge(static_cast<uint32_t>(i)); });
    for (graph::EdgeIndex i = 0; i < graph_.edges.size(); ++i) {
      const graph::Edge& e = graph_.edges[i];
      const schema::RelationType& relation = ontology_[e.relation];
      out_.raw(text(graph_.nodes[e.source].id)).raw(",").raw(text(graph_.nodes[e.target].id));
      out_.raw(relation.symmetric ? ",Undirected," : ",Directed,").raw(text(relation.name));
      out_.raw(",").raw(text(e.id)).raw(",").raw(text(shown_relation(e, ontology_))).raw(",");
      out_.integer(std::max(e.weight, 1u)).raw(".0,").raw(text(timeset(e)));
      values(i, rows_.edge_columns(), rows_.edge(i));
    }
    return finish(0, graph_.edges.size());
  }

 private:
  bool is_wanted(std::string_view column) const {
    return !is_elsewhere(column) && !(gephi_ && misleads_gephi(column));
  }

  void header(std::span<const Column> columns) {
    for (const Column& c : columns)
      if (is_wanted(c.name)) out_.raw(",").raw(c.name);
    out_.raw("\n");
  }

  /// Finds the columns of texts that Gephi would take for numbers or times, and the first cell of
  /// each, which then gets an apostrophe.
  template <class RowAt>
  void mark_texts(std::span<const Column> columns, size_t rows, RowAt&& row_at) {
    marked_.assign(columns.size(), kNever);
    if (!gephi_) return;
    for (size_t c = 0; c < columns.size(); ++c) {
      if (columns[c].type != ColumnType::text) continue;
      for (size_t r = 0; r < std::min(rows, kGuessedRows); ++r) {
        const auto* s = std::get_if<std::string>(&(*row_at(r))[c]);
        if (!s) continue;
        if (is_surely_text(*s)) {
          marked_[c] = kNever;
          break;
        }
        if (marked_[c] == kNever) marked_[c] = r;
      }
    }
  }

  void values(size_t number_of_row, std::span<const Column> columns,
              const std::vector<Value>& row) {
    for (size_t i = 0; i < row.size(); ++i) {
      if (!is_wanted(columns[i].name)) continue;
      out_.raw(",");
      if (const auto* s = std::get_if<std::string>(&row[i]))
        out_.raw(text(*s, marked_[i] == number_of_row));
      else if (!std::holds_alternative<std::monostate>(row[i]))
        out_.raw(number(row[i]));
    }
    out_.raw("\n");
  }

  static std::string number(const Value& value) {
    std::string text = number_text(value);
    if (std::holds_alternative<Decimal>(value) && text.find('.') == std::string::npos) text += ".0";
    return text;
  }

  std::string text(std::string_view s, bool marked = false) {
    const bool formula = "=+-@\t\r"s.find(s.empty() ? ' ' : s[0]) != std::string::npos;
    // Gephi takes the plain apostrophe for part of its syntax of times.
    std::string cell = marked ? "\xE2\x80\x99" : formula ? "'" : "";
    for (char c : s) {
      if (c == '\\' && gephi_) cell += c;
      cell += c;
    }
    return csv_text(cell, summary_.replaced_characters);
  }

  /// Gephi's form of a set of intervals: "<[2024-03-01, 2024-03-31]; [2024-05-02, 2024-05-02]>".
  static std::string timeset(const graph::Edge& e) {
    std::string out;
    for (const text::DayRange range : spells(e)) {
      const std::string first = first_day(range), last = last_day(range);
      out += (out.empty() ? "<[" : "; [") + (first.empty() ? "-Infinity" : first) + ", " +
             (last.empty() ? "Infinity" : last) + "]";
    }
    return out.empty() ? out : out + ">";
  }

  const bool gephi_;
  std::vector<size_t> marked_;  // of each column the row whose cell gets an apostrophe
  FlatRows rows_;
};

}  // namespace

Summary write_gephi_csv(const graph::Graph& g, const schema::Ontology& ontology,
                        const Options& options, core::OutputFile& file) {
  CsvWriter writer(g, ontology, options, file);
  return options.part == "edges.csv" ? writer.edges() : writer.nodes();
}

}  // namespace weft::exporters
