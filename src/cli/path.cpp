// weft path STORE A B: how two entities are connected.
//
// One call of query::path() once both names are resolved.
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

namespace {

constexpr unsigned kMostPaths = 1000;
constexpr unsigned kLongest = 1000;

}  // namespace

Run declare_path(Session& session, OptionSet& options) {
  struct Targets {
    std::string store, from, to, count = "1", longest;
    query::PathOptions path;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("A", to->from, "where the path starts: an id, a label or an alias");
  options.argument("B", to->to, "where it ends");
  options.value("-k,--k", "N", to->count,
                "the N shortest paths, by way of different entities (default: 1)");
  options.value("--max", "N", to->longest, "paths of at most N steps (default: any)");
  options.list("-r,--relation", "RELATION", to->path.relations,
               "go only along this relation; may be given several times");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    to->path.count = whole_number(to->count, "--k", kMostPaths);
    if (!to->longest.empty()) to->path.max_length = whole_number(to->longest, "--max", kLongest);
    const Question question(s, to->store);
    const auto from = question.entity(to->from);
    if (!from) return s.nothing_found(question.no_such_entity(to->from));
    const auto goal = question.entity(to->to);
    if (!goal) return s.nothing_found(question.no_such_entity(to->to));
    if (from == goal)
      throw core::SetupError("\"" + to->from + "\" and \"" + to->to + "\" are one entity, " +
                             question.view().graph.nodes[*from].id + ". Name two.");
    return s.answer(query::path(question.view(), *from, *goal, to->path),
                    "No chain of facts connects \"" + to->from + "\" with \"" + to->to + "\".");
  };
}

}  // namespace weft::cli
