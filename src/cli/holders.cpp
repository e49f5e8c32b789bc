// weft holders STORE OFFICE: who held an office when.
//
// One call of query::holders().
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_holders(Session& session, OptionSet& options) {
  struct Targets {
    std::string store, office, at;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("OFFICE", to->office,
                   "an office or a part of its name, or the body or place it belongs to");
  options.value("--at", "DATE", to->at,
                "who held it then, or is the last known before: 2024-03-05, 2024-03 or 2024");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const Question question(s, to->store);
    return s.answer(query::holders(question.view(), question.names(), to->office, to->at),
                    "Nobody is said to hold an office called \"" + to->office + "\"" +
                        (to->at.empty() ? "" : " at or before " + to->at) + ".");
  };
}

}  // namespace weft::cli
