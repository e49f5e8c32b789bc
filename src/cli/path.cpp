// weft path STORE A B: how two entities are connected.
//
// One call of query::path() once both names are resolved.
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_path(Session& session, OptionSet& options) {
  struct Targets {
    std::string store, from, to;
    std::vector<std::string> relations;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("A", to->from, "where the path starts: an id, a label or an alias");
  options.argument("B", to->to, "where it ends");
  options.list("-r,--relation", "RELATION", to->relations,
               "go only along this relation; may be given several times");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const Question question(s, to->store);
    const auto from = question.entity(to->from);
    if (!from) return s.nothing_found(question.no_such_entity(to->from));
    const auto goal = question.entity(to->to);
    if (!goal) return s.nothing_found(question.no_such_entity(to->to));
    if (from == goal)
      throw core::SetupError("\"" + to->from + "\" and \"" + to->to + "\" are one entity, " +
                             question.view().graph.nodes[*from].id + ". Name two.");
    return s.answer(query::path(question.view(), *from, *goal, to->relations),
                    "No chain of facts connects \"" + to->from + "\" with \"" + to->to + "\".");
  };
}

}  // namespace weft::cli
