// weft show STORE ENTITY: everything about one entity.
//
// One call of query::show() once the name is resolved.
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_show(Session& session, OptionSet& options) {
  struct Targets {
    std::string store, entity;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("ENTITY", to->entity, "an id, a label or an alias");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const Surroundings found(s, to->store, to->entity);
    const auto node = found.entity();
    if (!node) return s.nothing_found(found.problem());
    return s.answer(query::show(found.view(), *node), "");
  };
}

}  // namespace weft::cli
