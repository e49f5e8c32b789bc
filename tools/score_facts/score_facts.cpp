// Problem: how good are the facts when the entities are right? Method: reads texts and their gold
// graphs, marks the gold entities' surface forms as mentions, runs segmenter to parser and the fact
// stage, and writes each document's graph as the default JSON, which the gold scorer then compares.
// What it leaves out is coreference by pronouns. For people who work on the patterns. usage:
// weft_score_facts GOLD_DIR TEXT_DIR OUTPUT_DIR [--trees]
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/json_file.h"
#include "core/mapped_file.h"
#include "extract/facts/facts.h"
#include "extract/times/times.h"
#include "nlp/stages.h"
#include "schema/schema.h"

using namespace weft;
namespace fs = std::filesystem;

namespace {

void add_blocks(doc::Document& d) {
  size_t at = 0;
  while (at < d.text.size()) {
    size_t end = d.text.find('\n', at);
    if (end == std::string::npos) end = d.text.size();
    size_t b = at, e = end;
    while (b < e && std::isspace(static_cast<unsigned char>(d.text[b]))) ++b;
    while (e > b && std::isspace(static_cast<unsigned char>(d.text[e - 1]))) --e;
    if (b < e)
      d.blocks.push_back(
          {{static_cast<uint32_t>(b), static_cast<uint32_t>(e)}, doc::BlockRole::body});
    at = end + 1;
  }
}

struct Gold {
  std::vector<std::string> ids;
  std::vector<std::vector<std::string>> forms;
};

bool word_byte(unsigned char c) { return std::isalnum(c) || c >= 0x80; }

// "he", "she": the first person of the sentence so far, else of the sentence before.
void add_pronouns(doc::Document& d) {
  std::vector<doc::Mention> pronouns;
  uint32_t person = doc::kNoEntity;
  for (uint32_t s = 0; s < d.sentence_count(); ++s) {
    const core::TokenSpan span = d.sentence(s);
    uint32_t first = doc::kNoEntity, where = span.end;
    for (const doc::Mention& m : d.mentions)
      if (span.contains(m.tokens) && d.entities[m.entity].type == schema::TypeId(0) &&
          m.tokens.begin < where) {
        first = m.entity;
        where = m.tokens.begin;
      }
    for (uint32_t t = span.begin; t < span.end; ++t) {
      const std::string_view form = d.lemma_of(t);
      if (form != "he" && form != "she" && form != "his" && form != "her" && form != "him")
        continue;
      doc::Mention m;
      m.tokens = {t, t + 1};
      m.head = t;
      m.entity = where < t ? first : person;
      m.form = doc::MentionForm::pronoun;
      if (m.entity == doc::kNoEntity) continue;
      m.type = d.entities[m.entity].type;
      pronouns.push_back(m);
    }
    if (first != doc::kNoEntity) person = first;
  }
  d.mentions.insert(d.mentions.end(), pronouns.begin(), pronouns.end());
}

void add_mentions(doc::Document& d, const Gold& gold) {
  std::set<std::pair<uint32_t, uint32_t>> taken;
  for (uint32_t e = 0; e < gold.forms.size(); ++e)
    for (const std::string& form : gold.forms[e]) {
      if (form.empty()) continue;
      for (size_t at = d.text.find(form); at != std::string::npos; at = d.text.find(form, at + 1)) {
        const size_t end = at + form.size();
        if ((at > 0 && word_byte(d.text[at - 1])) ||
            (end < d.text.size() && word_byte(d.text[end])))
          continue;
        const auto first = std::lower_bound(d.token_begin.begin(), d.token_begin.end(), at) -
                           d.token_begin.begin();
        const auto last =
            std::upper_bound(d.token_end.begin(), d.token_end.end(), end) - d.token_end.begin();
        if (first >= last) continue;
        doc::Mention m;
        m.tokens = {static_cast<uint32_t>(first), static_cast<uint32_t>(last)};
        if (d.sentence_of(m.tokens.begin) != d.sentence_of(m.tokens.end - 1)) continue;
        if (!taken.insert({m.tokens.begin, m.tokens.end}).second) continue;
        m.entity = e;
        m.type = d.entities[e].type;
        m.head = m.tokens.end - 1;
        for (uint32_t t = m.tokens.begin; t < m.tokens.end; ++t)
          if (d.head[t] == doc::kNoToken || !m.tokens.contains(d.head[t])) m.head = t;
        d.mentions.push_back(m);
      }
    }
  add_pronouns(d);
  std::sort(d.mentions.begin(), d.mentions.end(), [](const doc::Mention& a, const doc::Mention& b) {
    return std::pair(a.tokens.begin, b.tokens.end) < std::pair(b.tokens.begin, a.tokens.end);
  });
}

void string(rapidjson::Writer<rapidjson::StringBuffer>& w, const char* key,
            std::string_view value) {
  w.Key(key);
  w.String(value.data(), static_cast<unsigned>(value.size()));
}

void qualifiers(rapidjson::Writer<rapidjson::StringBuffer>& w, const doc::Evidence& e,
                const Gold& gold) {
  string(w, "modality", doc::name(e.modality));
  string(w, "polarity", doc::name(e.polarity));
  string(w, "rule", e.rule);
  w.Key("time");
  if (e.time.empty())
    w.Null();
  else
    w.String(e.time.c_str());
  w.Key("speaker");
  if (e.speaker == doc::kNoEntity)
    w.Null();
  else
    w.String(gold.ids[e.speaker].c_str());
}

std::string graph_json(const doc::Document& d, const schema::Ontology& o, const Gold& gold) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> w(buffer);
  w.StartObject();
  w.Key("nodes");
  w.StartArray();
  for (uint32_t e = 0; e < d.entities.size(); ++e) {
    w.StartObject();
    string(w, "id", gold.ids[e]);
    string(w, "label", d.entities[e].label);
    string(w, "type", o[d.entities[e].type].name);
    w.Key("aliases");
    w.StartArray();
    for (const std::string& form : gold.forms[e]) w.String(form.c_str());
    w.EndArray();
    w.Key("attributes");
    w.StartArray();
    for (const doc::Fact& f : d.facts) {
      if (f.subject != e || f.object != doc::kNoEntity) continue;
      w.StartObject();
      string(w, "relation", o[f.relation].name);
      string(w, "value", f.value);
      qualifiers(w, f.evidence.front(), gold);
      w.EndObject();
    }
    w.EndArray();
    w.EndObject();
  }
  w.EndArray();
  w.Key("edges");
  w.StartArray();
  for (const doc::Fact& f : d.facts) {
    if (f.object == doc::kNoEntity) continue;
    w.StartObject();
    string(w, "source", gold.ids[f.subject]);
    string(w, "target", gold.ids[f.object]);
    string(w, "relation", o[f.relation].name);
    qualifiers(w, f.evidence.front(), gold);
    string(w, "text", d.bytes(f.evidence.front().span));
    w.EndObject();
  }
  w.EndArray();
  w.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize());
}

