// The one place that knows all stages. The order is the order of the layers: tokens, tags, lemmas,
// trees and names come from trained models; times, mentions and facts from rules as data over them.
#include "pipeline/stage_table.h"

#include "extract/facts.h"
#include "extract/mentions.h"
#include "extract/times.h"
#include "nlp/stages.h"

namespace weft::pipeline {

namespace {

std::filesystem::path models(const schema::Schema& schema) { return schema.dir / "models" / "en"; }

constexpr StageRow kStages[] = {
    {"segment", [](const schema::Schema& s) { return nlp::make_segmenter(s.lexicons); }},
    {"tag", [](const schema::Schema& s) { return nlp::make_tagger(models(s)); }},
    {"lemmatize", [](const schema::Schema& s) { return nlp::make_lemmatizer(models(s)); }},
    {"parse", [](const schema::Schema& s) { return nlp::make_parser(models(s)); }},
    {"names", [](const schema::Schema& s) { return nlp::make_name_tagger(models(s), s); }},
    {"times", [](const schema::Schema& s) { return extract::make_time_stage(s); }},
    {"mentions", [](const schema::Schema& s) { return extract::make_mention_stage(s); }},
    {"facts", [](const schema::Schema& s) { return extract::make_fact_stage(s); }},
};

}  // namespace

std::span<const StageRow> stage_table() { return kStages; }

}  // namespace weft::pipeline
