// weft verify STORE: whether a store is whole.
//
// graph::verify() finds the faults; they go to standard error, one sentence a line.
#include "graph/verify.h"

#include <memory>

#include "cli/commands.h"

namespace weft::cli {

namespace {

core::ExitCode run_verify(Session& session, const std::string& path) {
  const auto ontology = schema::Ontology::load(session.schema_dir() / "ontology.json");
  const auto store = store::Store::open(path);
  const graph::Verification found = graph::verify(store, ontology);
  for (const std::string& fault : found.faults) session.error(path + ": " + fault);
  if (!found.faults.empty()) {
    session.error(path + " is damaged. Build it again from its documents.");
    return core::ExitCode::broken_file;
  }
  std::string sentence = path + " is whole: " + std::to_string(found.documents) +
                         " documents and " + std::to_string(found.evidence) +
                         " pieces of evidence were read and compared.";
  if (const uint64_t waiting = store.waiting_count(); waiting > 0)
    sentence += " " + std::to_string(waiting) +
                " documents of a run that was stopped are not in the graph yet: go on with weft "
                "build.";
  session.note(sentence);
  return core::ExitCode::ok;
}

}  // namespace

Run declare_verify(Session&, OptionSet& options) {
  const auto store = std::make_shared<std::string>();
  options.argument("STORE", *store, "a store made by `weft build`");
  return [store](Session& s) { return run_verify(s, *store); };
}

}  // namespace weft::cli
