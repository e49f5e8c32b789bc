// Descriptions (serves_as) of hostile and odd texts: whatever stands there, values are sound and
// each has its bytes. What is found where is in tests/cases/descriptions.case.
#include "extract/descriptions/descriptions.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "extract/facts/facts.h"
#include "extract/mentions/mentions.h"
#include "extract/times/times.h"
#include "nlp/stages.h"

using namespace weft;

namespace {

std::string repeated(const std::string& s, unsigned times) {
  std::string out;
  while (times-- > 0) out += s;
  return out;
}

}  // namespace

TEST_CASE("descriptions of odd texts are short, whole and inside the text") {
  const auto schema = schema::Schema::load(WEFT_SCHEMA_DIR);
  const auto models = schema.dir / "models" / "en";
  std::vector<std::unique_ptr<stage::Stage>> stages;
  stages.push_back(nlp::make_segmenter(schema.lexicons, models));
  stages.push_back(nlp::make_annotator(models, schema, nlp::Tier::fast));
  stages.push_back(nlp::make_lemmatizer(models));
  stages.push_back(extract::make_time_stage(schema));
  stages.push_back(extract::make_mention_stage(schema));
  stages.push_back(extract::make_fact_stage(schema));
  const auto serves = schema.ontology.relation("serves_as");
  const std::vector<std::string> texts = {
      "",
      ",",
      "poet Ann Lee",
      ": Ann Lee",
      "\"Ann Lee\", \"",
      "Ann Lee, ",
      "Ann Lee (",
      "Prize: Ann Lee",
      "The prize.\n\n\xE3\x80\x81: Ann Lee\n\n1. : Ann Lee",
      "Dr Dr Dr Ann Lee, a poet, a poet, a poet.",
      "Ann Lee is Ann Lee, the Ann Lee of Ann Lees, as Ann Lee and as Ann Lee.",
      "X is as as as into into as.",
      repeated("poet Ann Lee, ", 60),
      repeated("Ann Lee, a poet and ", 60) + "a poet.",
      "Ann Lee, the " + repeated("state-owned ", 80) + "company, won.",
      repeated("Ann Lee is a poet. ", 40),
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    doc::Document d;
    d.text = text;
    if (!text.empty())
      d.blocks.push_back({{0, static_cast<uint32_t>(text.size())}, doc::BlockRole::body});
    for (const auto& s : stages) s->run(d, *s->make_scratch());
    for (const doc::Fact& f : d.facts) {
      if (f.relation != serves) continue;
      CHECK(f.object == doc::kNoEntity);
      CHECK(!f.value.empty());
      CHECK(f.value.size() <= 400);
      CHECK(f.value.find('\n') == std::string::npos);
      REQUIRE(!f.evidence.empty());
      for (const doc::Evidence& e : f.evidence) {
        CHECK(e.span.end <= text.size());
        CHECK(e.span.begin < e.span.end);
        CHECK(e.confidence > 0);
        CHECK(e.confidence < 1);
      }
    }
  }
}
