// weft diff BEFORE AFTER: what changed between two stores.
//
// One call of query::diff() on the graphs of both.
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_diff(Session& session, OptionSet& options) {
  struct Targets {
    std::string before, after;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("BEFORE", to->before, "a store made by `weft build`");
  options.argument("AFTER", to->after, "a later one");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const Question before(s, to->before), after(s, to->after);
    return s.answer(query::diff(before.view(), after.view()),
                    "The two stores hold the same graph.");
  };
}

}  // namespace weft::cli
