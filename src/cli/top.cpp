// weft top STORE: the most central entities.
//
// One call of query::top().
#include <memory>

#include "cli/commands.h"
#include "cli/question.h"

namespace weft::cli {

namespace {

constexpr unsigned kMost = 10'000'000;

}  // namespace

Run declare_top(Session& session, OptionSet& options) {
  struct Targets {
    std::string store, limit = "20";
    query::TopOptions top;
  };
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.choice("--by", "MEASURE", to->top.by, query::top_measures(),
                 "degree (number of facts between entities), pagerank, betweenness (share of "
                 "shortest paths through it), mentions or documents (default: degree)");
  options.value("-t,--type", "TYPE", to->top.type,
                "only entities of this type (`weft schema types`)");
  options.value("-n,--limit", "N", to->limit, "how many (default: 20)");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    to->top.limit = whole_number(to->limit, "--limit", kMost);
    const Question question(s, to->store);
    return s.answer(query::top(question.view(), to->top), "There is no such entity.");
  };
}

}  // namespace weft::cli
