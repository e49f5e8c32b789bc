// What the fact stage does with a relation model: proposals, confidences, drops.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "extract/cast.h"
#include "extract/facts/facts.h"
#include "nlp/relation_net.h"
#include "nlp/stages.h"

using namespace weft;

namespace {

const schema::Schema& the_schema() {
  static const auto kSchema = schema::Schema::load(WEFT_SCHEMA_DIR);
  return kSchema;
}

doc::Document parse(const std::string& text) {
  static const auto kModels = the_schema().dir / "models" / "en";
  static const auto kSegmenter = nlp::make_segmenter(the_schema().lexicons, kModels);
  static const auto kAnnotator =
      nlp::make_annotator(kModels, the_schema(), nlp::best_tier(kModels));
  static const auto kLemmatizer = nlp::make_lemmatizer(kModels);
  doc::Document d;
  d.text = text;
  d.blocks.push_back({{0, static_cast<uint32_t>(text.size())}, doc::BlockRole::body});
  for (const auto* s : {&kSegmenter, &kAnnotator, &kLemmatizer})
    (*s)->run(d, *(*s)->make_scratch());
  tests::add_cast(d, the_schema().ontology);
  return d;
}

/// Says `p` of one relation (of all, if it has no name) and 0 of the others; asks for what it must
/// be shown.
class Says final : public stage::PairScorer {
 public:
  Says(std::string relation, float p) : relation_(std::move(relation)), p_(p) {}
  void score(const stage::EntityPair& pair, std::span<float> out) const override {
    const schema::Ontology& o = the_schema().ontology;
    CHECK(std::is_sorted(pair.features.begin(), pair.features.end()));
    CHECK(out.size() == pair.allowed.size());
    for (size_t i = 0; i < out.size(); ++i)
      out[i] = relation_.empty() || o[pair.allowed[i]].name == relation_ ? p_ : 0;
  }
  float keep_from() const override { return 0.2f; }
  float propose_from() const override { return 0.4f; }

