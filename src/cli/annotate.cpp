// weft annotate INPUT...: what the language models say of documents, as CoNLL-U, JSON Lines or
// text.
//
// Reads as `weft build` does and runs the stages of pipeline::language_stages() document by
// document, in order, so that the output of any number of documents needs the memory of one.
#include <memory>

#include "cli/annotation.h"
#include "cli/commands.h"
#include "nlp/stages.h"
#include "pipeline/pipeline.h"
#include "pipeline/stage_table.h"
#include "read/format.h"
#include "read/source.h"

namespace weft::cli {

namespace {

struct Targets {
  std::vector<std::string> inputs;
  std::string format = "conllu", model, input_format = "auto";
};

core::ExitCode run_annotate(Session& session, const Targets& to) {
  const auto schema = schema::Schema::load(session.schema_dir());
  const nlp::Tier tier = chosen_tier(to.model, schema);
  const pipeline::Pipeline pipeline(pipeline::language_stages(schema, tier));
  auto worker = pipeline.make_worker();
  read::ReadOptions options;
  options.format = read::format_named(to.input_format);
  options.any_language = true;
  read::ItemStream stream({to.inputs, {}}, options);
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
    std::string out;
    if (to.format == "json") {
      annotation_json(*document, schema.ontology, out);
    } else if (to.format == "text") {
      annotation_text(*document, schema.ontology, out);
    } else {
      annotation_conllu(*document, schema.ontology, out);
    }
    session.print(out);
  }
  report();
  session.finish();
  return faults ? core::ExitCode::nothing_found : core::ExitCode::ok;
}

}  // namespace

Run declare_annotate(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  options.arguments("INPUT", to->inputs, 1,
                    "files, folders, globs in quotes, or \"-\" for standard input");
  options.choice("--format", "FORMAT", to->format, {"conllu", "json", "text"},
                 "conllu (names in the last column), json (an object a document and line) or text "
                 "(names in brackets); default: conllu");
  declare_model(options, to->model);
  options.choice("--input-format", "FORMAT", to->input_format,
                 {"auto", "text", "html", "jsonl", "warc"},
                 "auto, text, html, jsonl or warc (default: auto, by name and content)");
  return [to](Session& s) { return run_annotate(s, *to); };
}

void declare_model(OptionSet& options, std::string& target) {
  options.choice(
      "--model", "TIER", target, {"fast", "accurate"},
      "the language models: fast, or accurate (default: accurate where it is installed)");
}

nlp::Tier chosen_tier(const std::string& model, const schema::Schema& schema) {
  const auto named = nlp::tier_named(model);
  return named ? *named : nlp::best_tier(schema.dir / "models" / "en");
}

}  // namespace weft::cli
