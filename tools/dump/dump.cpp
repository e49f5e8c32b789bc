// Prints the entities of each document as the minimal JSON that an accuracy scorer reads; for
// people who work on the mention stage. Usage: weft-dump OUTPUT_DIR FILE... (one OUTPUT_DIR/<name
// without .txt>.json for each file).
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "extract/mentions.h"
#include "extract/structure_facts.h"
#include "nlp/stages.h"
#include "read/source.h"
#include "schema/schema.h"

int main(int argc, char** argv) {
  using namespace weft;
  const auto schema = schema::Schema::load(schema::find_schema_dir());
  const auto stage = extract::make_mention_stage(schema);
  const read::DocumentReader reader(read::ReadOptions{}, schema.lexicons);
  const auto models = schema.dir / "models" / "en";
  std::vector<std::unique_ptr<stage::Stage>> stages;
  stages.push_back(nlp::make_segmenter(schema.lexicons));
  stages.push_back(nlp::make_tagger(models));
  stages.push_back(nlp::make_lemmatizer(models));
  stages.push_back(nlp::make_parser(models));
  stages.push_back(nlp::make_name_tagger(models, schema));
  for (int i = 2; i < argc; ++i) {
    read::Item item;
    item.file = argv[i];
    item.source = item.id = argv[i];
    core::Diagnostics diagnostics;
    auto read = reader.read(item, diagnostics);
    if (!read) {
      std::cerr << argv[i] << ": " << (diagnostics.empty() ? "" : diagnostics[0].message) << "\n";
      read.emplace();
    }
    auto& d = *read;
    for (const auto& language : stages) {
      auto s = language->make_scratch();
      language->run(d, *s);
    }
    auto scratch = stage->make_scratch();
    stage->run(d, *scratch);
    extract::structural_facts(schema, d);
    rapidjson::StringBuffer out;
    rapidjson::Writer w(out);
    w.StartObject();
    w.Key("nodes");
    w.StartArray();
    for (size_t e = 0; e < d.entities.size(); ++e) {
      w.StartObject();
      w.Key("id");
      w.String(std::to_string(e));
      w.Key("label");
      w.String(d.entities[e].label);
      w.Key("type");
      w.String(schema.ontology[d.entities[e].type].name);
      w.Key("aliases");
      w.StartArray();
      for (const auto& a : d.entities[e].aliases) w.String(a.form);
      w.EndArray();
      w.EndObject();
    }
    w.EndArray();
    w.Key("edges");
    w.StartArray();
    for (const auto& f : d.facts) {
      if (f.object == doc::kNoEntity) continue;
      w.StartObject();
      w.Key("source");
      w.String(std::to_string(f.subject));
      w.Key("target");
      w.String(std::to_string(f.object));
      w.Key("relation");
      w.String(schema.ontology[f.relation].name);
      w.EndObject();
    }
    w.EndArray();
    w.EndObject();
    std::ofstream(std::filesystem::path(argv[1]) /
                  (std::filesystem::path(argv[i]).stem().string() + ".json"))
        << out.GetString();
  }
}
