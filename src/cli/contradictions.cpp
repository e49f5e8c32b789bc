// weft contradictions STORE: where the documents can't all be right.
//
// One call of query::contradictions() with the lexicons, which say what is a single seat.
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"
#include "schema/lexicon.h"

namespace weft::cli {

Run declare_contradictions(Session& session, OptionSet& options) {
  struct Targets {
    std::string store;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const Question question(s, to->store);
    const auto lexicons = schema::Lexicons::load(s.schema_dir() / "lexicons");
    return s.answer(query::contradictions(question.view(), lexicons),
                    "The documents don't contradict each other in what weft found.");
  };
}

}  // namespace weft::cli
