// weft timeline STORE ENTITY: what happened to it when, as a table or a picture.
//
// One call of query::timeline(); a picture is drawn from the rows of its table, coloured by the
// type of the other entity.
#include <limits>
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"
#include "core/output_file.h"
#include "exporters/png.h"
#include "exporters/timeline_picture.h"

namespace weft::cli {

namespace {

struct Targets {
  std::string store, entity, output;
  query::TimeSpan span;
};

std::string text_of(const query::Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text ? *text : "";
}

std::vector<exporters::TimelineItem> items_of(query::View view, const query::Table& table) {
  std::vector<exporters::TimelineItem> out;
  for (const auto& row : table.rows) {
    const auto cell = [&](const char* column) { return text_of(row[table.column(column)]); };
    exporters::TimelineItem item;
    item.first = std::numeric_limits<int>::min();
    item.last = std::numeric_limits<int>::max();
    if (const auto days = text::day_range(cell("begin"))) item.first = days->first;
    if (const auto days = text::day_range(cell("end"))) item.last = days->last;
    const std::string time = cell("time");
    item.vague = time.size() < std::string_view("2024-03-05").size() && !time.empty() &&
                 time.find('/') == std::string::npos;
    item.denied = cell("polarity") == "negative";
    item.words = (item.denied ? "not " : "") + cell("relation") + " " + cell("value");
    for (char& c : item.words)
      if (c == '_') c = ' ';
    item.modality = doc::modality_from(cell("modality"));
    const graph::NodeIndex other = view.graph.find(cell("id"));
    item.color =
        other == graph::kNoNode ? "#8b949e" : view.ontology[view.graph.nodes[other].type].color;
    out.push_back(std::move(item));
  }
  return out;
}

/// "svg", "png" or "" by --format and the ending of --output.
std::string picture_format(const Session& s, const Targets& to) {
  const std::string_view wanted = s.format_wanted();
  if (wanted == "svg" || wanted == "png") return std::string(wanted);
  if (to.output.ends_with(".svg")) return "svg";
  if (to.output.ends_with(".png")) return "png";
  if (!to.output.empty())
    throw core::SetupError(
        "--output is for pictures: give it a name ending in .svg or .png, or --format svg. Tables "
        "go to standard output.");
  return "";
}

}  // namespace

Run declare_timeline(Session& session, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("ENTITY", to->entity, "an id, a label or an alias");
  options.value("--since", "DATE", to->span.since,
                "from this time on: 2024-03-05, 2024-03 or 2024");
  options.value("--until", "DATE", to->span.until, "up to this time");
  options.value("-o,--output", "FILE", to->output,
                "draw a picture into this file, SVG or PNG by its ending");
  session.declare_format(options, {"svg", "png"});
  session.declare_exit_status(options);
  return [to](Session& s) {
    const std::string picture = picture_format(s, *to);
    const Surroundings found(s, to->store, to->entity);
    const auto node = found.entity();
    if (!node) return s.nothing_found(found.problem());
    const query::Table table = query::timeline(found.view(), *node, to->span);
    const std::string nothing = "Nothing with a time is known of \"" + to->entity + "\".";
    if (picture.empty()) return s.answer(table, nothing);
    if (table.rows.empty()) return s.nothing_found(nothing);
    const std::string svg = exporters::timeline_svg(found.view().graph.nodes[*node].label,
                                                    items_of(found.view(), table));
    core::OutputFile file(to->output.empty() ? "-" : to->output);
    file.write(picture == "png" ? exporters::png_of(svg) : svg);
    file.commit();
    for (const std::string& note : table.notes) s.note(note);
    return core::ExitCode::ok;
  };
}

}  // namespace weft::cli
