// weft new STORE --since DATE: facts that no earlier document speaks of.
//
// One call of query::news().
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_new(Session& session, OptionSet& options) {
  struct Targets {
    std::string store, since;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.value("--since", "DATE", to->since,
                "the date from which documents are new: 2024-03-05, 2024-03 or 2024");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    if (to->since.empty())
      throw core::SetupError(
          "Say since when: weft new STORE --since 2024-03-05 (a day, a month or a year).");
    const Question question(s, to->store);
    return s.answer(query::news(question.view(), to->since),
                    "No fact is new since " + to->since + ".");
  };
}

}  // namespace weft::cli
