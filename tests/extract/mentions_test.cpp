// The mention stage as a reader of news would try it: which things does a text name, of which type,
// under which names? No model takes part: what is tested is what words, lists and gazetteers show.
#include "extract/mentions/mentions.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "extract/plain_document.h"
#include "extract/structure/side_by_side.h"
#include "schema/schema.h"

using namespace weft;

namespace {

const schema::Schema& test_schema() {
  static const auto schema = schema::Schema::load(WEFT_SCHEMA_DIR);
  return schema;
}

doc::Document analysed(const std::string& text) {
  auto document = tests::plain_document(text);
  const auto stage = extract::make_mention_stage(test_schema());
  const auto scratch = stage->make_scratch();
  stage->run(document, *scratch);
  return document;
}

std::vector<std::string> names_of(const doc::Document& d, const std::string& name) {
  std::vector<std::string> types;
  for (const auto& e : d.entities) {
    const bool named =
        e.label == name || std::any_of(e.aliases.begin(), e.aliases.end(),
                                       [&](const auto& a) { return a.form == name; });
    if (named) types.push_back(test_schema().ontology[e.type].name);
  }
  return types;
}

bool has_fact(const doc::Document& d, const std::string& subject, const std::string& relation,
              const std::string& object) {
  auto called = [&](doc::LocalEntity e, const std::string& name) {
    const auto& entity = d.entities[e];
    return entity.label == name || std::any_of(entity.aliases.begin(), entity.aliases.end(),
                                               [&](const auto& a) { return a.form == name; });
  };
  return std::any_of(d.facts.begin(), d.facts.end(), [&](const auto& f) {
    return called(f.subject, subject) && called(f.object, object) &&
           test_schema().ontology[f.relation].name == relation;
  });
}

void check_shape(const doc::Document& d) {
  for (const auto& m : d.mentions) {
    REQUIRE(m.entity < d.entities.size());
    REQUIRE(m.tokens.begin < m.tokens.end);
    REQUIRE(m.tokens.end <= d.token_count());
    CHECK(m.tokens.contains(m.head));
  }
  for (const auto& e : d.entities) {
    CHECK(!e.label.empty());
    for (const auto& span : e.mentions) CHECK(span.end <= d.text.size());
  }
}

/// The types of what the text calls by a name; none if it calls nothing so.
struct TypedName {
  const char* text;
  const char* name;
  std::vector<std::string> types;
};

void check_types(const std::vector<TypedName>& cases) {
  for (const TypedName& c : cases) {
    CAPTURE(std::string(c.text) + " | " + c.name);
    const auto d = analysed(c.text);
    check_shape(d);
    CHECK(names_of(d, c.name) == c.types);
  }
}

}  // namespace

/// The gazetteer's key of the entity with this name; empty if it has none or isn't there.
std::string link_of(const doc::Document& d, const std::string& name) {
  for (const auto& e : d.entities)
    if (std::any_of(e.aliases.begin(), e.aliases.end(),
                    [&](const auto& a) { return a.form == name; }))
      return e.link;
  return {};
}

TEST_CASE("an acronym means what the document says it is short for") {
  const auto own = analysed(
      "The Fishermen and Traders Council (FTC) met in Lagos. The FTC elected its chairman.");
  CHECK(names_of(own, "FTC") == std::vector<std::string>{"Organization"});
  CHECK(link_of(own, "FTC").empty());
  CHECK(names_of(own, "Fishermen and Traders Council").size() == 1);
  const auto head = analysed("The copper workers' Federation (FTC) met. The FTC voted.");
  CHECK(link_of(head, "FTC").empty());
  const auto known = analysed("The US Federal Trade Commission (FTC) met. The FTC voted.");
  CHECK(link_of(known, "FTC") == "organization/federal-trade-commission");
  const auto alone = analysed("The FTC voted on Monday.");
  CHECK(link_of(alone, "FTC") == "organization/federal-trade-commission");
  // A bracket behind a person or a place says whose, not what for.
  const auto whose = analysed("Maria Lopez (FTC) met Juan Perez. The FTC voted.");
  CHECK(link_of(whose, "FTC") == "organization/federal-trade-commission");
}

