// The table of formats and the choice of one of them. A handful of rows: look-ups are linear.
#include "exporters/table.h"

#include <array>

#include "core/error.h"
#include "exporters/formats.h"

namespace weft::exporters {

namespace {

constexpr std::array kFormats = {
    Format{"graphml", ".graphml .xml",
           "GraphML for Gephi, Gephi Lite, yEd, Cytoscape, NetworkX and igraph, with labels, "
           "colours by type and weights",
           "gephi strict", write_graphml},
    Format{
        "json", ".json",
        "JSON with everything: nodes, edges, qualifiers and evidence (NetworkX's node-link shape)",
        "", write_json},
    Format{"html", ".html .htm",
           "one page to explore the graph in a browser, with search, filters, times and every "
           "sentence; needs no network",
           "", write_html},
    Format{"svg", ".svg", "a picture with names, types and a legend, that scales to any size", "",
           write_svg},
    Format{"png", ".png", "the same picture in pixels", "", write_png},
};

/// True if `word` is one of the words of `list`, which are joined by single spaces.
bool has_word(std::string_view list, std::string_view word) {
  while (!list.empty()) {
    const std::string_view first = list.substr(0, list.find(' '));
    if (first == word) return true;
    list.remove_prefix(std::min(first.size() + 1, list.size()));
  }
  return false;
}

std::string names() {
  std::string all;
  for (const Format& f : kFormats) all += (all.empty() ? "" : ", ") + std::string(f.name);
  return all;
}

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* find_format(std::string_view name) {
  for (const Format& f : kFormats)
    if (f.name == name) return &f;
  return nullptr;
}

const Format* format_of_file(const std::filesystem::path& file) {
  const std::string ending = file.extension().string();
  if (ending.empty()) return nullptr;
  for (const Format& f : kFormats)
    if (has_word(f.endings, ending)) return &f;
  return nullptr;
}

const Format& choose_format(std::string_view name, const std::filesystem::path& file,
                            const Options& options) {
  const Format* format = name.empty() ? format_of_file(file) : find_format(name);
  if (!format && !name.empty())
    throw core::SetupError("There is no format \"" + std::string(name) +
                           "\". There are: " + names() + ".");
  if (!format)
    throw core::SetupError("The ending of " + file.string() +
                           " names no format. Choose one with --format: " + names() + ".");
  if (!options.dialect.empty() && !has_word(format->dialects, options.dialect))
    throw core::SetupError(
        "The format " + std::string(format->name) + " has no dialect \"" + options.dialect + "\"" +
        (format->dialects.empty() ? "." : ". There are: " + std::string(format->dialects) + "."));
  return *format;
}

}  // namespace weft::exporters
