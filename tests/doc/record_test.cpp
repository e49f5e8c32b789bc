#include "doc/record.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "core/error.h"

using namespace weft;

namespace {

const schema::Ontology& ontology() {
  static const auto o =
      schema::Ontology::load(std::filesystem::path(WEFT_SCHEMA_DIR) / "ontology.json");
  return o;
}

doc::Record full_record() {
  doc::Record r;
  r.meta = {"a/b.txt",   "/x/a/b.txt", "T \"itle\"\n", "2024-03-13", "Xinhua",
            "A. Author", "http://x",   "en",           "00ff"};
  doc::Entity e;
  e.type = ontology().core().person;
  e.kind = "k";
  e.label = std::string("nul\0 \x01\xF0\x9F\x98\x80", 10);
  e.link = "person/x";
  e.aliases = {{"Xi", 3}, {"", 1}};
  e.mentions = {{0, 5}, {7, 4294967295u}};
  e.joined = {{{7, 4294967295u}, doc::JoinRule::titled}, {{9, 9}, doc::JoinRule::pronoun}};
  r.entities = {e, e};
  doc::Evidence ev;
  ev.span = {3, 9};
  ev.sentence = 2;
  ev.rule = "visited.verb";
  ev.confidence = 0.5f;
  ev.modality = doc::Modality::directive;
  ev.polarity = doc::Polarity::negative;
  ev.time = "2024-03";
  ev.speaker = 1;
  doc::Evidence plain;
  plain.span = {0, 0};
  r.facts = {{0, ontology().relation("met_with"), 1, "", {ev, plain}},
             {1, ontology().relation("has_value"), doc::kNoEntity, "GDP: 3", {ev}}};
  r.sentences = {{0, 9}, {10, 12}};
  return r;
}

}  // namespace

TEST_CASE("a record comes back from JSON as it was, byte for byte") {
  const doc::Record r = full_record();
  const std::string json = doc::to_json(r, ontology());
  CHECK(doc::record_from_json(json, ontology()) == r);
  CHECK(doc::to_json(doc::record_from_json(json, ontology()), ontology()) == json);
  CHECK(doc::record_from_json(doc::to_json(doc::Record{}, ontology()), ontology()) ==
        doc::Record{});
}

TEST_CASE("confidence out of range is written as a number that can be read") {
  doc::Record r = full_record();
  for (float c : {-1.0f, 2.0f, 1e30f, __builtin_nanf("")}) {
    r.facts[0].evidence[0].confidence = c;
    const auto back = doc::record_from_json(doc::to_json(r, ontology()), ontology());
    CHECK(back.facts[0].evidence[0].confidence >= 0);
    CHECK(back.facts[0].evidence[0].confidence <= 1);
  }
}

TEST_CASE("a record that is cut off or changed is refused with a sentence, never a crash") {
  const std::string json = doc::to_json(full_record(), ontology());
  for (size_t n = 0; n < json.size(); ++n)
    CHECK_THROWS_AS(doc::record_from_json(std::string_view(json).substr(0, n), ontology()),
                    core::SetupError);
  unsigned refused = 0;
  for (size_t i = 0; i < json.size(); ++i)
    for (char c : {'0', '9', '"', '[', '}', 'x', '\xff'}) {
      std::string changed = json;
      changed[i] = c;
      try {
        const auto r = doc::record_from_json(changed, ontology());
        for (const auto& f : r.facts) {
          CHECK(f.subject < r.entities.size());
          CHECK((f.object == doc::kNoEntity || f.object < r.entities.size()));
          CHECK_FALSE(f.evidence.empty());
        }
      } catch (const core::SetupError& e) {
        CHECK(std::string(e.what()).find("Build the store again") != std::string::npos);
        ++refused;
      }
    }
  CHECK(refused > 1000);
  for (const char* text : {"", "null", "[]", "{}", "{\"format\":2}", "{\"format\":1}",
                           "{\"format\":1,\"document\":3}"})
    CHECK_THROWS_AS(doc::record_from_json(text, ontology()), core::SetupError);
  CHECK_THROWS_AS(doc::record_from_json(std::string(1000000, '['), ontology()), core::SetupError);
}
