// Every example of every pattern, through the real tokeniser, annotator and fact stage.
#include "extract/relations/patterns.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "core/error.h"
#include "extract/cast.h"
#include "extract/facts/facts.h"
#include "nlp/stages.h"

using namespace weft;

namespace {

struct Stages {
  schema::Schema schema = schema::Schema::load(WEFT_SCHEMA_DIR);
  std::vector<std::unique_ptr<stage::Stage>> language;
  std::unique_ptr<stage::Stage> facts;

  Stages() {
    const auto models = schema.dir / "models" / "en";
    language.push_back(nlp::make_segmenter(schema.lexicons, models));
    language.push_back(nlp::make_annotator(models, schema, nlp::best_tier(models)));
    language.push_back(nlp::make_lemmatizer(models));
    facts = extract::make_fact_stage(schema);
  }

  doc::Document read(const std::string& text) const {
    doc::Document d;
    d.text = text;
    d.blocks.push_back({{0, static_cast<uint32_t>(text.size())}, doc::BlockRole::body});
    for (const auto& s : language) s->run(d, *s->make_scratch());
    tests::add_cast(d, schema.ontology);
    facts->run(d, *facts->make_scratch());
    return d;
  }
};

bool states(const doc::Document& d, const schema::Ontology& o, const extract::ExampleFact& want) {
  for (const doc::Fact& f : d.facts) {
    const std::string& object = f.object == doc::kNoEntity ? f.value : d.entities[f.object].label;
    const bool same = d.entities[f.subject].label == want.subject && object == want.object;
    const bool turned = o[f.relation].symmetric && d.entities[f.subject].label == want.object &&
                        object == want.subject;
    if (o[f.relation].name != want.relation || (!same && !turned)) continue;
    for (const doc::Evidence& e : f.evidence)
      if ((want.modality.empty() || doc::name(e.modality) == want.modality) &&
          (want.polarity.empty() || doc::name(e.polarity) == want.polarity))
        return true;
  }
  return false;
}

std::string shown(const doc::Document& d, const schema::Ontology& o) {
  std::string out;
  for (const doc::Fact& f : d.facts)
    out += d.entities[f.subject].label + " | " + o[f.relation].name + " | " +
           (f.object == doc::kNoEntity ? f.value : d.entities[f.object].label) + " (" +
           f.evidence.front().rule + ", " + std::string(doc::name(f.evidence.front().modality)) +
           "); ";
  return out;
}

}  // namespace

TEST_CASE("the examples of every pattern are found") {
  const Stages stages;
  const auto patterns = extract::Patterns::load(stages.schema);
  CHECK(patterns.all().size() > 50);
  for (const extract::Pattern& p : patterns.all())
    for (const extract::Example& example : p.examples) {
      const doc::Document d = stages.read(example.text);
      for (const extract::ExampleFact& fact : example.facts) {
        INFO(p.id << ": " << example.text << " found: " << shown(d, stages.schema.ontology));
        CHECK_MESSAGE(states(d, stages.schema.ontology, fact),
                      fact.subject << " | " << fact.relation << " | " << fact.object);
      }
      for (const doc::Fact& f : d.facts) {
        REQUIRE_FALSE(f.evidence.empty());
        for (const doc::Evidence& e : f.evidence) {
          CHECK(e.confidence > 0);
          CHECK(e.confidence <= 1);
          CHECK(e.span.end <= d.text.size());
          CHECK(e.span.begin < e.span.end);
        }
      }
    }
}

TEST_CASE("what is urged, planned or denied is not asserted") {
  const Stages stages;
  const extract::ExampleFact promoted{"Kenya", "promotes", "food security", "directive", ""};
  const doc::Document urged = stages.read("Maria Lopez urged Kenya to promote food security.");
  CHECK(states(urged, stages.schema.ontology, promoted));
  CHECK_FALSE(states(urged, stages.schema.ontology,
                     {"Kenya", "promotes", "food security", "asserted", ""}));
  for (const doc::Fact& f : urged.facts)
    if (stages.schema.ontology[f.relation].name == "promotes") {
      REQUIRE(f.evidence.front().speaker < urged.entities.size());
      CHECK(urged.entities[f.evidence.front().speaker].label == "Maria Lopez");
    }
  const doc::Document denied = stages.read("Kenya did not launch the Green Wall Initiative.");
  CHECK(states(denied, stages.schema.ontology,
               {"Kenya", "launched", "Green Wall Initiative", "", "negative"}));
  const doc::Document planned = stages.read("Kenya will launch the Green Wall Initiative.");
  CHECK(states(planned, stages.schema.ontology,
               {"Kenya", "launched", "Green Wall Initiative", "planned", ""}));
  const doc::Document possible = stages.read("Kenya may launch the Green Wall Initiative.");
  CHECK(states(possible, stages.schema.ontology,
               {"Kenya", "launched", "Green Wall Initiative", "possible", ""}));
}

TEST_CASE("hostile and empty texts give no crash") {
  const Stages stages;
  const std::string texts[] = {"",
                               " ",
                               ".",
                               "\"\"\"",
                               "and and and and",
                               "of of of of of",
                               "Kenya Kenya Kenya Kenya visited visited visited",
                               "\xf0\x9f\x98\x80 visited Kenya",
                               std::string(5000, 'a'),
                               "Kenya, Kenya, Kenya and Kenya visited Kenya and Kenya."};
  for (const std::string& text : texts) {
    const doc::Document d = stages.read(text);
    for (const doc::Fact& f : d.facts) CHECK(f.subject != f.object);
  }
}

TEST_CASE("a faulty pattern is refused with its file and id") {
  namespace fs = std::filesystem;
  const fs::path dir = fs::temp_directory_path() / "weft_patterns_test";
  fs::create_directories(dir / "relations");
  schema::Schema s = schema::Schema::load(WEFT_SCHEMA_DIR);
  s.dir = dir;
  const std::pair<const char*, const char*> faults[] = {
      {R"({"id": "x", "verb": "go", "subject": "nobody", "object": "patient", "examples": []})",
       "is no role"},
      {R"({"id": "x", "subject": "agent", "object": "patient"})", "exactly one trigger"},
      {R"({"id": "x", "verb": "go", "subject": "agent", "object": "patient"})", "example"},
      {R"({"id": "x", "verb": "go", "subject": "agent", "value": "patient", "examples": []})",
       "object is text"},
      {R"({"id": "x", "verb": "go", "sbject": "agent", "object": "patient"})", "is no key"}};
  for (const auto& [pattern, message] : faults) {
    std::ofstream(dir / "relations" / "visited.json")
        << R"({"relation": "visited", "about": "", "patterns": [)" << pattern << "]}";
    CHECK_THROWS_WITH_AS(extract::Patterns::load(s), doctest::Contains(message), core::SetupError);
    CHECK_THROWS_WITH_AS(extract::Patterns::load(s), doctest::Contains("visited.json"),
                         core::SetupError);
  }
  fs::remove_all(dir);
}
