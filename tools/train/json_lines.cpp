// One document as a line of JSON. Cost: linear in the document.
#include "json_lines.h"

namespace weft::train {

namespace {

/// Of each word of each sentence.
void write_pieces(const doc::Document& d, const nlp::WordPieces& word_pieces, JsonWriter& writer) {
  writer.Key("pieces");
  writer.StartArray();
  std::vector<uint16_t> pieces;
  for (uint32_t s = 0; s < d.sentence_count(); ++s) {
    writer.StartArray();
    for (uint32_t t = d.sentence(s).begin; t < d.sentence(s).end; ++t) {
      pieces.clear();
      word_pieces.split(d.norm_of(t), pieces);
      writer.StartArray();
      for (const uint16_t piece : pieces) writer.Uint(piece);
      writer.EndArray();
    }
    writer.EndArray();
  }
  writer.EndArray();
}

}  // namespace

void ends(JsonWriter& writer, const doc::Fact& fact, const schema::Ontology& ontology) {
  writer.Uint(fact.subject);
  text(writer, ontology[fact.relation].name);
  if (fact.object == doc::kNoEntity)
    writer.Null();
  else
    writer.Uint(fact.object);
  text(writer, fact.value);
}

std::string line_of(const doc::Document& d, const schema::Ontology& ontology,
                    const nlp::WordPieces* word_pieces) {
  rapidjson::StringBuffer buffer;
  JsonWriter writer(buffer);
  writer.StartObject();
  writer.Key("id");
  text(writer, d.meta.id);
  writer.Key("entities");
  writer.StartArray();
  for (const doc::Entity& e : d.entities) {
    writer.StartObject();
    writer.Key("type");
    text(writer, ontology[e.type].name);
    writer.Key("label");
    text(writer, e.label);
    writer.Key("aliases");
    writer.StartArray();
    for (const doc::Alias& a : e.aliases) text(writer, a.form);
    writer.EndArray();
    writer.EndObject();
  }
  writer.EndArray();
  writer.Key("facts");
  writer.StartArray();
  for (const doc::Fact& f : d.facts) {
    writer.StartArray();
    ends(writer, f, ontology);
    writer.EndArray();
  }
  writer.EndArray();
  if (word_pieces) write_pieces(d, *word_pieces, writer);
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

}  // namespace weft::train
