// weft search STORE WORDS: sentences by their words.
//
// The only question that is put to the store itself, not to the graph: full-text search reads no
// more than it needs.
#include <memory>

#include "cli/commands.h"
#include "query/table.h"
#include "store/store.h"

namespace weft::cli {

namespace {

constexpr unsigned kMostSentences = 1'000'000;

struct Targets {
  std::string store, words, limit = "20";
};

}  // namespace

Run declare_search(Session& session, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.argument("WORDS", to->words,
                   "words that a sentence must have; \"in quotes\" a phrase, wat* a beginning");
  options.value("-n,--limit", "N", to->limit, "at most so many sentences (default: 20)");
  session.declare_format(options);
  session.declare_exit_status(options);
  return [to](Session& s) {
    const unsigned limit = whole_number(to->limit, "--limit", kMostSentences);
    query::Table table;
    table.columns = {{"document"}, {"begin"}, {"end"}, {"text"}};
    for (store::FoundSentence& f : store::Store::open(to->store).search_sentences(to->words, limit))
      table.rows.push_back({std::move(f.document), f.begin, f.end, std::move(f.text)});
    return s.answer(table, "No sentence has all of these words: " + to->words);
  };
}

}  // namespace weft::cli
