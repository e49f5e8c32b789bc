// weft neighbors STORE ENTITY: what lies around an entity.
//
// One call of query::neighbors() once the name is resolved.
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

namespace {

constexpr unsigned kDeepest = 100;

}  // namespace

Run declare_neighbors(Session& session, OptionSet& options) {
  struct Targets {
    std::string store, entity, depth = "1";
    query::NeighborOptions around;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("ENTITY", to->entity, "an id, a label or an alias");
  options.value("-d,--depth", "N", to->depth, "how many steps away (default: 1)");
  options.list("-r,--relation", "RELATION", to->around.relations,
               "go only along this relation; may be given several times");
  options.list(
      "-t,--type", "TYPE", to->around.types,
      "list only entities of this type (steps still go through all); may be given several times");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    to->around.depth = whole_number(to->depth, "--depth", kDeepest);
    const Surroundings found(s, to->store, to->entity, to->around.depth);
    const auto node = found.entity();
    if (!node) return s.nothing_found(found.problem());
    return s.answer(query::neighbors(found.view(), *node, to->around),
                    "\"" + to->entity + "\" has no such neighbors.");
  };
}

}  // namespace weft::cli