TEST_CASE("names get one type each") {
  struct Case {
    const char* text;
    const char* name;
    const char* type;
  };
  const Case cases[] = {
      {"Officials of the Ministry of Forests met on Tuesday.", "Ministry of Forests",
       "Organization"},
      {"They signed the Harrow Lake Forest Stewardship Accord in May.",
       "Harrow Lake Forest Stewardship Accord", "Work"},
      {"Floods on the Licungo River cut the road.", "Licungo River", "Place"},
      {"He runs Laibin Donta Sugar Co., Ltd. with his wife.", "Laibin Donta Sugar Co., Ltd.",
       "Organization"},
      {"Water rose behind the Camastra dam again.", "Camastra dam", "Facility"},
      {"They flew to Jiangxi on Monday.", "Jiangxi", "Place"},
      {"The talks with Dr. Maria Keller went well.", "Maria Keller", "Person"},
      {"It was built by the shipbuilder Aura Tolva last year.", "Aura Tolva", "Organization"},
      {"Divers saw the tanker Volna Esk on Monday.", "Volna Esk", "Product"},
      {"It hired Barrow & Pike for that.", "Barrow & Pike", "Organization"},
      {"Members of the Onagawa Oyster Growers' Association met.",
       "Onagawa Oyster Growers' Association", "Organization"},
      {"The Ministry of Industry and Information Technology agreed.",
       "Ministry of Industry and Information Technology", "Organization"},
      {"Roofs went when Typhoon Pepilo came.", "Typhoon Pepilo", "Event"},
      {"They saw Mr. Kwon Dae-hyun there.", "Kwon Dae-hyun", "Person"},
      {"The Communist Party of China (CPC) Central Committee met.", "CPC Central Committee",
       "Organization"},
      {"He spoke at a symposium on water.", "symposium", "Event"},
      {"Both sides read the trade agreement again.", "trade agreement", "Work"},
      {"It will build a battery plant near the sea.", "battery plant", "Facility"},
      {"Critics of the government left.", "the government", "Organization"},
      {"We spoke with Mr. Okonkwo, who agreed.", "Okonkwo", "Person"},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.text));
    const auto d = analysed(c.text);
    check_shape(d);
    CHECK(names_of(d, c.name) == std::vector<std::string>{c.type});
  }
}

TEST_CASE("one thing is one entity") {
  const auto d = analysed(
      "Jiangxi Province is large. Farmers in Jiangxi grow rice. The National Institute for "
      "Disaster Management (INGD) sent "
      "boats. INGD has twelve of them. Premier Anna Keller spoke. Keller left early.");
  check_shape(d);
  CHECK(names_of(d, "Jiangxi").size() == 1);
  CHECK(names_of(d, "INGD").size() == 1);
  CHECK(names_of(d, "Keller").size() == 1);
  const auto is_same = [&](const char* a, const char* b) {
    return std::any_of(d.entities.begin(), d.entities.end(), [&](const auto& e) {
      auto has = [&](const char* n) {
        return std::any_of(e.aliases.begin(), e.aliases.end(),
                           [&](const auto& x) { return x.form == n; });
      };
      return has(a) && has(b);
    });
  };
  CHECK(is_same("Jiangxi Province", "Jiangxi"));
  CHECK(is_same("National Institute for Disaster Management", "INGD"));
  CHECK(is_same("Anna Keller", "Keller"));
  CHECK(is_same("Premier Anna Keller", "Keller"));
}

TEST_CASE("a body and an office of it are two") {
  const auto d = analysed(
      "The Tarvola Council met. Then the Tarvola Council General Office wrote to the Communist "
      "Party of China (CPC) Central Committee.");
  check_shape(d);
  CHECK(names_of(d, "Tarvola Council") == std::vector<std::string>{"Organization"});
  CHECK(names_of(d, "Tarvola Council General Office") == std::vector<std::string>{"Organization"});
  CHECK(d.entities.size() >= 3);
  CHECK(names_of(d, "CPC Central Committee") == std::vector<std::string>{"Organization"});
  CHECK(names_of(d, "Central Committee").empty());
  const auto same = std::any_of(d.entities.begin(), d.entities.end(), [](const auto& e) {
    return e.label == "Tarvola Council General Office" && e.aliases.size() > 1;
  });
  CHECK(!same);
}

