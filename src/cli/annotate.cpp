// weft annotate INPUT...: what the language models say of documents, with dates and amounts, as
// CoNLL-U, JSON Lines or text.
//
// Reads as `weft build` does and runs the stages of pipeline::language_stages().
#include <memory>

#include "cli/annotation.h"
#include "cli/commands.h"
#include "cli/reading.h"
#include "nlp/stages.h"
#include "pipeline/pipeline.h"
#include "pipeline/stage_table.h"

namespace weft::cli {

namespace {

struct Targets {
  Inputs inputs;
  std::string format = "conllu", model;
};

core::ExitCode run_annotate(Session& session, const Targets& to) {
  const auto schema = schema::Schema::load(session.schema_dir());
  const nlp::Tier tier = chosen_tier(to.model, schema);
  const pipeline::Pipeline pipeline(pipeline::language_stages(schema, tier));
  const extract::AmountFinder amounts(schema.lexicons);
  return for_each_document(
      session, to.inputs, schema, pipeline, [&](const doc::Document& document) {
        const std::vector<Label> labels = labels_of(document, schema.ontology, amounts);
        std::string out;
        if (to.format == "json") {
          annotation_json(document, labels, out);
        } else if (to.format == "text") {
          annotation_text(document, labels, out);
        } else {
          annotation_conllu(document, labels, out);
        }
        session.print(out);
      });
}

}  // namespace

Run declare_annotate(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  to->inputs.any_language = true;
  declare_inputs(options, to->inputs);
  options.choice("--format", "FORMAT", to->format, {"conllu", "json", "text"},
                 "conllu (names in the last column), json (an object a document and line) or text "
                 "(names in brackets); default: conllu");
  declare_model(options, to->model);
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
