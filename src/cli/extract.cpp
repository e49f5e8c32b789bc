// weft extract INPUT...: what each document says, without a store: its facts, or its open triples,
// or its times.
//
// Reads as `weft build` does and runs all stages (for times, those of language). What documents say
// together (one node for one thing) is the work of `weft build`.
#include <memory>
#include <optional>

#include "cli/annotation.h"
#include "cli/commands.h"
#include "cli/extraction.h"
#include "cli/reading.h"
#include "nlp/stages.h"
#include "pipeline/pipeline.h"
#include "pipeline/stage_table.h"

namespace weft::cli {

namespace {

struct Targets {
  Inputs inputs;
  std::string format = "jsonl", model;
  bool open = false, times = false;
};

core::ExitCode run_extract(Session& session, const Targets& to) {
  if (to.open && to.times)
    throw core::SetupError("--open and --times are two different questions; give one of them.");
  const auto schema = schema::Schema::load(session.schema_dir());
  const nlp::Tier tier = chosen_tier(to.model, schema);
  const auto pipeline = to.times ? pipeline::Pipeline(pipeline::language_stages(schema, tier))
                                 : pipeline::Pipeline(schema, tier);
  std::optional<extract::OpenReader> open;
  if (to.open) open.emplace(schema);
  const bool lines = to.format == "jsonl";
  return for_each_document(session, to.inputs, schema, pipeline, [&](const doc::Document& d) {
    std::string out;
    if (to.open) {
      const auto triples = open->read(d);
      lines ? triples_json(d, triples, schema.ontology, out) : triples_text(d, triples, out);
    } else if (to.times) {
      lines ? times_json(d, out) : times_text(d, out);
    } else {
      lines ? facts_json(d, schema.ontology, out) : facts_text(d, schema.ontology, out);
    }
    session.print(out);
  });
}

}  // namespace

Run declare_extract(Session&, OptionSet& options) {
  const auto to = std::make_shared<Targets>();
  declare_inputs(options, to->inputs);
  options.flag("--open", to->open,
               "every clause in its own words (subject, relation, arguments), not only what the "
               "ontology has a relation for");
  options.flag("--times", to->times, "the dates and times that are written, as ISO 8601");
  options.choice("--format", "FORMAT", to->format, {"jsonl", "text"},
                 "jsonl (an object a line) or text (for reading); default: jsonl");
  declare_model(options, to->model);
  return [to](Session& s) { return run_extract(s, *to); };
}

}  // namespace weft::cli
