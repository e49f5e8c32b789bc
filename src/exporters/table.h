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
};

struct Format {
  std::string_view name;     // "graphml"
  std::string_view endings;  // of file names, joined by a space: ".json .jsonl"
  std::string_view description;
  std::string_view dialects;  // joined by a space, the default first; empty if there is but one
  /// Writes the whole graph and does not commit the file. Same graph, same bytes. Throws
  /// SetupError.
  Summary (*write)(const graph::Graph&, const schema::Ontology&, const Options&, core::OutputFile&);
};

std::span<const Format> formats();
/// nullptr if there is none.
const Format* find_format(std::string_view name);
const Format* format_of_file(const std::filesystem::path& file);
/// The format by name, or by the file's ending if the name is empty, with the dialect checked;
/// throws SetupError listing what there is.
const Format& choose_format(std::string_view name, const std::filesystem::path& file,
                            const Options& options);

}  // namespace weft::exporters
