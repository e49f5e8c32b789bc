// Opens a store for one question. Only the ontology of the schema is read, not its gazetteers: a
// question needs names of types and relations and nothing else, so that it is answered in
// milliseconds.
#include "cli/question.h"

#include "core/error.h"
#include "graph/load.h"
#include "query/store_graph.h"

namespace weft::cli {

namespace {

constexpr size_t kListed = 20;

}  // namespace

Question::Question(const Session& session, const std::string& store)
    : Question(session, store::Store::open(store)) {}

Question::Question(const Session& session, const store::Store& store)
    : ontology_(schema::Ontology::load(session.schema_dir() / "ontology.json")),
      graph_(graph::load(store, ontology_)),
      names_(graph_) {}

Surroundings::Surroundings(const Session& session, const std::string& store,
                           const std::string& entity, unsigned depth)
    : ontology_(schema::Ontology::load(session.schema_dir() / "ontology.json")) {
  const query::StoreGraph seen(store::Store::open(store), ontology_);
  if (const auto plain = seen.named(entity); plain && depth <= 1) {
    graph_ = graph::load_around(seen.store(), ontology_, *plain);
    entity_ = graph_.find(seen.id_of(*plain));
    return;
  }
  graph_ = graph::load(seen.store(), ontology_);
  const query::NameIndex names(graph_);
  entity_ = entity_named(view(), names, entity);
  if (!entity_) problem_ = no_entity_named(view(), names, entity);
}

std::optional<graph::NodeIndex> entity_named(query::View view, const query::NameIndex& names,
                                             const std::string& text) {
  const query::Resolution found = names.resolve(text);
  if (found.node != graph::kNoNode) return found.node;
  if (found.candidates.empty()) return std::nullopt;
  std::string message = "\"" + text + "\" names " + std::to_string(found.candidates.size()) +
                        " entities. Give the id of the one you mean:";
  for (size_t i = 0; i < std::min(kListed, found.candidates.size()); ++i) {
    const graph::Node& node = view.graph.nodes[found.candidates[i]];
    message += "\n  " + node.id + "  " + node.label + " (" + view.ontology[node.type].name +
               (node.kind.empty() ? "" : ", " + node.kind) +
               "; mentions: " + std::to_string(node.mentions) + ")";
  }
  if (found.candidates.size() > kListed)
    message += "\n  and " + std::to_string(found.candidates.size() - kListed) +
               " more: `weft find` lists them all.";
  throw core::SetupError(message);
}

std::string no_entity_named(query::View view, const query::NameIndex& names,
                            const std::string& text) {
  std::string message = "No entity is called \"" + text + "\".";
  const query::Resolution found = names.resolve(text);
  for (size_t i = 0; i < found.suggestions.size(); ++i) {
    const graph::Node& node = view.graph.nodes[found.suggestions[i]];
    message += (i == 0                              ? " Did you mean "
                : i + 1 == found.suggestions.size() ? " or "
                                                    : ", ") +
               ("\"" + node.label + "\"");
  }
  return message + (found.suggestions.empty() ? "" : "?");
}

}  // namespace weft::cli
