// weft stats STORE: how large the graph is.
//
// One call of query::stats().
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

Run declare_stats(Session& session, OptionSet& options) {
  const auto store = std::make_shared<std::string>();
  options.argument("STORE", *store, "a store made by `weft build`");
  session.declare_format(options);
  return [store](Session& s) {
    const Question question(s, *store);
    return s.answer(query::stats(question.view()), "");
  };
}

}  // namespace weft::cli
