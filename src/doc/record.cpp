// Records as JSON through RapidJSON's writer and iterative parser. Numbers are printed as integers
// (confidence in ten-thousandths), so the bytes do not depend on how a platform prints floats.
#include "doc/record.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace weft::doc {

namespace {

constexpr int kFormat = 1;
constexpr float kConfidenceScale = 10000;

using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

void put(Writer& w, const char* key, std::string_view value) {
  if (value.empty()) return;
  w.Key(key);
  w.String(value.data(), static_cast<rapidjson::SizeType>(value.size()));
}

void put(Writer& w, core::ByteSpan span) {
  w.StartArray();
  w.Uint(span.begin);
  w.Uint(span.end);
  w.EndArray();
}

void put(Writer& w, const Metadata& meta) {
  w.StartObject();
  put(w, "id", meta.id);
  put(w, "path", meta.path);
  put(w, "title", meta.title);
  put(w, "date", meta.date);
  put(w, "source", meta.source);
  put(w, "author", meta.author);
  put(w, "url", meta.url);
  put(w, "language", meta.language);
  put(w, "sha256", meta.sha256);
  w.EndObject();
}

void put(Writer& w, const Entity& e, const schema::Ontology& ontology) {
  w.StartObject();
  put(w, "type", ontology[e.type].name);
  put(w, "kind", e.kind);
  put(w, "label", e.label);
  put(w, "link", e.link);
  w.Key("aliases");
  w.StartArray();
  for (const Alias& a : e.aliases) {
    w.StartArray();
    w.String(a.form);
    w.Uint(a.count);
    w.EndArray();
  }
  w.EndArray();
  w.Key("mentions");
  w.StartArray();
  for (core::ByteSpan m : e.mentions) put(w, m);
  w.EndArray();
  w.Key("joined");
  w.StartArray();
  for (const Joined& j : e.joined) {
    w.StartArray();
    put(w, j.span);
    const std::string_view rule = name(j.rule);
    w.String(rule.data(), static_cast<rapidjson::SizeType>(rule.size()));
    w.EndArray();
  }
  w.EndArray();
  w.EndObject();
}

void put(Writer& w, const Evidence& e) {
  w.StartObject();
  w.Key("span");
  put(w, e.span);
  w.Key("sentence");
  w.Uint(e.sentence);
  put(w, "rule", e.rule);
  w.Key("confidence");
  // Not-a-number and what is below 0 become 0.
  const float confidence = e.confidence > 0 ? std::min(e.confidence, 1.0f) : 0.0f;
  w.Uint(static_cast<unsigned>(std::lround(confidence * kConfidenceScale)));
  put(w, "modality", name(e.modality));
  put(w, "polarity", name(e.polarity));
  put(w, "time", e.time);
  if (e.speaker != kNoEntity) {
    w.Key("speaker");
    w.Uint(e.speaker);
  }
  w.EndObject();
}

void put(Writer& w, const Fact& f, const schema::Ontology& ontology) {
  w.StartObject();
  w.Key("subject");
  w.Uint(f.subject);
  put(w, "relation", ontology[f.relation].name);
  if (f.object != kNoEntity) {
    w.Key("object");
    w.Uint(f.object);
  }
  put(w, "value", f.value);
  w.Key("evidence");
  w.StartArray();
  for (const Evidence& e : f.evidence) put(w, e);
  w.EndArray();
  w.EndObject();
}

[[noreturn]] void broken(const char* what) {
  throw core::SetupError(
      std::string("A stored record is broken: ") + what + ". Build the store again.",
      core::ExitCode::broken_file);
}

const rapidjson::Value* member(const rapidjson::Value& object, const char* key) {
  if (!object.IsObject()) broken("an object is missing");
  auto it = object.FindMember(key);
  return it == object.MemberEnd() ? nullptr : &it->value;
}

std::string text(const rapidjson::Value& object, const char* key) {
  const rapidjson::Value* v = member(object, key);
  if (!v) return {};
  if (!v->IsString()) broken(key);
  return {v->GetString(), v->GetStringLength()};
}

uint32_t number(const rapidjson::Value& object, const char* key, uint32_t otherwise) {
  const rapidjson::Value* v = member(object, key);
  if (!v) return otherwise;
  if (!v->IsUint()) broken(key);
  return v->GetUint();
}

const rapidjson::Value& array(const rapidjson::Value& object, const char* key) {
  const rapidjson::Value* v = member(object, key);
  if (!v || !v->IsArray()) broken(key);
  return *v;
}

core::ByteSpan span(const rapidjson::Value& v) {
  if (!v.IsArray() || v.Size() != 2 || !v[0].IsUint() || !v[1].IsUint() ||
      v[0].GetUint() > v[1].GetUint())
    broken("span");
  return {v[0].GetUint(), v[1].GetUint()};
}

Metadata read_metadata(const rapidjson::Value& v) {
  Metadata m;
  m.id = text(v, "id");
  m.path = text(v, "path");
  m.title = text(v, "title");
  m.date = text(v, "date");
  m.source = text(v, "source");
  m.author = text(v, "author");
  m.url = text(v, "url");
  m.language = text(v, "language");
  m.sha256 = text(v, "sha256");
  return m;
}

Entity read_entity(const rapidjson::Value& v, const schema::Ontology& ontology) {
  Entity e;
  e.type = ontology.type(text(v, "type"));
  if (!e.type) broken("an entity's type is not in the ontology");
  e.kind = text(v, "kind");
  e.label = text(v, "label");
  e.link = text(v, "link");
  for (const auto& a : array(v, "aliases").GetArray()) {
    if (!a.IsArray() || a.Size() != 2 || !a[0].IsString() || !a[1].IsUint()) broken("aliases");
    e.aliases.push_back({{a[0].GetString(), a[0].GetStringLength()}, a[1].GetUint()});
  }
  for (const auto& m : array(v, "mentions").GetArray()) e.mentions.push_back(span(m));
  if (!v.HasMember("joined")) return e;  // a record of an older store
  for (const auto& j : array(v, "joined").GetArray()) {
    if (!j.IsArray() || j.Size() != 2 || !j[1].IsString()) broken("joined");
    e.joined.push_back({span(j[0]), join_rule_from({j[1].GetString(), j[1].GetStringLength()})});
  }
  return e;
}

Evidence read_evidence(const rapidjson::Value& v, size_t entities) {
  Evidence e;
  e.span = span(array(v, "span"));
  e.sentence = number(v, "sentence", 0);
  e.rule = text(v, "rule");
  e.confidence = static_cast<float>(number(v, "confidence", 0)) / kConfidenceScale;
  if (e.confidence > 1) broken("confidence");
  e.modality = modality_from(text(v, "modality"));
  e.polarity = polarity_from(text(v, "polarity"));
  e.time = text(v, "time");
  e.speaker = number(v, "speaker", kNoEntity);
  if (e.speaker != kNoEntity && e.speaker >= entities) broken("speaker");
  return e;
}

Fact read_fact(const rapidjson::Value& v, size_t entities, const schema::Ontology& ontology) {
  Fact f;
  f.subject = number(v, "subject", kNoEntity);
  f.object = number(v, "object", kNoEntity);
  f.relation = ontology.relation(text(v, "relation"));
  f.value = text(v, "value");
  if (!f.relation) broken("a relation is not in the ontology");
  if (f.subject >= entities || (f.object != kNoEntity && f.object >= entities))
    broken("a fact's entity");
  for (const auto& e : array(v, "evidence").GetArray())
    f.evidence.push_back(read_evidence(e, entities));
  if (f.evidence.empty()) broken("a fact without evidence");
  return f;
}

}  // namespace

