// The stages of the program, but for the one that takes notes. Cost: that of building the texts.
#include "extraction.h"

#include "extract/mentions/mentions.h"
#include "pipeline/pipeline.h"
#include "pipeline/stage_table.h"
#include "read/format.h"
#include "read/source.h"

namespace weft::train {

void extract_texts(const std::filesystem::path& texts, const schema::Schema& schema,
                   std::optional<nlp::Tier> tier, std::unique_ptr<stage::Stage> facts,
                   const std::function<void(const doc::Document&)>& each) {
  auto stages = pipeline::language_stages(
      schema, tier ? *tier : nlp::best_tier(schema.dir / "models" / "en"));
  stages.push_back(extract::make_mention_stage(schema));
  stages.push_back(std::move(facts));
  const pipeline::Pipeline pipeline(std::move(stages));
  auto worker = pipeline.make_worker();
  const read::ReadOptions options;
  read::ItemStream stream({{texts.string()}, {}}, options);
  const read::DocumentReader reader(options, schema.lexicons);
  core::Diagnostics diagnostics;
  while (auto item = stream.next(diagnostics))
    if (auto document = reader.read(*item, diagnostics)) {
      pipeline.run(*document, worker);
      each(*document);
    }
}

}  // namespace weft::train
