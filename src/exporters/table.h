// The formats a graph is written in: one row each. Help, completion and the tests are generated
// from the rows.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/output_file.h"
#include "graph/graph.h"
#include "graph/looks.h"
#include "schema/ontology.h"

namespace weft::exporters {

struct Options {
  std::string dialect;  // one of the format's dialects; empty: the first of them
  /// Places, sizes and measures of the nodes, written wherever the format can carry them; in the
  /// order of Graph::nodes. nullptr: none.
  const graph::Looks* looks = nullptr;
  /// The node that a report is about; kNoNode: the whole graph.
  graph::NodeIndex focus = graph::kNoNode;
  /// Of a format that is several files: which of Format::parts is written (empty: the first), and
  /// how all of them are called, in that order (empty: as in Format::parts).
  std::string_view part;
  std::vector<std::string> part_names;

  // For pages that people read (html).
  std::string title = {};  // what the graph is called; may be empty
  /// Where the page's template lies; empty: find_schema_dir().
  std::filesystem::path schema_dir = {};
  /// The text of a document by its id, for the words around a sentence; may be empty or give
  /// nothing.
  std::function<std::optional<std::string>(const std::string&)> text_of = {};
  size_t max_nodes = 10'000;  // more can't be looked at; the best connected ones are kept
  size_t max_edges = 50'000;
};

/// What a user should know of a file that was written.
struct Summary {
  uint64_t nodes = 0;
  uint64_t edges = 0;
  uint64_t replaced_characters = 0;  // that the format can't hold; U+FFFD stands in their place
  std::vector<std::string> notes;    // what was left out and why, in sentences

  /// Of the parts of a format that is several files.
  Summary& operator+=(const Summary& other) {
    nodes += other.nodes;
    edges += other.edges;
    replaced_characters += other.replaced_characters;
    notes.insert(notes.end(), other.notes.begin(), other.notes.end());
    return *this;
  }
};

struct Format {
  std::string_view name;     // "graphml"
  std::string_view endings;  // of file names, joined by a space: ".json .jsonl"
  std::string_view description;
  std::string_view dialects;  // joined by a space, the default first; empty if there is but one
  /// Names of the files that the format consists of, joined by a space: "nodes.csv edges.csv";
  /// empty if it is one file. write() is called once for each.
  std::string_view parts;
  /// Writes the whole graph and does not commit the file. Same graph, same bytes. Throws
  /// SetupError.
  Summary (*write)(const graph::Graph&, const schema::Ontology&, const Options&, core::OutputFile&);
  bool carries_looks = true;  // false: Options::looks changes no byte, so needn't be computed
};

std::span<const Format> formats();
/// nullptr if there is none.
const Format* find_format(std::string_view name);
const Format* format_of_file(const std::filesystem::path& file);
/// "nodes.csv edges.csv" as a list; one empty name if the format is one file.
std::vector<std::string_view> parts_of(const Format& format);
/// Where each part goes if the user named `output`: that file itself if the format is one file;
/// else "graph.nodes.csv" beside a "graph.csv", or files in the folder `output`. Throws SetupError
/// for standard output if there are several.
std::vector<std::filesystem::path> part_paths(const Format& format,
                                              const std::filesystem::path& output);
/// The format by name, or by the file's ending if the name is empty, with the dialect checked;
/// throws SetupError listing what there is.
const Format& choose_format(std::string_view name, const std::filesystem::path& file,
                            const Options& options);

}  // namespace weft::exporters
