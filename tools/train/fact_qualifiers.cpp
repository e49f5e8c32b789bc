// The fact stage itself tells what it would choose from, so that training sees what running will.
// Cost: that of building the texts.
#include "fact_qualifiers.h"

#include <fstream>
#include <utility>

#include "extract/facts/choices.h"
#include "extract/facts/facts.h"
#include "extraction.h"
#include "json_lines.h"
#include "nlp/relation_net.h"

namespace weft::train {

namespace {

class ChoiceWriter final : public extract::ChoiceNotes {
 public:
  explicit ChoiceWriter(const schema::Ontology& ontology) : ontology_(ontology) {}
  void note(const doc::Document&, const doc::Fact& fact,
            std::span<const extract::Choice> choices) override {
    rapidjson::StringBuffer buffer;
    JsonWriter writer(buffer);
    writer.StartArray();
    ends(writer, fact, ontology_);
    writer.StartArray();
    for (const extract::Choice& c : choices) {
      writer.StartArray();
      text(writer, c.value);
      texts(writer, c.features);
      writer.EndArray();
    }
    writer.EndArray();
    writer.EndArray();
    lines_ += std::string(buffer.GetString(), buffer.GetSize()) + "\n";
  }
  std::string take() { return std::exchange(lines_, {}); }

 private:
  const schema::Ontology& ontology_;
  std::string lines_;
};

}  // namespace

void dump_fact_qualifiers(const std::filesystem::path& texts, const std::filesystem::path& dir,
                          std::optional<nlp::Tier> tier, const std::filesystem::path& out) {
  const auto schema = schema::Schema::load(dir);
  const std::filesystem::path models = schema.dir / "models" / "en";
  std::filesystem::create_directories(out);
  ChoiceWriter times(schema.ontology), speakers(schema.ontology);
  auto facts = extract::make_fact_stage(schema, nlp::load_relation_net(models, schema.ontology),
                                        {.times = &times, .speakers = &speakers});
  std::ofstream documents(out / "documents.jsonl", std::ios::binary);
  std::ofstream time_lines(out / "times.jsonl", std::ios::binary);
  std::ofstream speaker_lines(out / "speakers.jsonl", std::ios::binary);
  extract_texts(texts, schema, tier, std::move(facts), [&](const doc::Document& document) {
    documents << line_of(document, schema.ontology, nullptr);
    time_lines << times.take() << "\n";
    speaker_lines << speakers.take() << "\n";
  });
}

}  // namespace weft::train
