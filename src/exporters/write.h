// One graph into its files: laid out as the format shows it, all parts written, and committed.
#pragma once

#include <memory>
#include <vector>

#include "exporters/table.h"

namespace weft::exporters {

/// One file for each of parts_of(format), in that order.
using Files = std::vector<std::unique_ptr<core::OutputFile>>;

/// Computes places and measures if the format carries them and `layout` says so; options.looks and
/// options.part are set here. Throws SetupError.
Summary write_graph(const Format& format, const graph::Graph& graph,
                    const schema::Ontology& ontology, Options options, const Files& files,
                    bool layout = true);

}  // namespace weft::exporters