Record make_record(Document&& document) {
  Record record;
  record.meta = std::move(document.meta);
  record.entities = std::move(document.entities);
  record.facts = std::move(document.facts);
  record.sentences.reserve(document.sentence_count());
  for (uint32_t i = 0; i < document.sentence_count(); ++i)
    record.sentences.push_back(document.byte_span(document.sentence(i)));
  return record;
}

std::string to_json(const Record& record, const schema::Ontology& ontology) {
  rapidjson::StringBuffer buffer;
  Writer w(buffer);
  w.StartObject();
  w.Key("format");
  w.Int(kFormat);
  w.Key("document");
  put(w, record.meta);
  w.Key("entities");
  w.StartArray();
  for (const Entity& e : record.entities) put(w, e, ontology);
  w.EndArray();
  w.Key("facts");
  w.StartArray();
  for (const Fact& f : record.facts) put(w, f, ontology);
  w.EndArray();
  w.Key("sentences");
  w.StartArray();
  for (core::ByteSpan s : record.sentences) put(w, s);
  w.EndArray();
  put(w, "sketch", record.sketch);
  w.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

Record record_from_json(std::string_view json, const schema::Ontology& ontology) {
  rapidjson::Document v;
  v.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
  if (v.HasParseError() || !v.IsObject()) broken("it is not JSON");
  if (number(v, "format", 0) != kFormat) broken("it was written by another version of weft");
  Record record;
  const rapidjson::Value* meta = member(v, "document");
  if (!meta) broken("document");
  record.meta = read_metadata(*meta);
  for (const auto& e : array(v, "entities").GetArray())
    record.entities.push_back(read_entity(e, ontology));
  for (const auto& f : array(v, "facts").GetArray())
    record.facts.push_back(read_fact(f, record.entities.size(), ontology));
  for (const auto& s : array(v, "sentences").GetArray()) record.sentences.push_back(span(s));
  record.sketch = text(v, "sketch");
  return record;
}

}  // namespace weft::doc
