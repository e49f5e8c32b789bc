// Lists the entities whose label or aliases fit a text; the ranking is NameIndex's.
#include "query/functions.h"
#include "query/vocabulary.h"

namespace weft::query {

Table find(View view, const NameIndex& names, const FindOptions& options) {
  Table table;
  table.columns = {{"label"},
                   {"type"},
                   {"kind", Show::if_unusual},
                   {"match", Show::on_request},
                   {"matched", Show::on_request},
                   {"mentions"},
                   {"documents"},
                   {"aliases", Show::if_unusual},
                   {"id"}};
  const schema::TypeId type =
      options.type.empty() ? schema::TypeId() : type_of(view.ontology, options.type);
  bool near = false;
  for (const NameMatch& match : names.find(options.text)) {
    const graph::Node& node = view.graph.nodes[match.node];
    if (type && node.type != type) continue;
    near = near || match.rank == MatchRank::near;
    std::vector<std::string> aliases;
    for (const doc::Alias& alias : node.aliases)
      if (alias.form != node.label) aliases.push_back(alias.form);
    table.rows.push_back({node.label, view.ontology[node.type].name, text_or_nothing(node.kind),
                          std::string(name(match.rank)), match.matched, int64_t{node.mentions},
                          int64_t{node.documents},
                          aliases.empty() ? Cell() : Cell(std::move(aliases)), node.id});
  }
  if (near)
    table.notes.push_back("No name is or holds \"" + options.text + "\"; these are near it.");
  return table;
}

}  // namespace weft::query