TEST_CASE("a district is not the city behind 'of'") {
  auto d =
      analysed("He toured Yubei District of Chongqing. The Metropolitan City of Turin agreed.");
  CHECK(names_of(d, "Yubei District") == std::vector<std::string>{"Place"});
  CHECK(names_of(d, "Chongqing") == std::vector<std::string>{"Place"});
  CHECK(names_of(d, "Metropolitan City of Turin") == std::vector<std::string>{"Place"});
  extract::structural_facts(test_schema(), d, extract::MemberBodies(test_schema(), d));
  CHECK(has_fact(d, "Yubei District", "located_in", "Chongqing"));
}

TEST_CASE("who begins the name of a company is that company") {
  const auto d = analysed(
      "Tan Lap Electronics Joint Stock Company grew. Tran Thu Ha, Chairwoman of Tan Lap, said "
      "so. "
      "Pinglu Canal Group Co., Ltd. runs the Pinglu Canal.");
  CHECK(names_of(d, "Tan Lap") == std::vector<std::string>{"Organization"});
  CHECK(names_of(d, "Tan Lap") == names_of(d, "Tan Lap Electronics Joint Stock Company"));
  CHECK(names_of(d, "Pinglu Canal") == std::vector<std::string>{"Facility"});
}

TEST_CASE("what somebody is invited to is no part of the office") {
  const auto d = analysed(
      "He invited the deputy prime minister to the Africa Tea Forum and named Ana Ruiz ambassador "
      "to "
      "Peru.");
  CHECK(names_of(d, "deputy prime minister to the Africa Tea Forum").empty());
  CHECK(names_of(d, "Africa Tea Forum").size() == 1);
  CHECK(names_of(d, "ambassador to Peru") == std::vector<std::string>{"Position"});
}

TEST_CASE("a place is not called by its dateline's capitals") {
  const auto label = [](const char* text) { return analysed(text).entities.at(0).label; };
  CHECK(label("NANNING, Dec. 15 -- Rain fell.") == "Nanning");
  CHECK(label("NANNING, Dec. 15 -- Rain fell on Nanning.") == "Nanning");
}

TEST_CASE("an office may belong to what one capitalised word stands for") {
  const auto d = analysed("The talks with Anna Keller, President of the Republic, went well.");
  check_shape(d);
  CHECK(names_of(d, "President of the Republic") == std::vector<std::string>{"Position"});
}

TEST_CASE("two people of one surname stay two") {
  const auto d = analysed("Mr. John Keller met Ms. Anna Keller. John Keller left.");
  check_shape(d);
  size_t people = 0;
  for (const auto& e : d.entities) people += e.type == test_schema().ontology.core().person;
  CHECK(people == 2);
}

TEST_CASE("offices carry their bodies and their holders") {
  auto d = analysed("John Keller, governor of Gansu, arrived. Its plan pleased Mayor Anna Berg.");
  extract::structural_facts(test_schema(), d, extract::MemberBodies(test_schema(), d));
  check_shape(d);
  CHECK(names_of(d, "governor of Gansu") == std::vector<std::string>{"Position"});
  CHECK(has_fact(d, "John Keller", "holds_position", "governor of Gansu"));
  CHECK(has_fact(d, "governor of Gansu", "position_in", "Gansu"));
  CHECK(has_fact(d, "Anna Berg", "holds_position", "Mayor"));
  for (const auto& f : d.facts) {
    REQUIRE(!f.evidence.empty());
    CHECK(f.evidence[0].span.end <= d.text.size());
  }
}

TEST_CASE("times, pronouns and adjectives are no entities") {
  const auto d = analysed("On Monday he said that in March the German side would pay.");
  check_shape(d);
  CHECK(d.entities.empty());
}

TEST_CASE("a description goes to what it describes") {
  const auto d =
      analysed("Gansu has many deserts. The province, which is dry, plants trees there.");
  check_shape(d);
  CHECK(names_of(d, "The province") == std::vector<std::string>{"Place"});
}

