// tests/cases/*.case: texts and the facts a careful reader expects, through the whole extraction
// (README.md there).
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "extract/facts/facts.h"
#include "extract/mentions/mentions.h"
#include "extract/times/times.h"
#include "nlp/stages.h"

using namespace weft;
namespace fs = std::filesystem;

namespace {

struct Expected {
  enum class Kind { fact, absent, later } kind = Kind::fact;
  std::string subject, relation, object, qualifier;
};

struct Case {
  std::string place;  // file:line
  std::string text, date;
  std::vector<Expected> expected;
};

std::string trimmed(const std::string& s) {
  const size_t b = s.find_first_not_of(" \t\r");
  return b == std::string::npos ? "" : s.substr(b, s.find_last_not_of(" \t\r") - b + 1);
}

Expected expectation(Expected::Kind kind, const std::string& line) {
  std::vector<std::string> parts(1);
  for (char c : line) {
    if (c == '|')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  parts.resize(4);
  return {kind, trimmed(parts[0]), trimmed(parts[1]), trimmed(parts[2]), trimmed(parts[3])};
}

std::vector<Case> read_cases(const fs::path& file) {
  std::vector<Case> out;
  std::ifstream in(file);
  std::string line;
  for (unsigned number = 1; std::getline(in, line); ++number) {
    auto after = [&](const char* key) { return line.substr(std::string(key).size()); };
    if (line.rfind("text:", 0) == 0)
      out.push_back({file.filename().string() + ":" + std::to_string(number),
                     trimmed(after("text:")),
                     {},
                     {}});
    else if (out.empty() || line.empty() || line[0] == '#')
      continue;
    else if (line.rfind("  ", 0) == 0)
      out.back().text += "\n" + trimmed(line);
    else if (line.rfind("date:", 0) == 0)
      out.back().date = trimmed(after("date:"));
    else if (line.rfind("fact:", 0) == 0)
      out.back().expected.push_back(expectation(Expected::Kind::fact, after("fact:")));
    else if (line.rfind("not:", 0) == 0)
      out.back().expected.push_back(expectation(Expected::Kind::absent, after("not:")));
    else if (line.rfind("later:", 0) == 0)
      out.back().expected.push_back(expectation(Expected::Kind::later, after("later:")));
    else
      FAIL_CHECK(file.string() << ":" << number << ": not a line of a case: " << line);
  }
  return out;
}

bool named(const doc::Document& d, doc::LocalEntity e, const std::string& name) {
  const doc::Entity& entity = d.entities[e];
  return entity.label == name || std::any_of(entity.aliases.begin(), entity.aliases.end(),
                                             [&](const doc::Alias& a) { return a.form == name; });
}

bool holds(const doc::Document& d, const schema::Ontology& o, const Expected& x) {
  for (const doc::Fact& f : d.facts) {
    if (o[f.relation].name != x.relation) continue;
    auto is = [&](const std::string& subject, const std::string& object) {
      return named(d, f.subject, subject) &&
             (f.object == doc::kNoEntity ? f.value == object : named(d, f.object, object));
    };
    if (!is(x.subject, x.object) && !(o[f.relation].symmetric && is(x.object, x.subject))) continue;
    if (x.qualifier.empty()) return true;
    const bool asks_time = x.qualifier.rfind("on ", 0) == 0;
    const bool asks_speaker = x.qualifier.rfind("says ", 0) == 0;
    for (const doc::Evidence& e : f.evidence)
      if (asks_time) {
        if (e.time == (x.qualifier == "on no day" ? "" : x.qualifier.substr(3))) return true;
      } else if (asks_speaker) {
        const std::string who = x.qualifier.substr(5);
        if (who == "nobody" ? e.speaker == doc::kNoEntity
                            : e.speaker != doc::kNoEntity && named(d, e.speaker, who))
          return true;
      } else if (doc::name(e.modality) == x.qualifier || doc::name(e.polarity) == x.qualifier)
        return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the cases in tests/cases give the facts that they expect") {
  const schema::Schema schema = schema::Schema::load(WEFT_SCHEMA_DIR);
  const fs::path models = schema.dir / "models" / "en";
  std::vector<std::unique_ptr<stage::Stage>> stages;
  stages.push_back(nlp::make_segmenter(schema.lexicons, models));
  stages.push_back(nlp::make_annotator(models, schema, nlp::best_tier(models)));
  stages.push_back(nlp::make_lemmatizer(models));
  stages.push_back(extract::make_time_stage(schema));
  stages.push_back(extract::make_mention_stage(schema));
  stages.push_back(extract::make_fact_stage(schema));
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(WEFT_TEST_DIR) / "cases"))
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  REQUIRE_FALSE(files.empty());
  for (const fs::path& file : files)
    for (const Case& c : read_cases(file)) {
      doc::Document d;
      d.text = c.text;
      d.meta.date = c.date;
      for (size_t at = 0; at < d.text.size();) {
        const size_t end = std::min(d.text.find('\n', at), d.text.size());
        d.blocks.push_back(
            {{static_cast<uint32_t>(at), static_cast<uint32_t>(end)}, doc::BlockRole::body});
        at = end + 1;
      }
      for (const auto& stage : stages) stage->run(d, *stage->make_scratch());
      for (const Expected& x : c.expected) {
        INFO(c.place << ": " << x.subject << " | " << x.relation << " | " << x.object << " "
                     << x.qualifier);
        const bool found = holds(d, schema.ontology, x);
        if (x.kind == Expected::Kind::fact) CHECK(found);
        if (x.kind == Expected::Kind::absent) CHECK_FALSE(found);
        if (x.kind == Expected::Kind::later && found) MESSAGE("found now: make it a fact: line");
      }
    }
}