void print_trees(const doc::Document& d, std::FILE* out) {
  for (uint32_t s = 0; s < d.sentence_count(); ++s) {
    const core::TokenSpan span = d.sentence(s);
    for (uint32_t t = span.begin; t < span.end; ++t)
      std::fprintf(out, "%u\t%s\t%s\t%s\t%s\t%d\t%s\n", t - span.begin + 1,
                   std::string(d.form(t)).c_str(), std::string(d.lemma_of(t)).c_str(),
                   std::string(doc::name(d.upos[t])).c_str(),
                   std::string(doc::name(d.xpos[t])).c_str(),
                   d.head[t] == doc::kNoToken ? 0 : static_cast<int>(d.head[t] - span.begin + 1),
                   std::string(doc::name(d.deprel[t])).c_str());
    std::fprintf(out, "\n");
  }
}

Gold read_gold(const fs::path& path, const schema::Ontology& o, doc::Document& d) {
  const rapidjson::Document json = core::read_json_file(path);
  Gold gold;
  for (const auto& e : json["entities"].GetArray()) {
    gold.ids.emplace_back(e["id"].GetString());
    std::vector<std::string> forms{e["name"].GetString()};
    for (const auto& a : e["aliases"].GetArray()) forms.emplace_back(a.GetString());
    doc::Entity entity;
    entity.type = o.type(e["type"].GetString());
    entity.label = forms.front();
    if (e.HasMember("kind") && e["kind"].IsString()) entity.kind = e["kind"].GetString();
    d.entities.push_back(std::move(entity));
    gold.forms.push_back(std::move(forms));
  }
  return gold;
}

int run(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: weft_score_facts GOLD_DIR TEXT_DIR OUTPUT_DIR [--trees]\n");
    return 2;
  }
  const schema::Schema schema = schema::Schema::load(schema::find_schema_dir());
  const fs::path models = schema.dir / "models" / "en";
  std::vector<std::unique_ptr<stage::Stage>> language;
  language.push_back(nlp::make_segmenter(schema.lexicons, models));
  language.push_back(nlp::make_annotator(models, schema, nlp::best_tier(models)));
  language.push_back(nlp::make_lemmatizer(models));
  language.push_back(extract::make_time_stage(schema));
  const auto facts = extract::make_fact_stage(schema);
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(argv[1])) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  fs::create_directories(argv[3]);
  for (const fs::path& file : files) {
    std::string name = file.filename().string();
    name = name.substr(0, name.find(".gold.json"));
    doc::Document d;
    d.text = std::string(core::MappedFile(fs::path(argv[2]) / (name + ".txt")).text());
    add_blocks(d);
    for (const auto& stage : language) stage->run(d, *stage->make_scratch());
    const Gold gold = read_gold(file, schema.ontology, d);
    add_mentions(d, gold);
    facts->run(d, *facts->make_scratch());
    std::ofstream(fs::path(argv[3]) / (name + ".json")) << graph_json(d, schema.ontology, gold);
    if (argc > 4) {
      std::FILE* out = std::fopen((fs::path(argv[3]) / (name + ".conllu")).c_str(), "w");
      print_trees(d, out);
      std::fclose(out);
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const core::SetupError& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return static_cast<int>(e.code());
  }
}