TEST_CASE("a described thing is one entity, and what is only said in general is none") {
  const auto d = analysed(
      "Leaders held a symposium on water. The symposium, which was long, pleased them. "
      "After the symposium, they left.");
  check_shape(d);
  CHECK(names_of(d, "The symposium") == std::vector<std::string>{"Event"});
  CHECK(names_of(d, "symposium").size() == 1);
  for (const char* text : {"Meetings are long.", "They like agreements with people.",
                           "The factory burned, the largest plant did not."}) {
    CAPTURE(std::string(text));
    CHECK(analysed(text).entities.empty());
  }
}

TEST_CASE("lines about the text name its place, agency and author, but not its labels") {
  struct Case {
    const char* line;
    const char* name;
    std::vector<std::string> types;
  };
  const Case cases[] = {
      {"TARVOLA, 11 March 2027 (Norla News) -", "TARVOLA", {"Place"}},
      {"TARVOLA, 11 March 2027 (Norla News) -", "Norla News", {"Organization"}},
      {"By Ana Lindqvist for Harbin Weekly, 16 June 2024", "Ana Lindqvist", {"Person"}},
      {"By Ana Lindqvist for Harbin Weekly, 16 June 2024", "Harbin Weekly", {"Organization"}},
      {"Source: Tarvola Daily Date: 2025-05-09", "Tarvola Daily", {"Organization"}},
      {"Source: Tarvola Daily Date: 2025-05-09", "Date", {}},
      {"By Staff Writer", "Staff Writer", {}},
      {"Casa Norte Weekly | Gansu | 8 April", "Casa Norte Weekly", {"Organization"}},
      {"Casa Norte Weekly | Gansu | 8 April", "Gansu", {"Place"}},
      {"Casa Norte Prado | 8 April", "Casa Norte Prado", {}},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.line) + " | " + c.name);
    auto d = tests::plain_document(std::string(c.line) + "\nRain fell there on Monday.");
    d.blocks[0].role = doc::BlockRole::metadata;
    const auto stage = extract::make_mention_stage(test_schema());
    stage->run(d, *stage->make_scratch());
    check_shape(d);
    CHECK(names_of(d, c.name) == c.types);
  }
}

TEST_CASE("what stands in quotation marks is one name, typed by the noun beside it") {
  check_types({
      {"She wrote the novel \"Roads of Ana Keller\" in May.", "Roads of Ana Keller", {"Work"}},
      {"She wrote the novel \"Roads of Ana Keller\" in May.", "Ana Keller", {}},
      {"They paid for the \"Three Cups, One Well\" campaign.",
       "Three Cups, One Well",
       {"Initiative"}},
      {"He reads \"Tarvola Nights\" magazine.", "Tarvola Nights", {"Organization"}},
      {"He gave a lecture titled \"Rust and Rain\" there.", "Rust and Rain", {"Event"}},
      {"We heard \"Anna Keller left early\" from him.", "Anna Keller left early", {}},
      {"We read \"The Ministry of Forests\" there.", "Ministry of Forests", {"Organization"}},
      {"They said \"Jiangxi\" twice.", "Jiangxi", {"Place"}},
  });
}

