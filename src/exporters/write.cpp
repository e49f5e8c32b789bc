// The layout is most of the work, so it is made only for formats that can carry it; a page is laid
// out as that part of the graph that it shows.
#include "exporters/write.h"

#include "exporters/page_choice.h"

namespace weft::exporters {

Summary write_graph(const Format& format, const graph::Graph& graph,
                    const schema::Ontology& ontology, Options options, const Files& files,
                    bool layout) {
  graph::Looks looks;
  options.looks = nullptr;
  if (layout && format.carries_looks) {
    looks = format.name == "html" ? page_looks(graph, ontology, options)
                                  : graph::compute_looks(graph, ontology);
    options.looks = &looks;
  }
  Summary summary;
  const auto parts = parts_of(format);
  for (size_t i = 0; i < parts.size(); ++i) {
    options.part = parts[i];
    summary += format.write(graph, ontology, options, *files[i]);
  }
  for (const auto& file : files) file->commit();
  return summary;
}

}  // namespace weft::exporters
