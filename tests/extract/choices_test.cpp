// The choice of a qualifier by weights of features: who wins, and when nobody does. What is chosen
// in texts is in tests/cases (times, speakers).
#include "extract/facts/choices.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/hash.h"
#include "schema/lexicon.h"

using namespace weft;

namespace {

/// Lexicons with one list "weights" of these entries.
schema::Lexicons weights_of(const std::string& entries) {
  const auto folder = std::filesystem::temp_directory_path() / "weft_choices_test";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "weights.json")
      << R"({"about": "a", "source": "s", "licence": "Apache-2.0", "lists": {"weights": {"about": "w", "entries": [)"
      << entries << "]}}}";
  return schema::Lexicons::load(folder);
}

}  // namespace

TEST_CASE("the likeliest choice wins, if it is likely enough") {
  const auto lexicons = weights_of(R"({"form": "least likely", "value": "0.5"},
    {"form": "near", "value": "1"}, {"form": "near visited", "value": "1"}, {"form": "far off", "value": "-2"})");
  const extract::ChoiceWeights weights(lexicons.list("weights"));
  CHECK(weights.of(core::fnv1a("near")) == 1);
  CHECK(weights.of(core::fnv1a("nearer")) == 0);

  extract::Choices choices(weights, false);
  CHECK(choices.likeliest() == nullptr);
  choices.say(*choices.at("2024"), "far", "off");
  CHECK(choices.likeliest() == nullptr);  // e^-2 against 1 for none of them
  choices.say_both(*choices.at("2025"), "visited", "near");
  REQUIRE(choices.likeliest() != nullptr);
  CHECK(choices.likeliest()->value == "2025");  // e^2 of e^2 + e^-2 + 1
  choices.at("2026");                           // unknown features: as likely as none
  CHECK(choices.likeliest()->value == "2025");
  for (int twice = 0; twice < 2; ++twice) choices.say_both(*choices.at("2026"), "visited", "near");
  CHECK(choices.likeliest() == nullptr);  // two that are equally likely: said twice counts once
  choices.clear();
  CHECK(choices.all().empty());
}

TEST_CASE("one value is one choice, there is a bound on them, and features are kept if asked for") {
  const auto lexicons = weights_of(R"({"form": "least likely", "value": "0.2"})");
  const extract::ChoiceWeights weights(lexicons.list("weights"));
  extract::Choices choices(weights, true);
  choices.say(*choices.at("a"), "x", "y");
  choices.say(*choices.at("a"), "b");
  choices.say(*choices.at("a"), "b");
  REQUIRE(choices.noted().size() == 1);
  CHECK(choices.noted()[0].features == std::vector<std::string>{"b", "x y"});
  unsigned made = 0;
  for (int i = 0; i < 100; ++i) made += choices.at(std::to_string(i)) != nullptr;
  CHECK(made + 1 == choices.all().size());
  CHECK(made < 100);
}
