// One query and its answer, for `weft query` and `weft shell`.
//
// Rows are printed as they are found in the formats of one line a row; a table, Markdown and the
// like are gathered first, because the width of a column depends on all its rows. GraphML and DOT
// are the exporters' own, of the part of the graph that the rows hold.
#include "cli/query_answer.h"

#include <algorithm>
#include <cmath>

#include "cli/terminal_text.h"
#include "core/output_file.h"
#include "exporters/write.h"
#include "graph/load.h"

namespace weft::cli {

namespace {

using query::language::Kind;

constexpr size_t kBatch = 1000;
constexpr const char* kGraphFormats[] = {"graphml", "dot"};

query::Cell cell(const query::Value& v, const query::StoreGraph& graph) {
  switch (v.kind()) {
    case Kind::null:
      return {};
    case Kind::integer:
      return v.integer();
    case Kind::real:
      if (std::isfinite(v.real())) return v.real();
      break;
    case Kind::list: {
      std::vector<std::string> out;
      for (const query::Value& item : v.items()) out.push_back(plain_text(item, graph));
      return out;
    }
    default:
      break;
  }
  return plain_text(v, graph);
}

/// Prints rows in one format.
class Printer {
 public:
  Printer(Session& session, const query::StoreGraph& graph, const std::string& format,
          const std::vector<std::string>& columns, size_t most_bytes)
      : session_(session), graph_(graph), format_(format), most_bytes_(most_bytes) {
    for (const std::string& name : columns) table_.columns.push_back({name});
    style_.format = session.to_terminal() ? Format::table : Format::tsv;
    for (const FormatName& f : format_names())
      if (f.name == format) style_.format = f.format;
    if (format == "line") style_.format = Format::table;
    style_.color = session.color();
    style_.terminal = session.to_terminal();
    style_.all_columns = true;
    style_.width = session.width();
  }

  void row(const std::vector<query::Value>& values) {
    ++rows_;
    if (is_json()) return json_row(values);
    if (format_ == "line") return line_row(values);
    std::vector<query::Cell> cells;
    for (const query::Value& v : values) {
      cells.push_back(cell(v, graph_));
      bytes_ += sizeof(query::Cell) + v.bytes();
    }
    table_.rows.push_back(std::move(cells));
    if (by_line() && table_.rows.size() >= kBatch) flush();
    if (most_bytes_ > 0 && bytes_ > most_bytes_)
      throw core::SetupError(
          "The table takes more memory than --max-memory allows. Add a LIMIT, or choose a format "
          "that "
          "is written row by row: --format jsonl, csv or tsv.",
          core::ExitCode::limit);
  }

  void finish() {
    if (style_.format == Format::json)
      session_.print(rows_ == 0 ? "[]\n" : "\n]\n");
    else if (style_.format != Format::jsonl && format_ != "line")
      flush();
  }
  size_t rows() const { return rows_; }

 private:
  bool is_json() const { return style_.format == Format::json || style_.format == Format::jsonl; }
  bool by_line() const { return style_.format == Format::csv || style_.format == Format::tsv; }

  void json_row(const std::vector<query::Value>& values) {
    std::string out = style_.format == Format::jsonl ? "" : rows_ == 1 ? "[\n " : ",\n ";
    out += "{";
    for (size_t i = 0; i < values.size(); ++i)
      out += (i > 0 ? ", " : "") +
             json_text(query::Value::borrowed(table_.columns[i].name), graph_) + ": " +
             json_text(values[i], graph_);
    session_.print(out + (style_.format == Format::jsonl ? "}\n" : "}"));
  }

  void line_row(const std::vector<query::Value>& values) {
    std::string out = rows_ > 1 ? "\n" : "";
    for (size_t i = 0; i < values.size(); ++i)
      out += visible(table_.columns[i].name) + ": " + visible(plain_text(values[i], graph_)) + "\n";
    session_.print(out);
  }

  void flush() {
    const std::string text = render(table_, style_);
    table_.rows.clear();
    bytes_ = 0;
    // The heading stands only above the first rows.
    session_.print(std::string_view(text).substr(flushed_ ? render(table_, style_).size() : 0));
    flushed_ = true;
  }

  Session& session_;
  const query::StoreGraph& graph_;
  std::string format_;
  size_t most_bytes_;
  query::Table table_;
  Style style_;
  size_t rows_ = 0;
  size_t bytes_ = 0;
  bool flushed_ = false;
};

bool is_graph(const std::string& format) {
  return std::find(std::begin(kGraphFormats), std::end(kGraphFormats), format) !=
         std::end(kGraphFormats);
}

/// The part of the graph that the rows hold, as `weft export --query` writes it.
size_t write_graph(const query::StoreGraph& graph, const schema::Ontology& ontology,
                   const graph::Subgraph& matched, const QueryWish& wish) {
  const graph::Graph part = graph::load_part(graph.store(), ontology, matched);
  exporters::Options options;
  options.title = wish.title;
  exporters::Files files;
  files.push_back(std::make_unique<core::OutputFile>("-"));
  exporters::write_graph(*exporters::find_format(wish.format), part, ontology, options, files);
  return part.nodes.size();
}

}  // namespace

std::vector<std::string> query_formats() {
  std::vector<std::string> out;
  for (const FormatName& f : format_names()) out.emplace_back(f.name);
  out.emplace_back("line");
  out.insert(out.end(), std::begin(kGraphFormats), std::end(kGraphFormats));
  return out;
}

Answered answer_query(Session& session, const query::StoreGraph& graph,
                      const schema::Ontology& ontology, const std::string& text,
                      query::Parameters parameters, const query::Limits& limits,
                      const QueryWish& wish) {
  query::Rows rows = query::run_query(graph, text, std::move(parameters), limits);
  if (wish.explain && !wish.profile) {
    session.print(rows.plan(false));
    return {0, true};
  }
  std::vector<query::Value> row;
  if (wish.profile) {
    while (rows.next(row)) {
    }
    session.print(rows.plan(true));
    return {0, true};
  }
  if (is_graph(wish.format)) {
    session.finish();
    const size_t nodes = write_graph(graph, ontology, query::matched_subgraph(rows, graph), wish);
    if (nodes == 0) session.note("No entities and no facts.");
    return {nodes, false};
  }
  Printer printer(session, graph, wish.format, rows.columns(), limits.memory);
  session.begin_pager();
  try {
    while (!session.pager_left() && rows.next(row)) printer.row(row);
  } catch (const query::QueryError&) {
    session.end_pager();
    if (printer.rows() > 0) session.note("The result is not complete.");
    throw;
  }
  printer.finish();
  session.finish();
  session.end_pager();
  if (printer.rows() == 0) session.note("No rows.");
  return {printer.rows(), false};
}

}  // namespace weft::cli
