// weft remove STORE DOCUMENT...: takes documents out of a store.
//
// The graph is made anew from the records of the others, and the file is written anew, so that
// nothing of the removed texts stays in it.
#include <memory>

#include "cli/commands.h"
#include "pipeline/pipeline.h"
#include "pipeline/weave.h"

namespace weft::cli {

namespace {

struct Targets {
  std::string store;
  std::vector<std::string> documents;
};

core::ExitCode run_remove(Session& session, const Targets& to) {
  const auto schema = schema::Schema::load(session.schema_dir());
  // An error here must not make a store where there was none.
  (void)store::Store::open(to.store);
  auto store = store::Store::open_for_writing(to.store);
  const std::string fingerprint = store.meta("graph_fingerprint");
  uint64_t removed = 0;
  bool missing = false;
  for (const std::string& document : to.documents) {
    const uint64_t count = store.remove(document);
    if (count == 0)
      session.error("There is no document \"" + document + "\" in " + to.store +
                    ". `weft export` lists their ids, and SELECT id FROM v_documents.");
    missing = missing || count == 0;
    removed += count;
  }
  if (removed > 0) {
    pipeline::weave(store, schema, fingerprint, false, true);
    store.compact();
    session.note(std::to_string(removed) +
                 (removed == 1 ? " document was removed. " : " documents were removed. ") +
                 to.store + " holds " + std::to_string(store.document_count()) + " now.");
  }
  return missing ? core::ExitCode::nothing_found : core::ExitCode::ok;
}

}  // namespace

Run declare_remove(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.argument("STORE", to->store, "a store made by `weft build`");
  options.arguments("DOCUMENT", to->documents, 1,
                    "ids of documents, or files: all that came from a file is removed");
  return [to](Session& s) { return run_remove(s, *to); };
}

}  // namespace weft::cli