TEST_CASE("what the tagger sees no name in, and no list knows, is none") {
  const auto entities = [](bool tagged) {
    auto document = tests::plain_document(
        "Maria Lopez told Bright Mornings of it. The Salto del Orcheo froze. The Ministry of "
        "Forests "
        "paid.");
    if (tagged) document.names.push_back({{0, 2}, test_schema().ontology.core().person, 0.9F});
    const auto stage = extract::make_mention_stage(test_schema());
    stage->run(document, *stage->make_scratch());
    std::vector<std::string> labels;
    for (const auto& e : document.entities) labels.push_back(e.label);
    return labels;
  };
  const auto has = [](const std::vector<std::string>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  const auto seen = entities(true), untagged = entities(false);
  CHECK(has(untagged, "Bright Mornings"));
  CHECK_FALSE(has(seen, "Bright Mornings"));
  for (const auto& all : {seen, untagged})
    for (const char* name : {"Maria Lopez", "Salto del Orcheo", "Ministry of Forests"}) {
      CAPTURE(name);
      CHECK(has(all, name));
    }
}

TEST_CASE("labels, amounts and numbers are no names of their own") {
  check_types({
      {"DOCUMENTARY: Rain fell.", "DOCUMENTARY", {}},
      {"IN BRIEF: Rain fell.", "BRIEF", {}},
      {"Poetry: Rain fell on it.", "Poetry", {}},
      {"Each costs Tk 300 there.", "Tk", {}},
      {"It lent 38 million US dollars for that.", "US", {}},
      {"They read the Harrow Notice No 5 there.", "Harrow Notice No 5", {"Work"}},
      {"Mr. Ivo Marques (PSB) came.", "PSB", {"Organization"}},
      {"Mr. Ivo Marques (PSB) came.", "Ivo Marques", {"Person"}},
      {"Divers saw the tanker Marwa Star on it. The Marwa Star sank.", "Marwa Star", {"Product"}},
      {"The 12th National Congress of the Forest Party met.",
       "12th National Congress of the Forest Party",
       {"Event"}},
      {"The 12th National People's Congress met.",
       "12th National People's Congress",
       {"Organization"}},
  });
}

TEST_CASE("a body is named by whose it is") {
  const auto d =
      analysed("Kenya's parliament met. Then Gansu's coast guard, which is small, left.");
  check_shape(d);
  CHECK(names_of(d, "Kenya's parliament") == std::vector<std::string>{"Organization"});
  CHECK(names_of(d, "Gansu's coast guard") == std::vector<std::string>{"Organization"});
  CHECK(names_of(d, "Kenya") == std::vector<std::string>{"Place"});
  CHECK(names_of(analysed("The man's council met."), "man's council").empty());
}

TEST_CASE("areas by direction are regions of their own") {
  const auto d = analysed("They flew to southwest China and the central region on Monday.");
  check_shape(d);
  CHECK(names_of(d, "southwest China") == std::vector<std::string>{"Place"});
  CHECK(names_of(d, "central region") == std::vector<std::string>{"Place"});
  CHECK(names_of(d, "China") == std::vector<std::string>{"Place"});
}

TEST_CASE("facts that stand in the structure of names") {
  struct Case {
    const char* text;
    const char* subject;
    const char* relation;
    const char* object;
    bool holds;
  };
  const Case cases[] = {
      {"Dubai-based Volkov Marine Ltd sank.", "Volkov Marine Ltd", "located_in", "Dubai", true},
      {"Sam Colter of Hale & Bricker agreed.", "Sam Colter", "works_for", "Hale & Bricker", true},
      {"Officials of the Bank of Ghana came to Accra.", "Bank of Ghana", "located_in", "Ghana",
       false},
      {"They read of a symposium in Chongqing today.", "symposium", "held_in", "Chongqing", true},
      {"They flew from Kenya. The Kenyan minister spoke.", "Kenyan minister", "position_in",
       "Kenya", true},
  };
  for (const auto& c : cases) {
    CAPTURE(std::string(c.text));
    auto d = analysed(c.text);
    extract::structural_facts(test_schema(), d, extract::MemberBodies(test_schema(), d));
    check_shape(d);
    CHECK(has_fact(d, c.subject, c.relation, c.object) == c.holds);
  }
}

TEST_CASE("hostile text does no harm") {
  std::string capitals, brackets;
  for (int i = 0; i < 3000; ++i) capitals += "Of The Bank ";
  for (int i = 0; i < 3000; ++i) brackets += "(((\"'s of and & - ";
  const std::string cases[] = {"",
                               ".",
                               "'s",
                               "of of of",
                               "Minister of",
                               "the",
                               capitals,
                               brackets,
                               "-\n-\n-",
                               "The President of the",
                               "A B C D E F G H I J K",
                               "\xC3\x89\xC3\x89 \xE4\xB8\xAD\xE5\x9B\xBD Li",
                               "( ) ) ( Mr."};
  for (const auto& text : cases) {
    auto d = analysed(text);
    extract::structural_facts(test_schema(), d, extract::MemberBodies(test_schema(), d));
    check_shape(d);
  }
}
