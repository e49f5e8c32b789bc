// The one place that knows all stages. The order is the order of the layers: tokens, tags,
// trees, names and lemmas come from trained models; times, mentions and facts from rules as
// data over them.
#include "pipeline/stage_table.h"

#include "extract/facts/facts.h"
#include "extract/mentions/mentions.h"
#include "extract/times/times.h"
#include "nlp/relation_net.h"
#include "nlp/stages.h"

namespace weft::pipeline {

namespace {

std::filesystem::path models(const schema::Schema& schema) { return schema.dir / "models" / "en"; }

constexpr StageRow kStages[] = {
    {"segment", true,
     [](const schema::Schema& s, nlp::Tier) { return nlp::make_segmenter(s.lexicons, models(s)); }},
    {"annotate", true,
     [](const schema::Schema& s, nlp::Tier tier) {
       return nlp::make_annotator(models(s), s, tier);
     }},
    {"lemmatize", true,
     [](const schema::Schema& s, nlp::Tier) { return nlp::make_lemmatizer(models(s)); }},
    {"times", true, [](const schema::Schema& s, nlp::Tier) { return extract::make_time_stage(s); }},
    {"mentions", false,
     [](const schema::Schema& s, nlp::Tier) { return extract::make_mention_stage(s); }},
    {"facts", false,
     [](const schema::Schema& s, nlp::Tier) {
       return extract::make_fact_stage(s, nlp::load_relation_net(models(s), s.ontology));
     }},
};

}  // namespace

std::span<const StageRow> stage_table() { return kStages; }

std::vector<std::unique_ptr<stage::Stage>> language_stages(const schema::Schema& schema,
                                                           nlp::Tier tier) {
  std::vector<std::unique_ptr<stage::Stage>> stages;
  for (const StageRow& row : kStages)
    if (row.language) stages.push_back(row.make(schema, tier));
  return stages;
}

}  // namespace weft::pipeline