 private:
  std::string relation_;
  float p_;
};

std::vector<std::string> facts_of(doc::Document d,
                                  std::unique_ptr<const stage::PairScorer> scorer) {
  const auto stage = extract::make_fact_stage(the_schema(), std::move(scorer));
  stage->run(d, *stage->make_scratch());
  std::vector<std::string> out;
  for (const doc::Fact& f : d.facts) {
    if (f.object == doc::kNoEntity) continue;
    CHECK(the_schema().ontology.allows(f.relation, d.entities[f.subject].type,
                                       d.entities[f.object].type));
    REQUIRE_FALSE(f.evidence.empty());
    const doc::Evidence& e = f.evidence.front();
    CHECK_FALSE(e.span.empty());
    out.push_back(d.entities[f.subject].label + " " + the_schema().ontology[f.relation].name + " " +
                  d.entities[f.object].label + " [" + e.rule + " " +
                  std::to_string(std::lround(e.confidence * 100)) + " " +
                  std::string(doc::name(e.modality)) + " " + std::string(doc::name(e.polarity)) +
                  "]");
  }
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a pattern's fact takes the model's probability, and goes if it is too small") {
  const doc::Document d = parse("Maria Lopez visited Kenya.");
  const auto with = [&](float p) {
    return facts_of(parse("Maria Lopez visited Kenya."), std::make_unique<Says>("visited", p));
  };
  CHECK(with(0.9f) == Lines{"Maria Lopez visited Kenya [visited.verb 90 asserted positive]"});
  CHECK(with(0.3f) == Lines{"Maria Lopez visited Kenya [visited.verb 30 asserted positive]"});
  CHECK(with(0.1f).empty());
}

TEST_CASE("a proposal needs more, and takes modality and polarity from its clause") {
  const auto with = [&](const char* text, float p) {
    return facts_of(parse(text), std::make_unique<Says>("owns", p));
  };
  const char* kPlain = "Acme Steel smiled at Falcon 3.";
  CHECK(with(kPlain, 0.5f) == Lines{"Acme Steel owns Falcon 3 [model.owns 50 asserted positive]"});
  CHECK(with(kPlain, 0.3f).empty());
  // Two sentences that say so are more than one.
  CHECK(with("Acme Steel smiled at Falcon 3 today. Falcon 3 smiled at Acme Steel.", 0.3f).size() ==
        1);
  CHECK(with("Acme Steel must smile at Falcon 3.", 0.5f) ==
        Lines{"Acme Steel owns Falcon 3 [model.owns 50 directive positive]"});
  CHECK(with("Acme Steel did not smile at Falcon 3.", 0.5f) ==
        Lines{"Acme Steel owns Falcon 3 [model.owns 50 asserted negative]"});
}

TEST_CASE("a proposal is no firmer than its sentence, whoever said it and whatever connects it") {
  const auto with = [&](const char* relation, const char* text) {
    return facts_of(parse(text), std::make_unique<Says>(relation, 0.5f));
  };
  // What a speaker wants done is not done because the speaker is the subject.
  const Lines said = with("owns", "Maria Lopez said that Acme Steel must smile at Falcon 3.");
  REQUIRE(said.size() > 1);
  for (const std::string& line : said) CHECK(line.find(" directive positive]") != line.npos);
  CHECK(with("owns", "Acme Steel is to take up a smile at Falcon 3.") ==
        Lines{"Acme Steel owns Falcon 3 [model.owns 50 planned positive]"});
  // What a noun phrase states by itself is another matter: see free_from_clause().
  for (const std::string& line :
       with("cooperates_with",
            "In Kenya, with the Water Accord - UNESCO: Acme Steel must smile at Falcon 3."))
    CHECK(line.find(" asserted ") == line.npos);
}

TEST_CASE("what is said of the items of a list is as likely of each as of all together") {
  /// Is sure of one subject, and of the others not.
  class OfOne final : public stage::PairScorer {
   public:
    void score(const stage::EntityPair& pair, std::span<float> out) const override {
      for (size_t i = 0; i < out.size(); ++i) {
        const bool visited = the_schema().ontology[pair.allowed[i]].name == "visited";
        const bool sure = pair.document.entities[pair.subject].label == "Maria Lopez";
        out[i] = visited ? (sure ? 0.9f : 0.1f) : 0;
      }
    }
    float keep_from() const override { return 0.2f; }
    float propose_from() const override { return 0.4f; }
  };
  const auto with = [](const char* text) {
    return facts_of(parse(text), std::make_unique<OfOne>());
  };
  CHECK(with("Maria Lopez and Juan Perez visited Kenya.") ==
        Lines{"Maria Lopez visited Kenya [visited.verb 50 asserted positive]",
              "Juan Perez visited Kenya [visited.verb 50 asserted positive]"});
  // No list: each by itself.
  CHECK(with("Maria Lopez visited Kenya. Juan Perez visited Kenya.") ==
        Lines{"Maria Lopez visited Kenya [visited.verb 90 asserted positive]"});
}

TEST_CASE("a guess about the event at hand, which the sentence doesn't name, must be likely") {
  const auto with = [](float p) {
    const Lines all =
        facts_of(parse("The World Water Forum was held. Juan Perez smiled at Falcon 3."),
                 std::make_unique<Says>("attended", p));
    return std::count_if(all.begin(), all.end(), [](const std::string& line) {
      return line.starts_with("Juan Perez attended World Water Forum");
    });
  };
  CHECK(with(0.5f) == 0);
  CHECK(with(0.7f) == 1);
}

TEST_CASE("a model that says yes to all stays within domain and range") {
  const Lines all = facts_of(
      parse(
          "Maria Lopez and Juan Perez spoke of tourism, food security, the World Water Forum, the "
          "Water Accord, UNESCO, Falcon 3 and the Nairobi Library in Kenya."),
      std::make_unique<Says>("", 0.9f));
  CHECK(all.size() > 50);  // facts_of checks each
}

TEST_CASE("the project's model finds what no pattern does, the same in every thread") {
  const std::string text =
      "Maria Lopez and Juan Perez talked for two hours in Kenya. Between Maria Lopez and Juan "
      "Perez "
      "there is a deal for UNESCO. Maria Lopez was in Ghana yesterday at the World Water Forum. At "
      "the World Water Forum in Kenya, Maria Lopez and Juan Perez were all smiles. The talks of "
      "Maria Lopez with Juan Perez lasted long. UNESCO's Maria Lopez, a guest of Acme Steel, was "
      "there too, with Juan Perez, its Kenya man.";
  const auto models = the_schema().dir / "models" / "en";
  const auto load = [&] { return nlp::load_relation_net(models, the_schema().ontology); };
  const auto stage = extract::make_fact_stage(the_schema(), load());
  const Lines expected = facts_of(parse(text), load());
  CHECK(std::any_of(expected.begin(), expected.end(),
                    [](const std::string& line) { return line.find("[model.") != line.npos; }));
  std::vector<doc::Document> documents;
  for (int i = 0; i < 4; ++i) documents.push_back(parse(text));
  std::vector<std::thread> threads;
  for (doc::Document& d : documents)
    threads.emplace_back([&] { stage->run(d, *stage->make_scratch()); });
  for (std::thread& t : threads) t.join();
  for (const doc::Document& d : documents) CHECK(d.facts == documents.front().facts);
}
