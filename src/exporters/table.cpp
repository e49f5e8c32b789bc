// The table of formats and the choice of one of them. A handful of rows: look-ups are linear.
#include "exporters/table.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "exporters/formats.h"
#include "text/words.h"

namespace weft::exporters {

namespace {

constexpr std::array kFormats = {
    Format{"graphml", ".graphml .xml",
           "GraphML for Gephi, Gephi Lite, yEd, Cytoscape, NetworkX and igraph, with labels, "
           "places, colours by type and weights",
           "gephi strict", "", write_graphml},
    Format{"gexf", ".gexf",
           "GEXF 1.3 for Gephi and Gephi Lite, with places, colours and a timeline",
           "gephi directed", "", write_gexf},
    Format{"json", ".json",
           "JSON with everything: nodes, edges, qualifiers and evidence (NetworkX's node-link "
           "shape)",
           "", "", write_json},
    Format{"graphology", "", "JSON for graphology, sigma and Gephi Lite", "", "", write_graphology},
    Format{"d3", "", "JSON with nodes and links, for D3 and force-graph", "", "", write_d3},
    Format{"cytoscape", ".cyjs", "JSON for Cytoscape.js and Cytoscape", "", "", write_cytoscape},
    Format{"gephi-lite", "", "a Gephi Lite project, with colours and labels set", "", "",
           write_gephi_lite},
    Format{"csv", ".csv", "two tables, nodes and edges, for Gephi, spreadsheets and databases",
           "gephi plain", "nodes.csv edges.csv", write_gephi_csv},
    Format{"neo4j", "", "two tables for Neo4j and a script that imports them", "",
           "nodes.csv relationships.csv import.sh", write_neo4j},
    Format{"turtle", ".ttl", "RDF with PROV-O evidence, Wikidata and schema.org terms", "", "",
           write_turtle},
    Format{"dot", ".dot .gv", "Graphviz", "", "", write_dot},
    Format{"jsonl", ".jsonl .ndjson", "JSON Lines: one fact a line, with its evidence", "", "",
           write_jsonl, false},
    Format{"markdown", ".md", "a report to read: of the graph, or of one entity with --ego", "", "",
           write_markdown},
    Format{"html", ".html .htm",
           "one page to explore the graph in a browser, with search, filters, times and every "
           "sentence; needs no network",
           "", "", write_html},
    Format{"svg", ".svg", "a picture with names, types and a legend, that scales to any size", "",
           "", write_svg},
    Format{"png", ".png", "the same picture in pixels", "", "", write_png},
};

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
    if (text::has_word(f.endings, ending)) return &f;
  return nullptr;
}

std::vector<std::string_view> parts_of(const Format& format) {
  if (format.parts.empty()) return {{}};
  return text::words(format.parts);
}

std::vector<std::filesystem::path> part_paths(const Format& format,
                                              const std::filesystem::path& output) {
  if (format.parts.empty()) return {output};
  if (output == "-")
    throw core::SetupError("The format " + std::string(format.name) + " is several files (" +
                           std::string(format.parts) +
                           "), which standard output can't hold. Name a folder with -o.");
  std::vector<std::filesystem::path> out;
  for (const std::string_view part : parts_of(format)) {
    const bool beside = output.extension() == ".csv";
    std::filesystem::path stem = output;
    out.push_back(
        beside ? std::filesystem::path(stem.replace_extension().string() + "." + std::string(part))
               : output / part);
  }
  return out;
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
  if (!options.dialect.empty() && !text::has_word(format->dialects, options.dialect))
    throw core::SetupError(
        "The format " + std::string(format->name) + " has no dialect \"" + options.dialect + "\"" +
        (format->dialects.empty() ? "." : ". There are: " + std::string(format->dialects) + "."));
  return *format;
}

}  // namespace weft::exporters
