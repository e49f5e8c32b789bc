// Graphs written to memory or to a folder in every variant of every format, with the names that the
// golden files have: "tiny.gephi.graphml", "tiny.csv.nodes.csv".
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "exporters/table.h"
#include "nasty_graphs.h"

namespace weft::testing {

inline std::string slurp(const std::filesystem::path& p) {
  std::ifstream in(p, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Variant {
  const exporters::Format* format = nullptr;
  std::string dialect, part;

  std::string file_name(const std::string& graph) const {
    const std::string format_name(format->name);
    return graph + (dialect.empty() ? "" : "." + dialect) + "." + format_name +
           (part.empty() ? "" : "." + part);
  }
};

/// Of the formats that are text; pictures and the page have tests of their own.
inline std::vector<Variant> all_variants() {
  std::vector<Variant> out;
  for (const exporters::Format& f : exporters::formats()) {
    if (f.name == "svg" || f.name == "png" || f.name == "html") continue;
    std::vector<std::string> dialects;
    const std::string list(f.dialects);
    for (size_t pos = 0; pos < list.size();) {
      const size_t end = std::min(list.find(' ', pos), list.size());
      dialects.push_back(list.substr(pos, end - pos));
      pos = end + 1;
    }
    if (dialects.empty()) dialects.emplace_back();
    for (const std::string& dialect : dialects)
      for (const std::string_view part : exporters::parts_of(f))
        out.push_back({&f, dialect, std::string(part)});
  }
  return out;
}

struct Written {
  std::string bytes;
  exporters::Summary summary;
};

inline Written write(const graph::Graph& g, const Variant& variant,
                     const graph::Looks* looks = nullptr, graph::NodeIndex focus = graph::kNoNode) {
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("weft_export_" + std::to_string(::getpid()));
  core::OutputFile out(file);
  exporters::Options options;
  options.dialect = variant.dialect;
  options.part = variant.part;
  options.looks = looks;
  options.focus = focus;
  Written w;
  w.summary = variant.format->write(g, shipped_ontology(), options, out);
  out.commit();
  w.bytes = slurp(file);
  std::filesystem::remove(file);
  return w;
}

inline Written write(const graph::Graph& g, std::string_view format, std::string dialect = {},
                     std::string part = {}) {
  return write(g, Variant{exporters::find_format(format), std::move(dialect), std::move(part)});
}

}  // namespace weft::testing
