// weft compare STORE A B: what two entities share.
//
// One call of query::compare() once both names are resolved.
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_compare(Session& session, OptionSet& options) {
  struct Targets {
    std::string store, a, b;
    bool shared = false;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("A", to->a, "an id, a label or an alias");
  options.argument("B", to->b, "another one");
  options.flag("--shared", to->shared, "leave out what only one of them has");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const Question question(s, to->store);
    const auto a = question.entity(to->a);
    if (!a) return s.nothing_found(question.no_such_entity(to->a));
    const auto b = question.entity(to->b);
    if (!b) return s.nothing_found(question.no_such_entity(to->b));
    if (a == b)
      throw core::SetupError("\"" + to->a + "\" and \"" + to->b + "\" are one entity, " +
                             question.view().graph.nodes[*a].id + ". Name two.");
    return s.answer(query::compare(question.view(), *a, *b, to->shared), "");
  };
}

}  // namespace weft::cli
