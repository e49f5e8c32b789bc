// weft query STORE QUERY: the query language on a store.
//
// Rows are printed as they are found in the formats of one line a row; a table, Markdown and the
// like are gathered first, because the width of a column depends on all its rows. Ctrl-C sets a
// flag that the query looks at, so that it ends with a sentence; a second Ctrl-C ends the program.
#include "query/query.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"
#include "cli/terminal_text.h"
#include "exporters/table.h"
#include "graph/select.h"
#include "query/store_graph.h"

namespace weft::cli {

namespace {

using query::language::Kind;

constexpr size_t kBatch = 1000;
constexpr const char* kGraphFormats[] = {"graphml", "dot"};

// A signal handler can reach nothing else.
std::atomic<bool> interrupted{false};

void on_interrupt(int) {
  interrupted = true;
  std::signal(SIGINT, SIG_DFL);
}

struct Targets {
  std::string store, query, format, timeout = "60", memory = "1024";
  std::vector<std::string> parameters;
  bool explain = false, profile = false, exit_status = false;
};

double number(const std::string& text, std::string_view option) {
  double out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size() || !(out >= 0 && out <= 1e9))
    throw core::SetupError("\"" + text + "\" is no value for " + std::string(option) +
                           ". It takes a number; 0 means no limit.");
  return out;
}

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
    style_.format = ::isatty(STDOUT_FILENO) == 1 ? Format::table : Format::tsv;
    for (const FormatName& f : format_names())
      if (f.name == format) style_.format = f.format;
    if (format == "line") style_.format = Format::table;
    style_.color = session.color();
    style_.terminal = ::isatty(STDOUT_FILENO) == 1;
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

core::ExitCode found(Session& session, const Targets& to, bool something) {
  if (something) return core::ExitCode::ok;
  session.note(is_graph(to.format) ? "No entities and no facts." : "No rows.");
  return to.exit_status ? core::ExitCode::nothing_found : core::ExitCode::ok;
}

/// The part of the graph that the rows hold, as `weft export --query` writes it.
core::ExitCode write_graph(Session& session, const Targets& to, query::View view,
                           graph::Subgraph matched) {
  graph::Selection wanted;
  wanted.only = std::move(matched);
  const graph::Graph part = graph::select(view.graph, wanted);
  const graph::Looks looks = graph::compute_looks(part, view.ontology);
  exporters::Options options;
  options.title = std::filesystem::path(to.store).stem().string();
  options.looks = &looks;
  core::OutputFile out("-");
  exporters::find_format(to.format)->write(part, view.ontology, options, out);
  out.commit();
  return found(session, to, !part.nodes.empty());
}

core::ExitCode run(Session& session, const Targets& to) {
  query::Limits limits;
  limits.timeout =
      std::chrono::milliseconds(static_cast<int64_t>(number(to.timeout, "--timeout") * 1000));
  limits.memory = static_cast<size_t>(number(to.memory, "--max-memory") * (1 << 20));
  limits.stop = &interrupted;
  query::Parameters parameters;
  for (const std::string& p : to.parameters) parameters.insert(query::read_parameter(p));
  std::string text = to.query;
  if (text == "-")
    text.assign(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>());
  const Question question(session, to.store);
  const query::StoreGraph graph(question.view().graph, question.view().ontology);
  std::signal(SIGINT, on_interrupt);
  query::Rows rows = query::run_query(graph, text, std::move(parameters), limits);
  if (to.explain && !to.profile) {
    session.print(rows.plan(false));
    return core::ExitCode::ok;
  }
  std::vector<query::Value> row;
  if (to.profile) {
    while (rows.next(row)) {
    }
    session.print(rows.plan(true));
    return core::ExitCode::ok;
  }
  if (is_graph(to.format))
    return write_graph(session, to, question.view(), query::matched_subgraph(rows, graph));
  Printer printer(session, graph, to.format, rows.columns(), limits.memory);
  try {
    while (rows.next(row)) printer.row(row);
  } catch (const query::QueryError&) {
    if (printer.rows() > 0) session.note("The result is not complete.");
    throw;
  }
  printer.finish();
  session.finish();
  return found(session, to, printer.rows() > 0);
}

}  // namespace

Run declare_query(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("QUERY", to->query, "the query; \"-\" reads it from standard input");
  options.list(
      "-p,--parameter", "NAME=VALUE", to->parameters,
      "a value for $NAME: JSON (42, [1, 2], \"text\") or text; may be given several times");
  std::vector<std::string> formats;
  for (const FormatName& f : format_names()) formats.emplace_back(f.name);
  formats.emplace_back("line");
  formats.insert(formats.end(), std::begin(kGraphFormats), std::end(kGraphFormats));
  options.choice(
      "-f,--format", "FORMAT", to->format, formats,
      "table, json, jsonl, csv, tsv, markdown or line (default: table on a terminal, else tsv); "
      "graphml or dot: the entities and facts that the query returns, as a graph");
  options.value("--timeout", "SECONDS", to->timeout,
                "end the query after this time; 0: never (default: 60)");
  options.value("--max-memory", "MB", to->memory,
                "end the query if its values take more; 0: no limit (default: 1024)");
  options.flag("--explain", to->explain, "show how the query would be run");
  options.flag("--profile", to->profile, "run it and show how many rows each step gave");
  options.flag("-e,--exit-status", to->exit_status, "exit with 1 if nothing is found");
  return [to](Session& s) { return run(s, *to); };
}

}  // namespace weft::cli
