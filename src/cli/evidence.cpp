// weft evidence STORE FACT: the words that prove a fact.
//
// One call of query::find_facts() and one of query::evidence().
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_evidence(Session& session, OptionSet& options) {
  struct Targets {
    std::string store;
    std::vector<std::string> fact;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.arguments("FACT", to->fact, 1, "the id of an edge, or SUBJECT RELATION OBJECT");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const Question question(s, to->store);
    std::string problem;
    const auto facts = query::find_facts(question.view(), question.names(), to->fact, problem);
    if (facts.empty()) return s.nothing_found(problem);
    return s.answer(query::evidence(question.view(), facts), "");
  };
}

}  // namespace weft::cli
