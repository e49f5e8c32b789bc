// weft find STORE TEXT: entities by name.
//
// Thin, like all commands that ask: it declares options, calls one function of query/ and prints
// its table.
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_find(Session& session, OptionSet& options) {
  struct Targets {
    std::string store;
    query::FindOptions find;
  };
  // Shared, because options point into it and std::function wants to be copied; so in every
  // command.
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("TEXT", to->find.text, "a name or a part of one");
  options.value("-t,--type", "TYPE", to->find.type,
                "only entities of this type (`weft schema types`)");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const Question question(s, to->store);
    return s.answer(query::find(question.view(), question.names(), to->find),
                    "No entity's name is like \"" + to->find.text + "\".");
  };
}

}  // namespace weft::cli
