// One document at a time, in order, so that the output of any number of documents needs the memory
// of one.
#include "cli/reading.h"

#include "read/format.h"
#include "read/source.h"

namespace weft::cli {

void declare_inputs(OptionSet& options, Inputs& target) {
  options.arguments("INPUT", target.inputs, 1,
                    "files, folders, globs in quotes, or \"-\" for standard input");
  options.choice("--input-format", "FORMAT", target.format,
                 {"auto", "text", "html", "jsonl", "warc"},
                 "auto, text, html, jsonl or warc (default: auto, by name and content)");
}

core::ExitCode for_each_document(Session& session, const Inputs& inputs,
                                 const schema::Schema& schema, const pipeline::Pipeline& pipeline,
                                 const std::function<void(const doc::Document&)>& take) {
  auto worker = pipeline.make_worker();
  read::ReadOptions options;
  options.format = read::format_named(inputs.format);
  options.any_language = inputs.any_language;
  read::ItemStream stream({inputs.inputs, {}}, options);
  const read::DocumentReader reader(options, schema.lexicons);
  core::Diagnostics diagnostics;
  bool faults = false;
  const auto report = [&] {
    for (const core::Diagnostic& d : diagnostics) {
      faults = faults || d.severity == core::Severity::error;
      session.diagnostic(d);
    }
    diagnostics.clear();
  };
  while (auto item = stream.next(diagnostics)) {
    report();
    std::optional<doc::Document> document = reader.read(*item, diagnostics);
    report();
    if (!document) continue;
    pipeline.run(*document, worker);
    take(*document);
  }
  report();
  session.finish();
  return faults ? core::ExitCode::nothing_found : core::ExitCode::ok;
}

}  // namespace weft::cli
